#include "sweep.h"

#include "author/arena.h"
#include "author/ledger.h"
#include "author/note.h"
#include "errno_name.h"
#include "leftovers.h"
#include "sweep_attack.h"
#include "sweep_map.h"
#include "sweep_point.h"
#include "text.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>

enum {
	SAMPLE = 300, /* points visited where the sweep does not say */
	NAMED = 3,    /* bad points in the text */
};

/* What all points together gave. */
struct tally {
	size_t visited, bad, changed, aborted;
	char aborted_at[96]; /* the first such point */
	struct text text;    /* the first bad points */
	struct finding first_bad, first_broken;
	struct point_name broken_at;
};

static struct ledger_site declaration(const struct case_entry *entry)
{
	return ledger_site(entry->file, entry->line);
}

static void give_up(const struct sweep *sweep, const struct finding *finding,
	const char *where)
{
	ledger_end(finding->verdict == VERDICT_TIMEOUT ? VERDICT_FAIL : finding->verdict,
		finding->site, "", "", "%s: %s%s%s", where,
		strcmp(finding->who, "survivor") == 0 ? "" : finding->who,
		strcmp(finding->who, "survivor") == 0 ? "" : ": ", finding->text);
	(void)sweep;
}

/* Records the victim; the promise must hold when nobody attacks. */
static void record(const struct sweep *sweep)
{
	const struct attempt attempt = {.records = true};
	struct finding finding;

	sweep_point_try(sweep, &attempt, &finding);
	if (finding.verdict != VERDICT_PASS)
		give_up(sweep, &finding, "without an attack");
}

/* Visits point INDEX.  One that is not what was recorded is counted, and visited again in the
 * way that does not depend on the record. */
static void visit(const struct sweep *sweep, size_t index, struct finding *finding,
	struct tally *tally)
{
	struct attempt attempt = {.index = index};

	sweep_point_try(sweep, &attempt, finding);
	if (finding->end == TRACER_PATH_CHANGED || finding->end == TRACER_ENDED) {
		tally->changed++;
		attempt.surely = true;
		sweep_point_try(sweep, &attempt, finding);
	}
	tally->visited++;
}

/* To find a function in its file takes as long as a point. */
static void look_up_place(struct point_name *name)
{
	if (name->address != 0)
		tracer_name_address(name->address, name->place, sizeof(name->place));
}

static void remember(struct tally *tally, const struct finding *finding,
	struct point_name *name)
{
	if (finding->has_aborted && tally->aborted++ == 0)
		(void)snprintf(tally->aborted_at, sizeof(tally->aborted_at), "%s",
			name->rule);
	if (finding->verdict == VERDICT_PASS)
		return;
	look_up_place(name);
	(void)printf("%-16s  %s: %s\n", name->rule, name->place, finding->text);
	if (finding->verdict == VERDICT_BROKEN ||
		finding->verdict == VERDICT_UNSUPPORTED) {
		if (tally->first_broken.verdict == VERDICT_PASS) {
			tally->first_broken = *finding;
			tally->broken_at = *name;
		}
		return;
	}
	if (tally->bad++ == 0)
		tally->first_bad = *finding;
	if (tally->bad <= NAMED)
		text_add(&tally->text, "%s%s (%s): %.180s", tally->bad > 1 ? "; " : "",
			name->rule, name->place, finding->text);
	else if (tally->bad == NAMED + 1)
		text_add(&tally->text, "; and so on");
}

/* The point within stratum NUMBER of COUNT over POINTS: not the first of each, which would
 * meet every loop at the same place, but the same in every run. */
static size_t choose(size_t number, size_t count, size_t points)
{
	const size_t first = number * points / count;
	const size_t width = (number + 1) * points / count - first;

	return first + (number * 2654435761u >> 7) % width;
}

static size_t visits_of(const struct sweep *sweep, size_t points)
{
	const size_t sample = sweep->entry->sample ? sweep->entry->sample : SAMPLE;

	return ledger->sweep_exhaustive || points <= sample ? points : sample;
}

static void note_aborted(const struct tally *tally)
{
	if (tally->aborted > 0)
		note("aborted", "%zu, the first at %s", tally->aborted,
			tally->aborted_at);
}

static void visit_all(const struct sweep *sweep, size_t points, struct tally *tally)
{
	const size_t visits = visits_of(sweep, points);
	static char text[LEDGER_MAP_BYTES];
	struct sweep_map map = sweep_map_over(text, sizeof(text));
	struct finding finding;
	struct point_name name;

	for (size_t number = 0; number < visits; number++) {
		const size_t index = choose(number, visits, points);
		sweep->attack->name_point(sweep->recording, index, &name);
		visit(sweep, index, &finding, tally);
		remember(tally, &finding, &name);
		sweep_map_add(&map, index, sweep_map_outcome(finding.verdict));
	}
	sweep_map_end(&map, points);
	memcpy(ledger->map, text, sizeof(text));
	note("points", "%zu", points);
	if (visits < points)
		note("visited", "%zu, a stratified sample", visits);
	else
		note("visited", "%zu, all", visits);
	note("bad", "%zu", tally->bad);
	note("path-changed", "%zu", tally->changed);
	note_aborted(tally);
}

/* Visits the point that is called ledger->sweep_at, and nothing else. */
static void visit_one(struct sweep *sweep, size_t points, struct tally *tally)
{
	struct finding finding;
	struct point_name name;

	for (size_t index = 0; index < points; index++) {
		sweep->attack->name_point(sweep->recording, index, &name);
		if (strcmp(name.rule, ledger->sweep_at) != 0 &&
			strcmp(name.also, ledger->sweep_at) != 0)
			continue;
		sweep->keeps_notes = true;
		visit(sweep, index, &finding, tally);
		remember(tally, &finding, &name);
		look_up_place(&name);
		note("point", "%s, %s", name.rule, name.place);
		note("path-changed", "%zu", tally->changed);
		note_aborted(tally);
		return;
	}
	if (points > 0)
		sweep->attack->name_point(sweep->recording, points - 1, &name);
	ledger_end(VERDICT_BROKEN, declaration(sweep->entry), "", "",
		"no point is called '%s': there are %zu%s%s", ledger->sweep_at, points,
		points ? ", the last is " : "", points ? name.rule : "");
}

static void prepare(struct sweep *sweep)
{
	const struct case_entry *const entry = sweep->entry;
	sigset_t child;

	sweep->attack = sweep_attack_find(entry->attack);
	if (!sweep->attack)
		ledger_end(VERDICT_BROKEN, declaration(entry), "", "",
			"a sweep without an attack");
	if (sweep->attack->lacks)
		ledger_end(VERDICT_UNSUPPORTED, declaration(entry), "", "", "%s: %s",
			sweep->attack->name, sweep->attack->lacks);
	sweep->recording = mmap(NULL, sizeof(*sweep->recording), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (sweep->recording == MAP_FAILED)
		ledger_end(VERDICT_BROKEN, declaration(entry), "", "", "mmap: %s",
			errno_name(errno));
	sweep->state_at = atomic_load(&ledger->arena_used);
	sweep->state = arena(entry->state_bytes ? entry->state_bytes : 1);
	sweep->arena_used = atomic_load(&ledger->arena_used);
	sweep->note_count = atomic_load(&ledger->note_count);
	/* What loses its parent inside a point is still found and reaped. */
	(void)prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	(void)sigemptyset(&child);
	(void)sigaddset(&child, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &child, NULL);
	leftovers_learn();
}

void sweep_run(const struct catalog_case *which)
{
	static char text[800];
	const struct case_entry *const entry = which->entry;
	struct sweep sweep = {.entry = entry, .id = which->id};
	struct tally tally = {.text = TEXT_OVER(text)};

	prepare(&sweep);
	record(&sweep);
	const size_t points = sweep.attack->count(sweep.recording);
	if (ledger->sweep_at[0])
		visit_one(&sweep, points, &tally);
	else
		visit_all(&sweep, points, &tally);
	atomic_store(&ledger->peer_count, 1);
	if (tally.bad > 0)
		ledger_end(VERDICT_FAIL, tally.first_bad.site, "", "",
			"%zu bad point%s: %s", tally.bad, tally.bad == 1 ? "" : "s",
			text);
	if (tally.first_broken.verdict != VERDICT_PASS)
		give_up(&sweep, &tally.first_broken, tally.broken_at.rule);
	if (points == 0)
		ledger_end(VERDICT_BROKEN, declaration(entry), "", "",
			"the victim has no point for this attack");
}

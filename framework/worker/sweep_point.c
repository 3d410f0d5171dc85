#include "sweep_point.h"

#include "author/scope.h"
#include "body.h"
#include "clock.h"
#include "confine.h"
#include "errno_name.h"
#include "leftovers.h"
#include "processes.h"
#include "processor.h"
#include "standstill.h"
#include "sweep_processor.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	VICTIM_SLOT = LEDGER_PEERS - 1,
	/* Most points are over before the first look, which costs a quarter of one: it waits
	 * for twice as long as points take, between these. */
	FIRST_LOOK_NS = 800 * 1000,
	LATEST_FIRST_LOOK_NS = 2500 * 1000,
	SECOND_LOOK_NS = 100 * 1000, /* after one that saw all asleep */
	LAST_LOOK_NS = 4 * 1000 * 1000,
};

static struct ledger_site declaration(const struct sweep *sweep)
{
	return ledger_site(sweep->entry->file, sweep->entry->line);
}

static void begin_anew(const struct sweep *sweep)
{
	const unsigned peers = atomic_load(&ledger->peer_count);
	const size_t used = atomic_load(&ledger->arena_used);

	if (peers > 1)
		memset(&ledger->peers[1], 0,
			(peers < LEDGER_PEERS ? peers - 1 : LEDGER_PEERS - 1) *
				sizeof(ledger->peers[0]));
	atomic_store(&ledger->peer_count, 1);
	for (unsigned i = sweep->note_count; !sweep->keeps_notes && i < LEDGER_NOTES; i++)
		atomic_store(&ledger->notes[i].ready, 0);
	if (!sweep->keeps_notes)
		atomic_store(&ledger->note_count, sweep->note_count);
	memset(sweep->state, 0, used - sweep->state_at);
	atomic_store(&ledger->arena_used, sweep->arena_used);
	ledger->waiting_for[0] = '\0';
	memset(&ledger->point, 0, sizeof(ledger->point));
	atomic_store(&ledger->point.is_open, 1);
}

/* The victim: its marks enclose nothing but the call of the author's function. */
static void live_as_victim(const struct sweep *sweep)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	ledger_become(VICTIM_SLOT);
	(void)snprintf(ledger->peers[VICTIM_SLOT].name,
		sizeof(ledger->peers[VICTIM_SLOT].name), "victim");
	if (!sweep->attack->prepare(sweep->recording))
		ledger_end(VERDICT_BROKEN, declaration(sweep), "", "",
			"the victim cannot be attacked: %s", errno_name(errno));
	if (sweep->entry->before)
		sweep->entry->before(sweep->state);
	atomic_store(&ledger->point.victim, getpid());
	if (sweep->recording->supervised.is_on) {
		sweep->attack->mark(sweep->recording, true);
		sweep->entry->victim(sweep->state);
		sweep->attack->mark(sweep->recording, false);
	} else {
		tracer_mark();
		sweep->entry->victim(sweep->state);
		tracer_mark();
	}
	(void)fflush(NULL);
	_exit(0);
}

/* A C library need not go on when the kernel says that it was handed nonsense. */
static bool may_have_aborted(const struct sweep *sweep, int status)
{
	const struct supervised *const supervised = &sweep->recording->supervised;

	return sweep->entry->may_abort && supervised->is_on &&
		supervised->is_of_arguments && WIFSIGNALED(status) &&
		WTERMSIG(status) == SIGABRT;
}

static void settle_end_of_victim(const struct sweep *sweep, int status)
{
	if (may_have_aborted(sweep, status))
		sweep->recording->supervised.has_aborted = true;
	else if (WIFSIGNALED(status))
		(void)ledger_settle(VERDICT_CRASH, "victim", declaration(sweep),
			signal_name(WTERMSIG(status)), "", "the victim was killed by %s",
			signal_name(WTERMSIG(status)));
	else if (WEXITSTATUS(status) != 0)
		(void)ledger_settle(VERDICT_FAIL, "victim", declaration(sweep), "", "",
			"the victim ended with status %d", WEXITSTATUS(status));
}

static void attack(const struct sweep *sweep, const struct attempt *attempt, pid_t victim)
{
	struct problem why = {""};
	int status = 0;
	bool done = true;

	if (attempt->records)
		done = sweep->attack->record(victim, sweep->recording, &status, &why);
	else
		sweep->recording->end = sweep->attack->strike(victim, sweep->recording,
			attempt->index, attempt->surely, &status);
	if (!attempt->records && sweep->recording->end == TRACER_FAILED)
		done = problem_set(&why, "this machine cannot do it");
	if (done && (attempt->records || !sweep->attack->kills))
		settle_end_of_victim(sweep, status);
	if (!done)
		ledger_end(VERDICT_BROKEN, declaration(sweep), "", "",
			"the victim cannot be attacked: %s", why.text);
}

static int64_t own_processor_ns(void)
{
	struct timespec used;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	return (int64_t)used.tv_sec * 1000000000 + used.tv_nsec + 1;
}

/* The point's own process: set-up, victim, survivor. */
static void live_as_survivor(const struct sweep *sweep, const struct attempt *attempt)
{
	const struct case_entry *const entry = sweep->entry;
	sigset_t none;

	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	sweep_processor_begin(sweep->recording);
	(void)close(MQUEUE_DIR_FD);
	ledger_enter_point();
	atomic_store(&ledger->point.process, getpid());
	scope_enter(sweep->id);
	if (entry->setup)
		entry->setup(sweep->state);
	(void)fflush(NULL);
	sweep->recording->supervised.is_on = false;
	if (sweep->attack->aim && !attempt->records)
		sweep->attack->aim(sweep->recording, attempt->index);
	/* What the set-up started goes where it likes, and so does the survivor later. */
	cpu_set_t before;
	processor_stay(processor_here(), &before);
	const pid_t victim = fork();
	if (victim == 0)
		live_as_victim(sweep);
	if (victim < 0)
		ledger_end(VERDICT_BROKEN, declaration(sweep), "", "", "fork: %s",
			errno_name(errno));
	attack(sweep, attempt, victim);
	processor_leave(&before);
	atomic_store(&ledger->point.attacked_ns, own_processor_ns());
	if (entry->survivor && !atomic_load(&ledger->point.settled))
		entry->survivor(sweep->state);
	scope_leave();
	body_require_settled_peers();
	(void)fflush(NULL);
	atomic_store(&ledger->point.reached_end, 1);
	_exit(0);
}

static void wait_ns(long ns)
{
	const struct timespec limit = {.tv_nsec = ns};
	sigset_t child;

	(void)sigemptyset(&child);
	(void)sigaddset(&child, SIGCHLD);
	(void)sigtimedwait(&child, NULL, &limit);
}

static long usual_ns; /* how long points take */

static long first_look_ns(void)
{
	const long ns = usual_ns * 2;

	return ns < FIRST_LOOK_NS           ? FIRST_LOOK_NS
		: ns > LATEST_FIRST_LOOK_NS ? LATEST_FIRST_LOOK_NS
					    : ns;
}

/* One that took long counts no more than one that reached the bound. */
static void note_duration(int64_t ns)
{
	const long counted = ns < LATEST_FIRST_LOOK_NS ? (long)ns : LATEST_FIRST_LOOK_NS;

	usual_ns = usual_ns ? usual_ns + (counted - usual_ns) / 8 : counted;
}

/* Waits for the end of SURVIVOR; false when it is proven that it will never come, with what
 * hangs in LAST. */
static bool wait_for_end(pid_t survivor, int *status, struct standstill *last)
{
	struct standstill look = {.stillness = STILL_MOVING};
	long ns = first_look_ns();

	for (;;) {
		wait_ns(look.stillness == STILL_ASLEEP ? SECOND_LOOK_NS : ns);
		if (waitpid(survivor, status, WNOHANG) == survivor)
			return true;
		sweep_processor_roam();
		if (ns < LAST_LOOK_NS && look.stillness == STILL_MOVING)
			ns += ns / 2;
		*last = look;
		standstill_look(&look);
		const bool is_proven = standstill_is_proven(last, &look);
		if (look.has_ended && look.busy == survivor) {
			*status = look.status;
			return true;
		}
		/* It may have ended between the two looks. */
		if (waitpid(survivor, status, WNOHANG) == survivor)
			return true;
		if (!is_proven)
			continue;
		*last = look;
		return false;
	}
}

static void clear_away(void)
{
	processes_kill_all(false);
	/* Their signal is not to be taken for one of the next point. */
	wait_ns(0);
}

static void find(struct finding *out, enum verdict verdict, const char *text)
{
	out->verdict = verdict;
	(void)snprintf(out->text, sizeof(out->text), "%.599s", text);
}

static void conclude(const struct sweep *sweep, int status, struct finding *out)
{
	const struct ledger_outcome *const outcome = &ledger->point.outcome;
	char text[64];

	if (atomic_load(&ledger->point.settled)) {
		find(out, (enum verdict)outcome->verdict, outcome->text);
		out->site = outcome->site;
		(void)snprintf(out->who, sizeof(out->who), "%s",
			strcmp(outcome->who, "body") == 0 ? "survivor" : outcome->who);
	} else if (WIFSIGNALED(status)) {
		(void)snprintf(text, sizeof(text), "the survivor was killed by %s",
			signal_name(WTERMSIG(status)));
		find(out, VERDICT_CRASH, text);
	} else if (!atomic_load(&ledger->point.reached_end)) {
		find(out, VERDICT_BROKEN, "the survivor exited before its last line");
	} else if (!leftovers_is_clean()) {
		char *const leftovers = ledger->leftovers;
		if (leftovers_count(sweep->entry->leaves)) {
			leftovers[strcspn(leftovers, "\n")] = '\0';
			(void)snprintf(out->text, sizeof(out->text),
				"left behind: %.400s", leftovers);
			out->verdict = VERDICT_LEAK;
		}
		leftovers[0] = '\0';
		ledger->leftovers_cut = false;
	}
}

void sweep_point_try(const struct sweep *sweep, const struct attempt *attempt,
	struct finding *out)
{
	struct standstill last;
	int status = 0;

	*out = (struct finding){.verdict = VERDICT_PASS, .who = "survivor"};
	out->site = declaration(sweep);
	begin_anew(sweep);
	const int64_t begun_us = clock_now_us();
	sweep->recording->end = TRACER_FAILED;
	const pid_t survivor = fork();
	if (survivor == 0)
		live_as_survivor(sweep, attempt);
	if (survivor < 0) {
		find(out, VERDICT_BROKEN, "fork failed");
	} else if (wait_for_end(survivor, &status, &last)) {
		note_duration((clock_now_us() - begun_us) * 1000);
		clear_away();
		conclude(sweep, status, out);
	} else {
		(void)snprintf(out->text, sizeof(out->text), "never returns: %s",
			last.text);
		out->verdict = VERDICT_TIMEOUT;
		clear_away();
	}
	out->end = sweep->recording->end;
	out->has_aborted = sweep->recording->supervised.has_aborted;
	sweep_processor_settle(sweep->recording);
	leftovers_clear();
}

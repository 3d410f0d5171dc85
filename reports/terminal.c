#include "terminal.h"

#include <stdlib.h>
#include <string.h>

#include "comparison.h"
#include "text.h"

enum {
	COLUMNS_MIN = 40,
	SLOWEST = 5,
	DURATION_AT = 13, /* verbose list: word, duration, id */
	ID_AT = 24,
};

struct layout terminal_layout(const struct report_style *style, FILE *out)
{
	return (struct layout){
		.out = out,
		.columns = style->columns > COLUMNS_MIN ? style->columns : COLUMNS_MIN,
		.has_color = style->color,
	};
}

enum color terminal_color(enum word word, bool unexpected)
{
	if (unexpected)
		return COLOR_BAD;
	if (word == WORD_PASS)
		return COLOR_GOOD;
	return word == WORD_KNOWN ? COLOR_NOTABLE : COLOR_QUIET;
}

static void show_line(struct layout *layout, const char *text, int indent)
{
	layout_text(layout, text, indent);
	layout_end_line(layout);
}

static void show_section(struct layout *layout, const char *name)
{
	layout_end_line(layout);
	layout_color(layout, COLOR_STRONG);
	layout_word(layout, name);
	layout_color(layout, COLOR_NONE);
	layout_end_line(layout);
}

/* What the run ran on, and what isolation it had to do without. */
static void show_head(const struct report *r, struct layout *layout)
{
	const struct report_target *target = &r->target;
	char buffer[2048], system[1024];
	struct text facts = TEXT_OVER(buffer);

	target_system(target, system, sizeof(system));
	text_add(&facts, "assay %s on %s: %s%s", r->version, target->name, system,
		system[0] != '\0' ? ", " : "");
	text_add(&facts, "%d cpu%s, uid %d", target->cpus, target->cpus == 1 ? "" : "s",
		target->uid);
	show_line(layout, buffer, 2);
	if (target->command[0] != '\0') {
		layout_text(layout, "worker: ", 2);
		show_line(layout, target->command, 2);
	}
	for (size_t i = 0; i < target->refused_count; i++) {
		layout_color(layout, COLOR_NOTABLE);
		layout_text(layout, "not isolated: ", 2);
		layout_text(layout, target->refused[i].what, 2);
		layout_color(layout, COLOR_NONE);
		layout_text(layout, " (", 2);
		layout_text(layout, target->refused[i].why, 2);
		show_line(layout, ")", 2);
	}
	layout_end_line(layout);
}

static void show_in_list(const struct report *r, const struct report_case *c,
	struct layout *layout)
{
	const enum word word = case_word(c);
	const struct reason reason = case_reason(r, c);
	char duration[32];

	layout_color(layout, terminal_color(word, report_case_is_unexpected(c)));
	layout_word(layout, word_name(word));
	layout_color(layout, COLOR_NONE);
	if (c->was_run) {
		duration_text(c->duration_us, duration, sizeof(duration));
		layout_to(layout, ID_AT - 2 - (int)strlen(duration));
		layout_word(layout, duration);
	}
	layout_to(layout, ID_AT);
	show_line(layout, c->id, ID_AT);
	if (word != WORD_NOT_RUN && (reason.lead[0] != '\0' || reason.rest[0] != '\0')) {
		layout_to(layout, ID_AT);
		layout_text(layout, reason.lead, ID_AT);
		show_line(layout, reason.rest, ID_AT);
	}
	for (size_t i = 0; i < c->note_count; i++) {
		layout_to(layout, ID_AT);
		layout_text(layout, c->notes[i].key, ID_AT);
		layout_text(layout, " = ", ID_AT);
		show_line(layout, c->notes[i].value, ID_AT);
	}
}

static int compare_texts(const void *left, const void *right)
{
	const struct report_case *const *a = left, *const *b = right;

	return strcmp((*a)->text, (*b)->text);
}

static void show_unsupported(const struct report_case **cases, size_t count,
	struct layout *layout)
{
	qsort(cases, count, sizeof(cases[0]), compare_texts);
	for (size_t first = 0; first < count;) {
		size_t end = first + 1;

		while (end < count && strcmp(cases[end]->text, cases[first]->text) == 0)
			end++;
		layout_say(layout, "%5zu  ", end - first);
		show_line(layout, cases[first]->text, 7);
		first = end;
	}
}

/* What was skipped as announced, counted by reason. */
static bool show_skipped(const struct report *r, struct layout *layout,
	struct problem *why)
{
	const struct report_case **cases = calloc(r->case_count + 1, sizeof(*cases));
	size_t count = 0;

	if (cases == NULL)
		return problem_set(why, "no memory for the report");
	for (size_t i = 0; i < r->case_count; i++)
		if (case_word(&r->cases[i]) == WORD_UNSUPPORTED && r->cases[i].announced)
			cases[count++] = &r->cases[i];
	if (count > 0) {
		show_section(layout, "unsupported");
		show_unsupported(cases, count, layout);
	}
	free(cases);
	return true;
}

static void show_slowest(const struct report *r, struct layout *layout)
{
	const struct report_case *slowest[SLOWEST + 1];
	size_t count = 0;

	for (size_t i = 0; i < r->case_count; i++) {
		const struct report_case *c = &r->cases[i];
		size_t at = count;

		if (!c->was_run)
			continue;
		for (; at > 0 && slowest[at - 1]->duration_us < c->duration_us; at--)
			slowest[at] = slowest[at - 1];
		slowest[at] = c;
		count += count < SLOWEST;
	}
	if (r->case_count <= SLOWEST || count == 0)
		return; /* a list of all cases says nothing */
	show_section(layout, "slowest");
	for (size_t i = 0; i < count; i++) {
		char duration[32];

		duration_text(slowest[i]->duration_us, duration, sizeof(duration));
		layout_to(layout, 11 - (int)strlen(duration));
		layout_word(layout, duration);
		layout_to(layout, DURATION_AT);
		show_line(layout, slowest[i]->id, DURATION_AT);
	}
}

static void show_troubles(const struct report *r, struct layout *layout)
{
	if (r->trouble_count > 0)
		show_section(layout, "troubles");
	for (size_t i = 0; i < r->trouble_count; i++) {
		layout_to(layout, 2);
		show_line(layout, r->troubles[i], 4);
	}
}

static void show_pace(const struct report *r, const struct totals *totals,
	struct layout *layout)
{
	char buffer[512], wall[32];
	struct text pace = TEXT_OVER(buffer);

	duration_text(r->wall_us, wall, sizeof(wall));
	text_add(&pace, "%zu case%s in %s", totals->run, totals->run == 1 ? "" : "s",
		wall);
	if (r->wall_us > 0)
		text_add(&pace, ", %.0f %sa second",
			(double)totals->runs * 1e6 / (double)r->wall_us,
			r->repeat > 1 ? "runs " : "");
	text_add(&pace, ", %d worker%s", r->workers, r->workers == 1 ? "" : "s");
	if (r->repeat > 1)
		text_add(&pace, ", each %d times", r->repeat);
	if (r->shuffled)
		text_add(&pace, ", shuffled with seed %lu", r->seed);
	if (r->shard_count > 1)
		text_add(&pace, ", shard %d of %d", r->shard_index, r->shard_count);
	show_line(layout, buffer, 2);
}

static void show_words(const struct totals *totals, struct layout *layout)
{
	const char *separator = "";

	for (int word = 0; word < WORD_COUNT; word++) {
		char buffer[96];
		struct text count = TEXT_OVER(buffer);

		if (totals->words[word] == 0)
			continue;
		text_add(&count, "%zu %s", totals->words[word],
			word_name((enum word)word));
		if (word == WORD_UNSUPPORTED && totals->unannounced > 0)
			text_add(&count, " (%zu not announced)", totals->unannounced);
		layout_word(layout, separator);
		if (layout->column + 3 + (int)count.used > layout->columns) {
			layout_end_line(layout);
			layout_to(layout, 2);
		} else {
			layout->spaces = layout->column > 0;
		}
		layout_word(layout, buffer);
		separator = ",";
	}
	if (totals->cases > 0)
		layout_end_line(layout);
}

static void show_end(const struct report *r, const struct totals *totals,
	struct layout *layout)
{
	if (r->interrupted == NULL && totals->run == totals->cases)
		return;
	layout_color(layout, COLOR_BAD);
	if (r->interrupted != NULL) {
		layout_word(layout, "interrupted by ");
		layout_word(layout, r->interrupted);
	} else {
		layout_word(layout, "ended");
	}
	layout_say(layout, " after %zu of %zu", totals->run, totals->cases);
	layout_color(layout, COLOR_NONE);
	layout_end_line(layout);
}

static bool show_run(const struct report *r, const struct report_style *style, FILE *out,
	struct problem *why)
{
	struct layout layout = terminal_layout(style, out);
	const struct totals totals = report_totals(r);

	if (!style->quiet) {
		show_head(r, &layout);
		for (size_t i = 0; style->verbose && i < r->case_count; i++)
			show_in_list(r, &r->cases[i], &layout);
		if (style->verbose)
			layout_end_line(&layout);
		terminal_matrix(r, &layout);
		if (!show_skipped(r, &layout, why))
			return false;
		show_slowest(r, &layout);
		show_troubles(r, &layout);
		layout_end_line(&layout);
		show_pace(r, &totals, &layout);
		show_words(&totals, &layout);
	}
	show_end(r, &totals, &layout);
	layout_say(&layout, "%zu passed, %zu failed, %zu skipped", totals.passed,
		totals.failed, totals.skipped);
	layout_end_line(&layout);
	return true;
}

bool report_terminal(const struct report_set *set, const struct report_style *style,
	FILE *out, struct problem *why)
{
	const bool done = set->count == 1 ? show_run(&set->runs[0], style, out, why)
					  : terminal_set(set, style, out, why);

	if (!done || set->changes == NULL || (style->quiet && !set->changes->is_judged))
		return done;
	(void)putc('\n', out);
	return comparison_terminal(set->changes, style, out, why);
}

bool terminal_whole(const struct report_set *set, FILE *out, struct problem *why)
{
	const struct report_style style = {.columns = 80};

	for (size_t i = 0; i < set->count; i++)
		for (size_t k = 0; k < set->runs[i].case_count; k++)
			if (report_case_is_unexpected(&set->runs[i].cases[k]))
				report_terminal_case(&set->runs[i],
					&set->runs[i].cases[k], &style, out);
	return report_terminal(set, &style, out, why);
}

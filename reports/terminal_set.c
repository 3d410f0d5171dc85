/*
 * terminal_set: several runs side by side on a terminal: a line for each target, how many
 * cases of each mechanism were right on it, and its end.
 */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>

#include "glyph.h"
#include "text.h"

enum {
	COUNT_BYTES = 32,
	GAP = 2,
};

/* A case without a run of its own in some target: the mechanisms of all. */
struct side_by_side {
	const struct report_set *set;
	struct part *mechanisms;
	size_t count;
};

static bool has_mechanism(const struct side_by_side *all, struct part mechanism)
{
	for (size_t i = 0; i < all->count; i++)
		if (part_is_equal(all->mechanisms[i], mechanism))
			return true;
	return false;
}

static int compare_parts(const void *left, const void *right)
{
	const struct part *a = left, *b = right;
	const size_t length = a->length < b->length ? a->length : b->length;
	const int order = memcmp(a->at, b->at, length);

	return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

static bool find_mechanisms(struct side_by_side *all)
{
	size_t most = 1;

	for (size_t i = 0; i < all->set->count; i++)
		most += all->set->runs[i].case_count;
	all->mechanisms = calloc(most, sizeof(*all->mechanisms));
	if (all->mechanisms == NULL)
		return false;
	for (size_t i = 0; i < all->set->count; i++) {
		const struct report *r = &all->set->runs[i];

		for (size_t k = 0; k < r->case_count; k++) {
			const struct part mechanism = case_place(&r->cases[k]).mechanism;
			if (!has_mechanism(all, mechanism))
				all->mechanisms[all->count++] = mechanism;
		}
	}
	qsort(all->mechanisms, all->count, sizeof(all->mechanisms[0]), compare_parts);
	return true;
}

static struct totals totals_of(const struct report *r, struct part mechanism)
{
	struct totals totals = {0};

	for (size_t i = 0; i < r->case_count; i++)
		if (part_is_equal(case_place(&r->cases[i]).mechanism, mechanism))
			totals_add(&totals, &r->cases[i]);
	return totals;
}

/* "40+2k+1u", or "37/40" with something unexpected in it; "" for no case. */
static void count_text(const struct totals *totals, char text[COUNT_BYTES])
{
	struct text out = text_over(text, COUNT_BYTES);

	text[0] = '\0';
	if (totals->cases == 0)
		return;
	text_add(&out, "%zu", totals->words[WORD_PASS]);
	if (totals->failed > 0)
		text_add(&out, "/%zu", totals->words[WORD_PASS] + totals->failed);
	if (totals->words[WORD_KNOWN] > 0)
		text_add(&out, "+%zuk", totals->words[WORD_KNOWN]);
	if (totals->skipped > 0)
		text_add(&out, "+%zuu", totals->skipped);
}

static enum color color_of(const struct totals *totals)
{
	if (totals->failed > 0)
		return COLOR_BAD;
	if (totals->words[WORD_KNOWN] > 0)
		return COLOR_NOTABLE;
	return totals->skipped > 0 ? COLOR_QUIET : COLOR_GOOD;
}

static int width_of(const struct side_by_side *all, size_t run)
{
	const char *name = all->set->runs[run].target.name;
	int width = glyph_columns(name, strlen(name));

	for (size_t i = 0; i < all->count; i++) {
		char text[COUNT_BYTES];
		const struct totals totals =
			totals_of(&all->set->runs[run], all->mechanisms[i]);

		count_text(&totals, text);
		if ((int)strlen(text) > width)
			width = (int)strlen(text);
	}
	return width;
}

static void show_right(struct layout *layout, const char *text, int end)
{
	layout_to(layout, end - glyph_columns(text, strlen(text)));
	layout_word(layout, text);
}

static void show_row(const struct side_by_side *all, struct part mechanism,
	const int *widths, int at, struct layout *layout, size_t first, size_t end)
{
	layout_part(layout, mechanism.at, mechanism.length);
	for (size_t i = first; i < end; i++) {
		const struct totals totals = totals_of(&all->set->runs[i], mechanism);
		char text[COUNT_BYTES];

		at += GAP + widths[i];
		count_text(&totals, text);
		layout_color(layout, color_of(&totals));
		show_right(layout, text[0] != '\0' ? text : "-", at);
		layout_color(layout, COLOR_NONE);
	}
	layout_end_line(layout);
}

static void show_block(const struct side_by_side *all, const int *widths, int names,
	struct layout *layout, size_t first, size_t end)
{
	int at = names;

	layout_color(layout, COLOR_QUIET);
	for (size_t i = first; i < end; i++) {
		at += GAP + widths[i];
		show_right(layout, all->set->runs[i].target.name, at);
	}
	layout_color(layout, COLOR_NONE);
	layout_end_line(layout);
	for (size_t i = 0; i < all->count; i++)
		show_row(all, all->mechanisms[i], widths, names, layout, first, end);
	layout_end_line(layout);
}

/* As many targets beside one another as the terminal has room for. */
static bool show_table(const struct side_by_side *all, struct layout *layout)
{
	int *widths = calloc(all->set->count, sizeof(*widths)), names = 0;

	if (widths == NULL)
		return false;
	for (size_t i = 0; i < all->set->count; i++)
		widths[i] = width_of(all, i);
	for (size_t i = 0; i < all->count; i++)
		if ((int)all->mechanisms[i].length > names)
			names = (int)all->mechanisms[i].length;
	for (size_t first = 0, end; first < all->set->count; first = end) {
		int used = names;

		for (end = first; end < all->set->count; end++) {
			used += GAP + widths[end];
			if (used > layout->columns && end > first)
				break;
		}
		show_block(all, widths, names, layout, first, end);
	}
	free(widths);
	return true;
}

static void show_target(const struct report *r, struct layout *layout)
{
	const struct report_target *target = &r->target;
	char system[1024];

	target_system(target, system, sizeof(system));
	layout_color(layout, COLOR_STRONG);
	layout_word(layout, target->name);
	layout_color(layout, COLOR_NONE);
	layout_word(layout, ": ");
	layout_text(layout, system, 4);
	layout_end_line(layout);
	for (size_t i = 0; i < r->trouble_count; i++) {
		layout_to(layout, 4);
		layout_color(layout, COLOR_BAD);
		layout_text(layout, r->troubles[i], 4);
		layout_color(layout, COLOR_NONE);
		layout_end_line(layout);
	}
}

static void show_end(const struct report *r, struct layout *layout)
{
	const struct totals totals = report_totals(r);
	char wall[32];

	duration_text(r->wall_us, wall, sizeof(wall));
	layout_word(layout, r->target.name);
	layout_say(layout, ": %zu passed, %zu failed, %zu skipped in %s", totals.passed,
		totals.failed, totals.skipped, wall);
	if (r->interrupted != NULL)
		layout_say(layout, ", interrupted by %s after %zu", r->interrupted,
			totals.run);
	layout_end_line(layout);
}

bool terminal_set(const struct report_set *set, const struct report_style *style,
	FILE *out, struct problem *why)
{
	struct layout layout = terminal_layout(style, out);
	struct side_by_side all = {.set = set};
	bool is_good = true;

	if (!style->quiet) {
		layout_say(&layout, "assay %s on %zu targets", set->runs[0].version,
			set->count);
		layout_end_line(&layout);
		for (size_t i = 0; i < set->count; i++)
			show_target(&set->runs[i], &layout);
		layout_end_line(&layout);
		is_good = (find_mechanisms(&all) && show_table(&all, &layout)) ||
			problem_set(why, "no memory for the report");
		free(all.mechanisms);
	}
	for (size_t i = 0; i < set->count; i++)
		show_end(&set->runs[i], &layout);
	return is_good;
}

/*
 * comparison_terminal: differences on a terminal: what was compared, how many of each kind,
 * and each of them unless there are very many.
 */
#include "comparison.h"
#include "terminal.h"

#include <string.h>

#include "text.h"

enum {
	SHOWN = 12, /* of one kind, without -v */
	TEXT_BYTES = 1024,
	COUNT_AT = 2,
	ID_AT = 4,
	TEXT_AT = 8,
};

static enum color color_of(enum change change)
{
	switch (change) {
	case CHANGE_REGRESSED:
		return COLOR_BAD;
	case CHANGE_FIXED:
	case CHANGE_SUPPORTED:
		return COLOR_GOOD;
	case CHANGE_DIFFERS:
		return COLOR_NOTABLE;
	default:
		return COLOR_QUIET;
	}
}

static void show_side(const char *name, const struct report *r, struct layout *layout)
{
	char text[TEXT_BYTES];

	layout_to(layout, COUNT_AT);
	layout_word(layout, name);
	layout_to(layout, TEXT_AT);
	if (r != NULL)
		comparison_side_text(r, text, sizeof(text));
	layout_text(layout, r != NULL ? text : "nothing", TEXT_AT);
	layout_end_line(layout);
}

static void show_difference(const struct difference *difference, struct layout *layout)
{
	char text[TEXT_BYTES];

	difference_text(difference, text, sizeof(text));
	layout_to(layout, ID_AT);
	layout_text(layout, difference_id(difference), ID_AT);
	layout_end_line(layout);
	layout_to(layout, TEXT_AT);
	layout_text(layout, text, TEXT_AT);
	layout_end_line(layout);
}

static void show_kind(const struct comparison *comparison, size_t first, size_t count,
	bool is_verbose, struct layout *layout)
{
	const enum change change = comparison->differences[first].change;
	const size_t shown = is_verbose || count <= SHOWN ? count : SHOWN;

	layout_to(layout, COUNT_AT);
	layout_color(layout, color_of(change));
	layout_say(layout, "%zu %s", count, change_name(change));
	layout_color(layout, COLOR_NONE);
	layout_say(layout, " (%s)", change_meaning(change));
	layout_end_line(layout);
	for (size_t i = 0; i < shown; i++)
		show_difference(&comparison->differences[first + i], layout);
	if (shown == count)
		return;
	layout_to(layout, ID_AT);
	layout_say(layout, "and %zu more (-v shows all)", count - shown);
	layout_end_line(layout);
}

static void show_comparison(const struct comparison *comparison,
	const struct report_style *style, struct layout *layout)
{
	if (!style->quiet) {
		show_side("old", comparison->old, layout);
		show_side("new", comparison->new, layout);
	}
	for (size_t i = 0; i < comparison->count;) {
		const enum change change = comparison->differences[i].change;
		const size_t count = comparison->counts[change];

		if (!style->quiet || change == CHANGE_REGRESSED)
			show_kind(comparison, i, count, style->verbose, layout);
		i += count;
	}
	layout_to(layout, COUNT_AT);
	layout_say(layout, "%zu equal, %zu different, %zu bad", comparison->same,
		comparison->count, comparison->bad);
	layout_end_line(layout);
}

bool comparison_terminal(const struct comparison_set *set,
	const struct report_style *style, FILE *out, struct problem *why)
{
	struct layout layout = terminal_layout(style, out);

	(void)why; /* everything can be shown */
	layout_color(&layout, COLOR_STRONG);
	layout_text(&layout, set->title, 0);
	layout_color(&layout, COLOR_NONE);
	layout_end_line(&layout);
	for (size_t i = 0; i < set->count; i++)
		show_comparison(&set->all[i], style, &layout);
	return true;
}

/*
 * sweep_terminal: a sweep on a terminal: a row for each call, one for each error of it where
 * something is bad; then the bad points, each with the line that repeats it.
 */
#include "errno_name.h"
#include "layout.h"
#include "sweep_report.h"

#include <stdlib.h>
#include <string.h>

/* The columns of the table, in order. */
static const struct {
	enum sweep_class class;
	const char *title;
} columns_of[] = {
	{SWEEP_CLEAN_ERROR, "error"},
	{SWEEP_SAME, "same"},
	{SWEEP_CRASH, "crash"},
	{SWEEP_HANG, "hang"},
	{SWEEP_SILENT, "silent"},
	{SWEEP_LEFTOVER, "left"},
};

enum {
	COLUMN_COUNT = sizeof(columns_of) / sizeof(columns_of[0]),
	FIRST = 30,
	WIDTH = 8,
	NAME = 20, /* a longer one, a rule, has a line of its own */
};

struct sums {
	size_t of[SWEEP_CLASS_COUNT];
	size_t bad, tried;
};

static void add(struct sums *sums, const struct sweep_point *point)
{
	sums->of[point->class]++;
	sums->bad += sweep_class_is_bad(point->class);
	sums->tried += point->class < SWEEP_UNREACHED;
}

/* A number whose last digit is at COLUMN. */
static void put_number(struct layout *layout, int column, size_t number, enum color color)
{
	char text[24];
	const int length = snprintf(text, sizeof(text), "%zu", number);

	layout_to(layout, column - length + 1);
	layout_color(layout, color);
	layout_word(layout, text);
	layout_color(layout, COLOR_NONE);
}

static void put_sums(struct layout *layout, const struct sums *sums)
{
	for (int i = 0; i < COLUMN_COUNT; i++) {
		const size_t number = sums->of[columns_of[i].class];

		if (number > 0)
			put_number(layout, FIRST + WIDTH * i + WIDTH - 1, number,
				sweep_class_is_bad(columns_of[i].class) ? COLOR_BAD
									: COLOR_NONE);
	}
	layout_end_line(layout);
}

static void put_titles(struct layout *layout)
{
	layout_to(layout, 20);
	layout_word(layout, "calls");
	for (int i = 0; i < COLUMN_COUNT; i++) {
		const char *title = columns_of[i].title;

		layout_to(layout, FIRST + WIDTH * (i + 1) - (int)strlen(title));
		layout_word(layout, title);
	}
	layout_end_line(layout);
}

/* The points of one call are neighbours; FROM is its first. */
static void put_errors(struct layout *layout, const struct sweep_report *r, size_t from,
	size_t to)
{
	for (size_t i = from;
		i < to && r->points[i].occurrence == r->points[from].occurrence; i++) {
		struct sums sums = {.bad = 0};

		for (size_t k = from; k < to; k++)
			if (r->points[k].error == r->points[i].error)
				add(&sums, &r->points[k]);
		if (sums.bad == 0 || r->points[i].error == 0)
			continue;
		layout_to(layout, 2);
		layout_word(layout, errno_name(r->points[i].error));
		put_sums(layout, &sums);
	}
}

static void put_table(struct layout *layout, const struct sweep_report *r)
{
	size_t from = 0;

	put_titles(layout);
	for (size_t call = 0; call < r->call_count; call++) {
		struct sums sums = {.bad = 0};
		size_t to = from;

		for (; to < r->point_count && r->points[to].call == call; to++)
			add(&sums, &r->points[to]);
		if (sums.tried > 0) {
			layout_word(layout, r->calls[call].name);
			if (strlen(r->calls[call].name) > NAME)
				layout_end_line(layout);
			if (!r->calls[call].is_rule)
				put_number(layout, 24, r->calls[call].seen, COLOR_NONE);
			put_sums(layout, &sums);
			if (sums.bad > 0)
				put_errors(layout, r, from, to);
		}
		from = to;
	}
}

static void put_point(struct layout *layout, const struct sweep_report *r,
	const struct sweep_point *point)
{
	layout_to(layout, 2);
	if (sweep_point_wants_world(point))
		layout_say(layout, "assay sweep --rule '%s' -- ", point->rule);
	else
		layout_say(layout, "assay inject '%s' -- ", point->rule);
	/* In one piece, to be copied. */
	layout_word(layout, r->command);
	layout_end_line(layout);
	layout_to(layout, 6);
	if (point->text != NULL)
		layout_text(layout, point->text, 6);
	layout_end_line(layout);
	if (point->said == NULL)
		return;
	layout_to(layout, 6);
	layout_color(layout, COLOR_QUIET);
	layout_text(layout, "it said: ", 6);
	layout_text(layout, point->said, 6);
	layout_color(layout, COLOR_NONE);
	layout_end_line(layout);
}

static void put_class(struct layout *layout, const struct sweep_report *r,
	enum sweep_class class, size_t shown)
{
	size_t count = 0;

	for (size_t i = 0; i < r->point_count; i++) {
		if (r->points[i].class != class)
			continue;
		if (count == 0) {
			layout_end_line(layout);
			layout_color(layout, COLOR_BAD);
			layout_word(layout, sweep_class_name(class));
			layout_color(layout, COLOR_NONE);
			layout_end_line(layout);
		}
		count++;
		if (shown == 0 || count <= shown)
			put_point(layout, r, &r->points[i]);
	}
	if (shown == 0 || count <= shown)
		return;
	layout_to(layout, 2);
	layout_say(layout, "and %zu more: -v shows all", count - shown);
	layout_end_line(layout);
}

static void put_last_lines(struct layout *layout, const struct sweep_report *r)
{
	struct sums sums = {.bad = 0};
	const char *between = "";

	for (size_t i = 0; i < r->point_count; i++)
		add(&sums, &r->points[i]);
	layout_end_line(layout);
	layout_say(layout, "%zu points in %.1f s, %.0f a second, %d worker%s", sums.tried,
		(double)r->wall_us / 1e6,
		r->wall_us > 0
			? (double)(sums.tried -
				  (r->resumed < sums.tried ? r->resumed : sums.tried)) *
				1e6 / (double)r->wall_us
			: 0.0,
		r->workers, r->workers == 1 ? "" : "s");
	if (r->resumed > 0)
		layout_say(layout, ", %zu resumed", r->resumed);
	layout_end_line(layout);
	if (r->interrupted != NULL) {
		layout_say(layout, "interrupted by %s", r->interrupted);
		layout_end_line(layout);
	}
	for (int class = 0; class < SWEEP_CLASS_COUNT; class ++) {
		if (sums.of[class] == 0)
			continue;
		layout_say(layout, "%s%zu %s", between, sums.of[class],
			sweep_class_name((enum sweep_class) class));
		between = ", ";
	}
	layout_end_line(layout);
}

bool sweep_terminal(const struct sweep_report *r, FILE *out, size_t shown, int columns,
	bool color)
{
	struct layout layout = {.out = out, .columns = columns, .has_color = color};

	layout_text(&layout, "assay sweep: ", 0);
	layout_text(&layout, r->command, 2);
	layout_end_line(&layout);
	layout_text(&layout, "without faults: ", 0);
	layout_text(&layout, r->clean, 2);
	layout_end_line(&layout);
	for (size_t i = 0; i < r->remark_count; i++) {
		layout_text(&layout, "note: ", 0);
		layout_text(&layout, r->remarks[i], 6);
		layout_end_line(&layout);
	}
	layout_end_line(&layout);
	put_table(&layout, r);
	for (int class = SWEEP_CRASH; class <= SWEEP_LEFTOVER; class ++)
		put_class(&layout, r, (enum sweep_class) class, shown);
	put_class(&layout, r, SWEEP_BROKEN, shown);
	put_last_lines(&layout, r);
	return ferror(out) == 0;
}

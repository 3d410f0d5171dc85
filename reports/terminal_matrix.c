/*
 * terminal_matrix: mechanism x dimension, a row for each mechanism.  Columns that do not
 * fit the terminal side by side follow below, in a second table with the same rows.
 */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>

#include "glyph.h"
#include "text.h"

enum {
	DIMENSIONS_MAX = 64, /* the suites have nine; more come from no case of ours */
	CELL_BYTES = 96,
};

struct matrix {
	const struct report *r;
	struct part names[DIMENSIONS_MAX + 1]; /* the last column is the sum */
	int widths[DIMENSIONS_MAX + 1];
	size_t columns;
	int name_width;
	int gap;
};

struct row {
	struct part name;
	struct totals cells[DIMENSIONS_MAX + 1];
};

static int compare_parts(const void *left, const void *right)
{
	const struct part *a = left, *b = right;
	const size_t shorter = a->length < b->length ? a->length : b->length;
	const int order = memcmp(a->at, b->at, shorter);

	return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

static struct part *find_name(struct matrix *matrix, struct part name)
{
	for (size_t i = 0; i < matrix->columns; i++)
		if (part_is_equal(matrix->names[i], name))
			return &matrix->names[i];
	return NULL;
}

/* False when there are too many dimensions to show. */
static bool find_dimensions(struct matrix *matrix)
{
	for (size_t i = 0; i < matrix->r->case_count; i++) {
		const struct part name = case_place(&matrix->r->cases[i]).dimension;

		if (find_name(matrix, name) != NULL)
			continue;
		if (matrix->columns == DIMENSIONS_MAX)
			return false;
		matrix->names[matrix->columns++] = name;
	}
	qsort(matrix->names, matrix->columns, sizeof(matrix->names[0]), compare_parts);
	matrix->names[matrix->columns++] = (struct part){.at = "all", .length = 3};
	return true;
}

/* Fills ROW with the cases from FIRST on that share a mechanism.  Returns the first case
 * behind them: ids are sorted, so they stand together. */
static size_t read_row(struct matrix *matrix, size_t first, struct row *row)
{
	const struct report *r = matrix->r;
	const size_t sum = matrix->columns - 1;
	size_t i = first;

	memset(row, 0, sizeof(*row));
	row->name = case_place(&r->cases[first]).mechanism;
	for (; i < r->case_count; i++) {
		const struct place place = case_place(&r->cases[i]);

		if (!part_is_equal(place.mechanism, row->name))
			break;
		const struct part *name = find_name(matrix, place.dimension);
		totals_add(&row->cells[name - matrix->names], &r->cases[i]);
		totals_add(&row->cells[sum], &r->cases[i]);
	}
	return i;
}

static void add_count(struct text *cell, size_t count, const char *letter)
{
	if (count > 0)
		text_add(cell, "%s%zu%s", cell->used > 0 ? "+" : "", count, letter);
}

static void cell_text(const struct totals *totals, char buffer[CELL_BYTES])
{
	struct text cell = text_over(buffer, CELL_BYTES);
	const size_t pass = totals->words[WORD_PASS];

	if (totals->failed > 0)
		text_add(&cell, "%zu/%zu", pass, pass + totals->failed);
	else if (pass > 0)
		text_add(&cell, "%zu", pass);
	add_count(&cell, totals->words[WORD_KNOWN], "k");
	add_count(&cell, totals->words[WORD_UNSUPPORTED] - totals->unannounced, "u");
	add_count(&cell, totals->words[WORD_NOT_RUN], "n");
}

/* A heading takes two lines when it has a hyphen: it is mostly wider than its numbers. */
static size_t heading_break(struct part name)
{
	const char *hyphen = memchr(name.at, '-', name.length);

	return hyphen != NULL ? (size_t)(hyphen - name.at) + 1 : 0;
}

static int larger(int a, int b)
{
	return a > b ? a : b;
}

static void measure(struct matrix *matrix)
{
	struct row row;

	for (size_t i = 0; i < matrix->columns; i++) {
		const struct part name = matrix->names[i];
		const size_t split = heading_break(name);

		matrix->widths[i] = larger(glyph_columns(name.at, split),
			glyph_columns(name.at + split, name.length - split));
	}
	for (size_t i = 0; i < matrix->r->case_count;) {
		i = read_row(matrix, i, &row);
		matrix->name_width = larger(matrix->name_width,
			glyph_columns(row.name.at, row.name.length));
		for (size_t k = 0; k < matrix->columns; k++) {
			char text[CELL_BYTES];

			cell_text(&row.cells[k], text);
			matrix->widths[k] = larger(matrix->widths[k], (int)strlen(text));
		}
	}
}

/* The first column behind those that fit beside each other from FIRST on; at least one
 * does. */
static size_t last_fitting(const struct matrix *matrix, size_t first, int columns)
{
	int used = matrix->name_width;
	size_t i = first;

	for (; i < matrix->columns; i++) {
		used += matrix->gap + matrix->widths[i];
		if (used > columns && i > first)
			break;
	}
	return i;
}

static void show_right(struct layout *layout, const char *text, size_t count, int end)
{
	layout_to(layout, end - glyph_columns(text, count));
	layout_part(layout, text, count);
}

static void show_headings(const struct matrix *matrix, struct layout *layout,
	size_t first, size_t end)
{
	bool is_tall = false;

	for (size_t i = first; i < end; i++)
		is_tall = is_tall || heading_break(matrix->names[i]) > 0;
	layout_color(layout, COLOR_QUIET);
	for (int line = is_tall ? 0 : 1; line < 2; line++) {
		int at = matrix->name_width;

		for (size_t i = first; i < end; i++) {
			const struct part name = matrix->names[i];
			const size_t split = heading_break(name);

			at += matrix->gap + matrix->widths[i];
			if (line == 0)
				show_right(layout, name.at, split, at);
			else
				show_right(layout, name.at + split, name.length - split,
					at);
		}
		layout_end_line(layout);
	}
	layout_color(layout, COLOR_NONE);
}

static enum color cell_color(const struct totals *totals)
{
	if (totals->failed > 0)
		return COLOR_BAD;
	if (totals->words[WORD_KNOWN] > 0)
		return COLOR_NOTABLE;
	return totals->skipped > 0 ? COLOR_QUIET : COLOR_GOOD;
}

static void show_row(const struct matrix *matrix, const struct row *row,
	struct layout *layout, size_t first, size_t end)
{
	int at = matrix->name_width;

	layout_part(layout, row->name.at, row->name.length);
	for (size_t i = first; i < end; i++) {
		char text[CELL_BYTES];

		at += matrix->gap + matrix->widths[i];
		cell_text(&row->cells[i], text);
		if (text[0] == '\0')
			continue;
		layout_color(layout, cell_color(&row->cells[i]));
		show_right(layout, text, strlen(text), at);
		layout_color(layout, COLOR_NONE);
	}
	layout_end_line(layout);
}

static void show_legend(const struct report *r, struct layout *layout)
{
	const struct totals totals = report_totals(r);
	char buffer[256];
	struct text legend = TEXT_OVER(buffer);
	const struct {
		size_t count;
		const char *meaning;
	} entries[] = {
		{totals.failed, "x/y: x of y passed"},
		{totals.words[WORD_KNOWN], "k: known deviation"},
		{totals.words[WORD_UNSUPPORTED] - totals.unannounced, "u: unsupported"},
		{totals.words[WORD_NOT_RUN], "n: not run"},
	};

	for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++)
		if (entries[i].count > 0)
			text_add(&legend, "%s%s", legend.used > 0 ? ", " : "",
				entries[i].meaning);
	if (legend.used == 0)
		return;
	layout_color(layout, COLOR_QUIET);
	layout_text(layout, buffer, 0);
	layout_color(layout, COLOR_NONE);
	layout_end_line(layout);
}

void terminal_matrix(const struct report *r, struct layout *layout)
{
	struct matrix matrix = {.r = r, .gap = 2};
	struct row row;

	if (r->case_count == 0)
		return;
	if (!find_dimensions(&matrix)) {
		layout_say(layout, "no matrix: more than %d dimensions", DIMENSIONS_MAX);
		layout_end_line(layout);
		return;
	}
	measure(&matrix);
	if (last_fitting(&matrix, 0, layout->columns) < matrix.columns)
		matrix.gap = 1;
	if (last_fitting(&matrix, 0, layout->columns) < matrix.columns)
		matrix.gap = 2;
	for (size_t first = 0; first < matrix.columns;) {
		const size_t end = last_fitting(&matrix, first, layout->columns);

		show_headings(&matrix, layout, first, end);
		for (size_t i = 0; i < r->case_count;) {
			i = read_row(&matrix, i, &row);
			show_row(&matrix, &row, layout, first, end);
		}
		if (end < matrix.columns)
			layout_end_line(layout);
		first = end;
	}
	show_legend(r, layout);
}

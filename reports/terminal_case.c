/*
 * terminal_case: one case in full, for a person who wants to know what went wrong, where,
 * and how to see it again.
 */
#include "terminal.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

enum {
	LABEL_AT = 6,
	TEXT_AT = 14,
	LEFTOVERS_SHOWN = 20,
	LINES_SHOWN = 20,        /* of the output: its beginning and its end, half each */
	LINE_BYTES_SHOWN = 1000, /* of one line of it */
};

static void label(struct layout *layout, const char *name)
{
	if (name[0] != '\0') {
		layout_to(layout, LABEL_AT);
		layout_color(layout, COLOR_QUIET);
		layout_word(layout, name);
		layout_color(layout, COLOR_NONE);
	}
	layout_to(layout, TEXT_AT);
}

static void labelled(struct layout *layout, const char *name, const char *text)
{
	if (text[0] == '\0')
		return;
	label(layout, name);
	layout_text(layout, text, TEXT_AT);
	layout_end_line(layout);
}

/* A sentence of the report itself, below what it is about. */
__attribute__((format(printf, 2, 3))) static void remark(struct layout *layout,
	const char *format, ...)
{
	char text[128];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	layout_to(layout, TEXT_AT);
	layout_text(layout, text, TEXT_AT);
	layout_end_line(layout);
}

static void show_head(struct layout *layout, const struct report *r,
	const struct report_case *c)
{
	const struct reason reason = case_reason(r, c);

	layout_color(layout, terminal_color(case_word(c), report_case_is_unexpected(c)));
	for (const char *word = report_case_word(c); *word != '\0'; word++)
		layout_say(layout, "%c", toupper((unsigned char)*word));
	layout_color(layout, COLOR_NONE);
	layout_to(layout, layout->column + 2);
	layout_color(layout, COLOR_STRONG);
	layout_text(layout, c->id, LABEL_AT);
	layout_color(layout, COLOR_NONE);
	layout_end_line(layout);
	if (reason.lead[0] == '\0' && reason.rest[0] == '\0')
		return;
	layout_to(layout, LABEL_AT);
	layout_text(layout, reason.lead, LABEL_AT);
	layout_text(layout, reason.rest, LABEL_AT);
	layout_end_line(layout);
}

static void show_site(struct layout *layout, const struct report_case *c)
{
	const bool has_site = c->file[0] != '\0';

	label(layout, "at");
	layout_text(layout, has_site ? c->file : c->declared_file, TEXT_AT);
	layout_say(layout, ":%d", has_site ? c->line : c->declared_line);
	if (has_site && c->who[0] != '\0') {
		layout_text(layout, " (", TEXT_AT);
		layout_text(layout, c->who, TEXT_AT);
		layout_word(layout, ")");
	}
	layout_end_line(layout);
}

/* Most reasons name both sides already, as "... gave GOT, wanted WANTED". */
static bool is_in_text(const struct report_case *c)
{
	static const char between[] = ", wanted ";
	const size_t length = strlen(c->got);

	for (const char *at = strstr(c->text, " gave "); at != NULL;
		at = strstr(at + 1, " gave ")) {
		const char *got = at + strlen(" gave ");

		if (strncmp(got, c->got, length) == 0 &&
			strncmp(got + length, between, strlen(between)) == 0 &&
			strcmp(got + length + strlen(between), c->wanted) == 0)
			return true;
	}
	return false;
}

static void show_leftovers(struct layout *layout, const struct report_case *c, bool all)
{
	const size_t count = all || c->leftover_count <= LEFTOVERS_SHOWN
		? c->leftover_count
		: LEFTOVERS_SHOWN;

	for (size_t i = 0; i < count; i++)
		labelled(layout, i == 0 ? "left" : "", c->leftovers[i]);
	if (count == c->leftover_count)
		return;
	remark(layout, "... and %zu more (-v shows them)", c->leftover_count - count);
}

static void show_line(struct layout *layout, const char *line, size_t length, bool all)
{
	size_t shown = length;

	if (!all && length > LINE_BYTES_SHOWN) {
		shown = LINE_BYTES_SHOWN;
		while (shown > 0 && ((unsigned char)line[shown] & 0xc0) == 0x80)
			shown--;
	}
	layout_to(layout, TEXT_AT);
	layout_verbatim(layout, line, shown, TEXT_AT);
	layout_end_line(layout);
	if (shown < length)
		remark(layout, "... and %zu bytes more on this line (-v shows them)",
			length - shown);
}

static size_t count_lines(const char *text)
{
	size_t lines = 0;

	for (; *text != '\0'; lines++) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return lines;
}

static void show_output(struct layout *layout, const struct report_case *c, bool all)
{
	const size_t lines = count_lines(c->output);
	const size_t left_out = all || lines <= LINES_SHOWN ? 0 : lines - LINES_SHOWN;
	const char *at = c->output;

	if (lines > 0)
		label(layout, "output");
	for (size_t i = 0; i < lines; i++) {
		const size_t length = strcspn(at, "\n");
		const bool is_left_out = left_out > 0 && i >= LINES_SHOWN / 2 &&
			i < LINES_SHOWN / 2 + left_out;

		if (is_left_out && i == LINES_SHOWN / 2)
			remark(layout, "... %zu lines (-v shows them)", left_out);
		if (!is_left_out)
			show_line(layout, at, length, all);
		at += length + (at[length] == '\n');
	}
	if (c->output_dropped > 0)
		remark(layout, "... and %zu bytes more, not kept", c->output_dropped);
}

static void show_notes(struct layout *layout, const struct report_case *c)
{
	for (size_t i = 0; i < c->note_count; i++) {
		label(layout, i == 0 ? "notes" : "");
		layout_text(layout, c->notes[i].key, TEXT_AT);
		layout_word(layout, " = ");
		layout_text(layout, c->notes[i].value, TEXT_AT);
		layout_end_line(layout);
	}
}

void report_terminal_case(const struct report *r, const struct report_case *c,
	const struct report_style *style, FILE *out)
{
	struct layout layout = terminal_layout(style, out);
	char repeat[8192];

	show_head(&layout, r, c);
	if (c->was_run)
		show_site(&layout, c);
	labelled(&layout, "claim", c->claim);
	label(&layout, c->claim[0] != '\0' ? "" : "claim");
	layout_say(&layout, "%s: ", level_name(c->level));
	layout_text(&layout, c->spec, TEXT_AT);
	layout_end_line(&layout);
	if (!is_in_text(c)) {
		labelled(&layout, "got", c->got);
		labelled(&layout, "wanted", c->wanted);
	}
	show_leftovers(&layout, c, style->verbose);
	show_output(&layout, c, style->verbose);
	if (style->verbose)
		show_notes(&layout, c);
	report_repeat_line(r, c, repeat, sizeof(repeat));
	label(&layout, "repeat");
	layout_word(&layout, repeat); /* never broken: it is to be pasted */
	layout_end_line(&layout);
	layout_end_line(&layout);
}

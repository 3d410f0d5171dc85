#include "report.h"

#include <stdlib.h>
#include <string.h>

#include "glyph.h"
#include "summary.h"
#include "terminal.h"
#include "text.h"

static int compare_id(const void *id, const void *c)
{
	return strcmp(id, ((const struct report_case *)c)->id);
}

bool report_has(const struct report *r, const char *id)
{
	return r->case_count > 0 &&
		bsearch(id, r->cases, r->case_count, sizeof(r->cases[0]), compare_id) !=
		NULL;
}

bool report_case_is_unexpected(const struct report_case *c)
{
	if (!c->was_run || c->overlay == OVERLAY_KNOWN)
		return false;
	if (c->overlay != OVERLAY_NONE)
		return true;
	if (c->verdict == VERDICT_UNSUPPORTED)
		return !c->announced;
	return c->verdict != VERDICT_PASS;
}

const char *report_case_word(const struct report_case *c)
{
	return word_name(case_word(c));
}

static bool is_plain(const char *word)
{
	while (*word != '\0') {
		const struct glyph glyph = glyph_at(word);

		if (!glyph.is_plain)
			return false;
		word += glyph.bytes;
	}
	return true;
}

/* A control byte can't stand in a line that is to be pasted: it would end the line or do
 * something to the terminal.  $'' of POSIX.1-2024 can spell it. */
static void add_dollar_quoted(struct text *text, const char *word)
{
	text_add(text, "$'");
	while (*word != '\0') {
		const struct glyph glyph = glyph_at(word);

		if (*word == '\'' || *word == '\\')
			text_add(text, "\\%c", *word);
		else if (glyph.is_plain)
			text_add(text, "%s", glyph.shown);
		else
			for (size_t i = 0; i < glyph.bytes; i++)
				text_add(text, "\\%03o",
					(unsigned)(unsigned char)word[i]);
		word += glyph.bytes;
	}
	text_add(text, "'");
}

static void add_quoted(struct text *text, const char *word)
{
	if (!is_plain(word)) {
		add_dollar_quoted(text, word);
		return;
	}
	text_add(text, "'");
	for (; *word != '\0'; word++)
		text_add(text, *word == '\'' ? "'\\''" : "%c", *word);
	text_add(text, "'");
}

/* Target names are mostly bare words, and read better so. */
static void add_name(struct text *text, const char *name)
{
	static const char bare[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789_-.";

	if (name[0] != '\0' && name[strspn(name, bare)] == '\0')
		text_add(text, "%s", name);
	else
		add_quoted(text, name);
}

/* Says at its end that a line did not fit, between two characters. */
static void mark_cut(struct text *line)
{
	static const char mark[] = " [cut]";

	if (!line->cut || line->size < sizeof(mark))
		return;
	line->used = line->size - sizeof(mark);
	while (line->used > 0 && ((unsigned char)line->at[line->used] & 0xc0) == 0x80)
		line->used--;
	memcpy(line->at + line->used, mark, sizeof(mark));
}

void report_repeat_line(const struct report *r, const struct report_case *c, char *buffer,
	size_t size)
{
	struct text line = text_over(buffer, size);
	const struct report_target *target = &r->target;

	text_add(&line, "assay run ");
	if (target->valgrind[0] != '\0')
		text_add(&line, "--valgrind=%s ", target->valgrind);
	if (target->command[0] != '\0' || strcmp(target->name, "local") != 0) {
		text_add(&line, "-t ");
		add_name(&line, target->name);
		if (target->command[0] != '\0') {
			text_add(&line, "=");
			add_quoted(&line, target->command);
		}
		text_add(&line, " ");
	}
	add_quoted(&line, c->id);
	mark_cut(&line);
}

report_function report_format(const char *name)
{
	static const struct {
		const char *name;
		report_function write;
	} formats[] = {
		{"html", report_html},
		{"json", report_json},
		{"junit", report_junit},
		{"markdown", report_markdown},
		{"tap", report_tap},
		{"terminal", terminal_whole},
	};

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(formats[i].name, name) == 0)
			return formats[i].write;
	return NULL;
}

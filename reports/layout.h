/*
 * layout: text on a terminal of so many columns.  Whatever the text holds, it moves no
 * cursor and changes no colour: only plain glyphs, spaces and line ends of our own go
 * out.
 */
#ifndef ASSAY_REPORTS_LAYOUT_H
#define ASSAY_REPORTS_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum color {
	COLOR_NONE,
	COLOR_GOOD,
	COLOR_BAD,
	COLOR_NOTABLE,
	COLOR_QUIET,
	COLOR_STRONG
};

/** Where text goes, and how far the line has come. */
struct layout {
	FILE *out;
	int columns; /* of the terminal, at least 40 */
	bool has_color;
	int column; /* reached on this line, from 0 */
	int spaces; /* owed before the next glyph; a line end forgets them */
};

/** Turns COLOR on, or with COLOR_NONE off; nothing without colour. */
void layout_color(struct layout *layout, enum color color);

/** On to COLUMN, by at least one space when the line is already there or beyond. */
void layout_to(struct layout *layout, int column);

/** TEXT, or its first COUNT bytes, without any break. */
void layout_word(struct layout *layout, const char *text);
void layout_part(struct layout *layout, const char *text, size_t count);

/** A short text of our own (printf format), without any break. */
void layout_say(struct layout *layout, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** TEXT broken between words, and inside a word that has no room on a line of its own;
 *  lines after the first begin at column INDENT. */
void layout_text(struct layout *layout, const char *text, int indent);

/** COUNT bytes of TEXT as they are, tabs as spaces, broken where the line ends (spaces at
 *  a break are lost). */
void layout_verbatim(struct layout *layout, const char *text, size_t count, int indent);

void layout_end_line(struct layout *layout);

#endif

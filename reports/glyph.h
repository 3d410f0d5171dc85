/*
 * glyph: hostile text, one code point at a time.  What a target sends may hold anything;
 * a report shows what cannot harm its reader and spells the rest, byte by byte, as \xNN:
 * the rule of docs/protocol.md for bytes that are not UTF-8.
 */
#ifndef ASSAY_REPORTS_GLYPH_H
#define ASSAY_REPORTS_GLYPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GLYPH_INVALID = 0x110000 };

/** One code point and how it is shown. */
struct glyph {
	uint32_t value; /* GLYPH_INVALID: a byte that is not part of valid UTF-8 */
	size_t bytes;   /* how much of the text it takes, at least 1 */
	bool is_plain;  /* shown as itself */
	char shown[17]; /* UTF-8, terminated */
	int columns;    /* of what is shown; every code point counts as one */
};

/** The glyph at TEXT, which must not be at its end.  Not plain are: control characters
 *  (C0, DEL, C1), what reorders or hides text (bidirectional controls, invisible
 *  characters, line and paragraph separators, tags), noncharacters, and invalid bytes. */
struct glyph glyph_at(const char *text);

/** The columns of the COUNT bytes at TEXT, or up to its end if that comes first. */
int glyph_columns(const char *text, size_t count);

#endif

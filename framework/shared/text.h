/*
 * text: appending to a fixed buffer without overflow, and the two things every side
 * needs of raw bytes: valid UTF-8 and JSON strings.
 */
#ifndef ASSAY_SHARED_TEXT_H
#define ASSAY_SHARED_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/** A string being built in a buffer that the caller owns.  Always terminated. */
struct text {
	char *at;
	size_t size;
	size_t used;
	bool cut; /* something did not fit */
};

/** A text over the array BUFFER, empty. */
#define TEXT_OVER(buffer) text_over((buffer), sizeof(buffer))
struct text text_over(char *buffer, size_t size);

/** Appends; what does not fit is left out and .cut is set. */
void text_add(struct text *text, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** Appends COUNT raw bytes as a JSON string with its quotes.  Control bytes are escaped;
 *  a NUL, and a byte that is not part of valid UTF-8, appear as four characters \xNN, so the
 *  result is valid UTF-8 whatever the bytes were. */
void text_add_json(struct text *text, const char *bytes, size_t count);

/** The length of the valid UTF-8 sequence at BYTES (1..4), or 0 when there is none within
 *  COUNT bytes (overlong forms, surrogates and values above U+10FFFF are invalid). */
size_t utf8_length(const char *bytes, size_t count);

#endif

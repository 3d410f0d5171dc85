/*
 * printable: foreign bytes made safe to show on one line.  What a worker, a file or a
 * command line holds may contain terminal escapes, line breaks and broken UTF-8.
 */
#ifndef ASSAY_SHARED_PRINTABLE_H
#define ASSAY_SHARED_PRINTABLE_H

#include "text.h"

/** Appends COUNT bytes; a control character (ASCII or U+0080..U+009F) and a byte outside
 *  valid UTF-8 appear as \xNN for each of its bytes.  The result is valid UTF-8. */
void text_add_printable(struct text *text, const char *bytes, size_t count);

/** The first COUNT bytes of BYTES made printable, in memory that the caller frees. */
char *printable_copy(const char *bytes, size_t count);

#endif

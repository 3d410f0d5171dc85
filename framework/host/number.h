/*
 * number: numbers as a person types them.
 */
#ifndef ASSAY_HOST_NUMBER_H
#define ASSAY_HOST_NUMBER_H

#include <stdbool.h>

/** Parses TEXT, decimal digits and nothing else, from LOW to HIGH.  *OUT is untouched when
 *  it is none. */
bool number_parse(const char *text, long low, long high, long *out);

/** Parses a duration "1500", "1500ms" or "2s" into milliseconds, from 1 to one day. */
bool number_parse_ms(const char *text, int *out);

#endif

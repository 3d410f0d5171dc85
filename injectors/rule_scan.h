/*
 * rule_scan: taking words and numbers off the text of a rule, and refusing what is there
 * instead, with its position.  For the parser of rules only.
 */
#ifndef ASSAY_INJECTORS_RULE_SCAN_H
#define ASSAY_INJECTORS_RULE_SCAN_H

#include "problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCAN_DIGITS "0123456789"
#define SCAN_WORD SCAN_DIGITS "_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

/** A text of which the bytes before AT are taken. */
struct scan {
	const char *text;
	size_t at;
	const char
		*also; /* what may be next beside what is demanded, " or " at its end */
	struct problem *why;
};

/** What is left. */
const char *scan_rest(const struct scan *scan);

/** Writes "at 12: expected WANTED, found 'X'" for the text at byte AT (from 0; shown from 1)
 *  up to a delimiter.  Returns false. */
bool scan_refuse(const struct scan *scan, size_t at, const char *wanted);

/** The same at the next byte, where what .also names would have been right, too. */
bool scan_refuse_next(const struct scan *scan, const char *wanted);

/** Takes LITERAL when it is next; else takes nothing and returns false. */
bool scan_take(struct scan *scan, const char *literal);

/** The same, but refuses what is there instead. */
bool scan_demand(struct scan *scan, const char *literal, const char *wanted);

/** Takes the longest run of bytes of SET into WORD, SIZE bytes.  False, and nothing taken,
 *  when there is none or it does not fit. */
bool scan_word(struct scan *scan, const char *set, char *word, size_t size);

/** The value of a hexadecimal digit, 16 when BYTE is none. */
int scan_digit(char byte);

/** Takes a number from MIN to MAX, decimal without leading zeros or 0x and hexadecimal, or
 *  refuses; WANTED describes it. */
struct scan_range {
	uint64_t min, max;
	const char *wanted;
};
bool scan_number(struct scan *scan, struct scan_range range, uint64_t *value);

#endif

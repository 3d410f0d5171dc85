/*
 * note: what a case records beside its verdict.  Notes appear in every report; choices are
 * compared between targets.
 */
#ifndef ASSAY_AUTHOR_NOTE_H
#define ASSAY_AUTHOR_NOTE_H

#include "errno_name.h" /* errno_name(), signal_name(): for values */

/** Records KEY = text (printf format).  Up to 24 notes a case, keys to 47 bytes, values to
 *  207; more is counted and reported, never dropped silently.  A key noted again gets the
 *  new value. */
void note(const char *key, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Records the choice GOT (a string) for KEY that the standard leaves open; the case ends
 *  `fail` unless GOT is one of the allowed strings:
 *  note_choice("direction", got, "one-way", "two-way"). */
#define note_choice(key, got, ...)                                                    \
	note_choice_at((key), (got), (const char *const[]){__VA_ARGS__, 0}, __FILE__, \
		__LINE__)
void note_choice_at(const char *key, const char *got, const char *const *allowed,
	const char *file, int line);

#endif

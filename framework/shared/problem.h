/*
 * problem: why something could not be done, in words for a person.  Functions that can
 * fail take a struct problem * last; the first to know writes it, callers may prefix it.
 */
#ifndef ASSAY_SHARED_PROBLEM_H
#define ASSAY_SHARED_PROBLEM_H

#include <stdbool.h>

/** One sentence without a final full stop; always terminated, cut at its size. */
struct problem {
	char text[1024];
};

/** Writes the text (printf format).  Returns false, so that `return problem_set(...)`
 *  reads well. */
bool problem_set(struct problem *why, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** Puts "PREFIX: " before the text.  Returns false. */
bool problem_prefix(struct problem *why, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif

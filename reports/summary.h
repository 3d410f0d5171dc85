/*
 * summary: what every format asks of a report and would otherwise work out by itself: the
 * counts, where in the matrix a case stands, and the one line that says what went wrong.
 */
#ifndef ASSAY_REPORTS_SUMMARY_H
#define ASSAY_REPORTS_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>

#include "report.h"

/** The words of a report (report_case_word), in the order in which totals show them. */
enum word {
	WORD_PASS,
	WORD_KNOWN,
	WORD_FAIL,
	WORD_LEAK,
	WORD_TIMEOUT,
	WORD_CRASH,
	WORD_BROKEN,
	WORD_FIXED,
	WORD_UNSTABLE,
	WORD_UNSUPPORTED,
	WORD_NOT_RUN,
	WORD_COUNT,
};

/** The word of C, and its name ("not run"). */
enum word case_word(const struct report_case *c);
const char *word_name(enum word word);

/** Counts over the cases of a report, or over some of them. */
struct totals {
	size_t cases;
	size_t words[WORD_COUNT];
	size_t unannounced; /* unsupported for a reason that hello did not give */
	size_t passed;      /* pass and known */
	size_t failed;      /* all that is unexpected */
	size_t skipped;     /* unsupported as announced, and not run */
	size_t run;         /* cases that were run */
	size_t runs;        /* and how often in all (--repeat) */
};

/** Adds C to TOTALS. */
void totals_add(struct totals *totals, const struct report_case *c);

/** The counts over all of R. */
struct totals report_totals(const struct report *r);

/** A part of an id, not terminated. */
struct part {
	const char *at;
	size_t length;
};

/** An id in its three parts.  An id with fewer slashes has empty parts at its end. */
struct place {
	struct part mechanism, dimension, slug;
};

struct place case_place(const struct report_case *c);
bool part_is_equal(struct part a, struct part b);

/** One line that says why C is not simply a pass: LEAD, then REST.  Both are empty for a
 *  pass; REST belongs to the report. */
struct reason {
	char lead[256];
	const char *rest;
};

struct reason case_reason(const struct report *r, const struct report_case *c);

/** Whether C has a site of its own beside where it is written. */
bool case_has_site(const struct report_case *c);

/** MICROSECONDS for people ("350 us", "1.2 ms", "3.45 s"), into BUFFER. */
void duration_text(long microseconds, char *buffer, size_t size);

/** What TARGET is, for people ("Linux 6.1.0, s390x, big-endian, glibc 2.36, qemu-user"), into
 *  BUFFER. */
void target_system(const struct report_target *target, char *buffer, size_t size);

#endif

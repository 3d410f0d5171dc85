/*
 * terminal: the parts of the terminal report that its files share, and its whole for a
 * file, where no case was shown while the run went on.
 */
#ifndef ASSAY_REPORTS_TERMINAL_H
#define ASSAY_REPORTS_TERMINAL_H

#include "layout.h"
#include "report.h"
#include "summary.h"

/** A layout on OUT that looks as STYLE says. */
struct layout terminal_layout(const struct report_style *style, FILE *out);

/** The colour of WORD; UNEXPECTED tells the two kinds of unsupported apart. */
enum color terminal_color(enum word word, bool unexpected);

/** Every unexpected case, then the report: without colour, for 80 columns.  A
 *  report_function. */
bool terminal_whole(const struct report_set *set, FILE *out, struct problem *why);

/** Several runs side by side. */
bool terminal_set(const struct report_set *set, const struct report_style *style,
	FILE *out, struct problem *why);

/** The matrix mechanism x dimension, with a legend of what occurs in it. */
void terminal_matrix(const struct report *r, struct layout *layout);

#endif

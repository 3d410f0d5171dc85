/*
 * outputs: where the reports of a run go.  Files first, standard output last.
 */
#ifndef ASSAY_HOST_OUTPUTS_H
#define ASSAY_HOST_OUTPUTS_H

#include "options.h"
#include "problem.h"
#include "report.h"

#include <stdbool.h>

/** Whether the terminal report goes to standard output: unless another format does, or the
 *  terminal report was sent to a file. */
bool outputs_has_terminal(const struct options *options);

/** False when a file that OPTIONS names could not be written as things stand. */
bool outputs_check(const struct options *options, struct problem *why);

/** The same for one PATH. */
bool outputs_check_file(const char *path, struct problem *why);

/** Writes every report that goes to a file.  A failure does not keep the others from being
 *  written; *WHY is the first one's. */
bool outputs_write_files(const struct options *options, const struct report_set *set,
	struct problem *why);

/** Writes the report that goes to standard output; STYLE is for the terminal report. */
bool outputs_write_stdout(const struct options *options, const struct report_set *set,
	const struct report_style *style, struct problem *why);

/** False when something written to standard output until now was lost. */
bool outputs_flush_stdout(struct problem *why);

#endif

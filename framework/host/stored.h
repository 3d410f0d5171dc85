/*
 * stored: reports of earlier runs, read back from their json.  A file is believed nothing:
 * every field is checked, every text made printable, as with what a worker says.
 */
#ifndef ASSAY_HOST_STORED_H
#define ASSAY_HOST_STORED_H

#include "problem.h"
#include "report.h"

#include <jansson.h>
#include <stdbool.h>

enum { STORED_RUNS_MAX = 1000 };

/** Reads the json report PATH, of one run or of several.  False when it cannot be read, or
 *  is no report ("cannot use PATH: case pipe/open/x: 'maybe' is no verdict").  *RUNS with
 *  *COUNT reports is released with stored_free() in every case. */
bool stored_read(const char *path, struct report **runs, size_t *count,
	struct problem *why);

/** The same for ROOT, the content of such a file. */
bool stored_parse(const json_t *root, struct report **runs, size_t *count,
	struct problem *why);

void stored_free(struct report *runs, size_t count);

#endif

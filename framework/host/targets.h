/*
 * targets: which systems a command is about: what -t says, and what a file of targets holds.
 */
#ifndef ASSAY_HOST_TARGETS_H
#define ASSAY_HOST_TARGETS_H

#include "problem.h"
#include "target.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	TARGETS_MAX = 64,
	TARGETS_FILE_BYTES = 1 << 20,
	TARGETS_JOBS_MAX = 256,
};

/** Targets with different names; all texts are owned. */
struct targets {
	struct target *all;
	size_t count;
};

/** What the command line says: each -t, and --targets or NULL. */
struct targets_asked {
	const char **words; /* NAME=COMMAND, or NAME alone */
	size_t count;
	const char *file;
};

/** Fills *OUT with the targets that ASKED names, in its order: NAME=COMMAND as it is,
 *  "local" for the built-in worker, NAME alone from the file.  Without any -t it is all of the
 *  file, without a file too "local" alone.  False when a word or the file cannot be
 *  understood ("FILE:LINE: reason") or a name comes twice.  *OUT is released with
 *  targets_free() in every case. */
bool targets_resolve(const struct targets_asked *asked, struct targets *out,
	struct problem *why);

/** Adds the targets that TEXT, LENGTH bytes of the file FILE, describes: a section for each
 *  target, in it lines KEY = VALUE, and comments from # or ; at the start of a line.
 *
 *      [NAME]
 *      command = shell words       (needed; a relative path starts where assay is run)
 *      jobs    = 2                 (workers at once)
 *      hello   = 60s               (longest wait for the first line of a worker)
 *      scale   = 8                 (all deadlines times 8; otherwise measured)
 *      expect  = FILE              (known deviations of this target)
 */
bool targets_parse(const char *file, const char *text, size_t length, struct targets *out,
	struct problem *why);

void targets_free(struct targets *targets);

#endif

/*
 * browse: `assay list` and `assay show`.
 */
#ifndef ASSAY_HOST_BROWSE_H
#define ASSAY_HOST_BROWSE_H

#include "catalog.h"
#include "plan.h"
#include "target.h"

#include <stdbool.h>
#include <stdio.h>

/** Writes the chosen cases to OUT, one a line: id, then claim, in columns that end at
 *  COLUMNS; 0 means that nothing is cut. */
void browse_list(const struct catalog *catalog, const struct plan *plan, int columns,
	FILE *out);

/** Writes them as a JSON array, one object a line, with the fields of the protocol. */
void browse_list_json(const struct catalog *catalog, const struct plan *plan, FILE *out);

/** Writes all that is known of each, and how to repeat it on TARGET. */
void browse_show(const struct catalog *catalog, const struct plan *plan,
	const struct target *target, FILE *out);

#endif

/*
 * catalog: the cases linked into this worker, one for each CASE and for each row of a
 * CASE_EACH, sorted by id.
 */
#ifndef ASSAY_WORKER_CATALOG_H
#define ASSAY_WORKER_CATALOG_H

#include "author/case.h"
#include "problem.h"

#include <stddef.h>

struct catalog_case {
	char id[200]; /* "mechanism/dimension/slug" or "....row", with hyphens */
	const struct case_entry *entry;
	const void *row; /* NULL without a table */
};

/** Reads the linker section once.  False when two cases have one id, or an id is too long. */
bool catalog_load(struct problem *why);

/** The cases, catalog_count() of them; catalog_find() gives NULL for an unknown id. */
size_t catalog_count(void);
const struct catalog_case *catalog_at(size_t index);
const struct catalog_case *catalog_find(const char *id);

/** The deadline of ENTRY in milliseconds where a request names no other. */
int catalog_deadline_ms(const struct case_entry *entry);

#endif

/*
 * catalog: the cases that a target offers, as its worker lists them.
 */
#ifndef ASSAY_HOST_CATALOG_H
#define ASSAY_HOST_CATALOG_H

#include "problem.h"
#include "verdict.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum {
	CATALOG_CASES_MAX = 100000,
	CATALOG_ID_BYTES = 255, /* longest id */
	CATALOG_DEADLINE_MS = 5000,
};

/** One case; strings are owned by the catalogue, never NULL, and printable. */
struct catalog_case {
	char *id, *claim, *spec, *alone, *file;
	char **needs;
	size_t need_count;
	enum level level;
	int deadline_ms, line;
};

/** Sorted by id after catalog_close(). */
struct catalog {
	struct catalog_case *cases;
	size_t count;
};

/** Whether TEXT can be an id: 1 to CATALOG_ID_BYTES visible ASCII characters. */
bool catalog_id_is_valid(const char *text);

/** Adds the case that MESSAGE, an object of type "case", describes.  False when a field is
 *  wrong or there are too many. */
bool catalog_add(struct catalog *catalog, const json_t *message, struct problem *why);

/** Sorts the catalogue.  False when an id occurs twice. */
bool catalog_close(struct catalog *catalog, struct problem *why);

/** The index of the case called ID in a closed catalogue, or catalog->count. */
size_t catalog_find(const struct catalog *catalog, const char *id);

/** The needs of C as one text, "block-proof, seccomp"; freed by the caller. */
char *catalog_needs(const struct catalog_case *c);

void catalog_free(struct catalog *catalog);

#endif

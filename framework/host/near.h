/*
 * near: which names somebody may have meant.
 */
#ifndef ASSAY_HOST_NEAR_H
#define ASSAY_HOST_NEAR_H

#include "catalog.h"
#include "text.h"

#include <stddef.h>

enum { NEAR_MATCHES = 5 };

/** The number of single characters to insert, remove or change to get from A to B; at least
 *  LIMIT when it is LIMIT or more (texts longer than 255 bytes count as LIMIT). */
size_t near_distance(const char *a, const char *b, size_t limit);

/** Appends "; near matches: A, B" to TEXT: up to NEAR_MATCHES ids, mechanisms or
 *  mechanism/dimension pairs of CATALOG that hold WANTED or differ from it by little,
 *  nearest first.  Appends nothing when there are none. */
void near_add(struct text *text, const char *wanted, const struct catalog *catalog);

#endif

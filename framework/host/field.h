/*
 * field: reading the members of a JSON object that a worker or a file sent.  A missing
 * member has its documented value, one of the wrong type or size is an error that names it.
 * On an error *OUT is untouched.
 */
#ifndef ASSAY_HOST_FIELD_H
#define ASSAY_HOST_FIELD_H

#include "problem.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/** A string made printable (one line, no control characters); "" when missing.  *OUT is
 *  freed by the caller. */
bool field_text(const json_t *object, const char *name, char **out, struct problem *why);

/** The same with its line breaks and control characters as they are. */
bool field_raw_text(const json_t *object, const char *name, char **out,
	struct problem *why);

/** An integer, 0 when missing; from 0 to INT_MAX. */
bool field_number(const json_t *object, const char *name, int *out, struct problem *why);

/** The same from 0 to LONG_MAX. */
bool field_count(const json_t *object, const char *name, long *out, struct problem *why);

/** true or false; false when missing. */
bool field_flag(const json_t *object, const char *name, bool *out, struct problem *why);

/** An array, NULL when missing; a borrowed reference. */
bool field_array(const json_t *object, const char *name, const json_t **out,
	struct problem *why);

/** An array of strings, made printable; none when missing.  Freed by the caller, each and
 *  all. */
bool field_texts(const json_t *object, const char *name, char ***out, size_t *count,
	struct problem *why);

#endif

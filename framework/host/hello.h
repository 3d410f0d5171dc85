/*
 * hello: what a worker says of its target before anything else.
 */
#ifndef ASSAY_HOST_HELLO_H
#define ASSAY_HOST_HELLO_H

#include "problem.h"
#include "report.h"

#include <jansson.h>
#include <stdbool.h>

/** Fills the fields of *OUT that hello gives; name and command stay as they are.  False
 *  when MESSAGE is no hello, of another protocol version, or has a wrong field.  *OUT is
 *  released with hello_free() in every case. */
bool hello_read(const json_t *message, struct report_target *out, struct problem *why);

/** Whether every case has what names live in to itself, so that any two may run at once. */
bool hello_is_isolated(const struct report_target *target);

/** Sets every text of *TARGET that is NULL to "". */
void hello_complete(struct report_target *target);

/** Releases what *TARGET owns, name and command too. */
void hello_free(struct report_target *target);

#endif

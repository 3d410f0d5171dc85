/*
 * inject: the command `assay inject`.  The injectors are the worker's: the built-in one takes
 * the runner's place.
 */
#ifndef ASSAY_HOST_INJECT_H
#define ASSAY_HOST_INJECT_H

#include <stdbool.h>

/** Whether ARGV, as main gets it, is an `assay inject` to be carried out: not one that asks
 *  for help. */
bool inject_is_asked(int argc, char **argv);

/** Becomes the worker that carries it out, with all descriptors as they are.  Returns the
 *  exit status, with a line on standard error, when there is no worker. */
int inject_become(int argc, char **argv);

#endif

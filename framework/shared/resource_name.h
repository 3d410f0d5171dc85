/*
 * resource_name: the limits of a process (getrlimit(2)) by the names that the grammar of
 * faults uses.  One table, for the parser of rules and for the injector.
 */
#ifndef ASSAY_SHARED_RESOURCE_NAME_H
#define ASSAY_SHARED_RESOURCE_NAME_H

#include <stdbool.h>

/** The RLIMIT_ number of the resource called NAME ("nofile" is RLIMIT_NOFILE) into
 *  *RESOURCE; false when no limit is called so. */
bool resource_find(const char *name, int *resource);

/** "nofile" for RLIMIT_NOFILE; NULL for a number without a name here. */
const char *resource_name(int resource);

#endif

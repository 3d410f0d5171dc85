/*
 * fill_held: a file system that is to have room again, for the worker.
 */
#ifndef ASSAY_INJECTORS_FILL_HELD_H
#define ASSAY_INJECTORS_FILL_HELD_H

#include "problem.h"

#include <stdbool.h>

/** fill_tmpfs_blocks() (fill.h) with the descriptor that holds the last block in *HOLDER, or
 *  -1; closing it frees the block. */
bool fill_tmpfs_blocks_held(const char *directory, int *holder, struct problem *why);

#endif

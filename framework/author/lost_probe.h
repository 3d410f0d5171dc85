/*
 * lost_probe: for the worker: whether lost_blocks() can find any here.  Not a word.
 */
#ifndef ASSAY_AUTHOR_LOST_PROBE_H
#define ASSAY_AUTHOR_LOST_PROBE_H

#include "problem.h"

#include <stdbool.h>

/** Whether lost blocks are found, tried on one, which is freed; when not, *WHY. */
bool lost_blocks_are_found(struct problem *why);

#endif

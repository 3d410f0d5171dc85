/*
 * arena: memory that the body, its peers and their helpers share.
 */
#ifndef ASSAY_AUTHOR_ARENA_H
#define ASSAY_AUTHOR_ARENA_H

#include "word.h"

#include <stdbool.h>
#include <stddef.h>

/** SIZE zeroed bytes, aligned for any type, seen by every process of the case that is a
 *  fork of the caller.  Freed with the case.  Ends the case `broken` when the 4 MiB are used
 *  up. */
void *arena(size_t size);

/** The address of the first byte of a page that cannot be accessed (PROT_NONE); the page
 *  before it is readable and writable, so `unreadable_page() - 1` is the last good byte. */
char *unreadable_page(void);

/** The descriptors that are open below 1,024, without the framework's own. */
struct fds {
	unsigned long long open[1024 / 64];
};

/** What is open now; and whether exactly the same numbers are open now as in BEFORE. */
struct fds fds_snapshot(void);
bool fds_unchanged(const struct fds *before);

/** Runs the caller on one CPU only, for orders that two CPUs would blur. */
void pin_to_one_cpu(void);

/** Returns in all of N contestants at once, as soon as the N-th has called it.  Can be used
 *  again for a next round by the same N. */
void race_start(int n);

/* Each notes where it stands. */
#define arena(size) (WORD_AT_HERE, (arena)(size))
#define unreadable_page() (WORD_AT_HERE, (unreadable_page)())

#endif

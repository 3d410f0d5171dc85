/*
 * lost: memory that was allocated, that nobody freed and to which nothing points any more,
 * as valgrind's memcheck finds it by searching all memory of the process.
 */
#ifndef ASSAY_AUTHOR_LOST_H
#define ASSAY_AUTHOR_LOST_H

#include "word.h"

/** How many blocks the calling process has lost so far, what its parent had lost before the
 *  fork included.  A block that only a stale register or stack slot points to is not seen as
 *  lost: no block too many, perhaps one too few.  Outside memcheck the case ends `broken`.
 *  Wants NEED_MEMCHECK. */
unsigned long lost_blocks(void);

/* Each notes where it stands. */
#define lost_blocks() (WORD_AT_HERE, (lost_blocks)())

#endif

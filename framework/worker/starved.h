/*
 * starved: the time in which a case or a foreign program could have gone on and had no
 * processor, as others had them all.  Deadlines do not count it, so that a loaded machine
 * changes no verdict.
 */
#ifndef ASSAY_WORKER_STARVED_H
#define ASSAY_WORKER_STARVED_H

#include <stdint.h>

/** The longest time that one thread of the caller's descendants, of those that live, has waited
 *  for a processor, in microseconds; 0 where the kernel does not show it. */
int64_t starved_us(void);

#endif

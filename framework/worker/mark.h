/*
 * mark: what the names of a worker begin with where it shares them with others: whose they
 * are, so that nobody takes the names of another, and who comes later can remove those of the
 * dead.  A process number alone says little: in a container every worker may be process 1.
 */
#ifndef ASSAY_WORKER_MARK_H
#define ASSAY_WORKER_MARK_H

#include <stdbool.h>

enum { MARK_BYTES = 48 };

/** "assay-UID-PID-PLACE-" of this worker, PLACE being its pid namespace. */
void mark_own(char mark[MARK_BYTES]);

/** A number that differs between workers that run at once, nearly always. */
unsigned mark_number(void);

/** Whether NAME begins with the mark of any worker; with that of one of this user and pid
 *  namespace that has ended. */
bool mark_is_there(const char *name);
bool mark_is_of_dead(const char *name);

#endif

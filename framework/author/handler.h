/*
 * handler: signal handlers that count, where every process of the case can read the count.
 */
#ifndef ASSAY_AUTHOR_HANDLER_H
#define ASSAY_AUTHOR_HANDLER_H

#include "word.h"

struct peer;

/** Installs, for the calling process, a handler for SIGNAL with sigaction FLAGS (such as
 *  SA_RESTART) that adds one to the count of the peer (or body) in whose thread it runs. */
void handler_install(int signal, int flags);

/** Waits until handlers have run at least N times in P. */
#define handler_wait(p, n) handler_wait_at((p), (n), __FILE__, __LINE__)
void handler_wait_at(struct peer *p, int n, const char *file, int line);

/** How often handlers have run in P, or in the caller. */
int handler_count(const struct peer *p);
int handler_count_here(void);

/* Each notes where it stands. */
#define handler_install(signal, flags) (WORD_AT_HERE, (handler_install)(signal, flags))

#endif

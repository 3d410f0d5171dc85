/*
 * names: objects that live outside a process.  Under isolation the names are short
 * and fixed; without it they are unique per run, worker and case.  What is left under a name
 * from here is the case's own and no leak; what is left under any other is.
 */
#ifndef ASSAY_AUTHOR_NAMES_H
#define ASSAY_AUTHOR_NAMES_H

#include "word.h"

#include <sys/types.h>

/** A name for mq_open, sem_open and shm_open: "/" and TAG.  Valid until the case ends;
 *  the same TAG gives the same name, in every process of the case. */
const char *own_name(const char *tag);

/** A System V IPC key, never IPC_PRIVATE; the same N gives the same key. */
key_t own_key(int n);

/** An absolute path for TAG directly below the case's /tmp; nothing is created.  The
 *  same TAG gives the same path.  What lies below that path is the case's own, too. */
const char *own_path(const char *tag);

/* Each notes where it stands. */
#define own_name(tag) (WORD_AT_HERE, (own_name)(tag))
#define own_path(tag) (WORD_AT_HERE, (own_path)(tag))

#endif

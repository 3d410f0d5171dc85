/*
 * alone: a lock for a budget that all processes of one user share on this machine, such as
 * the pages of pipes.  Held by binding an abstract socket, so it is gone with its holder and
 * leaves no file behind (unix(7)).
 */
#ifndef ASSAY_WORKER_ALONE_H
#define ASSAY_WORKER_ALONE_H

/** Tries to take the lock NAME of user UID.  Returns a descriptor that holds it until it
 *  is closed; -1 when somebody else has it. */
int alone_try(const char *name, unsigned uid);

#endif

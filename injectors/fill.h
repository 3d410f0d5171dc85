/*
 * fill: fills a kernel object until the kernel says that it is full.  Measured, never
 * assumed: each ends with the refusal that the next user of the object will get.
 */
#ifndef ASSAY_INJECTORS_FILL_H
#define ASSAY_INJECTORS_FILL_H

#include "problem.h"

#include <mqueue.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stddef.h>

/** Writes zero bytes to FD, a descriptor of a pipe, FIFO or connected socket open for
 *  writing, first by pages and then by single bytes, until the kernel answers EAGAIN.
 *  O_NONBLOCK is set meanwhile and put back.  Returns the number of bytes written;
 *  (size_t)-1 with errno on any error. */
size_t fill(int fd);

/** Sends messages of one byte, priority 0, to QUEUE, open for writing, until the kernel
 *  answers EAGAIN.  O_NONBLOCK as above.  Returns the number of messages, or (size_t)-1 with
 *  errno. */
size_t fill_mq(mqd_t queue);

/** Sends messages of type 1 to the System V queue ID, first of 1,024 bytes and then of one,
 *  until the kernel answers EAGAIN: no further byte fits.  Returns the number of bytes, or
 *  (size_t)-1 with errno. */
size_t fill_msg(int id);

/** Raises semaphore NUMBER of the System V set ID until the kernel answers ERANGE to one
 *  more.  Returns the value it then has, or (size_t)-1 with errno. */
size_t fill_semaphore(int id, int number);

/** Sets SEMAPHORE, nobody waiting for it, anew to SEM_VALUE_MAX, shared between processes,
 *  and makes sure that sem_post() gives EOVERFLOW.  Returns the value, or (size_t)-1 with
 *  errno. */
size_t fill_sem(sem_t *semaphore);

/** Opens descriptors, which are kept over exec, until the kernel answers EMFILE.  Returns how
 *  many, or (size_t)-1 with errno (E2BIG: the limit is above 1,048,576). */
size_t fill_fds(void);

/** Shrinks the tmpfs mounted at DIRECTORY to the blocks, or inodes, in use, and makes sure
 *  that the next one is refused with ENOSPC.  Needs CAP_SYS_ADMIN over the mount.  One open
 *  descriptor at 220 or above, without a name, may hold the last block.  False with *WHY. */
bool fill_tmpfs_blocks(const char *directory, struct problem *why);
bool fill_tmpfs_inodes(const char *directory, struct problem *why);

/** By the names of the grammar: "fds", or "tmpfs-blocks" and "tmpfs-inodes", which mean
 *  /dev/shm.  False with *WHY. */
bool fill_named(const char *what, struct problem *why);

#endif

/*
 * confinement: what a case may take away from itself or change around itself.  Under
 * isolation everything here ends with the case.
 */
#ifndef ASSAY_AUTHOR_CONFINEMENT_H
#define ASSAY_AUTHOR_CONFINEMENT_H

#include "word.h"

/** Sets the soft limit of RESOURCE (RLIMIT_NOFILE ...) for the caller; the hard limit
 *  stays, so it can be raised again.  The case ends `broken` when refused. */
void limit_set(int resource, unsigned long long value);

/** Gives up every capability of the caller, for good; uid 0 of the case keeps what it owns
 *  and loses every override.  Wants NEED_UNPRIVILEGED. */
void drop_capabilities(void);

/** Turns the caller into uid and gid K (1..9), without any capability or supplementary
 *  group, still observable by the body.  Wants NEED_SECOND_UID. */
void become_uid(int k);

/** The uid and gid that become_uid(K) takes, as stat() shows them to the case: K itself in a
 *  user namespace. */
unsigned own_uid(int k);

/** Mounts a tmpfs with at most BLOCKS pages and INODES inodes (0: no limit) over the
 *  existing directory PATH.  Wants NEED_PRIVATE_MOUNT. */
void tmpfs_mount(const char *path, unsigned blocks, unsigned inodes);

/** Makes the mount at PATH read-only.  Wants NEED_PRIVATE_MOUNT. */
void remount_read_only(const char *path);

/** Writes VALUE into /proc/sys/NAME.  What belongs to an IPC namespace ("fs/mqueue/msg_max",
 *  "kernel/msgmax") is the caller's own and ends with it; that wants NEED_IPC_SYSCTL.  Any other
 *  ("fs/protected_fifos") is everybody's until the case ends, when the worker puts the old value
 *  back; that wants NEED_OWN_KERNEL and NEED_HOST_ROOT. */
void sysctl_set(const char *name, long value);

/* Each notes where it stands. */
#define limit_set(resource, value) (WORD_AT_HERE, (limit_set)(resource, value))
#define drop_capabilities() (WORD_AT_HERE, (drop_capabilities)())
#define become_uid(k) (WORD_AT_HERE, (become_uid)(k))
#define tmpfs_mount(path, blocks, inodes) \
	(WORD_AT_HERE, (tmpfs_mount)(path, blocks, inodes))
#define remount_read_only(path) (WORD_AT_HERE, (remount_read_only)(path))
#define sysctl_set(name, value) (WORD_AT_HERE, (sysctl_set)(name, value))

#endif

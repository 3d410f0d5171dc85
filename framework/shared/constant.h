/*
 * constant: values that arguments of system calls have by name (O_CREAT, MSG_PEEK,
 * FUTEX_WAIT), in groups: what a name means depends on the argument.  One table, in
 * constant.c; values of this build's architecture.
 */
#ifndef ASSAY_SHARED_CONSTANT_H
#define ASSAY_SHARED_CONSTANT_H

#include "text.h"

#include <stdbool.h>
#include <stdint.h>

enum constant_group {
	CONSTANT_NONE,   /* numbers only */
	CONSTANT_AT,     /* AT_FDCWD for dirfd, AT_... flags */
	CONSTANT_DOMAIN, /* AF_... */
	CONSTANT_CLOCK,  /* CLOCK_... */
	CONSTANT_CLONE,
	CONSTANT_EPOLL,      /* EPOLL_CTL_..., EPOLL_CLOEXEC */
	CONSTANT_FCNTL,      /* F_... */
	CONSTANT_DESCRIPTOR, /* EFD_..., SFD_..., TFD_..., MFD_... */
	CONSTANT_FUTEX,
	CONSTANT_IPC,  /* IPC_... and what goes with it in semop, msgrcv, shmat */
	CONSTANT_LOCK, /* of flock */
	CONSTANT_MAP,  /* MAP_..., MREMAP_..., MS_... */
	CONSTANT_MESSAGE,
	CONSTANT_OPEN,
	CONSTANT_PROTECTION,
	CONSTANT_SEEK,
	CONSTANT_SIGNAL,
	CONSTANT_SOCKET, /* SOCK_... */
	CONSTANT_SPLICE,
	CONSTANT_WAIT,
	CONSTANT_GROUP_COUNT,
};

/** The value of NAME, one of GROUP, into *VALUE; false when GROUP has no such name. */
bool constant_find(enum constant_group group, const char *name, uint64_t *value);

/** A name of GROUP, for messages; NULL for CONSTANT_NONE. */
const char *constant_example(enum constant_group group);

/** Appends VALUE as names of GROUP joined by | that give it exactly, the largest first.
 *  False, nothing appended, when no names do so. */
bool constant_add(struct text *text, enum constant_group group, uint64_t value);

#endif

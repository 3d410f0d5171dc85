/*
 * confine: the private world of one case.  confine_start() makes a child in fresh
 * namespaces, confine_enter() finishes the work inside it.  confine_probe() finds out at
 * start what the system grants, by doing the whole set in a child: that unshare succeeds
 * proves nothing, because the mounts may still be refused.
 */
#ifndef ASSAY_WORKER_CONFINE_H
#define ASSAY_WORKER_CONFINE_H

#include "problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum isolation {
	ISOLATE_USER = 1 << 0,
	ISOLATE_IPC = 1 << 1,
	ISOLATE_PID = 1 << 2,
	ISOLATE_MOUNT = 1 << 3,
	ISOLATE_PROC = 1 << 4,
	ISOLATE_TMP = 1 << 5,
	ISOLATE_SHM = 1 << 6,
	ISOLATE_MQUEUE = 1 << 7,
	ISOLATE_COUNT = 8,
	ISOLATE_ALL = (1 << ISOLATE_COUNT) - 1,
};

enum {
	/* The keeper's own tmpfs, for Check's message file and for mounts of the keeper. */
	KEEPER_DIR_FD = 203,
	/* The mqueue file system of the case, for the census. */
	MQUEUE_DIR_FD = 204,
};

/** How ids are mapped into a case. */
struct confine_ids {
	bool has_range; /* ids 0..15 of the case are base..base+15 outside */
	unsigned
		base; /* as root: a range of this worker's own, so budgets per uid are too */
	bool by_newuidmap; /* an ordinary user with a range in /etc/subuid */
	bool own_id;       /* the caller's own ids only, and no others: 1000 stays 1000 */
};

struct refusal {
	const char *what; /* the name of an enum isolation */
	char why[160];
};

struct confinement {
	unsigned granted; /* ISOLATE_ bits */
	struct refusal refused[ISOLATE_COUNT];
	size_t refused_count;
	struct confine_ids ids;
};

/** The name of the isolation with bit number BIT ("user"), and its bit, or 0. */
const char *isolation_name(int bit);
unsigned isolation_find(const char *name);

/** Finds the largest part of WANTED (ISOLATE_ bits) that works here. */
void confine_probe(unsigned wanted, struct confinement *out);

/** Like fork(): a child in the namespaces of ISOLATION, with its ids mapped and with
 *  uid and gid 0 where it has a user namespace; RANGE maps ids 0..15 instead of 0 only.
 *  The child gets SIGKILL when the caller dies (SIGTERM without a pid namespace, so that
 *  it can clean up).  Returns its pid, 0 in the child, or -1 with *WHY. */
pid_t confine_start(const struct confinement *with, unsigned isolation, bool range,
	struct problem *why);

/** In the child: private mounts of ISOLATION, session, limits, umask, working directory
 *  TMP.  On failure *FAILED is the isolation that was refused. */
bool confine_enter(unsigned isolation, unsigned *failed, struct problem *why);

#endif

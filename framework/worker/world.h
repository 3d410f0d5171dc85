/*
 * world: where a foreign program runs again and again, each time as if for the first: ipc, pid
 * and mount namespaces of its own, a copy of the working directory at the same path, empty
 * /dev/shm and /dev/mqueue, and an empty /tmp unless something the program was given lies
 * there.  Ids stay as they are.
 */
#ifndef ASSAY_WORKER_WORLD_H
#define ASSAY_WORKER_WORLD_H

#include "confine.h"
#include "problem.h"
#include "tree.h"

#include <limits.h>
#include <stdbool.h>
#include <sys/resource.h>

struct world {
	struct confinement confinement;
	unsigned isolation;
	bool has_own_tmp;
	char path[PATH_MAX]; /* of the working directory */
	mode_t umask;
	struct rlimit files;
	int source;         /* the working directory outside */
	int pristine, work; /* what each run begins with, and where it runs */
	int shm, tmp, queues, last_pid;
	struct tree start; /* as the program finds it */
};

/** Finds out what the system grants, and what the working directory is.  WORDS, up to a NULL,
 *  are what the program was given: paths among them decide about /tmp.  False with *WHY when
 *  a program cannot be confined here. */
bool world_plan(struct world *world, char *const *words, struct problem *why);

/** Like fork(): the child is the first process of the world.  -1 with *WHY. */
pid_t world_begin(struct world *world, struct problem *why);

/** In the child: makes the world.  False with *WHY. */
bool world_make(struct world *world, struct problem *why);

/** What is there now, sorted.  Freed with tree_free(). */
void world_look(const struct world *world, struct tree *out);

/** What a run under rules that fill has to give back. */
struct world_fill {
	size_t count;
	struct world_filled {
		const char *path;                  /* of a file system */
		unsigned long long blocks, inodes; /* what it had */
		int holder;
	} filled[6];
};

/** Fills by WHAT ("tmpfs-blocks", "tmpfs-inodes") the file systems of the world: the working
 *  directory, /dev/shm, and /tmp where it is private.  False with *WHY; in both cases
 *  world_unfill() gives back what was taken. */
bool world_fill(const struct world *world, const char *what, struct world_fill *fill,
	struct problem *why);
bool world_unfill(struct world_fill *fill, struct problem *why);

/** After a run: kills what lives, removes what was made, brings back what was changed, NOW
 *  being world_look()'s picture, or NULL when it is not known.  The next process gets the same
 *  number as the first of the run before.  False with *WHY when something cannot be undone:
 *  the world is then of no use any more. */
bool world_restore(const struct world *world, const struct tree *now,
	struct problem *why);

#endif

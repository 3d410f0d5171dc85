/*
 * world_fill: the file systems of a foreign program, full for one run.
 */
#include "errno_name.h"
#include "fill.h"
#include "fill_held.h"
#include "world.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/statfs.h>
#include <unistd.h>

enum { KEPT_FLAGS = MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC };

static bool fill_one(const char *path, bool blocks, struct world_fill *fill,
	struct problem *why)
{
	struct world_filled *const one = &fill->filled[fill->count];
	struct statfs now;

	if (fill->count == sizeof(fill->filled) / sizeof(fill->filled[0]))
		return problem_set(why, "too much is to be filled");
	if (statfs(path, &now) != 0)
		return problem_set(why, "statfs %s: %s", path, errno_name(errno));
	*one = (struct world_filled){path, now.f_blocks, now.f_files, -1};
	fill->count++;
	if (!blocks)
		return fill_tmpfs_inodes(path, why);
	const bool done = fill_tmpfs_blocks_held(path, &one->holder, why);
	/* Not the program's. */
	if (one->holder >= 0)
		(void)fcntl(one->holder, F_SETFD, FD_CLOEXEC);
	return done;
}

bool world_fill(const struct world *world, const char *what, struct world_fill *fill,
	struct problem *why)
{
	const bool blocks = strcmp(what, "tmpfs-blocks") == 0;

	return fill_one(world->path, blocks, fill, why) &&
		fill_one("/dev/shm", blocks, fill, why) &&
		(!world->has_own_tmp || fill_one("/tmp", blocks, fill, why));
}

/* The limits of a tmpfs that has none are 0, which says so. */
static bool unfill_one(const struct world_filled *one, struct problem *why)
{
	struct statfs now;
	char options[96];

	if (one->holder >= 0)
		(void)close(one->holder);
	(void)snprintf(options, sizeof(options), "nr_blocks=%llu,nr_inodes=%llu",
		one->blocks, one->inodes);
	if (statfs(one->path, &now) != 0 ||
		mount("none", one->path, NULL,
			MS_REMOUNT | ((unsigned long)now.f_flags & KEPT_FLAGS),
			options) != 0)
		return problem_set(why, "remount %s with %s: %s", one->path, options,
			errno_name(errno));
	return true;
}

bool world_unfill(struct world_fill *fill, struct problem *why)
{
	bool done = true;

	/* The last first: what was filled twice gets back what it had before the first. */
	while (fill->count > 0)
		done = unfill_one(&fill->filled[--fill->count], why) && done;
	return done;
}

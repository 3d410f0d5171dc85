#include "fill.h"

#include "errno_name.h"
#include "fill_held.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/statfs.h>
#include <unistd.h>

enum {
	FDS_MAX = 1 << 20,
	TMPFS = 0x01021994, /* statfs(2), TMPFS_MAGIC */
	HOLDER_FD = 220,
	KEPT_FLAGS = MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC,
};

size_t fill_fds(void)
{
	struct rlimit limit;
	size_t count = 0;

	if (getrlimit(RLIMIT_NOFILE, &limit) == -1)
		return (size_t)-1;
	if (limit.rlim_cur > FDS_MAX) {
		errno = E2BIG;
		return (size_t)-1;
	}
	const int first = open("/dev/null", O_RDWR);
	if (first >= 0)
		count++;
	while (first >= 0 && dup(first) >= 0)
		count++;
	return errno == EMFILE ? count : (size_t)-1;
}

/* Shrinks the tmpfs at DIRECTORY; a limit of 0 would mean none. */
static bool shrink(const char *directory, const char *option, unsigned long long used,
	struct problem *why)
{
	struct statfs now;
	char options[64];

	(void)snprintf(options, sizeof(options), "%s=%llu", option, used ? used : 1);
	if (statfs(directory, &now) == -1)
		return problem_set(why, "statfs %s: %s", directory, errno_name(errno));
	if (mount("none", directory, NULL,
		    MS_REMOUNT | ((unsigned long)now.f_flags & KEPT_FLAGS),
		    options) == -1)
		return problem_set(why, "remount %s with %s: %s", directory, options,
			errno_name(errno));
	return true;
}

/* What DIRECTORY holds; false when it is no tmpfs. */
static bool measure(const char *directory, struct statfs *now, struct problem *why)
{
	if (statfs(directory, now) == -1)
		return problem_set(why, "statfs %s: %s", directory, errno_name(errno));
	if (now->f_type != TMPFS)
		return problem_set(why, "%s is no tmpfs", directory);
	return true;
}

/* A new file without a name in DIRECTORY, beyond the descriptors that a case looks at. */
static int open_nameless(const char *directory)
{
	const int low = open(directory, O_TMPFILE | O_RDWR, 0600);
	const int high = low < 0 ? -1 : fcntl(low, F_DUPFD, HOLDER_FD);
	const int error = errno;

	if (low >= 0)
		(void)close(low);
	errno = error;
	return high;
}

bool fill_tmpfs_blocks_held(const char *directory, int *holder, struct problem *why)
{
	static const char page[4096];
	struct statfs now;

	*holder = -1;
	if (!measure(directory, &now, why))
		return false;
	const int file = open_nameless(directory);
	if (file < 0)
		return problem_set(why, "a file in %s: %s", directory, errno_name(errno));
	bool full = shrink(directory, "nr_blocks",
		(unsigned long long)(now.f_blocks - now.f_bfree), why);
	bool holds = false;
	while (full && write(file, page, sizeof(page)) > 0)
		holds = true;
	if (full && errno != ENOSPC)
		full = problem_set(why, "write to %s: %s", directory, errno_name(errno));
	if (holds)
		*holder = file;
	else
		(void)close(file);
	return full;
}

bool fill_tmpfs_blocks(const char *directory, struct problem *why)
{
	int holder;

	return fill_tmpfs_blocks_held(directory, &holder, why);
}

bool fill_tmpfs_inodes(const char *directory, struct problem *why)
{
	struct statfs now;

	if (!measure(directory, &now, why) ||
		!shrink(directory, "nr_inodes",
			(unsigned long long)(now.f_files - now.f_ffree), why))
		return false;
	const int one_more = open_nameless(directory);
	const int error = errno;
	if (one_more >= 0)
		(void)close(one_more);
	if (one_more >= 0)
		return problem_set(why, "%s takes one more inode", directory);
	return error == ENOSPC ||
		problem_set(why, "a file in %s: %s", directory, errno_name(error));
}

bool fill_named(const char *what, struct problem *why)
{
	if (strcmp(what, "tmpfs-blocks") == 0)
		return fill_tmpfs_blocks("/dev/shm", why);
	if (strcmp(what, "tmpfs-inodes") == 0)
		return fill_tmpfs_inodes("/dev/shm", why);
	if (strcmp(what, "fds") != 0)
		return problem_set(why, "nothing to fill is called '%s'", what);
	return fill_fds() != (size_t)-1 ||
		problem_set(why, "filling the descriptor table: %s", errno_name(errno));
}

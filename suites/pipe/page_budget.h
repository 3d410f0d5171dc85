/*
 * page_budget: the pages that the kernel allows all pipes of one user together, and
 * how to use them up.  Cases that include this say `.alone = "user-pipe-pages"`.
 */
#ifndef SUITES_PIPE_PAGE_BUDGET_H
#define SUITES_PIPE_PAGE_BUDGET_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "pipe.h"

/* pipe(7), Pipe capacity: what a pipe has below every limit. */
enum { DEFAULT_PAGES = 16 };

/* With the usual limits 64 pipes of a megabyte are enough.  What other processes of the same
 * user hold is made up for by pipes of the two pages that are granted above the limit. */
enum { HOARD_MAX = 4000 };

/** The pipes of hoard_pipe_pages(). */
struct hoard {
	int count;
	int ends[HOARD_MAX][2];
};

/** The number in /proc/sys/fs/NAME; -1 with errno when it cannot be read, and with ENOSYS
 *  when it is 0, which means that the limit is switched off. */
static inline long pipe_limit(const char *name)
{
	char path[64], text[32] = "";
	(void)snprintf(path, sizeof(path), "/proc/sys/fs/%s", name); /* NAMEs are short */
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1)
		return -1;
	const ssize_t length = read(fd, text, sizeof(text) - 1);
	(void)close(fd); /* nothing was written */
	if (length <= 0)
		return -1;
	const long value = atol(text);
	if (value == 0)
		errno = ENOSYS;
	return value == 0 ? -1 : value;
}

/** Where the next pipe of HOARD goes; NULL with ENOBUFS when it holds HOARD_MAX. */
static inline int *hoard_next(struct hoard *hoard)
{
	errno = ENOBUFS;
	return hoard->count < HOARD_MAX ? hoard->ends[hoard->count] : NULL;
}

/** Opens pipes until those of the caller alone hold as many pages as
 *  pipe-user-pages-soft allows, whatever others of the same user give back meanwhile, and
 *  leaves one byte in each.  Ends the case `broken` when that needs too many pipes. */
static inline struct hoard *hoard_pipe_pages(void)
{
	struct hoard *hoard = arena(sizeof(*hoard));
	const long soft_limit = need(pipe_limit("pipe-user-pages-soft"));
	const long largest = need(pipe_limit("pipe-max-size"));
	struct rlimit files;

	need(getrlimit(RLIMIT_NOFILE, &files));
	limit_set(RLIMIT_NOFILE, files.rlim_max);
	for (long pages = 0; pages < soft_limit; hoard->count++) {
		int *ends = need(hoard_next(hoard));
		need(pipe(ends));
		need(write(ends[1], "x", 1));
		/* Refused for the last pipes, which then keep their size. */
		(void)fcntl(ends[1], F_SETPIPE_SZ, largest);
		pages += capacity(ends[1]) / page_size();
	}
	return hoard;
}

#endif

/*
 * data_times: the timestamps that a transfer marks for update.
 */
#include "assay.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "stream.h"

enum { LONG_AGO = 1000000000 }; /* 2001-09-09 */

/* Sets st_atime and st_mtime of FD to LONG_AGO, and returns its times once the clock that
 * stamps files has moved on: st_ctime cannot be set, it became the present by this. */
static struct stat age(int fd)
{
	const struct timespec past[2] = {{LONG_AGO, 0}, {LONG_AGO, 0}};
	struct stat before;

	need(futimens(fd, past));
	need(fstat(fd, &before));
	stamp_wait_past(before.st_ctim);
	return before;
}

static bool is_later(struct timespec a, struct timespec b)
{
	return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

CASE(pipe, data, write_marks_mtime_and_ctime,
	.claim = "write() of a byte marks st_mtime and st_ctime of the pipe for update",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 write(), DESCRIPTION (last data modification)")
{
	struct stat after;
	int ends[2];
	need(pipe(ends));
	const struct stat before = age(ends[1]);

	need(write(ends[1], "x", 1));
	need(fstat(ends[1], &after));
	ck_assert_msg(is_later(after.st_mtim, before.st_mtim),
		"st_mtime stayed as it was");
	ck_assert_msg(is_later(after.st_ctim, before.st_ctim),
		"st_ctime stayed as it was");
}

CASE(pipe, data, read_marks_atime,
	.claim = "read() of a byte marks st_atime of the pipe for update",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 read(), DESCRIPTION (last data access)")
{
	struct stat after;
	char got;
	int ends[2];
	need(pipe(ends));
	need(write(ends[1], "x", 1));
	const struct stat before = age(ends[0]);

	must_move(read(ends[0], &got, 1), 1);
	need(fstat(ends[0], &after));
	ck_assert_msg(is_later(after.st_atim, before.st_atim),
		"st_atime stayed as it was");
}

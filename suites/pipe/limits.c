/*
 * pipe/limits: how much goes into a pipe, and what keeps a process from more pipes.
 */
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "assay.h"
#include "pipe.h"

/* PIPE_BUF of the pipe behind FD: writes up to this size are never mixed with others. */
static long atomic_size(int fd)
{
	errno = 0;
	const long size = fpathconf(fd, _PC_PIPE_BUF);
	/* Without an error -1 says that there is no limit. */
	return size == -1 && errno == 0 ? LONG_MAX : size;
}

CASE(pipe, limits, pipe_buf_at_least_posix_minimum,
	.claim = "PIPE_BUF is at least 512, and fpathconf() of either end is not "
		 "below it",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 <limits.h>, {PIPE_BUF}; fpathconf(), RETURN VALUE")
{
	long least = _POSIX_PIPE_BUF;
#ifdef PIPE_BUF
	ck_assert_int_ge(PIPE_BUF, least);
	least = PIPE_BUF;
#endif
	ck_assert_int_ge(least, 512);

	int ends[2];
	need(pipe(ends));
	ck_assert_int_ge(atomic_size(ends[0]), least);
	ck_assert_int_ge(atomic_size(ends[1]), least);
	note("pipe-buf", "%ld", atomic_size(ends[1]));
}

/* Writes pieces of SIZE bytes until the pipe takes no more, then empties it.  Returns how
 * many bytes it took. */
static long fill_and_drain(const int ends[2], size_t size)
{
	char *piece = arena(size);
	long total = 0;
	ssize_t written = 0;

	while ((written = write(ends[1], piece, size)) > 0)
		total += written;
	ck_assert_int_eq(errno, EAGAIN);
	while (read(ends[0], piece, size) > 0)
		;
	return total;
}

CASE(pipe, limits, capacity_at_least_pipe_buf_and_stable,
	.claim = "an empty pipe accepts at least PIPE_BUF bytes without blocking, the "
		 "first time and after it was emptied",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 write(), pipes and FIFOs: PIPE_BUF bytes are written "
		"whole")
{
	int ends[2];
	need(pipe2(ends, O_NONBLOCK));
	const long pipe_buf = need(fpathconf(ends[1], _PC_PIPE_BUF));

	const long first = fill_and_drain(ends, pipe_buf);
	const long second = fill_and_drain(ends, pipe_buf);

	note("capacity", "%ld", first);
	note("capacity-after-draining", "%ld", second);
	ck_assert_int_ge(first, pipe_buf);
	ck_assert_int_ge(second, pipe_buf);
}

static const struct {
	const char *name;
	int leave_free;
} few_descriptors[] = {
	{"none-free", 0},
	{"one-free", 1},
};

CASE_EACH(pipe, limits, emfile_when_fewer_than_two_fds_left, few_descriptors,
	.claim = "pipe() fails with EMFILE when fewer than two descriptors are free "
		 "under RLIMIT_NOFILE",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pipe(), ERRORS, EMFILE")
{
	int ends[2];
	const int lowest_free = need(dup(0));
	need(close(lowest_free));
	limit_set(RLIMIT_NOFILE, lowest_free + row->leave_free);

	must_fail(pipe(ends), EMFILE);
}

CASE(pipe, limits, failed_pipe_leaves_array_and_fds_untouched,
	.claim = "pipe() and pipe2() that fail leave their array as it was and no "
		 "descriptor open",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pipe(), RETURN VALUE")
{
	int ends[2] = {77, 78};
	struct rlimit before_limit;
	need(getrlimit(RLIMIT_NOFILE, &before_limit));
	const int lowest_free = need(dup(0));
	need(close(lowest_free));
	const struct fds before = fds_snapshot();

	limit_set(RLIMIT_NOFILE, lowest_free + 1);
	must_fail(pipe(ends), EMFILE);
	must_fail(pipe2(ends, O_CLOEXEC), EMFILE);
	limit_set(RLIMIT_NOFILE, before_limit.rlim_cur);

	ck_assert_int_eq(ends[0], 77);
	ck_assert_int_eq(ends[1], 78);
	ck_assert_msg(fds_unchanged(&before), "a failed pipe() left a descriptor open");
}

CASE(pipe, limits, fionread_counts_unread_bytes,
	.claim = "ioctl(FIONREAD) on either end of a pipe gives the number of unread "
		 "bytes",
	.level = LEVEL_LINUX,
	.spec = "pipe(7), Pipe capacity")
{
	int ends[2];
	char bytes[10] = "123456789";
	need(pipe(ends));
	need(write(ends[1], bytes, 10));
	need(read(ends[0], bytes, 3));

	ck_assert_int_eq(unread(ends[0]), 7);
	ck_assert_int_eq(unread(ends[1]), 7);
}

CASE(pipe, limits, rlimit_fsize_does_not_apply,
	.claim = "a file size limit of 0 neither stops a write to a pipe nor raises "
		 "SIGXFSZ",
	.level = LEVEL_LINUX,
	.spec = "setrlimit(2), RLIMIT_FSIZE: the size of files; seen on Linux 6.18")
{
	int ends[2];
	char byte = 0;
	need(pipe(ends));
	handler_install(SIGXFSZ, 0);
	limit_set(RLIMIT_FSIZE, 0);

	ck_assert_int_eq(write(ends[1], "x", 1), 1);
	ck_assert_int_eq(handler_count_here(), 0);
	ck_assert_int_eq(read(ends[0], &byte, 1), 1);
	ck_assert_int_eq(byte, 'x');
}

/*
 * pipe/open: what pipe() and pipe2() make: which descriptors, with which flags, of what.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assay.h"
#include "pipe.h"

#ifdef O_CLOFORK
#define CLOFORK_LACKS NULL
#else
#define CLOFORK_LACKS "O_CLOFORK is not defined"
#define O_CLOFORK 0
#define FD_CLOFORK 0
#endif

CASE(pipe, open, returns_two_lowest_fds,
	.claim = "pipe() takes the two lowest descriptors that are free",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pipe(), DESCRIPTION; File Descriptor Allocation")
{
	for (int fd = 3; fd < 20; fd++)
		need(dup2(0, fd));
	need(close(7));
	need(close(12));

	int ends[2];
	need(pipe(ends));

	const int low = ends[0] < ends[1] ? ends[0] : ends[1];
	const int high = ends[0] < ends[1] ? ends[1] : ends[0];
	ck_assert_int_eq(low, 7);
	ck_assert_int_eq(high, 12);
}

CASE(pipe, open, read_end_first_write_end_second,
	.claim = "bytes written to the second descriptor of pipe() come out of the "
		 "first",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pipe(), DESCRIPTION")
{
	int ends[2];
	char got[6] = "";
	need(pipe(ends));

	ck_assert_int_eq(write(ends[1], "hello", 5), 5);
	ck_assert_int_eq(read(ends[0], got, 5), 5);
	ck_assert_str_eq(got, "hello");
}

CASE(pipe, open, bidirectionality_recorded,
	.claim = "the first descriptor of pipe() either takes a write or refuses it "
		 "with EBADF",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pipe(), DESCRIPTION: it is unspecified whether "
		"fildes[0] is also open for writing")
{
	int ends[2];
	need(pipe2(ends, O_NONBLOCK));
	note("read-end-access-mode", "%#x", need(fcntl(ends[0], F_GETFL)) & O_ACCMODE);
	note("write-end-access-mode", "%#x", need(fcntl(ends[1], F_GETFL)) & O_ACCMODE);

	const ssize_t written = write(ends[0], "x", 1);
	const char *refusal = errno_name(errno);
	note_choice("write-to-the-read-end", written == 1 ? "taken" : refusal, "taken",
		"EBADF");
}

CASE(pipe, open, pipe_clears_cloexec_and_nonblock,
	.claim = "descriptors of pipe() have neither FD_CLOEXEC nor O_NONBLOCK set",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pipe(), DESCRIPTION")
{
	int ends[2];
	need(pipe(ends));

	ck_assert(!closes_on_exec(ends[0]));
	ck_assert(!closes_on_exec(ends[1]));
	ck_assert(!is_nonblocking(ends[0]));
	ck_assert(!is_nonblocking(ends[1]));
}

CASE(pipe, open, pipe2_cloexec_sets_fd_cloexec_on_both,
	.claim = "O_CLOEXEC in pipe2() sets FD_CLOEXEC on both descriptors and "
		 "nothing else",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pipe2(), DESCRIPTION")
{
	int ends[2];
	need(pipe2(ends, O_CLOEXEC));

	ck_assert(closes_on_exec(ends[0]));
	ck_assert(closes_on_exec(ends[1]));
	ck_assert(!is_nonblocking(ends[0]));
	ck_assert(!is_nonblocking(ends[1]));
}

CASE(pipe, open, pipe2_nonblock_sets_status_flag_on_both,
	.claim = "O_NONBLOCK in pipe2() sets O_NONBLOCK on both ends and nothing else",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pipe2(), DESCRIPTION")
{
	int ends[2];
	need(pipe2(ends, O_NONBLOCK));

	ck_assert(is_nonblocking(ends[0]));
	ck_assert(is_nonblocking(ends[1]));
	ck_assert(!closes_on_exec(ends[0]));
	ck_assert(!closes_on_exec(ends[1]));
}

/* Whether FD_CLOFORK is set on FD. */
static bool closes_on_fork(int fd)
{
	return need(fcntl(fd, F_GETFD)) & FD_CLOFORK;
}

static void find_neither_end(void *arg)
{
	const int *ends = arg;
	must_fail(fcntl(ends[0], F_GETFD), EBADF);
	must_fail(fcntl(ends[1], F_GETFD), EBADF);
}

CASE(pipe, open, pipe2_clofork_sets_fd_clofork_on_both,
	.claim = "O_CLOFORK in pipe2() sets FD_CLOFORK on both descriptors, and a "
		 "forked child has neither",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pipe2(), DESCRIPTION; fork()",
	.lacks = CLOFORK_LACKS)
{
	int ends[2];
	need(pipe2(ends, O_CLOFORK));

	ck_assert(closes_on_fork(ends[0]));
	ck_assert(closes_on_fork(ends[1]));
	struct peer child = peer_start(find_neither_end, ends);
	peer_join(&child);
}

CASE(pipe, open, stat_reports_fifo_type,
	.claim = "fstat() reports the file type FIFO for both ends of a pipe",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 <sys/stat.h>, S_ISFIFO: pipe or FIFO special file")
{
	int ends[2];
	need(pipe(ends));

	for (int i = 0; i < 2; i++) {
		struct stat end;
		need(fstat(ends[i], &end));
		ck_assert_msg(S_ISFIFO(end.st_mode), "st_mode of end %d is %#o, no FIFO",
			i, (unsigned)end.st_mode);
	}
}

CASE(pipe, open, owner_is_effective_ids,
	.claim = "a new pipe belongs to the effective user and group of the caller",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pipe(), DESCRIPTION",
	.needs = NEED_SECOND_UID)
{
	/* The real ids stay 0, so that they cannot be mistaken for the effective ones. */
	need(setegid(2));
	need(seteuid(1));

	int ends[2];
	need(pipe(ends));

	for (int i = 0; i < 2; i++) {
		struct stat end;
		need(fstat(ends[i], &end));
		ck_assert_uint_eq(end.st_uid, 1);
		ck_assert_uint_eq(end.st_gid, 2);
	}
}

/* What /proc/self/fd/FD is a link to. */
static const char *link_of(int fd)
{
	char path[32];
	char *target = arena(PATH_MAX);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd); /* always fits */
	need(readlink(path, target, PATH_MAX - 1));
	return target;
}

CASE(pipe, open, both_ends_share_inode,
	.claim = "both ends of a pipe show one inode, in fstat() and as pipe:[INODE] "
		 "in /proc/self/fd, and another pipe shows another",
	.level = LEVEL_LINUX,
	.spec = "proc(5), /proc/pid/fd: links to pipes read type:[inode]",
	.needs = NEED_PROC)
{
	int ends[2], others[2];
	struct stat first, second, other;
	need(pipe(ends));
	need(pipe(others));
	need(fstat(ends[0], &first));
	need(fstat(ends[1], &second));
	need(fstat(others[0], &other));

	char link[64];
	need(snprintf(link, sizeof(link), "pipe:[%ju]", (uintmax_t)first.st_ino));
	ck_assert_uint_eq(first.st_dev, second.st_dev);
	ck_assert_uint_eq(first.st_ino, second.st_ino);
	ck_assert_uint_ne(first.st_ino, other.st_ino);
	ck_assert_str_eq(link_of(ends[0]), link);
	ck_assert_str_eq(link_of(ends[1]), link);
}

CASE(pipe, open, reopen_through_proc_fd,
	.claim = "open() of a pipe's /proc/self/fd link gives one more open file "
		 "description of that pipe, with the direction asked for",
	.level = LEVEL_LINUX,
	.spec = "proc(5), /proc/pid/fd; fifo(7)",
	.needs = NEED_PROC)
{
	int ends[2];
	char path[32], byte = 0;
	need(pipe2(ends, O_NONBLOCK));
	need(snprintf(path, sizeof(path), "/proc/self/fd/%d", ends[0]));

	const int extra = open(path, O_WRONLY);
	ck_assert_msg(extra != -1, "open(\"%s\") gave %s", path, errno_name(errno));
	const int mode = need(fcntl(extra, F_GETFL)) & O_ACCMODE;
	ck_assert_msg(mode == O_WRONLY, "O_WRONLY gave the access mode %d", mode);
	ck_assert(!is_nonblocking(extra));
	ck_assert_int_eq(write(extra, "x", 1), 1);
	ck_assert_int_eq(read(ends[0], &byte, 1), 1);
	ck_assert_int_eq(byte, 'x');

	need(close(ends[1]));
	must_fail(read(ends[0], &byte, 1), EAGAIN);
	need(close(extra));
	ck_assert_int_eq(read(ends[0], &byte, 1), 0);
}

/*
 * pipe/errors: calls that a pipe refuses, and what they leave.
 */
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "assay.h"
#include "pipe.h"

#ifndef O_NOTIFICATION_PIPE
#define O_NOTIFICATION_PIPE O_EXCL /* linux/watch_queue.h */
#endif

CASE(pipe, errors, closed_fd_ebadf,
	.claim = "read() and write() on a closed descriptor fail with EBADF",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 read() and write(), ERRORS, EBADF")
{
	int ends[2];
	char byte = 'x';
	need(pipe(ends));
	need(close(ends[0]));
	need(close(ends[1]));

	must_fail(read(ends[0], &byte, 1), EBADF);
	must_fail(write(ends[1], &byte, 1), EBADF);
}

/* Notes under KEY what a call gave that the standard leaves open. */
static void note_outcome(const char *key, long result)
{
	const int error = errno;
	note(key, "%s", result == -1 ? errno_name(error) : "success");
}

CASE(pipe, errors, seek_espipe,
	.claim = "lseek() on a pipe, from wherever it counts, and pread() and pwrite() "
		 "of a byte fail with ESPIPE",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 lseek(), read() and write(), ERRORS, ESPIPE")
{
	int ends[2];
	char byte = 'x';
	const struct iovec part = {&byte, 1};
	need(pipe2(ends, O_NONBLOCK));
	need(write(ends[1], &byte, 1));

	for (int i = 0; i < 2; i++) {
		must_fail(lseek(ends[i], 0, SEEK_SET), ESPIPE);
		must_fail(lseek(ends[i], 0, SEEK_CUR), ESPIPE);
		must_fail(lseek(ends[i], 0, SEEK_END), ESPIPE);
	}
	must_fail(pread(ends[0], &byte, 1, 0), ESPIPE);
	must_fail(pwrite(ends[1], &byte, 1, 0), ESPIPE);

	note_outcome("pread-of-no-byte", pread(ends[0], &byte, 0, 0));
	note_outcome("pwrite-of-no-byte", pwrite(ends[1], &byte, 0, 0));
	note_outcome("preadv", preadv(ends[0], &part, 1, 0));
	note_outcome("pwritev", pwritev(ends[1], &part, 1, 0));
}

CASE(pipe, errors, ftruncate_einval,
	.claim = "ftruncate() on the write end of a pipe fails with EINVAL and "
		 "discards nothing",
	.level = LEVEL_LINUX,
	.spec = "ftruncate(2), ERRORS, EINVAL")
{
	int ends[2];
	char got[5] = "";
	need(pipe2(ends, O_NONBLOCK));
	need(write(ends[1], "kept", 4));

	must_fail(ftruncate(ends[1], 0), EINVAL);

	ck_assert_int_eq(read(ends[0], got, 4), 4);
	ck_assert_str_eq(got, "kept");
}

CASE(pipe, errors, fsync_einval,
	.claim = "fsync() and fdatasync() on either end of a pipe fail with EINVAL",
	.level = LEVEL_LINUX,
	.spec = "fsync(2), ERRORS, EINVAL: bound to a special file without "
		"synchronization")
{
	int ends[2];
	need(pipe(ends));

	for (int i = 0; i < 2; i++) {
		must_fail(fsync(ends[i]), EINVAL);
		must_fail(fdatasync(ends[i]), EINVAL);
	}
}

CASE(pipe, errors, mmap_enodev,
	.claim = "mmap() of the read end of a pipe fails with ENODEV",
	.level = LEVEL_LINUX,
	.spec = "mmap(2), ERRORS, ENODEV")
{
	int ends[2];
	need(pipe(ends));

	must_fail(mmap(NULL, page_size(), PROT_READ, MAP_SHARED, ends[0], 0), ENODEV);
}

static const struct {
	const char *name;
	int flags;
} unknown_flags[] = {
	{"append", O_APPEND},
	{"create", O_CREAT},
	{"unused-bit", 1 << 30},
	{"cloexec-and-unused-bit", O_CLOEXEC | 1 << 30},
};

CASE_EACH(pipe, errors, pipe2_unknown_flag_einval, unknown_flags,
	.claim = "pipe2() with a flag that it does not know fails with EINVAL, "
		 "leaving its array as it was",
	.level = LEVEL_LINUX,
	.spec = "pipe(2), ERRORS, EINVAL (POSIX.1-2024: may fail)")
{
	int ends[2] = {77, 78};

	must_fail(pipe2(ends, row->flags), EINVAL);

	ck_assert_int_eq(ends[0], 77);
	ck_assert_int_eq(ends[1], 78);
}

static const struct {
	const char *name;
	long offset;
} bad_arrays[] = {
	{"wholly-unmapped", 0},
	{"second-half-unmapped", -(long)sizeof(int)},
};

CASE_EACH(pipe, errors, pipe_bad_pointer_efault_no_leak, bad_arrays,
	.claim = "a pipe call whose array cannot be written fails with EFAULT and "
		 "leaves no descriptor open",
	.level = LEVEL_LINUX,
	.spec = "pipe(2), ERRORS, EFAULT")
{
	char *array = unreadable_page() + row->offset;
	const struct fds before = fds_snapshot();

	/* The system call: a library may touch the array itself. */
	must_fail(syscall(SYS_pipe2, array, 0), EFAULT);

	ck_assert_msg(fds_unchanged(&before), "the failed pipe2 left a descriptor open");
}

CASE(pipe, errors, pipe_enfile_injected,
	.claim = "when the kernel refuses a pipe with ENFILE, pipe() and pipe2() say "
		 "so and leave array and descriptors as they were",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pipe(), ERRORS, ENFILE, and RETURN VALUE",
	.needs = NEED_SECCOMP)
{
	int ends[2] = {77, 78};
	const struct fds before = fds_snapshot();
	note("injected", "ENFILE in place of the calls: the C library is tried");
	fault_fail("pipe", ENFILE);

	must_fail(pipe(ends), ENFILE);
	must_fail(pipe2(ends, O_CLOEXEC), ENFILE);

	ck_assert_int_eq(ends[0], 77);
	ck_assert_int_eq(ends[1], 78);
	ck_assert_msg(fds_unchanged(&before), "a failed pipe() left a descriptor open");
}

static const struct {
	const char *name;
	int count;
} bad_counts[] = {
	{"negative", -1},
	{"above-iov-max", IOV_MAX + 1},
};

CASE_EACH(pipe, errors, readv_iovcnt_out_of_range_einval, bad_counts,
	.claim = "readv() and writev() of more than IOV_MAX or of a negative number "
		 "of parts fail with EINVAL",
	.level = LEVEL_LINUX,
	.spec = "readv(2), ERRORS, EINVAL (POSIX.1-2024: may fail)")
{
	int ends[2];
	const struct iovec *empty_parts = arena((IOV_MAX + 1) * sizeof(*empty_parts));
	need(pipe2(ends, O_NONBLOCK));

	must_fail(writev(ends[1], empty_parts, row->count), EINVAL);
	must_fail(readv(ends[0], empty_parts, row->count), EINVAL);
}

CASE(pipe, errors, read_bad_buffer_efault_keeps_data,
	.claim = "read() into an unmapped buffer fails with EFAULT and the bytes stay "
		 "readable",
	.level = LEVEL_LINUX,
	.spec = "read(2), ERRORS, EFAULT")
{
	int ends[2];
	char got[5] = "";
	need(pipe2(ends, O_NONBLOCK));
	need(write(ends[1], "kept", 4));

	must_fail(read(ends[0], unreadable_page(), 4), EFAULT);

	ck_assert_int_eq(read(ends[0], got, 4), 4);
	ck_assert_str_eq(got, "kept");
}

static const struct {
	const char *name;
	long offset;
} bad_buffers[] = {
	{"wholly-unmapped", 0},
	{"unmapped-from-the-second-byte", -1},
};

CASE_EACH(pipe, errors, write_bad_buffer_efault_adds_nothing, bad_buffers,
	.claim = "write() of at most PIPE_BUF bytes from a buffer that is unmapped, "
		 "wholly or after its first byte, fails with EFAULT",
	.level = LEVEL_LINUX,
	.spec = "write(2), ERRORS, EFAULT")
{
	int ends[2];
	char got[8];
	need(pipe2(ends, O_NONBLOCK));

	must_fail(write(ends[1], unreadable_page() + row->offset, sizeof(got)), EFAULT);

	const ssize_t added = read(ends[0], got, sizeof(got));
	note("bytes-that-became-readable", "%zd", added > 0 ? added : 0);
}

CASE(pipe, errors, setpipe_sz_on_non_pipe_ebadf,
	.claim = "F_GETPIPE_SZ and F_SETPIPE_SZ on a device or a socket fail with "
		 "EBADF",
	.level = LEVEL_LINUX,
	.spec = "fcntl(2), ERRORS, EBADF; for an open descriptor seen on Linux 6.18")
{
	const int device = need(open("/dev/null", O_RDWR));
	const int sock = need(socket(AF_UNIX, SOCK_STREAM, 0));

	must_fail(fcntl(device, F_GETPIPE_SZ), EBADF);
	must_fail(fcntl(device, F_SETPIPE_SZ, page_size()), EBADF);
	must_fail(fcntl(sock, F_GETPIPE_SZ), EBADF);
	must_fail(fcntl(sock, F_SETPIPE_SZ, page_size()), EBADF);
}

CASE(pipe, errors, notification_pipe_unsupported_enopkg,
	.claim = "pipe2() with O_NOTIFICATION_PIPE fails with ENOPKG where the kernel "
		 "was built without watch queues, and makes a pipe where it has them",
	.level = LEVEL_LINUX,
	.spec = "pipe(2), O_NOTIFICATION_PIPE (since Linux 5.8); ERRORS, ENOPKG")
{
	int ends[2];
	const int result = pipe2(ends, O_NOTIFICATION_PIPE);
	const char *error = errno_name(errno);

	note_choice("notification-pipe", result == 0 ? "made" : error, "made", "ENOPKG");
}

/*
 * errors_faults: mkfifo() when a system call that it needs fails.
 */
#include <assay.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static int make(void *object)
{
	(void)object;
	return mkfifo(own_path("f"), 0640) == -1 ? errno : 0;
}

static void is_a_fifo(void *object)
{
	struct stat is;

	(void)object;
	must_succeed(stat(own_path("f"), &is));
	ck_assert_uint_eq(is.st_mode, S_IFIFO | 0640);
	must_succeed(unlink(own_path("f")));
}

static bool is_there(void)
{
	struct stat is;

	return stat(own_path("f"), &is) == 0;
}

static const struct failing_call making[] = {
	{"mknod-eacces", "mknod", EACCES, EACCES, 0, NULL},
	{"mknod-eexist", "mknod", EEXIST, EEXIST, 0, NULL},
	{"mknod-eloop", "mknod", ELOOP, ELOOP, 0, NULL},
	{"mknod-enametoolong", "mknod", ENAMETOOLONG, ENAMETOOLONG, 0, NULL},
	{"mknod-enoent", "mknod", ENOENT, ENOENT, 0, NULL},
	{"mknod-enospc", "mknod", ENOSPC, ENOSPC, 0, NULL},
	{"mknod-enotdir", "mknod", ENOTDIR, ENOTDIR, 0, NULL},
	{"mknod-erofs", "mknod", EROFS, EROFS, 0, NULL},
	{"mknod-edquot", "mknod", EDQUOT, EDQUOT, 0, NULL},
};

CASE_EACH(fifo, errors, mkfifo_under_failing_calls_leaves_nothing, making,
	.claim = "mkfifo() under a failing call gives the error and leaves nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifo(), RETURN VALUE and ERRORS",
	.needs = NEED_SUPERVISOR | NEED_PROC)
{
	static const struct failing_subject subject = {
		"mkfifo()", make, is_a_fifo, is_there, NULL};

	failing_visit(row, &subject);
}

CASE(fifo, errors, mkfifo_that_fails_loses_no_memory,
	.claim = "mkfifo() that fails has lost no block of memory",
	.level = LEVEL_LIBC,
	.spec = "mkfifo(3), RETURN VALUE: there is nothing by which a caller could free it",
	.needs = NEED_SUPERVISOR | NEED_MEMCHECK)
{
	static const struct failing_subject subject = {
		"mkfifo()", make, is_a_fifo, is_there, NULL};

	failing_loses_nothing(making, &subject);
}

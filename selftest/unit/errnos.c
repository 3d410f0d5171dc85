/*
 * The errors of system calls.
 */
#include "errno_name.h"
#include "errno_of_call.h"
#include "sweep_calls.h"
#include "unit.h"

#include <errno.h>
#include <linux/futex.h>
#include <string.h>

static bool has(const int *errors, size_t count, int error)
{
	while (count > 0 && errors[count - 1] != error)
		count--;
	return count > 0;
}

static bool gives(const char *call, bool with_arguments, int error)
{
	int errors[ERRNO_OF_CALL_MAX] = {0};
	const size_t count = errno_of_call(call, with_arguments, errors);

	return has(errors, count, error);
}

static bool futex_gives(int op, bool has_timeout, int error)
{
	int errors[ERRNO_OF_CALL_MAX] = {0};
	const size_t count = errno_of_futex(op, has_timeout, true, errors);

	return has(errors, count, error);
}

START_TEST(a_call_has_the_errors_of_its_page)
{
	int errors[ERRNO_OF_CALL_MAX];

	ck_assert(gives("openat", false, ENOSPC) && gives("open", false, EOPNOTSUPP));
	ck_assert(gives("mkdir", false, EMLINK) && gives("rmdir", false, ENOTEMPTY));
	ck_assert(!gives("mkdir", false, ENOTEMPTY) && !gives("unlink", true, ENOTEMPTY));
	ck_assert(gives("ftruncate", false, EFBIG) && !gives("ftruncate", true, ENOENT));
	ck_assert(gives("truncate", false, ENOENT));
	ck_assert(gives("select", true, EBADF) && !gives("poll", true, EBADF));
	ck_assert(gives("clone3", false, EAGAIN));
	ck_assert_uint_eq(errno_of_call("getpid", true, errors), 0);
	ck_assert_uint_eq(errno_of_call("ope", true, errors), 0);
	ck_assert_uint_eq(errno_of_call("", true, errors), 0);
	ck_assert_uint_eq(errno_of_call("open openat", true, errors), 0);
}
END_TEST

START_TEST(arguments_are_asked_for)
{
	int errors[ERRNO_OF_CALL_MAX];

	ck_assert(!gives("read", false, EFAULT) && gives("read", true, EFAULT));
	ck_assert(!gives("read", false, EBADF) && gives("read", true, EBADF));
	ck_assert(!gives("mmap", false, EINVAL) && gives("mmap", true, EINVAL));
	ck_assert_uint_eq(errno_of_call("ioctl", false, errors), 0);
	ck_assert_uint_gt(errno_of_call("ioctl", true, errors), 0);
	ck_assert(!gives("open", true, ENOSYS) && !gives("futex", true, ENOSYS));
}
END_TEST

/* Every family that a sweep visits, as it visits them. */
START_TEST(each_error_comes_once_and_has_a_name)
{
	for (size_t i = 0; sweep_calls_name(i); i++)
		for (int all = 0; all < 2; all++) {
			int errors[ERRNO_OF_CALL_MAX];
			const size_t count =
				sweep_calls_errors(sweep_calls_name(i), all, errors);

			ck_assert_msg(count > 0, "%s", sweep_calls_name(i));
			for (size_t e = 0; e < count; e++) {
				ck_assert_msg(!has(errors, e, errors[e]), "%s: %s twice",
					sweep_calls_name(i), errno_name(errors[e]));
				int found = 0;
				ck_assert(errno_find(errno_name(errors[e]), &found));
				ck_assert_int_eq(found, errors[e]);
			}
		}
}
END_TEST

START_TEST(a_futex_has_the_errors_of_its_operation)
{
	const int private = FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME;

	ck_assert(futex_gives(FUTEX_WAIT, false, EINTR));
	ck_assert(futex_gives(FUTEX_WAIT_BITSET | private, false, EAGAIN));
	ck_assert(!futex_gives(FUTEX_WAIT, false, ETIMEDOUT));
	ck_assert(futex_gives(FUTEX_WAIT, true, ETIMEDOUT));
	ck_assert(!futex_gives(FUTEX_WAIT, true, ESRCH));
	ck_assert(!futex_gives(FUTEX_WAKE, true, EINTR));
	ck_assert(futex_gives(FUTEX_WAKE, false, EFAULT));
	ck_assert(futex_gives(FUTEX_LOCK_PI | private, false, EDEADLK));
	ck_assert(futex_gives(13 /* FUTEX_LOCK_PI2 */, true, ETIMEDOUT));
	ck_assert(!futex_gives(FUTEX_LOCK_PI, false, EINTR));
	ck_assert(futex_gives(FUTEX_UNLOCK_PI, false, EPERM));
	ck_assert(futex_gives(FUTEX_CMP_REQUEUE, false, EAGAIN));
	/* One that is not known: what any has. */
	ck_assert(futex_gives(99, true, EINVAL) && !futex_gives(99, true, EAGAIN));
}
END_TEST

START_TEST(calls_that_block_are_known)
{
	ck_assert(call_can_block("read") && call_can_block("futex_time64"));
	ck_assert(call_can_block("semtimedop") && call_can_block("read"));
	ck_assert(!call_can_block("mkdir") && !call_can_block("rea"));
	ck_assert(!call_can_block("") && !call_can_block("read readv"));
}
END_TEST

Suite *suite_of_errnos(void)
{
	return suite_with("errors of calls", a_call_has_the_errors_of_its_page,
		arguments_are_asked_for, each_error_comes_once_and_has_a_name,
		a_futex_has_the_errors_of_its_operation, calls_that_block_are_known,
		NULL);
}

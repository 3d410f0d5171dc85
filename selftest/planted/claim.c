/*
 * The words that decide a verdict: each once where it holds and once for each way to go
 * wrong.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "planted.h"

PLANT(claim, need_passes_the_value_on, "pass",
	.claim = "need() has the value of its call")
{
	ck_assert_int_eq(need(dup2(0, 17)), 17);
	ck_assert_int_eq(need(close(17)), 0);
}

PLANT(claim, need_of_a_pointer, "pass", .claim = "need() takes pointers, too")
{
	char *page =
		need(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));

	ck_assert_int_eq(page[0], 0);
}

PLANT(claim, need_of_null, "broken", .claim = "need() of a null pointer is broken")
{
	need(fopen("/tmp/no/such/file", "r"));
}

PLANT(claim, need_of_map_failed, "broken", .claim = "need() of MAP_FAILED is broken")
{
	need(mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}

PLANT(claim, need_of_minus_one, "broken",
	.claim = "need() of -1 is broken, with the errno")
{
	int ends[2];

	need(pipe2(ends, -1));
}

PLANT(claim, need_of_enosys, "unsupported", .claim = "need() of ENOSYS is unsupported")
{
	need((errno = ENOSYS, (void *)0));
}

PLANT(claim, need_of_other_negatives, "pass", .claim = "need() fails on -1 only")
{
	ck_assert_int_eq(need(-2), -2);
}

PLANT(claim, need_zero_holds, "pass", .claim = "need_zero() takes 0")
{
	ck_assert_int_eq(need_zero(0), 0);
}

PLANT(claim, need_zero_of_an_error, "broken", .claim = "need_zero() of EBUSY is broken")
{
	need_zero(EBUSY);
}

PLANT(claim, need_zero_of_enosys, "unsupported",
	.claim = "need_zero(ENOSYS) is unsupported")
{
	need_zero(ENOSYS);
}

PLANT(claim, must_fail_holds, "pass", .claim = "must_fail() takes -1 with the errno")
{
	must_fail(close(-1), EBADF);
	must_fail(fopen("/tmp/no/such/file", "r"), ENOENT);
}

PLANT(claim, must_fail_of_another_errno, "fail",
	.claim = "must_fail() names the errno it got and the one it wanted")
{
	must_fail(close(-1), EINTR);
}

PLANT(claim, must_fail_of_success, "fail", .claim = "must_fail() names a success")
{
	must_fail(dup2(0, 17), EBADF);
}

PLANT(claim, must_fail_of_a_good_pointer, "fail",
	.claim = "must_fail() names a good pointer")
{
	must_fail((void *)"good", ENOMEM);
}

PLANT(claim, must_fail_of_enosys, "fail",
	.claim = "must_fail() never turns ENOSYS into unsupported")
{
	must_fail((errno = ENOSYS, -1), EINVAL);
}

PLANT(claim, must_fail_wants_enosys, "pass", .claim = "ENOSYS can be what is wanted")
{
	must_fail((errno = ENOSYS, -1), ENOSYS);
}

PLANT(claim, must_fail_of_an_unknown_errno, "fail",
	.claim = "an error number without a name is shown as a number")
{
	must_fail((errno = 3999, -1), EINVAL);
}

PLANT(claim, must_fail_ignores_an_old_errno, "fail",
	.claim = "the errno of an earlier call is not taken for this one's")
{
	must_fail(close(-1), EBADF);
	must_fail(-1, EBADF);
}

PLANT(claim, must_return_holds, "pass", .claim = "must_return() compares numbers")
{
	must_return(0, 0);
	must_return(EBUSY, EBUSY);
}

PLANT(claim, must_return_of_another, "fail", .claim = "must_return() names both sides")
{
	must_return(EBUSY, EDEADLK);
}

PLANT(claim, must_return_of_zero, "fail", .claim = "must_return() names 0")
{
	must_return(0, EPERM);
}

PLANT(claim, must_return_of_enosys, "fail",
	.claim = "must_return() never turns ENOSYS into unsupported")
{
	must_return(ENOSYS, 0);
}

PLANT(claim, ck_assert_of_an_expression, "fail",
	.claim = "ck_assert() shows the expression")
{
	ck_assert(errno == 3999);
}

PLANT(claim, ck_assert_msg, "fail", .claim = "ck_assert_msg() shows the message")
{
	ck_assert_msg(0, "%d bytes of %s", 3, "four");
}

PLANT(claim, ck_abort_msg, "fail", .claim = "ck_abort_msg() shows the message")
{
	ck_abort_msg("given up after %d", 7);
}

PLANT(claim, ck_abort, "fail", .claim = "ck_abort() fails")
{
	ck_abort();
}

PLANT(claim, ck_assert_uint, "fail", .claim = "ck_assert_uint_gt() shows both sides")
{
	ck_assert_uint_gt(1u, 2u);
}

PLANT(claim, ck_assert_str, "fail", .claim = "ck_assert_str_eq() shows both strings")
{
	ck_assert_str_eq("one", "two");
}

PLANT(claim, ck_assert_mem, "fail", .claim = "ck_assert_mem_eq() shows both memories")
{
	ck_assert_mem_eq("abc", "abd", 3);
}

PLANT(claim, ck_assert_ptr, "fail", .claim = "ck_assert_ptr_nonnull() shows the pointer")
{
	const void *const nothing = NULL;

	ck_assert_ptr_nonnull(nothing);
}

PLANT(claim, first_word_settles_the_verdict, "fail",
	.claim = "what goes wrong first decides")
{
	must_return(1, 0);
	need(-1);
}

PLANT(claim, message_with_markup, "fail",
	.claim =
		"a message keeps its markup, control bytes and invalid bytes in one line")
{
	static const char text[] =
		"</testcase> ]]> & \" ' % \001\033[31m\n\t\r\x7f \xff\xc3 \xc3\xa9 \\";

	ck_assert_msg(0, "%s", text);
}

PLANT(claim, message_of_ten_thousand_bytes, "fail",
	.claim = "a long message is cut, not lost")
{
	char text[10001];

	memset(text, 'm', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	ck_assert_msg(0, "%s", text);
}

PLANT(claim, assert_where_no_file_can_grow, "fail",
	.claim = "a failure is reported under RLIMIT_FSIZE 0")
{
	limit_set(RLIMIT_FSIZE, 0);
	ck_assert_int_eq(1, 2);
}

PLANT(claim, good_assert_where_no_file_can_grow, "pass",
	.claim = "a claim that holds under RLIMIT_FSIZE 0 passes")
{
	limit_set(RLIMIT_FSIZE, 0);
	ck_assert_int_eq(1, 1);
	ck_assert_str_eq("a", "a");
}

PLANT(claim, assert_without_descriptors, "fail",
	.claim = "a failure is reported when no descriptor can be opened")
{
	limit_set(RLIMIT_NOFILE, 0);
	must_fail(dup(0), EMFILE);
	ck_assert_int_eq(1, 2);
}

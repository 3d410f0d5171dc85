/*
 * What has a name: verdicts, levels, needs, families of calls.
 */
#include "call.h"
#include "unit.h"
#include "verdict.h"

#include <string.h>
#include <sys/syscall.h>

START_TEST(verdict_names_go_both_ways)
{
	for (int i = 0; i < VERDICT_COUNT; i++) {
		enum verdict found = VERDICT_COUNT;
		ck_assert(verdict_find(verdict_name((enum verdict)i), &found));
		ck_assert_int_eq(found, i);
	}
	for (int i = 0; i < LEVEL_COUNT; i++) {
		enum level found = LEVEL_COUNT;
		ck_assert(level_find(level_name((enum level)i), &found));
		ck_assert_int_eq(found, i);
	}
}
END_TEST

START_TEST(names_are_those_of_the_protocol)
{
	static const char *const verdicts[] = {
		"pass", "fail", "leak", "timeout", "crash", "broken", "unsupported"};
	static const char *const levels[] = {
		"posix", "posix-may", "linux", "libc", "fact"};

	for (int i = 0; i < VERDICT_COUNT; i++)
		ck_assert_str_eq(verdict_name((enum verdict)i), verdicts[i]);
	for (int i = 0; i < LEVEL_COUNT; i++)
		ck_assert_str_eq(level_name((enum level)i), levels[i]);
	ck_assert_str_eq(need_name(0), "block-proof");
}
END_TEST

START_TEST(unknown_names_are_refused)
{
	static const char *const names[] = {
		"", "Pass", "pass ", " pass", "passed", "pas", "?"};
	enum verdict verdict = VERDICT_LEAK;
	enum level level = LEVEL_LIBC;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		ck_assert(!verdict_find(names[i], &verdict));
		ck_assert(!level_find(names[i], &level));
	}
	ck_assert_int_eq(verdict, VERDICT_LEAK);
	ck_assert_int_eq(level, LEVEL_LIBC);
}
END_TEST

START_TEST(values_out_of_range_have_no_name)
{
	ck_assert_str_eq(verdict_name(VERDICT_COUNT), "?");
	ck_assert_str_eq(verdict_name((enum verdict) - 1), "?");
	ck_assert_str_eq(level_name(LEVEL_COUNT), "?");
	ck_assert_str_eq(need_name(-1), "?");
	ck_assert_str_eq(need_name(NEED_COUNT), "?");
}
END_TEST

START_TEST(needs_have_different_names)
{
	for (int i = 0; i < NEED_COUNT; i++)
		for (int j = 0; j < i; j++)
			ck_assert_str_ne(need_name(i), need_name(j));
}
END_TEST

Suite *suite_of_verdict(void)
{
	return suite_with("verdict", verdict_names_go_both_ways,
		names_are_those_of_the_protocol, unknown_names_are_refused,
		values_out_of_range_have_no_name, needs_have_different_names, NULL);
}

static const char *const families[] = {"read", "write", "open", "poll", "select", "futex",
	"wait", "pipe", "epoll_wait", "nanosleep", "close", "fcntl", "splice", "tee"};

START_TEST(families_have_their_calls)
{
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		long numbers[CALL_FAMILY_MAX];
		const size_t count = call_family(families[i], numbers);
		ck_assert_msg(count > 0, "the family '%s' is empty", families[i]);
		for (size_t n = 0; n < count; n++)
			ck_assert(call_is_in_family(numbers[n], families[i]));
	}
}
END_TEST

START_TEST(only_ipc_is_bundled)
{
	ck_assert_int_eq(call_unbundled(SYS_read, 12), SYS_read);
	ck_assert_int_eq(call_unbundled(-1, 12), -1);
#if defined(SYS_ipc) && defined(SYS_msgrcv) && defined(SYS_msgget)
	ck_assert_int_eq(call_unbundled(SYS_ipc, 12), SYS_msgrcv);
	ck_assert_int_eq(call_unbundled(SYS_ipc, 1u << 16 | 13), SYS_msgget);
	ck_assert_int_eq(call_unbundled(SYS_ipc, 99), SYS_ipc);
#endif
}
END_TEST

START_TEST(calls_have_their_family)
{
	ck_assert(call_is_in_family(SYS_read, "read"));
	ck_assert(call_is_in_family(SYS_openat, "open"));
	ck_assert(call_is_in_family(SYS_ppoll, "poll"));
	ck_assert(call_is_in_family(SYS_pipe2, "pipe"));
	ck_assert(!call_is_in_family(SYS_read, "write"));
	ck_assert(!call_is_in_family(SYS_write, "read"));
	ck_assert(!call_is_in_family(-1, "read"));
	ck_assert(!call_is_in_family(SYS_read, "no-such-family"));
	ck_assert_str_eq(call_family_of(SYS_pipe2), "pipe");
	ck_assert_ptr_null(call_family_of(-1));
	ck_assert_ptr_null(call_family_of(999999));
}
END_TEST

START_TEST(restart_belongs_to_what_restarts)
{
	ck_assert(call_is_in_family(SYS_restart_syscall, "poll"));
	ck_assert(call_is_in_family(SYS_restart_syscall, "futex"));
	ck_assert(call_is_in_family(SYS_restart_syscall, "nanosleep"));
	ck_assert(!call_is_in_family(SYS_restart_syscall, "read"));
}
END_TEST

START_TEST(unknown_families_are_empty)
{
	static const char *const unknown[] = {"", "Read", "readx", "rea", "read "};
	long numbers[CALL_FAMILY_MAX];

	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
		ck_assert_uint_eq(call_family(unknown[i], numbers), 0);
}
END_TEST

Suite *suite_of_call(void)
{
	return suite_with("call", families_have_their_calls, only_ipc_is_bundled,
		calls_have_their_family, restart_belongs_to_what_restarts,
		unknown_families_are_empty, NULL);
}

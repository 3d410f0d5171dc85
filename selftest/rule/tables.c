/*
 * The tables that the grammar names things from: each name gives its number and back.
 */
#include "call.h"
#include "call_argument.h"
#include "constant.h"
#include "errno_name.h"
#include "resource_name.h"
#include "suites.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

START_TEST(errors_go_both_ways)
{
	int found, named = 0;

	for (int error = 1; error < 4096; error++) {
		const char *const name = errno_name(error);
		if (strncmp(name, "errno ", 6) == 0)
			continue;
		ck_assert_msg(errno_find(name, &found) && found == error, "%s", name);
		named++;
	}
	ck_assert_int_ge(named, 131);
	ck_assert(errno_find("EWOULDBLOCK", &found) && found == EAGAIN);
	ck_assert(errno_find("EDEADLOCK", &found) && found == EDEADLOCK);
	ck_assert(!errno_find("0", &found));
	ck_assert(!errno_find("", &found));
	ck_assert(!errno_find("errno 4711", &found));
}
END_TEST

START_TEST(signals_go_both_ways)
{
	int found;

	for (int signal = 1; signal <= SIGRTMAX; signal++) {
		const char *const name = signal_name(signal);
		const bool is_named = strncmp(name, "signal ", 7) != 0;
		/* Those between are the C library's own. */
		ck_assert_int_eq(is_named, signal <= SIGSYS || signal >= SIGRTMIN);
		ck_assert_int_eq(signal_find(name, &found), is_named);
		ck_assert(!is_named || found == signal);
	}
	ck_assert_str_eq(signal_name(SIGRTMIN), "SIGRTMIN");
	ck_assert_str_eq(signal_name(SIGRTMIN + 12), "SIGRTMIN+12");
	ck_assert(signal_find("SIGRTMAX", &found) && found == SIGRTMAX);
	ck_assert(signal_find("SIGRTMAX-3", &found) && found == SIGRTMAX - 3);
	ck_assert(signal_find("SIGCLD", &found) && found == SIGCHLD);
	ck_assert_str_eq(signal_name(4711), "signal 4711");
	ck_assert_str_eq(signal_name(0), "signal 0");
}
END_TEST

static const char *const no_signals[] = {"", "0", "15", "TERM", "SIGRTMIN+0", "SIGRTMIN+",
	"SIGRTMIN-1", "SIGRTMIN+100", "SIGRTMIN+31x", "SIGRTMAX+1", "SIGRTMIN 1",
	"SIGRTMINUTE", "SIGRTMIN+40"};

START_TEST(no_signal_is_found)
{
	int found;

	ck_assert_msg(!signal_find(no_signals[_i], &found), "'%s'", no_signals[_i]);
}
END_TEST

START_TEST(limits_go_both_ways)
{
	int named = 0, found;

	for (int resource = 0; resource < 32; resource++) {
		const char *const name = resource_name(resource);
		if (!name)
			continue;
		ck_assert(resource_find(name, &found));
		ck_assert_int_eq(found, resource);
		named++;
	}
	ck_assert_int_eq(named, 12);
	ck_assert(resource_find("nofile", &found) && found == RLIMIT_NOFILE);
	ck_assert(!resource_find("", &found));
}
END_TEST

/* Each bit and each small number, with every group: what has names is given by them. */
START_TEST(constants_go_both_ways)
{
	const enum constant_group group = (enum constant_group)_i;
	const char *const example = constant_example(group);
	uint64_t value;
	int named = 0;

	ck_assert(example && constant_find(group, example, &value));
	ck_assert(!constant_find(group, "", &value));
	ck_assert(!constant_find(group, "5", &value));
	for (int i = 0; i < 96; i++) {
		const uint64_t wanted = i < 64 ? (uint64_t)i : UINT64_C(1) << (i - 64);
		char name[300];
		struct text text = TEXT_OVER(name);
		if (!constant_add(&text, group, wanted) || strchr(name, '|'))
			continue;
		ck_assert_msg(constant_find(group, name, &value) && value == wanted,
			"%s is %#llx", name, (unsigned long long)wanted);
		named++;
	}
	ck_assert_int_gt(named, 0);
}
END_TEST

START_TEST(constants_join)
{
	char name[300];
	struct text text = TEXT_OVER(name);

	ck_assert(constant_add(&text, CONSTANT_OPEN, O_SYNC | O_CREAT));
	ck_assert_str_eq(name, "O_SYNC|O_CREAT");
	text = TEXT_OVER(name);
	ck_assert(!constant_add(&text, CONSTANT_OPEN, UINT64_C(1) << 40 | O_CREAT));
	ck_assert_str_eq(name, "");
	ck_assert(!constant_add(&text, CONSTANT_NONE, 1));
	/* 3 is F_GETFL, and 7777 no sum of others. */
	ck_assert(!constant_add(&text, CONSTANT_FCNTL, 7777));
}
END_TEST

static const char *const families[] = {"read", "readv", "pread", "pwrite", "write",
	"writev", "open", "close", "poll", "select", "epoll_wait", "futex", "wait",
	"pipe", "mknod", "splice", "tee", "vmsplice", "sendfile", "nanosleep", "sigwait",
	"fcntl", "flock", "ioctl", "fsync", "ftruncate", "mmap", "fork", "exec", "kill",
	"socket", "socketpair", "connect", "accept", "send", "recv", "mq_open", "mq_send",
	"mq_receive", "mq_notify", "msgget", "msgsnd", "msgrcv", "msgctl", "semget",
	"semop", "shmget", "shmat", "eventfd", "signalfd", "memfd_create"};

/* A family has members that libseccomp knows, and arguments with names of a size that a
 * condition can hold. */
START_TEST(family_has_arguments)
{
	const char *members[CALL_FAMILY_MAX];
	const size_t count = call_family_names(families[_i], members);
	char listed[400];
	struct text text = TEXT_OVER(listed);
	struct call_argument argument;

	ck_assert_uint_gt(count, 0);
	for (size_t i = 0; i < count; i++)
		ck_assert_msg(seccomp_syscall_resolve_name(members[i]) !=
					__NR_SCMP_ERROR ||
				seccomp_syscall_resolve_name_arch(SCMP_ARCH_PARISC,
					members[i]) != __NR_SCMP_ERROR,
			"%s", members[i]);
	call_argument_list(&text, families[_i]);
	ck_assert(!text.cut);
	for (char *name = strtok(listed, ", "); name; name = strtok(NULL, ", ")) {
		ck_assert_uint_le(strlen(name), 11);
		ck_assert(call_argument_find_any(families[_i], name, &argument));
	}
	ck_assert(call_argument_find_any(families[_i], "arg5", &argument));
	ck_assert_int_eq(argument.index, 5);
	ck_assert(!call_argument_find_any(families[_i], "arg6", &argument));
	ck_assert(!call_argument_find_any(families[_i], "arg11", &argument));
	ck_assert(!call_argument_find_any(families[_i], "", &argument));
}
END_TEST

Suite *suite_of_tables(void)
{
	Suite *const suite = suite_create("tables");
	TCase *const tests = tcase_create("tables");

	tcase_add_test(tests, errors_go_both_ways);
	tcase_add_test(tests, signals_go_both_ways);
	tcase_add_loop_test(tests, no_signal_is_found, 0, COUNT(no_signals));
	tcase_add_test(tests, limits_go_both_ways);
	tcase_add_loop_test(tests, constants_go_both_ways, CONSTANT_NONE + 1,
		CONSTANT_GROUP_COUNT);
	tcase_add_test(tests, constants_join);
	tcase_add_loop_test(tests, family_has_arguments, 0, COUNT(families));
	suite_add_tcase(suite, tests);
	return suite;
}

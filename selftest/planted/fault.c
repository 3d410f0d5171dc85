/*
 * Faults: rules that fire do so at exactly the call they name; one that does not makes the
 * case broken.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "planted.h"

static const char *null_path = "/dev/null";

static int open_null(void)
{
	return open(null_path, O_RDONLY | O_CLOEXEC);
}

PLANT(fault, second_open_fails, "pass", .claim = "the second open fails, no other",
	.needs = NEED_SUPERVISOR)
{
	fault_arm("fail:open#2=ENOSPC");
	const int first = need(open_null());
	must_fail(open_null(), ENOSPC);
	ck_assert_uint_eq(fault_fired(), 1);
	ck_assert_uint_eq(fault_seen("fail:open#2=ENOSPC"), 2);
	ck_assert_int_eq(need(open_null()), first + 1);
	ck_assert_uint_eq(fault_fired(), 1);
}

PLANT(fault, never_fired, "broken", .claim = "a rule that never fired is broken",
	.needs = NEED_SUPERVISOR)
{
	fault_arm("fail:open#2=ENOSPC");
	need(open_null());
}

PLANT(fault, never_fired_and_so_not_failed, "broken",
	.claim = "a claim that fails for want of the fault is broken",
	.needs = NEED_SUPERVISOR)
{
	fault_arm("fail:open#2=ENOSPC");
	must_fail(open_null(), ENOSPC);
}

PLANT(fault, one_of_two_never_fired, "broken", .claim = "each rule has to fire",
	.needs = NEED_SUPERVISOR)
{
	fault_arm("fail:open#1=ENOSPC", "fail:pipe#1=EMFILE");
	must_fail(open_null(), ENOSPC);
}

PLANT(fault, failure_after_the_fault, "fail",
	.claim = "a claim that fails although the rule fired fails",
	.needs = NEED_SUPERVISOR)
{
	fault_arm("fail:open#1=ENOSPC");
	must_fail(open_null(), EMFILE);
}

PLANT(fault, ranges, "pass", .claim = "ranges and steps fire where they say",
	.needs = NEED_SUPERVISOR)
{
	char fates[12] = "";

	fault_arm("fail:open#2..3=ENOSPC", "fail:open#5+3=ENFILE");
	for (int i = 0; i < 9; i++)
		fates[i] = open_null() >= 0 ? '.' : errno == ENOSPC ? 'S' : 'F';
	ck_assert_str_eq(fates, ".SS.F..F.");
}

PLANT(fault, every_call, "pass", .claim = "without a number every call fails",
	.needs = NEED_SUPERVISOR)
{
	fault_arm("fail:pipe=EMFILE", "count:pipe");
	int ends[2];
	for (int i = 0; i < 100; i++)
		must_fail(pipe(ends), EMFILE);
	must_fail(pipe2(ends, O_CLOEXEC), EMFILE);
	ck_assert_uint_eq(fault_seen("count:pipe"), 101);
	ck_assert_uint_eq(fault_fired(), 202);
}

PLANT(fault, no_rule_of_that_text, "broken", .claim = "fault_seen wants an armed rule",
	.needs = NEED_SUPERVISOR)
{
	fault_arm("count:pipe");
	(void)fault_seen("count:open");
}

PLANT(fault, count_need_not_fire, "pass", .claim = "a count of nothing is none",
	.needs = NEED_SUPERVISOR)
{
	fault_arm("count:pipe");
	ck_assert_uint_eq(fault_seen("count:pipe"), 0);
}

PLANT(fault, malformed, "broken", .claim = "a malformed rule is refused, with its place",
	.needs = NEED_SUPERVISOR)
{
	fault_arm("fail:open#2=ENOSPACE");
}

PLANT(fault, of_the_tracer, "broken", .claim = "what needs a tracer is refused",
	.needs = NEED_SUPERVISOR)
{
	fault_arm("kill:insn=3");
}

PLANT(fault, armed_twice, "broken", .claim = "an armed process is not armed again",
	.needs = NEED_SUPERVISOR)
{
	fault_arm("count:pipe");
	fault_arm("count:open");
}

/* What is said of arguments. */

PLANT(fault, of_one_descriptor, "pass", .claim = "a condition picks the descriptor",
	.needs = NEED_SUPERVISOR)
{
	int ends[2];
	need(pipe(ends));
	char rule[64];

	(void)snprintf(rule, sizeof(rule), "fail:write#1 if fd=%d=EIO", ends[1]);
	fault_arm(rule);
	ck_assert_int_eq(need(write(1, "", 0)), 0);
	must_fail(write(ends[1], "x", 1), EIO);
	ck_assert_int_eq(need(write(ends[1], "x", 1)), 1);
	ck_assert_uint_eq(fault_seen(rule), 2);
}

PLANT(fault, of_a_size_and_flags, "pass", .claim = "conditions compare, and look at bits",
	.needs = NEED_SUPERVISOR)
{
	char bytes[8] = "";
	int ends[2];
	need(pipe(ends));

	fault_arm("fail:write if size>=5=EIO",
		"fail:open if flags&O_CREAT|O_EXCL=EDQUOT");
	ck_assert_int_eq(need(write(ends[1], bytes, 4)), 4);
	must_fail(write(ends[1], bytes, 5), EIO);
	need(open("file", O_CREAT | O_RDWR | O_CLOEXEC, 0600));
	must_fail(open("other", O_CREAT | O_EXCL | O_RDWR, 0600), EDQUOT);
	need(unlink("file"));
}

PLANT(fault, of_a_path, "pass", .claim = "a condition picks paths by their beginning",
	.needs = NEED_SUPERVISOR)
{
	fault_arm("fail:open if path^/dev/nu=EACCES");
	must_fail(open_null(), EACCES);
	need(open("/dev/zero", O_RDONLY));
	must_fail(open((const char *)unreadable_page(), O_RDONLY), EFAULT);
	must_fail(open("/dev/nu", O_RDONLY), EACCES);
}

/* Who is meant. */

static void *open_in_thread(void *error)
{
	*(int *)error = open_null() >= 0 ? 0 : errno;
	return NULL;
}

PLANT(fault, reaches_threads, "pass", .claim = "a thread's call counts with the rest",
	.needs = NEED_SUPERVISOR)
{
	pthread_t thread;
	int error = 0;

	fault_arm("fail:open#2=ENOSPC");
	need(open_null());
	need_zero(pthread_create(&thread, NULL, open_in_thread, &error));
	need_zero(pthread_join(thread, NULL));
	ck_assert_int_eq(error, ENOSPC);
}

PLANT(fault, reaches_children, "pass", .claim = "a child's call counts with the rest",
	.needs = NEED_SUPERVISOR)
{
	int status;

	fault_arm("fail:open#2=ENOSPC");
	const pid_t child = need(fork());
	if (child == 0)
		_exit(open_null() >= 0 && open_null() == -1 ? errno : 1);
	need(waitpid(child, &status, 0));
	ck_assert_int_eq(WEXITSTATUS(status), ENOSPC);
	ck_assert_uint_eq(fault_fired(), 1);
}

static void opens_twice(void *arg)
{
	(void)arg;
	fault_arm("fail:open#2=ENFILE");
	need(open_null());
	must_fail(open_null(), ENFILE);
	ck_assert_uint_eq(fault_fired(), 1);
}

PLANT(fault, of_a_peer_only, "pass", .claim = "a peer's rules are not the body's",
	.needs = NEED_SUPERVISOR)
{
	struct peer one = peer_start(opens_twice, NULL);
	struct peer two = peer_start(opens_twice, NULL);

	peer_join(&one);
	peer_join(&two);
	need(open_null());
	need(open_null());
	ck_assert_uint_eq(fault_fired(), 0);
	ck_assert_uint_eq(fault_fired_in(&one), 1);
	ck_assert_uint_eq(fault_fired_in(&two), 1);
}

HELPER(opens_one_more)
{
	(void)argc;
	(void)argv;
	must_fail(open(null_path, O_RDONLY), ENFILE);
	return 0;
}

static void execs_under_a_rule(void *arg)
{
	(void)arg;
	/* The image itself opens files before its helper does. */
	fault_arm("fail:open if path^/dev/null=ENFILE");
	peer_exec("opens_one_more", NULL);
}

PLANT(fault, survives_exec, "pass", .claim = "a rule holds in the next image",
	.needs = NEED_SUPERVISOR)
{
	struct peer p = peer_start(execs_under_a_rule, NULL);

	peer_join(&p);
	ck_assert_uint_eq(fault_fired_in(&p), 1);
}

HELPER(arms_itself)
{
	(void)argc;
	(void)argv;
	fault_arm("fail:open#1=ENFILE");
	must_fail(open(null_path, O_RDONLY), ENFILE);
	return 0;
}

static void execs_one_that_arms(void *arg)
{
	(void)arg;
	peer_exec("arms_itself", NULL);
}

PLANT(fault, armed_after_exec, "pass", .claim = "a helper can arm itself",
	.needs = NEED_SUPERVISOR)
{
	struct peer p = peer_start(execs_one_that_arms, NULL);

	peer_join(&p);
	ck_assert_uint_eq(fault_fired_in(&p), 1);
}

static void reads_a_byte(void *arg)
{
	char byte;

	must_move(read(*(int *)arg, &byte, 1), 1);
}

PLANT(fault, words_are_not_counted, "pass",
	.claim = "what a word calls in order to wait and look is not counted",
	.needs = NEED_SUPERVISOR | NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));
	struct peer p = peer_start(reads_a_byte, &ends[0]);

	fault_arm("fail:open=ENFILE", "fail:read=EIO", "count:close");
	peer_wait_blocked(&p, "read");
	peer_still_blocked(&p, "read");
	ck_assert_uint_eq(fault_fired(), 0);
	need(write(ends[1], "x", 1));
	peer_join(&p);
	must_fail(open_null(), ENFILE);
	must_fail(read(ends[0], &(char){0}, 1), EIO);
}

/*
 * Helpers: a peer that goes on in another image is still that peer.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "planted.h"

HELPER(is_content)
{
	ck_assert_str_eq(argv[0], "is_content");
	return argc - 1;
}

HELPER(says_goodbye)
{
	(void)argc;
	(void)argv;
	exit(0);
}

HELPER(hangs_in_pause)
{
	(void)argc;
	(void)argv;
	for (;;)
		(void)pause();
	return 0;
}

HELPER(rests)
{
	(void)argc;
	(void)argv;
	peer_rest();
	return 0;
}

HELPER(writes_to)
{
	ck_assert_int_eq(argc, 2);
	ck_assert_int_eq(need(write(atoi(argv[1]), "x", 1)), 1);
	return 0;
}

static void execs(void *arg)
{
	peer_exec(arg, NULL);
}

static void execs_with_an_argument(void *arg)
{
	peer_exec(arg, "one more", NULL);
}

PLANT(exec, helper_ends_well, "pass", .claim = "a helper that returns 0 ends well")
{
	struct peer p = peer_start(execs, (void *)"is_content");

	peer_join(&p);
}

PLANT(exec, helper_returns_one, "fail",
	.claim = "what a helper returns is its exit status")
{
	struct peer p = peer_start(execs_with_an_argument, (void *)"is_content");

	peer_join(&p);
}

PLANT(exec, helper_calls_exit_zero, "pass fail broken",
	.claim = "exit(0) of a helper is a good end or named")
{
	struct peer p = peer_start(execs, (void *)"says_goodbye");

	peer_join(&p);
}

PLANT(exec, no_such_helper, "broken", .claim = "a helper that is not there is broken")
{
	struct peer p = peer_start(execs, (void *)"nobody_wrote_this");

	peer_join(&p);
}

PLANT(exec, from_the_body, "broken fail", .claim = "peer_exec of the body does not pass")
{
	peer_exec("is_content", NULL);
}

PLANT(exec, from_a_thread, "broken fail", .claim = "peer_exec of a thread does not pass")
{
	struct peer p = thread_start(execs, (void *)"is_content");

	peer_join(&p);
}

PLANT(exec, wait_exec, "pass", .claim = "peer_wait_exec returns once the helper runs")
{
	struct peer p = peer_start(execs, (void *)"hangs_in_pause");

	peer_wait_exec(&p);
	peer_kill(&p, SIGKILL);
}

static void ends(void *arg)
{
	(void)arg;
}

PLANT(exec, wait_exec_of_a_peer_that_ends, "fail broken",
	.claim = "a peer that ends without a helper is named")
{
	struct peer p = peer_start(ends, NULL);

	peer_wait_exec(&p);
}

PLANT(exec, helper_rests, "pass", .claim = "a helper can rest like its peer")
{
	struct peer p = peer_start(execs, (void *)"rests");

	peer_wait_resting(&p);
	peer_resume(&p);
	peer_join(&p);
}

static void execs_writer(void *arg)
{
	char number[16];

	(void)snprintf(number, sizeof(number), "%d", *(int *)arg);
	peer_exec("writes_to", number, NULL);
}

PLANT(exec, descriptors_stay, "pass", .claim = "descriptors without FD_CLOEXEC stay open")
{
	int ends_of[2];
	char got = 0;

	need(pipe(ends_of));
	struct peer p = peer_start(execs_writer, &ends_of[1]);
	peer_join(&p);
	ck_assert_int_eq(need(read(ends_of[0], &got, 1)), 1);
	ck_assert_int_eq(got, 'x');
}

PLANT(exec, closed_descriptors_do_not_stay, "broken",
	.claim = "a step of a helper on a closed descriptor is broken, and the helper is "
		 "named")
{
	int ends_of[2];

	need(pipe2(ends_of, O_CLOEXEC));
	struct peer p = peer_start(execs_writer, &ends_of[1]);
	peer_join(&p);
}

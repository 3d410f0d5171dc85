/*
 * Faults by verb: what else than an error an intercepted call can suffer.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "planted.h"

static int64_t now_ms(void)
{
	struct timespec now;

	need(clock_gettime(CLOCK_MONOTONIC, &now));
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void makes_two_directories(void *arg)
{
	fault_arm(arg);
	need(mkdir("first", 0700));
	need(mkdir("second", 0700));
}

PLANT(kill, at_entry, "pass",
	.claim = "a call at whose entry its process is killed is not made",
	.needs = NEED_SUPERVISOR, .leaves = LEAVES_FILES)
{
	struct peer p = peer_start(makes_two_directories, (void *)"kill:mkdir#2");

	peer_join_killed(&p, SIGKILL);
	need(access("first", F_OK));
	must_fail(access("second", F_OK), ENOENT);
	ck_assert_uint_eq(fault_fired_in(&p), 1);
}

PLANT(kill, at_any_call, "pass", .claim = "the K-th call of any kind can be the last",
	.needs = NEED_SUPERVISOR, .leaves = LEAVES_FILES)
{
	struct peer p = peer_start(makes_two_directories, (void *)"kill:call=2");

	peer_join_killed(&p, SIGKILL);
	need(access("first", F_OK));
	must_fail(access("second", F_OK), ENOENT);
}

PLANT(kill, at_a_call_that_never_comes, "broken", .claim = "no third call, no kill",
	.needs = NEED_SUPERVISOR, .leaves = LEAVES_FILES)
{
	struct peer p = peer_start(makes_two_directories, (void *)"kill:mkdir#3");

	peer_join(&p);
}

PLANT(kill, of_the_body, "crash", .claim = "a body can be killed",
	.needs = NEED_SUPERVISOR)
{
	fault_arm("kill:mkdir#1");
	(void)mkdir("never", 0700);
}

static void *makes_a_directory(void *arg)
{
	(void)mkdir(arg, 0700);
	return NULL;
}

static void kills_from_a_thread(void *arg)
{
	pthread_t thread;

	fault_arm(arg);
	need_zero(pthread_create(&thread, NULL, makes_a_directory, (void *)"first"));
	for (;;)
		(void)pause();
}

PLANT(kill, of_a_thread_is_that_of_its_process, "pass",
	.claim = "a thread's call kills its process", .needs = NEED_SUPERVISOR)
{
	struct peer p = peer_start(kills_from_a_thread, (void *)"kill:mkdir#1");

	peer_join_killed(&p, SIGKILL);
	must_fail(access("first", F_OK), ENOENT);
}

/* Stall. */

PLANT(stall, for_a_time, "pass", .claim = "a call waits at least its time, then is made",
	.needs = NEED_SUPERVISOR, .leaves = LEAVES_FILES)
{
	fault_arm("stall:mkdir#2=50ms");
	need(mkdir("first", 0700));
	const int64_t before = now_ms();
	need(mkdir("second", 0700));
	ck_assert_int_ge(now_ms() - before, 50);
	need(mkdir("third", 0700));
	need(access("second", F_OK));
}

PLANT(stall, then_fails, "pass", .claim = "a call can wait and then fail",
	.needs = NEED_SUPERVISOR)
{
	const int64_t before = now_ms();

	fault_arm("stall:mkdir#1=30ms", "fail:mkdir#1=EDQUOT");
	must_fail(mkdir("first", 0700), EDQUOT);
	ck_assert_int_ge(now_ms() - before, 30);
	ck_assert_uint_eq(fault_fired(), 2);
}

static void is_stalled(void *arg)
{
	(void)arg;
	need(mkdir("stalled", 0700));
}

static void stalls_others_go_on(void *arg)
{
	int *const ends = arg;

	fault_arm("stall:mkdir if path^stalled=10000ms");
	struct peer t = thread_start(is_stalled, NULL);
	peer_forget(&t);
	while (fault_fired() == 0)
		(void)sched_yield();
	for (int i = 0; i < 100; i++)
		need(mkdir("other", 0700) + rmdir("other"));
	need(write(ends[1], "x", 1));
	peer_rest();
}

PLANT(stall, holds_one_thread_only, "pass",
	.claim = "calls of others are made while one is stalled",
	.needs = NEED_SUPERVISOR, .leaves = LEAVES_FILES)
{
	int ends[2];
	char byte;
	need(pipe(ends));
	struct peer p = peer_start(stalls_others_go_on, ends);
	need(read(ends[0], &byte, 1));
	peer_wait_resting(&p);
	peer_kill(&p, SIGKILL);
}

static void waits_for_a_byte(void *arg)
{
	char byte;

	must_move(read(*(int *)arg, &byte, 1), 1);
}

PLANT(stall, until_a_peer_is_blocked, "pass",
	.claim = "a call waits until a peer is proven to be blocked",
	.needs = NEED_SUPERVISOR | NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));
	struct peer waits = peer_start(waits_for_a_byte, &ends[0]);

	fault_arm("stall:write#1=until:blocked(waits_for_a_byte,read)");
	need(write(ends[1], "x", 1));
	ck_assert_uint_eq(fault_fired(), 1);
	peer_join(&waits);
}

PLANT(stall, until_a_peer_that_ends, "broken",
	.claim = "a call waits for a block that never comes only until the peer ends",
	.needs = NEED_SUPERVISOR | NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));
	need(write(ends[1], "x", 1));
	struct peer waits = peer_start(waits_for_a_byte, &ends[0]);

	fault_arm("stall:write#1=until:blocked(waits_for_a_byte,futex)");
	need(write(ends[1], "x", 1));
	peer_join(&waits);
}

static void rests(void *arg)
{
	(void)arg;
	peer_rest();
}

static void lets_go(void *arg)
{
	peer_resume(arg);
}

PLANT(stall, until_a_peer_has_ended, "pass",
	.claim = "a call waits until a peer has ended", .needs = NEED_SUPERVISOR)
{
	int ends[2];
	need(pipe(ends));
	struct peer p = peer_start(rests, NULL);
	peer_wait_resting(&p);
	struct peer other = peer_start(lets_go, &p);

	fault_arm("stall:write#1=until:exit(rests)");
	need(write(ends[1], "x", 1));
	ck_assert_int_eq(peer_has_ended(&p), true);
	peer_join(&p);
	peer_join(&other);
}

PLANT(stall, for_ever, "timeout", .claim = "a call stalled for ever is named",
	.needs = NEED_SUPERVISOR, .deadline_ms = SOON_MS)
{
	fault_arm("stall:mkdir#1=until:exit(nobody)");
	need(mkdir("never", 0700));
}

/* Interrupt. */

static void reads_and_is_interrupted(void *arg)
{
	const int *const ends = arg;
	char byte;

	handler_install(SIGUSR1, 0);
	fault_arm("interrupt:read#2=SIGUSR1");
	must_move(read(ends[0], &byte, 1), 1);
	must_fail(read(ends[0], &byte, 1), EINTR);
	ck_assert_int_eq(handler_count_here(), 1);
	ck_assert_uint_eq(fault_fired(), 1);
}

PLANT(interrupt, while_blocked, "pass",
	.claim = "the second read is interrupted as it waits",
	.needs = NEED_SUPERVISOR | NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));
	need(write(ends[1], "x", 1));
	struct peer p = peer_start(reads_and_is_interrupted, ends);

	peer_join(&p);
}

PLANT(interrupt, of_a_call_that_does_not_block, "broken",
	.claim = "a call that does not block is not interrupted",
	.needs = NEED_SUPERVISOR | NEED_BLOCK_PROOF)
{
	int ends[2];
	char byte;
	need(pipe(ends));
	need(write(ends[1], "xy", 2));
	handler_install(SIGUSR1, 0);

	fault_arm("interrupt:read#1=SIGUSR1");
	must_move(read(ends[0], &byte, 1), 1);
	must_move(read(ends[0], &byte, 1), 1);
}

static void is_stalled_and_reads(void *arg)
{
	char byte;

	fault_arm("stall:read#1=100ms");
	must_move(read(*(int *)arg, &byte, 1), 1);
}

PLANT(stall, is_no_proof_of_blocking, "pass",
	.claim = "a peer whose call is stalled is not taken for blocked in it",
	.needs = NEED_SUPERVISOR | NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));
	const int64_t before = now_ms();
	struct peer p = peer_start(is_stalled_and_reads, &ends[0]);

	peer_wait_blocked(&p, "read");
	ck_assert_int_ge(now_ms() - before, 100);
	ck_assert_uint_eq(fault_fired_in(&p), 1);
	need(write(ends[1], "x", 1));
	peer_join(&p);
}

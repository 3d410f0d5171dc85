/*
 * Ways in which a body can end without having reached its last line.
 */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "clock.h"
#include "planted.h"

static const volatile int always = 1;

PLANT(ending, underscore_exit_zero, "fail broken", .claim = "_exit(0) does not pass")
{
	_exit(0);
}

PLANT(ending, exit_zero, "fail broken", .claim = "exit(0) does not pass")
{
	exit(0);
}

PLANT(ending, exit_three, "fail broken", .claim = "exit(3) does not pass")
{
	exit(3);
}

PLANT(ending, pthread_exit_of_the_body, "fail broken",
	.claim = "a body whose only thread leaves does not pass")
{
	pthread_exit(NULL);
}

PLANT(ending, exit_zero_after_a_claim, "fail broken",
	.claim = "a claim that held does not make exit(0) pass")
{
	ck_assert_int_eq(1, 1);
	if (always)
		_exit(0);
	ck_assert_int_eq(1, 1);
}

static void exits_zero_without_return(void *arg)
{
	(void)arg;
	_exit(0);
}

PLANT(ending, peer_that_exits_zero_without_return, "fail broken pass",
	.claim = "_exit(0) of a peer is a good end or named, never a hang")
{
	struct peer p = peer_start(exits_zero_without_return, NULL);

	peer_join(&p);
}

static void exits_three(void *arg)
{
	(void)arg;
	_exit(3);
}

PLANT(ending, peer_that_exits_three, "fail",
	.claim = "a joined peer must exit with status 0")
{
	struct peer p = peer_start(exits_three, NULL);

	peer_join(&p);
}

static void *exits_all(void *go)
{
	while (!atomic_load((atomic_int *)go))
		;
	_exit(0);
}

PLANT(ending, thread_that_exits_the_process, "fail broken",
	.claim = "_exit(0) of a thread does not pass")
{
	atomic_int go = 0;
	pthread_t thread;

	need_zero(pthread_create(&thread, NULL, exits_all, &go));
	atomic_store(&go, 1);
	need_zero(pthread_join(thread, NULL));
}

PLANT(ending, abort, "crash", .claim = "abort() is a crash")
{
	abort();
}

PLANT(ending, sigkill_to_itself, "crash", .claim = "SIGKILL is a crash")
{
	(void)raise(SIGKILL);
}

PLANT(ending, sigterm_to_itself, "crash",
	.claim = "SIGTERM is a crash, with default action")
{
	(void)raise(SIGTERM);
}

PLANT(ending, sigalrm_to_itself, "crash",
	.claim = "SIGALRM is not taken for Check's timer")
{
	(void)raise(SIGALRM);
}

PLANT(ending, trap, "crash", .claim = "an illegal instruction is a crash")
{
	__builtin_trap();
}

PLANT(ending, null_pointer, "crash", .claim = "a null pointer is a crash")
{
	volatile int *const volatile nowhere = NULL;

	*nowhere = 1;
}

PLANT(ending, bus_error, "crash",
	.claim = "a mapping behind the end of its file is a crash")
{
	const int fd = need(memfd_create("empty", MFD_CLOEXEC));
	char *page = need(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));

	*(volatile char *)page = 1;
}

static int fall(volatile int depth)
{
	volatile char room[4096];

	room[0] = (char)depth;
	return depth < 0 ? 0 : fall(depth + 1) + room[0];
}

PLANT(ending, stack_overflow, "crash", .claim = "a stack overflow is a crash")
{
	ck_assert_int_eq(fall(0), 0);
}

PLANT(ending, segv_with_a_blocked_signal, "crash",
	.claim = "a fault whose signal is blocked is a crash all the same")
{
	sigset_t all;
	volatile int *const volatile nowhere = NULL;

	need(sigfillset(&all));
	need(sigprocmask(SIG_BLOCK, &all, NULL));
	*nowhere = 1;
}

PLANT(ending, stops_itself, "timeout", .claim = "a stopped body runs into its deadline",
	.deadline_ms = SOON_MS)
{
	(void)raise(SIGSTOP);
}

PLANT(ending, spins, "timeout", .claim = "a busy loop runs into its deadline",
	.deadline_ms = SOON_MS)
{
	while (always)
		;
}

static void spins(void *arg)
{
	(void)arg;
	while (always)
		;
}

PLANT(ending, outlasts_its_deadline_without_a_processor, "pass",
	.claim = "time in which others have the processor is not counted",
	.deadline_ms = SOON_MS, .needs = NEED_PROC)
{
	enum { OTHERS = 4 };
	const int64_t until_us = clock_now_us() + SOON_MS * 1200;
	struct peer others[OTHERS];

	pin_to_one_cpu();
	for (int i = 0; i < OTHERS; i++)
		others[i] = peer_start(spins, NULL);
	while (clock_now_us() < until_us)
		;
	for (int i = 0; i < OTHERS; i++)
		peer_kill(&others[i], SIGKILL);
}

PLANT(ending, hangs_with_every_signal_blocked, "timeout",
	.claim = "blocked signals do not outlive the deadline", .deadline_ms = SOON_MS)
{
	sigset_t all;

	need(sigfillset(&all));
	need(sigprocmask(SIG_BLOCK, &all, NULL));
	while (always)
		(void)pause();
}

static void hangs(void *arg)
{
	(void)arg;
	while (always)
		(void)pause();
}

PLANT(ending, joins_a_peer_that_hangs, "timeout",
	.claim = "a peer that hangs takes the case to its deadline",
	.deadline_ms = SOON_MS)
{
	struct peer p = peer_start(hangs, NULL);

	peer_join(&p);
}

PLANT(ending, kills_its_parent, "crash broken fail",
	.claim = "a body that kills what runs it does not pass and hangs nothing")
{
	need(kill(getppid(), SIGKILL));
	(void)raise(SIGKILL);
}

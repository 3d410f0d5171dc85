/*
 * Blocked on a futex, and which one; the call in which a peer is; and whether a function
 * makes a call at all.
 */
#include <linux/futex.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "planted.h"

/* Two futexes side by side. */
struct pair {
	_Atomic int first, second;
};

static void wait_on(_Atomic int *word)
{
	while (atomic_load(word) == 0)
		(void)syscall(SYS_futex, word, FUTEX_WAIT, 0, NULL, NULL, 0);
}

static void wake(_Atomic int *word)
{
	atomic_store(word, 1);
	need(syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0));
}

static void waits_for_both(void *arg)
{
	struct pair *pair = arg;

	wait_on(&pair->first);
	wait_on(&pair->second);
}

PLANT(futex, blocked_on_it, "pass", .claim = "a thread and a process sleep on a word",
	.needs = NEED_BLOCK_PROOF)
{
	struct pair *pair = arena(sizeof(*pair));
	struct peer process = peer_start(waits_for_both, pair);
	struct peer thread = thread_start(waits_for_both, pair);

	peer_wait_blocked_on(&process, pair);
	peer_wait_blocked_on(&thread, &pair->first);
	peer_still_blocked_on(&process, &pair->first);
	atomic_store(&pair->second, 1);
	wake(&pair->first);
	wake(&pair->first);
	peer_join(&process);
	peer_join(&thread);
}

PLANT(futex, blocked_on_another, "timeout", .claim = "another word is not this one",
	.needs = NEED_BLOCK_PROOF, .deadline_ms = SOON_MS)
{
	struct pair *pair = arena(sizeof(*pair));
	struct peer p = thread_start(waits_for_both, pair);

	peer_wait_blocked_on(&p, &pair->second);
}

PLANT(futex, went_on_to_another, "fail", .claim = "asleep on another word is not still",
	.needs = NEED_BLOCK_PROOF)
{
	struct pair *pair = arena(sizeof(*pair));
	struct peer p = thread_start(waits_for_both, pair);

	peer_wait_blocked_on(&p, &pair->first);
	wake(&pair->first);
	peer_wait_blocked_on(&p, &pair->second);
	peer_still_blocked_on(&p, &pair->first);
}

PLANT(futex, ended, "fail", .claim = "who ended is not asleep", .needs = NEED_BLOCK_PROOF)
{
	struct pair *pair = arena(sizeof(*pair));
	struct peer p = peer_start(waits_for_both, pair);

	peer_wait_blocked_on(&p, pair);
	atomic_store(&pair->second, 1);
	wake(&pair->first);
	peer_still_blocked_on(&p, pair);
	peer_wait_blocked_on(&p, &pair->first);
}

static void reads(void *arg)
{
	const int *ends = arg;
	char byte;

	need(read(ends[0], &byte, 1));
}

PLANT(futex, call_of_a_peer, "pass", .claim = "the arguments are those of the call",
	.needs = NEED_BLOCK_PROOF | NEED_CALL_ARGUMENTS)
{
	int ends[2];
	need(pipe(ends));
	struct peer p = peer_start(reads, ends);

	peer_wait_blocked(&p, "read");
	const struct call call = peer_call(&p);
	ck_assert_int_eq(call.number, SYS_read);
	ck_assert_uint_eq(call.arguments[0], (unsigned)ends[0]);
	ck_assert_uint_eq(call.arguments[2], 1);
	need(write(ends[1], "x", 1));
	peer_join(&p);
}

static void runs(void *arg)
{
	volatile int *on = arg;

	while (*on)
		;
}

PLANT(futex, call_of_a_running_peer, "broken", .claim = "who runs is in no call",
	.needs = NEED_CALL_ARGUMENTS)
{
	int on = 1;
	struct peer p = peer_start(runs, &on);

	(void)peer_call(&p);
}

static void returns(void *arg)
{
	(void)arg;
}

static void makes_a_pipe(void *arg)
{
	int ends[2];

	(void)arg;
	need(pipe(ends));
}

static void makes_a_pipe_unseen(void *arg)
{
	sigset_t all;

	need(sigfillset(&all));
	need(sigprocmask(SIG_BLOCK, &all, NULL));
	makes_a_pipe(arg);
}

PLANT(silence, tells_the_calls, "pass", .claim = "a call is seen, and so is its absence",
	.needs = NEED_SECCOMP)
{
	ck_assert(!makes_call("pipe", returns, NULL));
	ck_assert(makes_call("pipe", makes_a_pipe, NULL));
	ck_assert(makes_call("pipe", makes_a_pipe_unseen, NULL));
	ck_assert(!makes_call("futex", makes_a_pipe, NULL));
	makes_a_pipe(NULL);
}

static void claims_wrongly(void *arg)
{
	(void)arg;
	ck_assert_int_eq(1, 2);
}

PLANT(silence, claim_of_the_function, "fail", .claim = "its claims count",
	.needs = NEED_SECCOMP)
{
	(void)makes_call("pipe", claims_wrongly, NULL);
}

static void crashes(void *arg)
{
	*(volatile int *)arg = 1;
}

PLANT(silence, crash_of_the_function, "crash", .claim = "a crash is no call",
	.needs = NEED_SECCOMP)
{
	(void)makes_call("pipe", crashes, unreadable_page());
}

static void hangs(void *arg)
{
	(void)arg;
	for (;;)
		(void)pause();
}

PLANT(silence, hang_of_the_function, "timeout", .claim = "a hang is no silence",
	.needs = NEED_SECCOMP, .deadline_ms = SOON_MS)
{
	(void)makes_call("pipe", hangs, NULL);
}

PLANT(silence, no_family, "broken", .claim = "a family that there is not",
	.needs = NEED_SECCOMP)
{
	(void)makes_call("no_such_call", returns, NULL);
}

PLANT(silence, option_is_lacking, "unsupported", .claim = "ENOTSUP of an option")
{
	need_option(0);
	need_option(ENOTSUP);
}

PLANT(silence, option_needs_another_call, "unsupported", .claim = "ENOSYS of an option")
{
	need_option(ENOSYS);
}

PLANT(silence, option_refuses, "broken", .claim = "another error of an option")
{
	need_option(EINVAL);
}

PLANT(silence, continued_to_its_end, "pass",
	.claim = "a peer may end as soon as it is continued", .needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));

	for (int i = 0; i < 20; i++) {
		struct peer p = peer_start(reads, ends);
		peer_wait_blocked(&p, "read");
		peer_stop(&p);
		need(write(ends[1], "x", 1));
		peer_continue(&p);
		peer_join(&p);
	}
}

/*
 * The waits: proved to be blocked, resting, still blocked; and every state in which that
 * is not so.
 */
#include <poll.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "planted.h"

static void reads(void *arg)
{
	const int *ends = arg;
	char byte;

	need(read(ends[0], &byte, 1));
}

static void polls(void *arg)
{
	const int *ends = arg;
	struct pollfd one = {.fd = ends[0], .events = POLLIN};

	need(poll(&one, 1, -1));
}

static void reads_then_polls(void *arg)
{
	reads(arg);
	polls(arg);
}

static void reads_for_ever(void *arg)
{
	for (;;)
		reads(arg);
}

static void ends_at_once(void *arg)
{
	(void)arg;
}

static void rests(void *arg)
{
	(void)arg;
	peer_rest();
}

static void spins(void *arg)
{
	const volatile int *stop = arg;

	while (!*stop)
		;
}

PLANT(wait, blocked, "pass", .claim = "a reader of an empty pipe is proved to wait",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];

	need(pipe(ends));
	struct peer p = peer_start(reads, ends);
	peer_wait_blocked(&p, "read");
	peer_still_blocked(&p, "read");
	need(write(ends[1], "x", 1));
	peer_join(&p);
}

PLANT(wait, thread_blocked, "pass", .claim = "a thread is proved to wait, too",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];

	need(pipe(ends));
	struct peer p = thread_start(polls, ends);
	peer_wait_blocked(&p, "poll");
	peer_still_blocked(&p, "poll");
	need(write(ends[1], "x", 1));
	peer_join(&p);
}

PLANT(wait, blocked_but_ends, "fail", .claim = "a peer that ends was not blocked",
	.needs = NEED_BLOCK_PROOF)
{
	struct peer p = peer_start(ends_at_once, NULL);

	peer_wait_blocked(&p, "read");
}

PLANT(wait, thread_blocked_but_ends, "fail",
	.claim = "a thread that ends was not blocked", .needs = NEED_BLOCK_PROOF)
{
	struct peer p = thread_start(ends_at_once, NULL);

	peer_wait_blocked(&p, "read");
}

PLANT(wait, blocked_in_another_call, "timeout fail",
	.claim = "a peer in another call is not in this one", .needs = NEED_BLOCK_PROOF,
	.deadline_ms = SOON_MS)
{
	int ends[2];

	need(pipe(ends));
	struct peer p = peer_start(polls, ends);
	peer_wait_blocked(&p, "read");
}

PLANT(wait, blocked_while_it_spins, "timeout", .claim = "a busy peer is not blocked",
	.needs = NEED_BLOCK_PROOF, .deadline_ms = SOON_MS)
{
	struct peer p = peer_start(spins, arena(sizeof(int)));

	peer_wait_blocked(&p, "read");
}

PLANT(wait, blocked_in_no_family, "broken", .claim = "an unknown call is refused by name",
	.needs = NEED_BLOCK_PROOF)
{
	struct peer p = peer_start(rests, NULL);

	peer_wait_blocked(&p, "no-such-call");
}

PLANT(wait, still_blocked_but_ended, "fail",
	.claim = "what ended is not blocked any more", .needs = NEED_BLOCK_PROOF)
{
	int ends[2];

	need(pipe(ends));
	struct peer p = peer_start(reads, ends);
	peer_wait_blocked(&p, "read");
	need(write(ends[1], "x", 1));
	while (!peer_has_ended(&p))
		;
	peer_still_blocked(&p, "read");
}

PLANT(wait, still_blocked_but_elsewhere, "fail",
	.claim = "what went on to another call is not blocked in this one",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];

	need(pipe(ends));
	struct peer p = peer_start(reads_then_polls, ends);
	peer_wait_blocked(&p, "read");
	need(write(ends[1], "x", 1));
	peer_wait_blocked(&p, "poll");
	peer_still_blocked(&p, "read");
}

PLANT(wait, still_blocked_after_a_wake, "pass",
	.claim = "a wake-up that goes back to sleep is allowed",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];

	need(pipe(ends));
	struct peer p = peer_start(reads_for_ever, ends);
	peer_wait_blocked(&p, "read");
	need(write(ends[1], "x", 1));
	peer_wait_blocked(&p, "read");
	peer_still_blocked(&p, "read");
	peer_kill(&p, SIGKILL);
}

PLANT(wait, still_blocked_while_it_spins, "fail timeout",
	.claim = "a busy peer does not wait", .needs = NEED_BLOCK_PROOF,
	.deadline_ms = SOON_MS)
{
	struct peer p = peer_start(spins, arena(sizeof(int)));

	peer_still_blocked(&p, "read");
}

PLANT(wait, resting, "pass", .claim = "a peer that rests is seen, and let go on")
{
	struct peer p = peer_start(rests, NULL);

	peer_wait_resting(&p);
	ck_assert(!peer_has_ended(&p));
	peer_resume(&p);
	peer_join(&p);
}

PLANT(wait, thread_resting, "pass", .claim = "a thread can rest, too")
{
	struct peer p = thread_start(rests, NULL);

	peer_wait_resting(&p);
	peer_resume(&p);
	peer_join(&p);
}

PLANT(wait, resting_but_ends, "fail", .claim = "a peer that ends does not rest")
{
	struct peer p = peer_start(ends_at_once, NULL);

	peer_wait_resting(&p);
}

PLANT(wait, resting_never_resumed, "timeout", .claim = "nobody rests out of it alone",
	.deadline_ms = SOON_MS)
{
	struct peer p = peer_start(rests, NULL);

	peer_wait_resting(&p);
	peer_join(&p);
}

PLANT(wait, still_blocked_but_rests, "fail",
	.claim = "a resting peer is not blocked in read", .needs = NEED_BLOCK_PROOF)
{
	struct peer p = peer_start(rests, NULL);

	peer_wait_resting(&p);
	peer_still_blocked(&p, "read");
}

PLANT(wait, body_rests, "broken timeout", .claim = "peer_rest is for peers only",
	.deadline_ms = SOON_MS)
{
	peer_rest();
}

PLANT(wait, date_is_past, "pass", .claim = "what happens after the wait has a later date")
{
	struct timespec before, after;

	need(clock_gettime(CLOCK_REALTIME_COARSE, &before));
	stamp_wait_past(before);
	need(clock_gettime(CLOCK_REALTIME_COARSE, &after));
	ck_assert(after.tv_sec > before.tv_sec ||
		(after.tv_sec == before.tv_sec && after.tv_nsec > before.tv_nsec));
	stamp_wait_past_second(before.tv_sec);
	need(clock_gettime(CLOCK_REALTIME_COARSE, &after));
	ck_assert_int_gt(after.tv_sec, before.tv_sec);
}

PLANT(wait, date_far_off, "timeout", .claim = "a date that is far off ends the case",
	.deadline_ms = SOON_MS)
{
	struct timespec now;

	need(clock_gettime(CLOCK_REALTIME_COARSE, &now));
	stamp_wait_past_second(now.tv_sec + 3600);
}

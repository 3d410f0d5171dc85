/*
 * pipe/errors, a pipe that nobody reads: SIGPIPE and EPIPE.
 */
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include "assay.h"
#include "pipe.h"

/* SIGPIPE alone. */
static sigset_t sigpipe_set(void)
{
	sigset_t set;
	need(sigemptyset(&set));
	need(sigaddset(&set, SIGPIPE));
	return set;
}

/* Whether SIGPIPE waits for the calling thread, sent to it or to its process. */
static int sigpipe_is_pending(void)
{
	sigset_t pending;
	need(sigpending(&pending));
	return sigismember(&pending, SIGPIPE);
}

static void write_without_reader(void *arg)
{
	const int *ends = arg;
	must_fail(write(ends[1], "x", 1), EPIPE);
}

CASE(pipe, errors, write_without_reader_sigpipe_and_epipe,
	.claim = "write() to a pipe without readers raises SIGPIPE, and fails with "
		 "EPIPE when that is handled, ignored or blocked",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 write(), ERRORS, EPIPE")
{
	const sigset_t sigpipe = sigpipe_set();
	int ends[2];
	need(pipe(ends));
	need(close(ends[0]));

	struct peer victim = peer_start(write_without_reader, ends);
	peer_join_killed(&victim, SIGPIPE);

	handler_install(SIGPIPE, 0);
	must_fail(write(ends[1], "x", 1), EPIPE);
	ck_assert_int_eq(handler_count_here(), 1);

	need(sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL));
	must_fail(write(ends[1], "x", 1), EPIPE);

	need(sigprocmask(SIG_BLOCK, &sigpipe, NULL));
	need(sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_DFL}, NULL));
	must_fail(write(ends[1], "x", 1), EPIPE);
	ck_assert_int_eq(sigpipe_is_pending(), 1);
}

static void get_sigpipe_and_rest(void *arg)
{
	const int *ends = arg;
	must_fail(write(ends[1], "x", 1), EPIPE);
	ck_assert_int_eq(sigpipe_is_pending(), 1);
	peer_rest();
}

CASE(pipe, errors, sigpipe_directed_to_calling_thread,
	.claim = "the SIGPIPE of a write() is sent to the thread that writes, not to "
		 "its process",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 write(), ERRORS, EPIPE: sent to the thread")
{
	const sigset_t sigpipe = sigpipe_set();
	int ends[2];
	need(pipe(ends));
	need(close(ends[0]));
	need_zero(pthread_sigmask(SIG_BLOCK, &sigpipe, NULL));

	struct peer writer = thread_start(get_sigpipe_and_rest, ends);
	peer_wait_resting(&writer);
	ck_assert_int_eq(sigpipe_is_pending(), 0);

	peer_resume(&writer);
	peer_join(&writer);
}

struct large_write {
	int ends[2];
	size_t room; /* what the pipe takes */
	char *data;  /* a page more than that */
};

static void write_more_than_fits(void *arg)
{
	const struct large_write *large = arg;
	handler_install(SIGPIPE, 0);
	need(close(large->ends[0]));

	ck_assert_int_eq(write(large->ends[1], large->data, large->room + page_size()),
		large->room);
	ck_assert_int_eq(handler_count_here(), 1);
	must_fail(write(large->ends[1], "x", 1), EPIPE);
}

CASE(pipe, errors, reader_gone_after_partial_write_returns_count,
	.claim = "write() that has transferred some bytes when the last reader "
		 "disappears returns their number and raises SIGPIPE all the same, and "
		 "the next write() fails with EPIPE",
	.level = LEVEL_LINUX,
	.spec = "pipe(7), I/O on pipes and FIFOs: SIGPIPE once no read end is open; "
		"POSIX.1-2024 write(), DESCRIPTION, partial transfer; both together "
		"measured on Linux 6.18",
	.needs = NEED_BLOCK_PROOF)
{
	struct large_write large;
	need(pipe(large.ends));
	large.room = need(fill(large.ends[1]));
	large.data = arena(large.room + page_size());
	need(read(large.ends[0], large.data, large.room));
	ck_assert_int_eq(unread(large.ends[0]), 0);

	struct peer writer = peer_start(write_more_than_fits, &large);
	while ((size_t)unread(large.ends[0]) < large.room)
		need(sched_yield());
	peer_wait_blocked(&writer, "write");
	need(close(large.ends[0]));
	peer_join(&writer);
}

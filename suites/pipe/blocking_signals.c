/*
 * blocking_signals: what a signal does to a read() or write() that waits on a pipe.
 */
#include "assay.h"

#include <signal.h>
#include <unistd.h>

#include "stream.h"

static const char atom[PIPE_BUF];

static void read_interrupted(void *arg)
{
	const int *ends = arg;
	char got;

	handler_install(SIGUSR1, 0);
	must_fail(read(ends[0], &got, 1), EINTR);
}

CASE(pipe, blocking, read_eintr_without_sa_restart,
	.claim = "a handler without SA_RESTART makes a read() blocked on an empty pipe "
		 "fail with EINTR, and the pipe stays usable",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 read(), ERRORS, EINTR; signal(7)",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	char got = 0;
	need(pipe(ends));

	struct peer reader = peer_start(read_interrupted, ends);
	peer_wait_blocked(&reader, "read");
	peer_signal(&reader, SIGUSR1);
	peer_join(&reader);

	need(write(ends[1], "x", 1));
	must_move(read(ends[0], &got, 1), 1);
	ck_assert_int_eq(got, 'x');
}

static void read_restarted(void *arg)
{
	const int *ends = arg;
	char got = 0;

	handler_install(SIGUSR1, SA_RESTART);
	must_move(read(ends[0], &got, 1), 1);
	ck_assert_int_eq(got, 'x');
}

CASE(pipe, blocking, read_restarts_with_sa_restart,
	.claim = "after a handler with SA_RESTART a read() blocked on an empty pipe "
		 "waits on and returns the data that comes later",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 sigaction(), SA_RESTART; signal(7)",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));

	struct peer reader = peer_start(read_restarted, ends);
	peer_wait_blocked(&reader, "read");
	peer_signal(&reader, SIGUSR1);
	handler_wait(&reader, 1);
	peer_wait_blocked(&reader, "read");

	need(write(ends[1], "x", 1));
	peer_join(&reader);
}

static void read_one_byte(void *arg)
{
	const int *ends = arg;
	char got = 0;

	must_move(read(ends[0], &got, 1), 1);
	ck_assert_int_eq(got, 'x');
}

CASE(pipe, blocking, stopped_and_continued_read_not_eintr,
	.claim = "SIGSTOP and SIGCONT without a handler leave a read() on a pipe waiting",
	.level = LEVEL_LINUX,
	.spec = "signal(7), Interruption of system calls and library functions by stop "
		"signals",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));

	struct peer reader = peer_start(read_one_byte, ends);
	peer_wait_blocked(&reader, "read");
	peer_stop(&reader);
	peer_continue(&reader);
	peer_wait_blocked(&reader, "read");

	need(write(ends[1], "x", 1));
	peer_join(&reader);
}

static void write_interrupted(void *arg)
{
	const int *ends = arg;

	handler_install(SIGUSR1, 0);
	must_fail(write(ends[1], atom, PIPE_BUF), EINTR);
}

CASE(pipe, blocking, write_eintr_before_any_byte,
	.claim = "a handler without SA_RESTART makes a write() blocked on a full pipe "
		 "fail with EINTR, and no byte is added",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 write(), ERRORS, EINTR; signal(7)",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));
	const size_t filled = need(fill(ends[1]));

	struct peer writer = peer_start(write_interrupted, ends);
	peer_wait_blocked(&writer, "write");
	peer_signal(&writer, SIGUSR1);
	peer_join(&writer);

	ck_assert_uint_eq(unread(ends[0]), filled);
}

static void write_restarted(void *arg)
{
	const int *ends = arg;

	handler_install(SIGUSR1, SA_RESTART);
	must_move(write(ends[1], atom, PIPE_BUF), PIPE_BUF);
}

CASE(pipe, blocking, write_restarts_with_sa_restart,
	.claim = "after a handler with SA_RESTART a write() blocked on a full pipe waits "
		 "on and completes once there is room",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 sigaction(), SA_RESTART; signal(7)",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));
	const size_t filled = need(fill(ends[1]));

	struct peer writer = peer_start(write_restarted, ends);
	peer_wait_blocked(&writer, "write");
	peer_signal(&writer, SIGUSR1);
	handler_wait(&writer, 1);
	peer_wait_blocked(&writer, "write");

	drain(ends[0], filled);
	peer_join(&writer);
	ck_assert_uint_eq(unread(ends[0]), PIPE_BUF);
}

struct write_result {
	ssize_t count;
	int error;
};

/* A write() of more bytes than the pipe can hold, with what it returned. */
struct long_write {
	int ends[2];
	int handler_flags;
	size_t fits; /* what the pipe can hold */
	size_t count;
	const unsigned char *bytes;
	struct write_result *result; /* in the arena */
};

static struct long_write long_write_new(int handler_flags)
{
	struct long_write call = {.handler_flags = handler_flags};

	need(pipe(call.ends));
	call.fits = measured_capacity(call.ends);
	call.count = call.fits + 1234;
	call.bytes = pattern_new(call.count);
	call.result = arena(sizeof(*call.result));
	return call;
}

static void write_long(void *arg)
{
	const struct long_write *call = arg;

	handler_install(SIGUSR1, call->handler_flags);
	need(close(call->ends[0]));
	errno = 0;
	call->result->count = write(call->ends[1], call->bytes, call->count);
	call->result->error = errno;
}

/* Runs CALL into a handler that comes when the pipe is full, then reads the stream to its
 * end, and demands that the write() returned how many bytes it put in. */
static ssize_t interrupt_when_full(struct long_write *call)
{
	struct peer writer = peer_start(write_long, call);
	unsigned char piece[PIPE_BUF];
	size_t arrived = 0;
	ssize_t got;

	need(close(call->ends[1]));
	wait_unread(call->ends[0], call->fits);
	peer_wait_blocked(&writer, "write");
	peer_signal(&writer, SIGUSR1);
	handler_wait(&writer, 1);
	for (; (got = need(read(call->ends[0], piece, sizeof(piece)))) > 0;
		arrived += (size_t)got)
		pattern_check(piece, (size_t)got, arrived);
	peer_join(&writer);
	ck_assert_msg(call->result->count != -1, "%zu bytes arrived, but write() gave %s",
		arrived, errno_name(call->result->error));
	ck_assert_int_eq(call->result->count, (ssize_t)arrived);
	return call->result->count;
}

CASE(pipe, blocking, write_interrupted_after_some_returns_count,
	.claim = "a write() interrupted by a handler after it transferred some bytes "
		 "returns how many",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 write(), DESCRIPTION (interrupted by a signal); signal(7)",
	.needs = NEED_BLOCK_PROOF)
{
	struct long_write plain = long_write_new(0);
	ck_assert_int_eq(interrupt_when_full(&plain), (ssize_t)plain.fits);

	/* Whether a partial transfer is restarted, the standard does not say. */
	struct long_write restarting = long_write_new(SA_RESTART);
	const ssize_t count = interrupt_when_full(&restarting);
	note_choice("with SA_RESTART",
		count == (ssize_t)restarting.fits ? "returns the count" : "goes on",
		"returns the count", "goes on");
}

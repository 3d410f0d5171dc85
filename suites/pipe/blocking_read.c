/*
 * blocking_read: when a read() of a pipe waits, and what ends the wait.
 */
#include "assay.h"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include "stream.h"

static void read_one_byte(void *arg)
{
	const int *ends = arg;
	char got = 0;

	must_move(read(ends[0], &got, 1), 1);
	ck_assert_int_eq(got, 'x');
}

CASE(pipe, blocking, read_waits_while_empty,
	.claim = "read() on an empty pipe waits until a writer supplies a byte",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 read(), pipe or FIFO, O_NONBLOCK clear; pipe(7)",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));

	struct peer reader = peer_start(read_one_byte, ends);
	peer_wait_blocked(&reader, "read");

	need(write(ends[1], "x", 1));
	peer_join(&reader);
}

CASE(pipe, blocking, read_empty_nonblock_eagain,
	.claim = "read() on an empty pipe that has a writer fails with EAGAIN when "
		 "O_NONBLOCK is set",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 read(), ERRORS, EAGAIN; pipe(7)")
{
	int ends[2];
	char got;
	need(pipe2(ends, O_NONBLOCK));

	must_fail(read(ends[0], &got, 1), EAGAIN);
}

CASE(pipe, blocking, read_returns_available_without_waiting_for_full_count,
	.claim = "read() for more bytes than the pipe holds returns those bytes at once",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 read(), DESCRIPTION")
{
	int ends[2];
	char got[100];
	need(pipe(ends));
	need(write(ends[1], "abc", 3));

	must_move(read(ends[0], got, sizeof(got)), 3);
	ck_assert_mem_eq(got, "abc", 3);
}

static void write_one_byte(void *arg)
{
	const int *ends = arg;

	must_move(write(ends[1], "x", 1), 1);
}

CASE(pipe, blocking, nonblock_toggle_affects_next_call,
	.claim = "fcntl(F_SETFL) that sets or clears O_NONBLOCK decides whether the next "
		 "read() or write() waits",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 fcntl() F_SETFL, read(), write()",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	char got;
	need(pipe(ends));

	need(fcntl(ends[0], F_SETFL, O_NONBLOCK));
	must_fail(read(ends[0], &got, 1), EAGAIN);
	need(fcntl(ends[0], F_SETFL, 0));
	struct peer reader = peer_start(read_one_byte, ends);
	peer_wait_blocked(&reader, "read");
	need(write(ends[1], "x", 1));
	peer_join(&reader);

	const size_t filled = need(fill(ends[1]));
	need(fcntl(ends[1], F_SETFL, O_NONBLOCK));
	must_fail(write(ends[1], "x", 1), EAGAIN);
	need(fcntl(ends[1], F_SETFL, 0));
	struct peer writer = peer_start(write_one_byte, ends);
	peer_wait_blocked(&writer, "write");
	drain(ends[0], filled);
	peer_join(&writer);
}

static int count_ended(const struct peer *peers, int count)
{
	int ended = 0;

	for (int i = 0; i < count; i++)
		ended += peer_has_ended(&peers[i]);
	return ended;
}

/* Waits for the first of PEERS to end and demands that all others go on reading. */
static void demand_one_ended(struct peer *peers, int count)
{
	while (count_ended(peers, count) == 0)
		sched_yield();
	for (int i = 0; i < count; i++) {
		if (!peer_has_ended(&peers[i]))
			peer_still_blocked(&peers[i], "read");
	}
	ck_assert_int_eq(count_ended(peers, count), 1);
}

CASE(pipe, blocking, one_write_satisfies_one_of_several_readers,
	.claim = "a write of one byte lets exactly one of three blocked readers return, "
		 "and two more bytes the others",
	.level = LEVEL_LINUX, .spec = "pipe(7), I/O on pipes and FIFOs",
	.needs = NEED_BLOCK_PROOF)
{
	enum { READERS = 3 };
	struct peer readers[READERS];
	int ends[2];
	need(pipe(ends));

	for (int i = 0; i < READERS; i++)
		readers[i] = peer_start(read_one_byte, ends);
	for (int i = 0; i < READERS; i++)
		peer_wait_blocked(&readers[i], "read");

	need(write(ends[1], "x", 1));
	demand_one_ended(readers, READERS);
	need(write(ends[1], "xx", 2));
	for (int i = 0; i < READERS; i++)
		peer_join(&readers[i]);
}

static void read_end_of_file(void *arg)
{
	const int *ends = arg;
	char got;

	need(close(ends[1]));
	must_move(read(ends[0], &got, 1), 0);
}

CASE(pipe, blocking, last_close_wakes_blocked_reader,
	.claim = "close() of the last write end makes a reader blocked on the empty pipe "
		 "return 0",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 read(), empty pipe; close()",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));

	struct peer reader = peer_start(read_end_of_file, ends);
	peer_wait_blocked(&reader, "read");

	need(close(ends[1]));
	peer_join(&reader);
}

CASE(pipe, blocking, last_close_wakes_every_reader,
	.claim = "close() of the last write end makes every reader blocked on the empty "
		 "pipe return 0",
	.level = LEVEL_LINUX, .spec = "pipe(7), I/O on pipes and FIFOs",
	.needs = NEED_BLOCK_PROOF)
{
	enum { READERS = 4 };
	struct peer readers[READERS];
	int ends[2];
	need(pipe(ends));

	for (int i = 0; i < READERS; i++)
		readers[i] = peer_start(read_end_of_file, ends);
	for (int i = 0; i < READERS; i++)
		peer_wait_blocked(&readers[i], "read");

	need(close(ends[1]));
	for (int i = 0; i < READERS; i++)
		peer_join(&readers[i]);
}

CASE(pipe, blocking, blocked_read_is_cancellable,
	.claim = "pthread_cancel() ends a thread that is blocked in read() on an empty "
		 "pipe, and no data is consumed",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 2.9.5.2 Cancellation Points",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	char got = 0;
	need(pipe(ends));

	struct peer reader = thread_start(read_one_byte, ends);
	peer_wait_blocked(&reader, "read");

	thread_cancel(&reader);
	ck_assert_ptr_eq(thread_join_value(&reader), PTHREAD_CANCELED);
	need(write(ends[1], "x", 1));
	ck_assert_uint_eq(unread(ends[0]), 1);
	must_move(read(ends[0], &got, 1), 1);
	ck_assert_int_eq(got, 'x');
}

struct reading {
	int fd;
	char byte;
	ssize_t count;
	int error;
};

static void read_and_report(void *arg)
{
	struct reading *reading = arg;

	errno = 0;
	reading->count = read(reading->fd, &reading->byte, 1);
	reading->error = errno;
}

static const char *end_of_wait(const struct reading *reading)
{
	if (reading->count == 1 && reading->byte == 'x')
		return "still-blocked";
	return reading->count == 0 ? "EOF" : errno_name(reading->error);
}

CASE(pipe, blocking, close_in_other_thread_recorded,
	.claim = "close() of a descriptor on which another thread is blocked in read() "
		 "lets that thread wait on, fail with EBADF, or see end-of-file",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2017 close() (silent); close(2), Multithreaded processes and "
		"close()",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));
	struct reading *reading = arena(sizeof(*reading));
	reading->fd = ends[0];
	/* The write below must not be one without any reader. */
	need(dup(ends[0]));

	struct peer reader = thread_start(read_and_report, reading);
	peer_wait_blocked(&reader, "read");
	need(close(ends[0]));

	/* Only a reader that the close did not wake gets this byte. */
	need(write(ends[1], "x", 1));
	peer_join(&reader);
	note_choice("blocked read", end_of_wait(reading), "still-blocked", "EBADF",
		"EOF");
}

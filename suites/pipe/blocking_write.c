/*
 * blocking_write: when a write() to a pipe waits, how much it writes with O_NONBLOCK, and
 * what ends the wait.
 */
#include "assay.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "stream.h"

static const char atom[PIPE_BUF];

static void write_pipe_buf(void *arg)
{
	const int *ends = arg;

	must_move(write(ends[1], atom, PIPE_BUF), PIPE_BUF);
}

CASE(pipe, blocking, write_waits_while_full,
	.claim = "write() of PIPE_BUF bytes to a full pipe waits until there is room",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 write(), pipe or FIFO, O_NONBLOCK clear; pipe(7)",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));
	const size_t filled = need(fill(ends[1]));

	struct peer writer = peer_start(write_pipe_buf, ends);
	peer_wait_blocked(&writer, "write");

	drain(ends[0], filled);
	peer_join(&writer);
	ck_assert_uint_eq(unread(ends[0]), PIPE_BUF);
}

struct shortage {
	const char *name;
	size_t room; /* less than PIPE_BUF */
};

static const struct shortage shortages[] = {
	{"room-for-1-byte", 1},
	{"room-for-half", PIPE_BUF / 2},
	{"room-for-all-but-1", PIPE_BUF - 1},
};

CASE_EACH(pipe, blocking, write_small_nonblock_no_room_eagain_writes_nothing, shortages,
	.claim = "with O_NONBLOCK, write() of PIPE_BUF bytes where fewer fit fails with "
		 "EAGAIN and adds nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 write(), pipe or FIFO, O_NONBLOCK set; pipe(7) PIPE_BUF")
{
	int ends[2];
	need(pipe2(ends, O_NONBLOCK));
	const size_t used = measured_capacity(ends) - row->room;
	unsigned char *bytes = pattern_new(used);
	ck_assert_uint_eq(need(write(ends[1], bytes, used)), used);

	must_fail(write(ends[1], atom, PIPE_BUF), EAGAIN);
	ck_assert_uint_eq(unread(ends[0]), used);
	pattern_read(ends[0], used, 0);
	free(bytes);
}

CASE(pipe, blocking, write_small_nonblock_with_room_writes_all,
	.claim = "with O_NONBLOCK, write() of PIPE_BUF bytes that fit returns the full "
		 "count",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 write(), pipe or FIFO, O_NONBLOCK set; pipe(7) PIPE_BUF")
{
	int ends[2];
	need(pipe2(ends, O_NONBLOCK));

	must_move(write(ends[1], atom, PIPE_BUF), PIPE_BUF);
	ck_assert_uint_eq(unread(ends[0]), PIPE_BUF);
}

/* With the first HELD of BYTES in the pipe, writes the next COUNT, which do not all fit;
 * demands that some go in, and takes all out again.  Returns how many went in. */
static ssize_t write_in_part(const int ends[2], const unsigned char *bytes, size_t held,
	size_t count)
{
	const ssize_t written = must_succeed(write(ends[1], bytes + held, count));

	ck_assert_int_ge(written, 1);
	ck_assert_uint_eq(unread(ends[0]), held + (size_t)written);
	pattern_read(ends[0], held + (size_t)written, 0);
	return written;
}

CASE(pipe, blocking, write_large_nonblock_partial,
	.claim = "with O_NONBLOCK, write() of more than PIPE_BUF bytes that do not all "
		 "fit transfers what it can and returns that count: at least a byte "
		 "where there is room, and PIPE_BUF bytes to an empty pipe",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 write(), pipe or FIFO, O_NONBLOCK set, more than PIPE_BUF "
		"bytes; pipe(7) PIPE_BUF")
{
	int ends[2];
	need(pipe2(ends, O_NONBLOCK));
	const size_t capacity = measured_capacity(ends);
	unsigned char *bytes = pattern_new(capacity + 5000);

	const ssize_t count = write_in_part(ends, bytes, 0, capacity + 5000);
	ck_assert_int_ge(count, PIPE_BUF);
	ck_assert_int_le(count, (ssize_t)capacity);

	/* Even in a pipe of one page there is room behind the first 2000. */
	need(write(ends[1], bytes, 2000));
	const ssize_t more = write_in_part(ends, bytes, 2000, capacity + PIPE_BUF - 2000);
	ck_assert_int_le(more, (ssize_t)capacity - 2000);
	free(bytes);
}

CASE(pipe, blocking, write_large_nonblock_full_eagain,
	.claim = "with O_NONBLOCK, write() of more than PIPE_BUF bytes to a full pipe "
		 "fails with EAGAIN",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 write(), pipe or FIFO, O_NONBLOCK set, more than PIPE_BUF "
		"bytes")
{
	static const char large[3 * PIPE_BUF];
	int ends[2];
	need(pipe2(ends, O_NONBLOCK));
	const size_t filled = need(fill(ends[1]));

	must_fail(write(ends[1], large, sizeof(large)), EAGAIN);
	ck_assert_uint_eq(unread(ends[0]), filled);
}

struct large_write {
	int ends[2];
	const unsigned char *bytes;
	size_t count;
};

static void write_large(void *arg)
{
	const struct large_write *large = arg;

	must_move(write(large->ends[1], large->bytes, large->count), large->count);
}

CASE(pipe, blocking, write_larger_than_capacity_completes_when_drained,
	.claim = "write() of four times what the pipe holds returns only after every "
		 "byte was transferred, and returns the full count",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 write(), pipe or FIFO, O_NONBLOCK clear; pipe(7) PIPE_BUF",
	.needs = NEED_BLOCK_PROOF)
{
	struct large_write large;
	need(pipe(large.ends));
	const size_t capacity = measured_capacity(large.ends);
	large.count = 4 * capacity;
	large.bytes = pattern_new(large.count);

	struct peer writer = peer_start(write_large, &large);
	wait_unread(large.ends[0], capacity);
	peer_wait_blocked(&writer, "write");
	/* Twice the capacity is left then: the writer cannot be through. */
	pattern_read(large.ends[0], 2 * capacity, 0);
	peer_still_blocked(&writer, "write");
	pattern_read(large.ends[0], 2 * capacity, 2 * capacity);
	peer_join(&writer);
	ck_assert_uint_eq(unread(large.ends[0]), 0);
}

CASE(pipe, blocking, write_resumes_when_room_for_pending_atomic_write,
	.claim = "a writer blocked with PIPE_BUF bytes waits on while less than a page "
		 "is free, and proceeds when a whole page has been read",
	.level = LEVEL_LINUX,
	.spec = "pipe(7) PIPE_BUF, O_NONBLOCK disabled, n <= PIPE_BUF",
	.needs = NEED_BLOCK_PROOF)
{
	const size_t page = (size_t)page_size();
	int ends[2];
	need(pipe(ends));
	const size_t filled = need(fill(ends[1]));

	struct peer writer = peer_start(write_pipe_buf, ends);
	peer_wait_blocked(&writer, "write");
	drain(ends[0], 1);
	peer_still_blocked(&writer, "write");
	drain(ends[0], page - 2);
	peer_still_blocked(&writer, "write");

	drain(ends[0], 1);
	peer_join(&writer);
	ck_assert_uint_eq(unread(ends[0]), filled - page + PIPE_BUF);
}

static void write_without_reader(void *arg)
{
	const int *ends = arg;

	signal(SIGPIPE, SIG_IGN);
	need(close(ends[0]));
	must_fail(write(ends[1], atom, PIPE_BUF), EPIPE);
}

CASE(pipe, blocking, last_reader_close_wakes_every_writer,
	.claim = "close() of the last read end makes every writer blocked on the full "
		 "pipe fail with EPIPE",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 write(), ERRORS, EPIPE",
	.needs = NEED_BLOCK_PROOF)
{
	enum { WRITERS = 4 };
	struct peer writers[WRITERS];
	int ends[2];
	need(pipe(ends));
	need(fill(ends[1]));

	for (int i = 0; i < WRITERS; i++)
		writers[i] = peer_start(write_without_reader, ends);
	for (int i = 0; i < WRITERS; i++)
		peer_wait_blocked(&writers[i], "write");

	need(close(ends[0]));
	for (int i = 0; i < WRITERS; i++)
		peer_join(&writers[i]);
}

CASE(pipe, blocking, blocked_write_is_cancellable,
	.claim = "pthread_cancel() ends a thread that is blocked in write() on a full "
		 "pipe, and no byte is added",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 2.9.5.2 Cancellation Points",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));
	const size_t filled = need(fill(ends[1]));

	struct peer writer = thread_start(write_pipe_buf, ends);
	peer_wait_blocked(&writer, "write");

	thread_cancel(&writer);
	ck_assert_ptr_eq(thread_join_value(&writer), PTHREAD_CANCELED);
	ck_assert_uint_eq(unread(ends[0]), filled);
}

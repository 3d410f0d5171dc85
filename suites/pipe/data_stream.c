/*
 * data_stream: which bytes come out of a pipe, in which order, and what a transfer of
 * zero bytes is.
 */
#include "assay.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/uio.h>
#include <unistd.h>

#include "stream.h"

enum { ORDERED_BYTES = 200000 };

/* Sizes that differ from one transfer to the next, 1 .. LIMIT. */
static size_t next_size(uint32_t *state, size_t limit)
{
	*state = *state * 1664525u + 1013904223u;
	return 1 + (*state >> 8) % limit;
}

static void write_in_pieces(void *arg)
{
	const int *ends = arg;
	unsigned char piece[3000];
	uint32_t state = 1;
	size_t done = 0;

	while (done < ORDERED_BYTES) {
		size_t count = next_size(&state, sizeof(piece));

		if (count > ORDERED_BYTES - done)
			count = ORDERED_BYTES - done;
		pattern_put(piece, count, done);
		must_move(write(ends[1], piece, count), count);
		done += count;
	}
}

CASE(pipe, data, fifo_order_preserved,
	.claim = "bytes are read in the order in which they were written, whatever the "
		 "sizes of the writes and reads",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 pipe(), DESCRIPTION; XBD 3.265 Pipe")
{
	unsigned char piece[5000];
	uint32_t state = 2;
	size_t done = 0;
	ssize_t got;
	int ends[2];
	need(pipe(ends));

	struct peer writer = peer_start(write_in_pieces, ends);
	need(close(ends[1]));
	while ((got = need(read(ends[0], piece, next_size(&state, sizeof(piece))))) > 0) {
		pattern_check(piece, (size_t)got, done);
		done += (size_t)got;
	}
	ck_assert_uint_eq(done, ORDERED_BYTES);
	peer_join(&writer);
}

CASE(pipe, data, stream_has_no_boundaries,
	.claim = "one read() returns what two writes put in, and two reads share out "
		 "what one write put in",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 read(), DESCRIPTION; pipe(7), no concept of message "
		"boundaries")
{
	char got[7];
	int ends[2];
	need(pipe(ends));

	need(write(ends[1], "abc", 3));
	need(write(ends[1], "defg", 4));
	must_move(read(ends[0], got, 7), 7);
	ck_assert_mem_eq(got, "abcdefg", 7);

	need(write(ends[1], "hijklmn", 7));
	must_move(read(ends[0], got, 3), 3);
	must_move(read(ends[0], got + 3, 4), 4);
	ck_assert_mem_eq(got, "hijklmn", 7);
}

CASE(pipe, data, read_buffered_data_after_writer_closed,
	.claim = "what was written before the last writer closed can be read, and only "
		 "then read() returns 0",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 read(), end-of-file")
{
	char got[100];
	int ends[2];
	need(pipe(ends));
	need(write(ends[1], "abc", 3));
	need(close(ends[1]));

	must_move(read(ends[0], got, sizeof(got)), 3);
	ck_assert_mem_eq(got, "abc", 3);
	must_move(read(ends[0], got, sizeof(got)), 0);
	must_move(read(ends[0], got, sizeof(got)), 0);
}

/* What a transfer of nothing gave: "0" or the name of the error. */
static const char *outcome(ssize_t result)
{
	const int error = errno;

	if (result > 0)
		return "more than 0";
	return errno_name(result == 0 ? 0 : error);
}

CASE(pipe, data, zero_length_read_returns_zero,
	.claim = "read() of zero bytes returns 0 and consumes nothing, on an empty pipe, "
		 "too",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 read(), nbyte zero")
{
	char got = 0;
	int ends[2];
	need(pipe(ends));

	must_move(read(ends[0], &got, 0), 0);
	need(write(ends[1], "x", 1));
	must_move(read(ends[0], &got, 0), 0);
	ck_assert_uint_eq(unread(ends[0]), 1);
	must_move(read(ends[0], &got, 1), 1);
	ck_assert_int_eq(got, 'x');

	/* An error may be detected before the count is looked at. */
	need(fcntl(ends[0], F_SETFL, O_NONBLOCK));
	note_choice("empty, O_NONBLOCK", outcome(read(ends[0], &got, 0)), "0", "EAGAIN");
}

/* Notes under KEY what a write() of no byte gave: 0, or whichever error. */
static void note_zero_write(const char *key, ssize_t result)
{
	const char *const got = outcome(result);

	note_choice(key, got, "0", result == -1 ? got : "an error");
}

CASE(pipe, data, zero_length_write_recorded,
	.claim = "write() of zero bytes to an empty, a full and a readerless pipe, whose "
		 "result is unspecified, returns 0 or an error, never a count of bytes",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 write(), nbyte zero and not a regular file: unspecified; "
		"RETURN VALUE: never greater than nbyte")
{
	int ends[2];
	need(pipe2(ends, O_NONBLOCK));
	handler_install(SIGPIPE, 0);

	note_zero_write("empty", write(ends[1], "", 0));
	need(fill(ends[1]));
	note_zero_write("full", write(ends[1], "", 0));
	need(close(ends[0]));
	note_zero_write("no reader", write(ends[1], "", 0));
	note_choice("SIGPIPE", handler_count_here() ? "yes" : "no", "yes", "no");
}

CASE(pipe, data, readv_writev_gather_scatter_in_order,
	.claim = "writev() puts its vectors into the pipe in order, and readv() fills "
		 "its own in order",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 readv(), writev()")
{
	struct iovec from[] = {
		{(char *)"ab", 2}, {(char *)"cdefg", 5}, {(char *)"hij", 3}};
	char a[1], b[4], c[2], d[10];
	struct iovec to[] = {{a, 1}, {b, 4}, {c, 2}, {d, 10}};
	int ends[2];
	need(pipe(ends));

	must_move(writev(ends[1], from, 3), 10);
	must_move(readv(ends[0], to, 4), 10);
	ck_assert_mem_eq(a, "a", 1);
	ck_assert_mem_eq(b, "bcde", 4);
	ck_assert_mem_eq(c, "fg", 2);
	ck_assert_mem_eq(d, "hij", 3);
}

/*
 * data_packets: pipes in packet mode (O_DIRECT), where each write is a message.
 */
#include "assay.h"

#include <fcntl.h>
#include <unistd.h>

#include "stream.h"

CASE(pipe, data, packet_mode_preserves_boundaries,
	.claim = "on an O_DIRECT pipe each write() of at most PIPE_BUF bytes is a "
		 "packet, and each read() returns one",
	.level = LEVEL_LINUX, .spec = "pipe(2) O_DIRECT")
{
	char got[100];
	int ends[2];
	need(pipe2(ends, O_DIRECT));
	need(write(ends[1], "abcd", 4));
	need(write(ends[1], "ef", 2));

	must_move(read(ends[0], got, sizeof(got)), 4);
	ck_assert_mem_eq(got, "abcd", 4);
	must_move(read(ends[0], got, sizeof(got)), 2);
	ck_assert_mem_eq(got, "ef", 2);
}

CASE(pipe, data, packet_mode_short_read_discards_rest,
	.claim = "on an O_DIRECT pipe a read() shorter than the packet discards the rest "
		 "of it, and nothing of the next",
	.level = LEVEL_LINUX, .spec = "pipe(2) O_DIRECT")
{
	char got[100];
	int ends[2];
	need(pipe2(ends, O_DIRECT | O_NONBLOCK));
	need(write(ends[1], "abcd", 4));
	need(write(ends[1], "ef", 2));

	must_move(read(ends[0], got, 1), 1);
	ck_assert_int_eq(got[0], 'a');
	must_move(read(ends[0], got, sizeof(got)), 2);
	ck_assert_mem_eq(got, "ef", 2);
	must_fail(read(ends[0], got, sizeof(got)), EAGAIN);
}

CASE(pipe, data, packet_mode_splits_large_writes,
	.claim = "on an O_DIRECT pipe a write() above PIPE_BUF becomes packets of at "
		 "most PIPE_BUF bytes",
	.level = LEVEL_LINUX, .spec = "pipe(2) O_DIRECT")
{
	enum { EXCESS = 904 };
	unsigned char got[2 * PIPE_BUF];
	unsigned char *bytes = pattern_new(PIPE_BUF + EXCESS);
	int ends[2];
	need(pipe2(ends, O_DIRECT));

	must_move(write(ends[1], bytes, PIPE_BUF + EXCESS), PIPE_BUF + EXCESS);
	must_move(read(ends[0], got, sizeof(got)), PIPE_BUF);
	pattern_check(got, PIPE_BUF, 0);
	must_move(read(ends[0], got, sizeof(got)), EXCESS);
	pattern_check(got, EXCESS, PIPE_BUF);
	free(bytes);
}

CASE(pipe, data, packet_mode_toggled_by_fcntl,
	.claim = "F_SETFL with O_DIRECT makes each later write() to an empty pipe a "
		 "packet, and without it part of the stream again",
	.level = LEVEL_LINUX, .spec = "pipe(2) O_DIRECT (set with fcntl(2))")
{
	char got[100];
	int ends[2];
	need(pipe(ends));

	need(fcntl(ends[1], F_SETFL, O_DIRECT));
	need(write(ends[1], "abcd", 4));
	need(write(ends[1], "ef", 2));
	must_move(read(ends[0], got, sizeof(got)), 4);
	must_move(read(ends[0], got, sizeof(got)), 2);

	need(fcntl(ends[1], F_SETFL, 0));
	need(write(ends[1], "ghij", 4));
	need(write(ends[1], "kl", 2));
	must_move(read(ends[0], got, sizeof(got)), 6);
	ck_assert_mem_eq(got, "ghijkl", 6);
}

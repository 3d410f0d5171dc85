/*
 * peer_death: what the survivors see when a process that uses the pipe is killed.
 */
#include "assay.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "records.h"

static void write_abc_and_rest(void *arg)
{
	const int *ends = arg;

	need(close(ends[0]));
	need(write(ends[1], "abc", 3));
	peer_rest();
}

static void read_abc_and_end_of_file(void *arg)
{
	const int *ends = arg;
	char got[100];

	must_move(read(ends[0], got, sizeof(got)), 3);
	ck_assert_mem_eq(got, "abc", 3);
	must_move(read(ends[0], got, sizeof(got)), 0);
}

CASE(pipe, peer_death, reader_sees_eof_after_writer_killed,
	.claim = "when the only writer is killed, a reader gets what it had written and "
		 "then end-of-file, whether it was blocked or not",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 _exit() (descriptors are closed), read()",
	.needs = NEED_BLOCK_PROOF)
{
	int blocked[2], pending[2];
	need(pipe(blocked));
	need(pipe(pending));

	struct peer writer = peer_start(write_abc_and_rest, blocked);
	need(close(blocked[1]));
	peer_wait_resting(&writer);
	struct peer reader = peer_start(read_abc_and_end_of_file, blocked);
	peer_wait_blocked(&reader, "read");
	peer_kill(&writer, SIGKILL);
	peer_join(&reader);

	writer = peer_start(write_abc_and_rest, pending);
	need(close(pending[1]));
	peer_wait_resting(&writer);
	peer_kill(&writer, SIGKILL);
	read_abc_and_end_of_file(pending);
}

static const char atom[PIPE_BUF];

static void keep_read_end(void *arg)
{
	const int *ends = arg;

	need(close(ends[1]));
	peer_rest();
}

static void write_without_reader(void *arg)
{
	const int *ends = arg;

	handler_install(SIGPIPE, SA_RESTART);
	need(close(ends[0]));
	must_fail(write(ends[1], atom, PIPE_BUF), EPIPE);
	ck_assert_int_eq(handler_count_here(), 1);
}

CASE(pipe, peer_death, writer_gets_epipe_after_reader_killed,
	.claim = "when the only reader is killed, a writer blocked on the full pipe "
		 "fails with EPIPE and gets SIGPIPE",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 write(), ERRORS, EPIPE; _exit()",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));
	need(fill(ends[1]));

	struct peer reader = peer_start(keep_read_end, ends);
	struct peer writer = peer_start(write_without_reader, ends);
	need(close(ends[0]));
	peer_wait_resting(&reader);
	peer_wait_blocked(&writer, "write");

	peer_kill(&reader, SIGKILL);
	peer_join(&writer);
}

struct endless_writer {
	int ends[2];
	unsigned number;
};

static void write_records_for_ever(void *arg)
{
	const struct endless_writer *writer = arg;
	struct record record;

	need(close(writer->ends[0]));
	for (uint32_t n = 0;; n++) {
		const size_t size = record_make(&record, writer->number, n);

		must_move(write(writer->ends[1], &record, size), size);
	}
}

enum { VICTIMS = 3 };

/* Starts VICTIMS writers of one pipe, kills one after each KILL_AFTER records, and reads
 * and checks what they left. */
static void kill_writers(int kill_after)
{
	struct endless_writer writer;
	struct peer victims[VICTIMS];
	need(pipe(writer.ends));
	struct record_reader reader = {.fd = writer.ends[0]};

	for (unsigned i = 0; i < VICTIMS; i++) {
		writer.number = i;
		victims[i] = peer_start(write_records_for_ever, &writer);
	}
	need(close(writer.ends[1]));
	for (int i = 0; i < VICTIMS; i++) {
		for (int k = 0; k < kill_after; k++)
			ck_assert_msg(record_read(&reader),
				"end of file with a writer alive");
		peer_kill(&victims[i], SIGKILL);
	}
	while (record_read(&reader))
		continue;
	need(close(writer.ends[0]));
}

CASE(pipe, peer_death, killed_writer_leaves_whole_atomic_records,
	.claim = "writers of records of at most PIPE_BUF bytes, killed at any moment, "
		 "leave only whole records in the pipe",
	.level = LEVEL_LINUX,
	.spec = "pipe(7) PIPE_BUF (POSIX.1 write() does not speak of a killed writer)")
{
	static const int moments[] = {0, 1, 2, 5, 17, 40};

	for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++)
		kill_writers(moments[i]);
}

static void keep_write_end(void *arg)
{
	const int *ends = arg;

	need(close(ends[0]));
	peer_rest();
	need(write(ends[1], "x", 1));
}

CASE(pipe, peer_death, surviving_duplicate_prevents_eof,
	.claim = "when one of two writers is killed, the read end is not at end-of-file "
		 "and the other's data arrives",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 read(), empty pipe that some process has open for writing")
{
	char got = 0;
	int ends[2];
	need(pipe2(ends, O_NONBLOCK));

	struct peer victim = peer_start(keep_write_end, ends);
	struct peer survivor = peer_start(keep_write_end, ends);
	need(close(ends[1]));
	peer_wait_resting(&victim);
	peer_wait_resting(&survivor);

	peer_kill(&victim, SIGKILL);
	must_fail(read(ends[0], &got, 1), EAGAIN);
	peer_resume(&survivor);
	peer_join(&survivor);
	must_move(read(ends[0], &got, 1), 1);
	ck_assert_int_eq(got, 'x');
	must_move(read(ends[0], &got, 1), 0);
}

static void read_one_byte(void *arg)
{
	const int *ends = arg;
	char got = 0;

	must_move(read(ends[0], &got, 1), 1);
	ck_assert_int_eq(got, 'x');
}

static void write_pipe_buf(void *arg)
{
	const int *ends = arg;

	must_move(write(ends[1], atom, PIPE_BUF), PIPE_BUF);
}

CASE(pipe, peer_death, killed_while_blocked_leaves_pipe_usable,
	.claim = "killing the first of two processes blocked on a pipe loses no byte and "
		 "no wake-up of the other",
	.level = LEVEL_LINUX, .spec = "pipe(7), I/O on pipes and FIFOs",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));

	struct peer victim = peer_start(read_one_byte, ends);
	peer_wait_blocked(&victim, "read");
	struct peer survivor = peer_start(read_one_byte, ends);
	peer_wait_blocked(&survivor, "read");
	peer_kill(&victim, SIGKILL);
	need(write(ends[1], "x", 1));
	peer_join(&survivor);

	const size_t filled = need(fill(ends[1]));
	victim = peer_start(write_pipe_buf, ends);
	peer_wait_blocked(&victim, "write");
	survivor = peer_start(write_pipe_buf, ends);
	peer_wait_blocked(&survivor, "write");
	peer_kill(&victim, SIGKILL);
	drain(ends[0], filled);
	peer_join(&survivor);
	ck_assert_uint_eq(unread(ends[0]), PIPE_BUF);
}

/*
 * What those who talk over a FIFO see when SIGKILL takes their peer.
 */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "assay.h"
#include "fifo.h"

static void open_for_reading(void *path)
{
	need(open(path, O_RDONLY));
}

static void open_for_writing(void *path)
{
	need(open(path, O_WRONLY));
}

CASE(fifo, peer_death, killed_blocked_opener_not_counted,
	.claim = "a process that is killed while it waits in open() of a FIFO does not "
		 "count as a reader or writer afterwards",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 _exit(), consequences of process termination; open(), "
		"ENXIO; read(), pipe or FIFO without a writer",
	.needs = NEED_BLOCK_PROOF)
{
	char *path = fifo_made("f");

	struct peer reader = peer_start(open_for_reading, path);
	peer_wait_blocked(&reader, "open");
	peer_kill(&reader, SIGKILL);
	must_fail(open(path, O_WRONLY | O_NONBLOCK), ENXIO);

	struct peer writer = peer_start(open_for_writing, path);
	peer_wait_blocked(&writer, "open");
	peer_kill(&writer, SIGKILL);
	must_move(read_by_new_reader(path), 0);
}

static void write_and_rest(void *path)
{
	const int writer = need(open(path, O_WRONLY));

	need(write(writer, "abc", 3));
	peer_rest();
}

static void read_all_to_eof(void *path)
{
	const int reader = need(open(path, O_RDONLY));
	char got[3];

	ck_assert_uint_eq(read_up_to(reader, got, sizeof(got)), sizeof(got));
	ck_assert_mem_eq(got, "abc", 3);
	must_move(read(reader, got, sizeof(got)), 0);
}

CASE(fifo, peer_death, reader_sees_eof_when_writer_killed,
	.claim = "the reader of a FIFO whose only writer is killed gets what was "
		 "written, then end of file",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 _exit(), consequences of process termination; read()",
	.needs = NEED_BLOCK_PROOF)
{
	char *path = fifo_made("f");

	struct peer writer = peer_start(write_and_rest, path);
	struct peer reader = peer_start(read_all_to_eof, path);
	peer_wait_resting(&writer);
	peer_wait_blocked(&reader, "read");

	peer_kill(&writer, SIGKILL);
	peer_join(&reader);
}

static void open_and_read_byte(void *path)
{
	const int reader = need(open(path, O_RDONLY));
	char got;

	peer_rest();
	must_move(read(reader, &got, 1), 1);
	ck_assert_int_eq(got, 'x');
}

CASE(fifo, peer_death, writer_sees_epipe_when_reader_killed,
	.claim = "write() to a FIFO whose only reader was killed raises SIGPIPE and "
		 "fails with EPIPE, and works again when there is a new reader",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 _exit(), consequences of process termination; write(), "
		"EPIPE")
{
	char *path = fifo_made("f");

	handler_install(SIGPIPE, 0);
	struct peer first = peer_start(open_and_read_byte, path);
	const int writer = need(open(path, O_WRONLY));
	peer_wait_resting(&first);
	peer_kill(&first, SIGKILL);
	must_fail(write(writer, "x", 1), EPIPE);
	ck_assert_int_eq(handler_count_here(), 1);

	struct peer second = peer_start(open_and_read_byte, path);
	peer_wait_resting(&second);
	must_move(write(writer, "x", 1), 1);
	peer_resume(&second);
	peer_join(&second);
}

/*
 * A suite of one's own: two claims about a pipe and one table of rows.
 */
#include <assay.h>
#include <fcntl.h>
#include <unistd.h>

static void read_one_byte(void *arg)
{
	const int *ends = arg;
	char got = 0;

	must_move(read(ends[0], &got, 1), 1);
	ck_assert_int_eq(got, 'x');
}

CASE(mine, blocking, read_waits_while_empty,
	.claim = "read() on an empty pipe waits until a writer supplies a byte",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 read(), pipes, O_NONBLOCK clear",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));

	struct peer reader = peer_start(read_one_byte, ends);
	peer_wait_blocked(&reader, "read");

	need(write(ends[1], "x", 1));
	peer_join(&reader);
}

CASE(mine, limits, full_pipe_refuses_one_more_byte,
	.claim = "write() to a full pipe with O_NONBLOCK set fails with EAGAIN",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 write(), pipes, O_NONBLOCK set")
{
	int ends[2];
	need(pipe(ends));
	need(fcntl(ends[1], F_SETFL, O_NONBLOCK));

	note("capacity", "%zu", need(fill(ends[1])));
	must_fail(write(ends[1], "x", 1), EAGAIN);
}

static const struct {
	const char *name;
	int whence;
} origins[] = {
	{"from-start", SEEK_SET},
	{"from-here", SEEK_CUR},
	{"from-end", SEEK_END},
};

CASE_EACH(mine, errors, lseek_on_a_pipe, origins,
	.claim = "lseek() on a pipe fails with ESPIPE",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 lseek(), ERRORS")
{
	int ends[2];
	need(pipe(ends));

	must_fail(lseek(ends[0], 0, row->whence), ESPIPE);
}

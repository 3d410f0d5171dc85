/*
 * blocking_splice: when splice() and vmsplice() wait on a pipe.
 */
#include "assay.h"

#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

#include "stream.h"

struct pipes {
	int from[2], to[2];
};

static void splice_one_byte(void *arg)
{
	const struct pipes *pipes = arg;

	must_move(splice(pipes->from[0], NULL, pipes->to[1], NULL, 1, 0), 1);
}

CASE(pipe, blocking, splice_to_full_pipe_nonblock_eagain,
	.claim = "splice() into a full pipe fails with EAGAIN under SPLICE_F_NONBLOCK, "
		 "and waits for room without it",
	.level = LEVEL_LINUX,
	.spec = "splice(2), DESCRIPTION, SPLICE_F_NONBLOCK; ERRORS, EAGAIN",
	.needs = NEED_BLOCK_PROOF)
{
	struct pipes pipes;
	char got = 0;
	need(pipe(pipes.from));
	need(pipe(pipes.to));
	need(write(pipes.from[1], "x", 1));
	const size_t filled = need(fill(pipes.to[1]));

	must_fail(splice(pipes.from[0], NULL, pipes.to[1], NULL, 1, SPLICE_F_NONBLOCK),
		EAGAIN);
	struct peer mover = peer_start(splice_one_byte, &pipes);
	peer_wait_blocked(&mover, "splice");
	drain(pipes.to[0], filled);
	peer_join(&mover);
	must_move(read(pipes.to[0], &got, 1), 1);
	ck_assert_int_eq(got, 'x');
}

static void splice_end_of_file(void *arg)
{
	const struct pipes *pipes = arg;

	need(close(pipes->from[1]));
	must_move(splice(pipes->from[0], NULL, pipes->to[1], NULL, 1, 0), 0);
}

CASE(pipe, blocking, splice_from_empty_pipe_blocks_or_eof,
	.claim = "splice() from an empty pipe waits while a writer exists, and returns 0 "
		 "once none is left",
	.level = LEVEL_LINUX, .spec = "splice(2), RETURN VALUE",
	.needs = NEED_BLOCK_PROOF)
{
	struct pipes pipes;
	need(pipe(pipes.from));
	need(pipe(pipes.to));

	struct peer mover = peer_start(splice_end_of_file, &pipes);
	peer_wait_blocked(&mover, "splice");

	need(close(pipes.from[1]));
	peer_join(&mover);
	ck_assert_uint_eq(unread(pipes.to[0]), 0);
}

static char one_byte = 'x';
static const struct iovec one_vector = {&one_byte, 1};

static void vmsplice_one_byte(void *arg)
{
	const int *ends = arg;

	must_move(vmsplice(ends[1], &one_vector, 1, 0), 1);
}

CASE(pipe, blocking, vmsplice_to_full_pipe_blocks_or_eagain,
	.claim = "vmsplice() to a full pipe fails with EAGAIN under SPLICE_F_NONBLOCK, "
		 "and waits for room without it",
	.level = LEVEL_LINUX, .spec = "vmsplice(2), SPLICE_F_NONBLOCK; ERRORS, EAGAIN",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	char got = 0;
	need(pipe(ends));
	const size_t filled = need(fill(ends[1]));

	must_fail(vmsplice(ends[1], &one_vector, 1, SPLICE_F_NONBLOCK), EAGAIN);
	struct peer mover = peer_start(vmsplice_one_byte, ends);
	peer_wait_blocked(&mover, "vmsplice");
	drain(ends[0], filled);
	peer_join(&mover);
	must_move(read(ends[0], &got, 1), 1);
	ck_assert_int_eq(got, 'x');
}

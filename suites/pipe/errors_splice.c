/*
 * pipe/errors, the calls that move data between pipes: splice, tee and vmsplice.
 */
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/uio.h>
#include <unistd.h>

#include "assay.h"

/* What a row can name as a side of a call.  A pipe with one byte in it, an empty one, and
 * a file of one byte open in three ways. */
enum side {
	SOURCE_READ,
	SOURCE_WRITE,
	SINK_READ,
	SINK_WRITE,
	FILE_BOTH,
	FILE_READ,
	FILE_WRITE,
	CLOSED,
	SIDES,
};

/* Opens all sides into FDS. */
static void sides_open(int fds[SIDES])
{
	const char *path = own_path("f");
	need(pipe2(&fds[SOURCE_READ], O_NONBLOCK));
	need(pipe2(&fds[SINK_READ], O_NONBLOCK));
	fds[FILE_BOTH] = need(open(path, O_RDWR | O_CREAT, 0600));
	fds[FILE_READ] = need(open(path, O_RDONLY));
	fds[FILE_WRITE] = need(open(path, O_WRONLY));
	fds[CLOSED] = need(dup(fds[FILE_BOTH]));
	need(close(fds[CLOSED]));
	need(write(fds[FILE_BOTH], "x", 1));
	need(lseek(fds[FILE_BOTH], 0, SEEK_SET));
	need(write(fds[SOURCE_WRITE], "x", 1));
}

static const struct {
	const char *name;
	enum side in, out;
	int in_offset, out_offset; /* whether one is given */
	int error;
} splice_errors[] = {
	{"no-pipe", FILE_BOTH, FILE_BOTH, 0, 0, EINVAL},
	{"one-pipe-on-both-sides", SOURCE_READ, SOURCE_WRITE, 0, 0, EINVAL},
	{"offset-for-input-pipe", SOURCE_READ, FILE_BOTH, 1, 0, ESPIPE},
	{"offset-for-output-pipe", FILE_BOTH, SINK_WRITE, 0, 1, ESPIPE},
	{"offset-for-first-of-two-pipes", SOURCE_READ, SINK_WRITE, 1, 0, ESPIPE},
	{"offset-for-second-of-two-pipes", SOURCE_READ, SINK_WRITE, 0, 1, ESPIPE},
	{"from-a-write-end", SOURCE_WRITE, FILE_BOTH, 0, 0, EBADF},
	{"to-a-read-end", FILE_BOTH, SINK_READ, 0, 0, EBADF},
	{"from-a-write-only-file", FILE_WRITE, SINK_WRITE, 0, 0, EBADF},
	{"to-a-read-only-file", SOURCE_READ, FILE_READ, 0, 0, EBADF},
	{"from-a-closed-descriptor", CLOSED, SINK_WRITE, 0, 0, EBADF},
	{"to-a-closed-descriptor", SOURCE_READ, CLOSED, 0, 0, EBADF},
};

CASE_EACH(pipe, errors, splice_argument_errors, splice_errors,
	.claim = "splice() fails with EINVAL without a pipe or with one pipe on both "
		 "sides, ESPIPE for an offset into a pipe, and EBADF for a wrong "
		 "direction",
	.level = LEVEL_LINUX,
	.spec = "splice(2), ERRORS")
{
	int fds[SIDES];
	loff_t in_offset = 0, out_offset = 0;
	sides_open(fds);

	must_fail(splice(fds[row->in], row->in_offset ? &in_offset : NULL, fds[row->out],
			  row->out_offset ? &out_offset : NULL, 1, SPLICE_F_NONBLOCK),
		row->error);
}

static const struct {
	const char *name;
	enum side in, out;
} tee_errors[] = {
	{"input-is-no-pipe", FILE_BOTH, SINK_WRITE},
	{"output-is-no-pipe", SOURCE_READ, FILE_BOTH},
	{"no-pipe", FILE_BOTH, FILE_BOTH},
	{"one-pipe-on-both-sides", SOURCE_READ, SOURCE_WRITE},
};

CASE_EACH(pipe, errors, tee_argument_errors, tee_errors,
	.claim = "tee() fails with EINVAL when a side is not a pipe or both are the "
		 "same pipe",
	.level = LEVEL_LINUX,
	.spec = "tee(2), ERRORS, EINVAL")
{
	int fds[SIDES];
	sides_open(fds);

	must_fail(tee(fds[row->in], fds[row->out], 1, SPLICE_F_NONBLOCK), EINVAL);
}

static const struct {
	const char *name;
	enum side out;
	size_t segments;
	int error;
} vmsplice_errors[] = {
	{"file", FILE_BOTH, 1, EBADF},
	{"closed-descriptor", CLOSED, 1, EBADF},
	{"too-many-segments", SINK_WRITE, IOV_MAX + 1, EINVAL},
};

CASE_EACH(pipe, errors, vmsplice_argument_errors, vmsplice_errors,
	.claim = "vmsplice() fails with EBADF on what is not a pipe and with EINVAL "
		 "for more than IOV_MAX segments",
	.level = LEVEL_LINUX,
	.spec = "vmsplice(2), ERRORS")
{
	int fds[SIDES];
	char byte = 'x';
	struct iovec *segments = arena((IOV_MAX + 1) * sizeof(*segments));
	for (int i = 0; i <= IOV_MAX; i++)
		segments[i] = (struct iovec){&byte, 1};
	sides_open(fds);

	must_fail(vmsplice(fds[row->out], segments, row->segments, SPLICE_F_NONBLOCK),
		row->error);
}

CASE(pipe, errors, splice_to_readerless_pipe_epipe,
	.claim = "splice() into a pipe without readers fails with EPIPE and raises "
		 "SIGPIPE",
	.level = LEVEL_LINUX,
	.spec = "splice(2); pipe(7), I/O on pipes and FIFOs")
{
	int fds[SIDES];
	sides_open(fds);
	need(close(fds[SINK_READ]));
	handler_install(SIGPIPE, 0);

	must_fail(splice(fds[SOURCE_READ], NULL, fds[SINK_WRITE], NULL, 1, 0), EPIPE);
	ck_assert_int_eq(handler_count_here(), 1);
}

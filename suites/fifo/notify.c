/*
 * What poll() and select() say of a FIFO whose writers come and go.
 */
#include <fcntl.h>
#include <poll.h>
#include <sys/select.h>
#include <unistd.h>

#include "assay.h"
#include "fifo.h"

/* The events that are there now. */
static short poll_now(int fd, short events)
{
	struct pollfd watched = {.fd = fd, .events = events};

	need(poll(&watched, 1, 0));
	return watched.revents;
}

CASE(fifo, notify, poll_quiet_before_first_writer,
	.claim = "poll() of a FIFO that no writer has opened yet reports neither POLLIN "
		 "nor POLLHUP, although read() returns 0",
	.level = LEVEL_LINUX,
	.spec = "fifo(7), poll(2); measured on 6.18")
{
	const int reader = need(open(fifo_made("f"), O_RDONLY | O_NONBLOCK));
	char got;

	ck_assert_int_eq(poll_now(reader, POLLIN), 0);
	must_move(read(reader, &got, 1), 0);
	ck_assert_int_eq(poll_now(reader, POLLIN), 0);
}

/* Whether select() reports FD as readable now. */
static int is_readable(int fd)
{
	struct timeval at_once = {0};
	fd_set readable;

	FD_ZERO(&readable);
	FD_SET(fd, &readable);
	need(select(fd + 1, &readable, NULL, NULL, &at_once));
	return FD_ISSET(fd, &readable) != 0;
}

CASE(fifo, notify, select_readable_without_writer,
	.claim = "select() reports a FIFO that nobody has open for writing as readable, "
		 "as a read() would return 0 at once",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pselect(): ready when a read with O_NONBLOCK clear would "
		"not block; read()")
{
	const char *path = fifo_made("f");
	const int reader = need(open(path, O_RDONLY | O_NONBLOCK));

	const int readable_before = is_readable(reader);
	const int writer = need(open(path, O_WRONLY));
	ck_assert_int_eq(is_readable(reader), 0);
	need(close(writer));
	ck_assert_int_eq(is_readable(reader), 1);

	ck_assert_int_eq(readable_before, 1);
}

CASE(fifo, notify, poll_hup_when_last_writer_left,
	.claim = "poll() of a FIFO open for reading reports POLLHUP after the last "
		 "writer has closed it, until somebody opens it for writing, and not "
		 "before the first",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 poll(), POLLHUP and RATIONALE")
{
	const char *path = fifo_made("f");
	const int reader = need(open(path, O_RDONLY | O_NONBLOCK));

	ck_assert_int_eq(poll_now(reader, 0), 0);
	const int first = need(open(path, O_WRONLY));
	const int last = need(open(path, O_WRONLY));
	need(close(first));
	ck_assert_int_eq(poll_now(reader, 0), 0);
	need(close(last));
	ck_assert_int_eq(poll_now(reader, 0), POLLHUP);

	need(open(path, O_WRONLY));
	ck_assert_int_eq(poll_now(reader, 0), 0);
}

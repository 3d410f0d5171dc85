/*
 * When open() and read() of a FIFO wait, and what ends the waiting.
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "assay.h"
#include "fifo.h"

enum { READERS = 3 };

static void open_for_reading(void *path)
{
	must_succeed(open(path, O_RDONLY));
}

static void open_for_writing(void *path)
{
	must_succeed(open(path, O_WRONLY));
}

CASE(fifo, blocking, open_rdonly_waits_for_writer,
	.claim = "open(O_RDONLY) waits until the FIFO is opened for writing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 open(), O_NONBLOCK clear",
	.needs = NEED_BLOCK_PROOF)
{
	char *path = fifo_made("f");

	struct peer reader = peer_start(open_for_reading, path);
	peer_wait_blocked(&reader, "open");

	must_succeed(open(path, O_WRONLY));
	peer_join(&reader);
}

CASE(fifo, blocking, open_wronly_waits_for_reader,
	.claim = "open(O_WRONLY) waits until the FIFO is opened for reading",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 open(), O_NONBLOCK clear",
	.needs = NEED_BLOCK_PROOF)
{
	char *path = fifo_made("f");

	struct peer writer = peer_start(open_for_writing, path);
	peer_wait_blocked(&writer, "open");

	must_succeed(open(path, O_RDONLY));
	peer_join(&writer);
}

CASE(fifo, blocking, open_rdonly_nonblock_returns_at_once,
	.claim = "open(O_RDONLY | O_NONBLOCK) succeeds although nobody has the FIFO open "
		 "for writing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 open(), O_NONBLOCK set")
{
	must_succeed(open(fifo_made("f"), O_RDONLY | O_NONBLOCK));
}

CASE(fifo, blocking, open_wronly_nonblock_without_reader_enxio,
	.claim = "open(O_WRONLY | O_NONBLOCK) fails with ENXIO until somebody has the "
		 "FIFO open for reading",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 open(), O_NONBLOCK set; ERRORS ENXIO")
{
	const char *path = fifo_made("f");

	must_fail(open(path, O_WRONLY | O_NONBLOCK), ENXIO);
	need(open(path, O_RDONLY | O_NONBLOCK));
	must_succeed(open(path, O_WRONLY | O_NONBLOCK));
}

CASE(fifo, blocking, one_writer_releases_all_waiting_readers,
	.claim = "one open for writing releases everybody who waits in open for reading",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 open(), O_NONBLOCK clear: until a thread opens for writing",
	.needs = NEED_BLOCK_PROOF)
{
	char *path = fifo_made("f");
	struct peer readers[READERS];

	for (int i = 0; i < READERS; i++)
		readers[i] = peer_start(open_for_reading, path);
	for (int i = 0; i < READERS; i++)
		peer_wait_blocked(&readers[i], "open");

	need(open(path, O_WRONLY));
	for (int i = 0; i < READERS; i++)
		peer_join(&readers[i]);
}

static void open_and_read_eof(void *path)
{
	const int reader = must_succeed(open(path, O_RDONLY));
	char got;

	must_move(read(reader, &got, 1), 0);
}

CASE(fifo, blocking, fleeting_writer_releases_reader,
	.claim = "a writer that opens the FIFO and closes it at once releases the reader "
		 "that waits in open, which then reads end of file",
	.level = LEVEL_LINUX,
	.spec = "fifo(7); Linux counts openers, so that a waiting open misses none",
	.needs = NEED_BLOCK_PROOF)
{
	char *path = fifo_made("f");

	struct peer reader = peer_start(open_and_read_eof, path);
	peer_wait_blocked(&reader, "open");

	const int writer = need(open(path, O_WRONLY | O_NONBLOCK));
	need(close(writer));
	peer_join(&reader);
}

struct opening {
	const char *path;
	int flags;
};

static void be_interrupted_in_open(void *arg)
{
	const struct opening *opening = arg;

	handler_install(SIGUSR1, 0);
	must_fail(open(opening->path, opening->flags), EINTR);
	peer_rest();
}

/* Starts who waits in open(PATH, FLAGS) and is interrupted; it is resting afterwards. */
static struct peer start_and_interrupt(const char *path, int flags)
{
	struct opening opening = {path, flags};

	struct peer opener = peer_start(be_interrupted_in_open, &opening);
	peer_wait_blocked(&opener, "open");
	peer_signal(&opener, SIGUSR1);
	peer_wait_resting(&opener);
	return opener;
}

CASE(fifo, blocking, open_eintr_leaves_no_ghost_opener,
	.claim = "an open() that waits, for a reader or a writer, and is interrupted by "
		 "a handler without SA_RESTART fails with EINTR, and its caller does "
		 "not count as an opener afterwards",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 open(), ERRORS EINTR and ENXIO; read(), pipe or FIFO "
		"without a writer",
	.needs = NEED_BLOCK_PROOF)
{
	const char *path = fifo_made("f");

	struct peer reader = start_and_interrupt(path, O_RDONLY);
	must_fail(open(path, O_WRONLY | O_NONBLOCK), ENXIO);
	peer_resume(&reader);
	peer_join(&reader);

	struct peer writer = start_and_interrupt(path, O_WRONLY);
	must_move(read_by_new_reader(path), 0);
	peer_resume(&writer);
	peer_join(&writer);
}

static void open_with_restart(void *arg)
{
	const struct opening *opening = arg;

	handler_install(SIGUSR1, SA_RESTART);
	must_succeed(open(opening->path, opening->flags));
	ck_assert_int_eq(handler_count_here(), 1);
}

/* Who waits in open(PATH, FLAGS) and has been through its handler waits on, until PATH is
 * opened with PARTNER. */
static void restart_until(const char *path, int flags, int partner)
{
	struct opening opening = {path, flags};

	struct peer opener = peer_start(open_with_restart, &opening);
	peer_wait_blocked(&opener, "open");
	peer_signal(&opener, SIGUSR1);
	handler_wait(&opener, 1);
	peer_wait_blocked(&opener, "open");

	const int fd = must_succeed(open(path, partner));
	peer_join(&opener);
	need(close(fd));
}

CASE(fifo, blocking, open_restarts_with_sa_restart,
	.claim = "an open() that waits, for a reader or a writer, goes on waiting after "
		 "a handler with SA_RESTART",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 sigaction(), SA_RESTART; signal(7)",
	.needs = NEED_BLOCK_PROOF)
{
	const char *path = fifo_made("f");

	restart_until(path, O_RDONLY, O_WRONLY | O_NONBLOCK);
	restart_until(path, O_WRONLY, O_RDONLY | O_NONBLOCK);
}

static void be_cancelled(struct peer *opener)
{
	peer_wait_blocked(opener, "open");
	thread_cancel(opener);
	ck_assert_ptr_eq(thread_join_value(opener), PTHREAD_CANCELED);
}

CASE(fifo, blocking, blocked_open_is_cancellable,
	.claim = "a thread that waits in open() of a FIFO, for a reader or a writer, can "
		 "be cancelled and does not count as an opener afterwards",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 System Interfaces 2.9.5.2, cancellation points",
	.needs = NEED_BLOCK_PROOF)
{
	char *path = fifo_made("f");

	struct peer reader = thread_start(open_for_reading, path);
	be_cancelled(&reader);
	must_fail(open(path, O_WRONLY | O_NONBLOCK), ENXIO);

	struct peer writer = thread_start(open_for_writing, path);
	be_cancelled(&writer);
	must_move(read_by_new_reader(path), 0);
}

CASE(fifo, blocking, read_nonblock_without_writer_returns_zero,
	.claim = "read() of a FIFO that nobody has open for writing returns 0, whether "
		 "O_NONBLOCK is set or not",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 read(), pipe or FIFO")
{
	const char *path = fifo_made("f");
	const int reader = need(open(path, O_RDONLY | O_NONBLOCK));
	char got;

	must_move(read(reader, &got, 1), 0);
	need(fcntl(reader, F_SETFL, 0));
	must_move(read(reader, &got, 1), 0);

	const int writer = need(open(path, O_WRONLY));
	need(close(writer));
	must_move(read(reader, &got, 1), 0);
	need(fcntl(reader, F_SETFL, O_NONBLOCK));
	must_move(read(reader, &got, 1), 0);
}

CASE(fifo, blocking, read_waits_again_after_new_writer,
	.claim = "read() after end of file gives EAGAIN again, until data comes, once "
		 "the FIFO has been opened for writing anew",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 read(), pipe or FIFO")
{
	const char *path = fifo_made("f");
	const int reader = need(open(path, O_RDONLY | O_NONBLOCK));
	const int first = need(open(path, O_WRONLY));
	char got;

	need(close(first));
	must_move(read(reader, &got, 1), 0);

	const int second = need(open(path, O_WRONLY));
	must_fail(read(reader, &got, 1), EAGAIN);
	need(write(second, "x", 1));
	must_move(read(reader, &got, 1), 1);
	ck_assert_int_eq(got, 'x');
}

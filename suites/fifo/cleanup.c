/*
 * What removing, renaming and closing do to a FIFO and to those who have it open.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assay.h"
#include "fifo.h"

static void make_use_and_exit(void *path)
{
	need(mkfifo(path, 0600));
	const int reader = need(open(path, O_RDONLY | O_NONBLOCK));
	const int writer = need(open(path, O_WRONLY));

	need(write(writer, "x", 1));
	need(close(reader));
}

CASE(fifo, cleanup, name_persists_after_last_close,
	.claim = "the name of a FIFO stays when all have closed it and its maker has "
		 "exited",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifo() and close(), DESCRIPTION")
{
	const char *path = own_path("f");
	struct stat left;

	struct peer maker = peer_start(make_use_and_exit, (void *)path);
	peer_join(&maker);

	must_succeed(lstat(path, &left));
	ck_assert_msg(S_ISFIFO(left.st_mode), "the type is %#o", left.st_mode & S_IFMT);
}

CASE(fifo, cleanup, unlink_while_open_keeps_channel,
	.claim = "unlink() of a FIFO removes the name, and those who have it open go on "
		 "talking",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 unlink(), DESCRIPTION")
{
	const char *path = fifo_made("f");
	const int reader = need(open(path, O_RDONLY | O_NONBLOCK));
	const int writer = need(open(path, O_WRONLY));
	struct stat file;
	char got;

	must_succeed(unlink(path));
	must_fail(lstat(path, &file), ENOENT);
	need(fstat(reader, &file));
	ck_assert_uint_eq(file.st_nlink, 0);

	must_move(write(writer, "x", 1), 1);
	must_move(read(reader, &got, 1), 1);
	ck_assert_int_eq(got, 'x');
}

CASE(fifo, cleanup, recreated_name_is_new_pipe,
	.claim = "a FIFO made anew under an unlinked name has no part in the old one",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 unlink() and mkfifo(), DESCRIPTION")
{
	const char *path = fifo_made("f");

	need(open(path, O_RDONLY | O_NONBLOCK));
	need(unlink(path));
	need(mkfifo(path, 0600));
	must_fail(open(path, O_WRONLY | O_NONBLOCK), ENXIO);
}

static void open_for_reading(void *path)
{
	must_succeed(open(path, O_RDONLY));
}

static void open_for_writing(void *path)
{
	must_succeed(open(path, O_WRONLY));
}

/* Unlinks PATH, in whose open() OPENER waits; it waits on until somebody opens REFERENCE,
 * another name of the FIFO, with FLAGS. */
static void unlink_and_release(const char *path, struct peer *opener,
	const char *reference, int flags)
{
	peer_wait_blocked(opener, "open");

	need(unlink(path));
	peer_still_blocked(opener, "open");
	must_succeed(open(reference, flags));
	peer_join(opener);
}

CASE(fifo, cleanup, unlink_does_not_release_blocked_open,
	.claim = "unlink() of a FIFO does not end an open() that waits, for a reader or "
		 "a writer; who still has a reference to the FIFO can be that peer",
	.level = LEVEL_LINUX,
	.spec = "fifo(7), unlink(2); proc(5), /proc/PID/fd",
	.needs = NEED_BLOCK_PROOF | NEED_PROC)
{
	char *read_from = fifo_made("r"), *written = fifo_made("w");
	char reference[32];

	need(snprintf(reference, sizeof(reference), "/proc/self/fd/%d",
		need(open(read_from, O_PATH))));
	struct peer reader = peer_start(open_for_reading, read_from);
	unlink_and_release(read_from, &reader, reference, O_WRONLY | O_NONBLOCK);

	need(snprintf(reference, sizeof(reference), "/proc/self/fd/%d",
		need(open(written, O_PATH))));
	struct peer writer = peer_start(open_for_writing, written);
	unlink_and_release(written, &writer, reference, O_RDONLY | O_NONBLOCK);
}

CASE(fifo, cleanup, rename_keeps_channel,
	.claim = "rename() of a FIFO leaves those who have it open connected, and the "
		 "new name reaches them",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 rename(), DESCRIPTION")
{
	const char *path = fifo_made("f"), *moved = own_path("moved");
	const int reader = need(open(path, O_RDONLY | O_NONBLOCK));
	const int old_writer = need(open(path, O_WRONLY));
	char got[3];

	must_succeed(rename(path, moved));
	const int new_writer = must_succeed(open(moved, O_WRONLY | O_NONBLOCK));
	must_move(write(old_writer, "a", 1), 1);
	must_move(write(new_writer, "b", 1), 1);
	must_move(read(reader, got, sizeof(got)), 2);
	ck_assert_mem_eq(got, "ab", 2);
}

HELPER(fifo_rest)
{
	(void)argc;
	(void)argv;
	peer_rest();
	return 0;
}

static void write_and_exec(void *path)
{
	const int writer = need(open(path, O_WRONLY | O_CLOEXEC));

	need(write(writer, "x", 1));
	peer_exec("fifo_rest", NULL);
}

CASE(fifo, cleanup, cloexec_open_closed_by_exec,
	.claim = "exec closes a FIFO that was opened with O_CLOEXEC, so the reader comes "
		 "to the end of file",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 open(), O_CLOEXEC; exec, DESCRIPTION",
	.needs = NEED_EXEC)
{
	char *path = fifo_made("f"), got[2];
	const int reader = need(open(path, O_RDONLY | O_NONBLOCK));

	struct peer writer = peer_start(write_and_exec, path);
	peer_wait_exec(&writer);
	peer_wait_resting(&writer);

	need(read(reader, got, sizeof(got)));
	must_move(read(reader, got, sizeof(got)), 0);
	peer_resume(&writer);
	peer_join(&writer);
}

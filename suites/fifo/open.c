/*
 * What open() of a FIFO reaches, and what its flags do.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assay.h"
#include "fifo.h"

static void write_hello(void *path)
{
	const int writer = must_succeed(open(path, O_WRONLY));

	must_move(write(writer, "hello", 5), 5);
}

CASE(fifo, open, open_o_rdonly_and_o_wronly_rendezvous,
	.claim = "a FIFO that one process opens for reading and another for writing "
		 "carries the bytes from the writer to the reader",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 open(), O_NONBLOCK clear; fifo(7)")
{
	char *path = fifo_made("f");
	char got[6];

	struct peer writer = peer_start(write_hello, path);
	const int reader = must_succeed(open(path, O_RDONLY));

	ck_assert_uint_eq(read_up_to(reader, got, sizeof(got)), 5);
	ck_assert_mem_eq(got, "hello", 5);
	peer_join(&writer);
}

CASE(fifo, open, open_o_rdwr_recorded,
	.claim = "open() of a FIFO with O_RDWR is refused, or succeeds without a peer",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 open(), O_RDWR: undefined for a FIFO; fifo(7)")
{
	const char *path = fifo_made("f");
	char got;

	const int waiting = open(path, O_RDWR);
	note_choice("O_RDWR", waiting == -1 ? errno_name(errno) : "opened", "opened",
		"EINVAL", "EACCES", "ENXIO");
	const int nonblocking = open(path, O_RDWR | O_NONBLOCK);
	note_choice("O_RDWR with O_NONBLOCK",
		nonblocking == -1 ? errno_name(errno) : "opened", "opened", "EINVAL",
		"EACCES", "ENXIO");

	/* Refused, it fails with EBADF and does not talk to itself. */
	const bool talks =
		write(nonblocking, "x", 1) == 1 && read(nonblocking, &got, 1) == 1;
	note_choice("talks to itself", talks ? "yes" : "no", "yes", "no");
}

CASE(fifo, open, o_excl_creat_on_fifo_eexist,
	.claim = "open() of an existing FIFO with O_CREAT and O_EXCL fails with EEXIST "
		 "and does not wait for a peer",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 open(), ERRORS EEXIST")
{
	const char *path = fifo_made("f");

	must_fail(open(path, O_RDONLY | O_CREAT | O_EXCL, 0600), EEXIST);
	must_fail(open(path, O_WRONLY | O_CREAT | O_EXCL, 0600), EEXIST);
}

CASE(fifo, open, o_creat_opens_existing_fifo,
	.claim = "open() of an existing FIFO with O_CREAT but not O_EXCL opens that FIFO",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 open(), O_CREAT")
{
	const char *path = fifo_made("f");
	struct stat made, opened;

	need(stat(path, &made));
	const int reader =
		must_succeed(open(path, O_RDONLY | O_NONBLOCK | O_CREAT, 0644));

	need(fstat(reader, &opened));
	ck_assert_msg(S_ISFIFO(opened.st_mode), "the type is %#o",
		opened.st_mode & S_IFMT);
	ck_assert_uint_eq(opened.st_ino, made.st_ino);
	ck_assert_uint_eq(opened.st_mode, made.st_mode);
}

CASE(fifo, open, o_trunc_has_no_effect,
	.claim = "open() of a FIFO with O_TRUNC leaves the bytes in it",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 open(), O_TRUNC")
{
	const char *path = fifo_made("f");
	const int reader = need(open(path, O_RDONLY | O_NONBLOCK));
	const int writer = need(open(path, O_WRONLY));
	char got[4];

	need(write(writer, "abc", 3));
	must_succeed(open(path, O_WRONLY | O_TRUNC));

	must_move(read(reader, got, sizeof(got)), 3);
	ck_assert_mem_eq(got, "abc", 3);
}

CASE(fifo, open, o_path_open_is_not_a_reader,
	.claim = "open() of a FIFO with O_PATH does not wait and counts neither as a "
		 "reader nor as a writer",
	.level = LEVEL_LINUX,
	.spec = "open(2), O_PATH")
{
	const char *path = fifo_made("f");
	char got;

	const int reference = must_succeed(open(path, O_PATH));
	must_fail(open(path, O_WRONLY | O_NONBLOCK), ENXIO);

	const int reader = need(open(path, O_RDONLY | O_NONBLOCK));
	must_move(read(reader, &got, 1), 0);
	must_fail(read(reference, &got, 1), EBADF);
}

CASE(fifo, open, hard_link_names_same_pipe,
	.claim = "two hard links to one FIFO reach the same pipe", .level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 link(), DESCRIPTION; fifo(7)")
{
	const char *path = fifo_made("f"), *other = own_path("link");
	char got;

	need(link(path, other));
	const int reader = need(open(other, O_RDONLY | O_NONBLOCK));
	const int writer = must_succeed(open(path, O_WRONLY | O_NONBLOCK));

	must_move(write(writer, "x", 1), 1);
	must_move(read(reader, &got, 1), 1);
	ck_assert_int_eq(got, 'x');
}

CASE(fifo, open, two_names_two_pipes,
	.claim = "bytes written to one FIFO do not come out of another",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifo(), DESCRIPTION; fifo(7)")
{
	const char *first = fifo_made("first"), *second = fifo_made("second");
	const int first_reader = need(open(first, O_RDONLY | O_NONBLOCK));
	const int second_reader = need(open(second, O_RDONLY | O_NONBLOCK));
	const int first_writer = need(open(first, O_WRONLY));
	char got;

	/* With a writer of its own the second says EAGAIN, not end of file. */
	need(open(second, O_WRONLY));
	must_move(write(first_writer, "x", 1), 1);

	must_fail(read(second_reader, &got, 1), EAGAIN);
	must_move(read(first_reader, &got, 1), 1);
}

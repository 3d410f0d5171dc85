/*
 * Lengths of names, inodes, pipe capacity and descriptors: the limits that a FIFO meets.
 */
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "assay.h"
#include "fifo.h"

/* As in linux/limits.h; a C library need not define a limit that may vary. */
#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

CASE(fifo, limits, mkfifo_name_max_enametoolong,
	.claim = "mkfifo() takes a name of NAME_MAX bytes and fails with ENAMETOOLONG "
		 "for one byte more",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifo(), ERRORS ENAMETOOLONG")
{
	const char *directory = directory_made("d", 0700);
	const size_t longest = (size_t)need(pathconf(directory, _PC_NAME_MAX));
	char *name = arena(longest + 2);

	need(chdir(directory));
	memset(name, 'n', longest);
	must_succeed(mkfifo(name, 0600));
	name[longest] = 'n';
	must_fail(mkfifo(name, 0600), ENAMETOOLONG);
}

CASE(fifo, limits, mkfifo_path_max_enametoolong,
	.claim = "mkfifo() takes a path of PATH_MAX - 1 bytes and fails with "
		 "ENAMETOOLONG for one of PATH_MAX bytes",
	.level = LEVEL_LINUX,
	.spec = "path_resolution(7); mkfifo(3), ENAMETOOLONG: PATH_MAX counts the null "
		"byte")
{
	char *path = arena(PATH_MAX + 1);

	need(chdir(directory_made("d", 0700)));
	for (size_t at = 0; at < PATH_MAX - 2; at += 2)
		memcpy(path + at, "./", 2);

	path[PATH_MAX - 2] = 'n';
	must_succeed(mkfifo(path, 0600));
	path[PATH_MAX - 1] = 'n';
	must_fail(mkfifo(path, 0600), ENAMETOOLONG);
}

CASE(fifo, limits, mkfifo_no_inodes_enospc,
	.claim = "mkfifo() on a file system without a free inode fails with ENOSPC and "
		 "creates nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifo(), ERRORS ENOSPC",
	.needs = NEED_PRIVATE_MOUNT)
{
	const char *small = directory_made("small", 0700);
	char name[] = "a";
	struct statvfs room;
	struct stat file;

	tmpfs_mount(small, 0, 4);
	need(chdir(small));
	need(statvfs(".", &room));
	for (; room.f_ffree > 0; room.f_ffree--, name[0]++)
		need(mkfifo(name, 0600));

	must_fail(mkfifo("one-more", 0600), ENOSPC);
	must_fail(lstat("one-more", &file), ENOENT);
}

CASE(fifo, limits, capacity_reset_after_last_close,
	.claim = "a capacity set with F_SETPIPE_SZ holds for everybody who has the FIFO "
		 "open, and is the default again once all have closed it",
	.level = LEVEL_LINUX,
	.spec = "fifo(7): one pipe object while it is open; fcntl(2), F_SETPIPE_SZ",
	.alone = "user-pipe-pages")
{
	const char *path = fifo_made("f");

	const int first = need(open(path, O_RDWR));
	const int usual = need(fcntl(first, F_GETPIPE_SZ));
	const int set = need(fcntl(first, F_SETPIPE_SZ, usual / 2));
	ck_assert_int_lt(set, usual);
	const int second = need(open(path, O_WRONLY));
	ck_assert_int_eq(fcntl(second, F_GETPIPE_SZ), set);

	need(close(first));
	ck_assert_int_eq(fcntl(second, F_GETPIPE_SZ), set);
	need(close(second));
	const int again = need(open(path, O_RDWR));
	ck_assert_int_eq(fcntl(again, F_GETPIPE_SZ), usual);
}

static void find_nobody(void *path)
{
	must_fail(open(path, O_WRONLY | O_NONBLOCK), ENXIO);
	must_move(read_by_new_reader(path), 0);
}

CASE(fifo, limits, open_emfile_does_not_wait,
	.claim = "open() of a FIFO, for reading or for writing, without a free "
		 "descriptor fails with EMFILE, and neither waits for a peer nor counts "
		 "as one",
	.level = LEVEL_LINUX,
	.spec = "open(2), ERRORS EMFILE; that it comes before the wait was measured on "
		"6.18")
{
	char *path = fifo_made("f");
	struct rlimit usual;

	need(getrlimit(RLIMIT_NOFILE, &usual));
	const int lowest = need(dup(0));
	need(close(lowest));
	limit_set(RLIMIT_NOFILE, (unsigned long long)lowest);
	must_fail(open(path, O_RDONLY), EMFILE);
	must_fail(open(path, O_WRONLY), EMFILE);

	limit_set(RLIMIT_NOFILE, usual.rlim_cur);
	struct peer prober = peer_start(find_nobody, path);
	peer_join(&prober);
}

/*
 * Wrong paths, descriptors, flags and file systems.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assay.h"
#include "fifo.h"

CASE(fifo, errors, mkfifo_missing_prefix_enoent,
	.claim = "mkfifo() fails with ENOENT for a path whose directory does not exist, "
		 "and for an empty path",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifo(), ERRORS ENOENT")
{
	must_fail(mkfifo(path_below(own_path("missing"), "f"), 0600), ENOENT);
	must_fail(mkfifo("", 0600), ENOENT);

	/* No standard says which error a removed directory gives. */
	const char *removed = directory_made("removed", 0700);
	const int fd = need(open(removed, O_RDONLY | O_DIRECTORY));
	need(rmdir(removed));
	const int result = mkfifoat(fd, "f", 0600);
	note("in a removed directory", "%s",
		result == 0 ? "accepted" : errno_name(errno));
}

CASE(fifo, errors, mkfifo_prefix_not_directory_enotdir,
	.claim = "mkfifo() fails with ENOTDIR when a file that is no directory stands in "
		 "the place of one",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifo(), ERRORS ENOTDIR")
{
	must_fail(mkfifo(path_below(file_made("file"), "f"), 0600), ENOTDIR);
	must_fail(mkfifo(path_below(fifo_made("fifo"), "f"), 0600), ENOTDIR);
}

CASE(fifo, errors, mkfifo_trailing_slash,
	.claim = "mkfifo() of a new name with a slash behind it fails with ENOENT or "
		 "ENOTDIR and creates nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifo(), ERRORS ENOENT and ENOTDIR")
{
	const int result = mkfifo(path_below(own_path("new"), ""), 0600);
	note_choice("error", result == 0 ? "accepted" : errno_name(errno), "ENOENT",
		"ENOTDIR");

	struct stat file;
	must_fail(lstat(own_path("new"), &file), ENOENT);
}

CASE(fifo, errors, mkfifo_symlink_loop_eloop,
	.claim = "mkfifo() through a symbolic link that leads to itself fails with ELOOP",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifo(), ERRORS ELOOP")
{
	const char *loop = own_path("loop");

	need(symlink(loop, loop));
	must_fail(mkfifo(path_below(loop, "f"), 0600), ELOOP);
}

CASE(fifo, errors, mkfifo_read_only_fs_erofs,
	.claim = "mkfifo() on a file system that is mounted read-only fails with EROFS",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifo(), ERRORS EROFS",
	.needs = NEED_PRIVATE_MOUNT)
{
	const char *mounted = directory_made("mounted", 0700);

	tmpfs_mount(mounted, 0, 0);
	need(chdir(mounted));
	need(mkfifo("old", 0600));
	remount_read_only(mounted);

	must_fail(mkfifo("new", 0600), EROFS);
	const int result = mkfifo("old", 0600);
	note_choice("existing name", result == 0 ? "accepted" : errno_name(errno),
		"EROFS", "EEXIST");
}

CASE(fifo, errors, mkfifoat_bad_fd_ebadf,
	.claim = "mkfifoat() of a relative path fails with EBADF when its descriptor is "
		 "not open",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifoat(), ERRORS EBADF")
{
	const int closed = need(open(directory_made("d", 0700), O_RDONLY | O_DIRECTORY));

	need(close(closed));
	must_fail(mkfifoat(closed, "f", 0600), EBADF);
	must_fail(mkfifoat(-1, "f", 0600), EBADF);
}

CASE(fifo, errors, mkfifoat_non_directory_enotdir,
	.claim = "mkfifoat() of a relative path fails with ENOTDIR when its descriptor "
		 "is that of a file or FIFO",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifoat(), ERRORS ENOTDIR")
{
	const int file = need(open(file_made("file"), O_RDONLY));
	const int fifo = need(open(fifo_made("fifo"), O_RDONLY | O_NONBLOCK));

	must_fail(mkfifoat(file, "f", 0600), ENOTDIR);
	must_fail(mkfifoat(fifo, "f", 0600), ENOTDIR);
}

CASE(fifo, errors, open_write_on_read_only_fs_erofs,
	.claim = "open() for writing of a FIFO on a file system that is mounted "
		 "read-only fails with EROFS",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 open(), ERRORS EROFS",
	.needs = NEED_PRIVATE_MOUNT)
{
	const char *mounted = directory_made("mounted", 0700);

	tmpfs_mount(mounted, 0, 0);
	need(chdir(mounted));
	need(mkfifo("f", 0600));
	remount_read_only(mounted);

	need(open("f", O_RDONLY | O_NONBLOCK));
	must_fail(open("f", O_WRONLY | O_NONBLOCK), EROFS);
	must_fail(open("f", O_RDWR | O_NONBLOCK), EROFS);
}

CASE(fifo, errors, open_o_directory_enotdir,
	.claim = "open() of a FIFO with O_DIRECTORY fails with ENOTDIR and does not wait",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 open(), ERRORS ENOTDIR")
{
	must_fail(open(fifo_made("f"), O_RDONLY | O_DIRECTORY), ENOTDIR);
}

CASE(fifo, errors, open_symlink_nofollow_eloop,
	.claim = "open() with O_NOFOLLOW of a symbolic link to a FIFO fails with ELOOP "
		 "and does not wait",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 open(), ERRORS ELOOP")
{
	const char *link = own_path("link");

	need(symlink(fifo_made("f"), link));
	must_fail(open(link, O_RDONLY | O_NOFOLLOW), ELOOP);
	must_fail(open(link, O_WRONLY | O_NOFOLLOW), ELOOP);
}

CASE(fifo, errors, truncate_einval,
	.claim = "truncate() of a FIFO fails with EINVAL and does not wait",
	.level = LEVEL_LINUX,
	.spec = "truncate(2), ERRORS EINVAL")
{
	must_fail(truncate(fifo_made("f"), 0), EINVAL);
}

CASE(fifo, errors, write_to_rdonly_open_ebadf,
	.claim = "write() to a FIFO opened O_RDONLY and read() from one opened O_WRONLY "
		 "fail with EBADF",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 read() and write(), ERRORS EBADF")
{
	const char *path = fifo_made("f");
	const int reader = need(open(path, O_RDONLY | O_NONBLOCK));
	const int writer = need(open(path, O_WRONLY | O_NONBLOCK));
	char got;

	must_fail(write(reader, "x", 1), EBADF);
	must_fail(read(writer, &got, 1), EBADF);
}

CASE(fifo, errors, mkfifo_bad_pointer_efault,
	.claim = "mkfifo() of a path that cannot be read fails with EFAULT",
	.level = LEVEL_LINUX,
	.spec = "mknod(2), ERRORS EFAULT")
{
	must_fail(mkfifo(unreadable_page(), 0600), EFAULT);
}

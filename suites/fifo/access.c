/*
 * Whom permissions keep out.  The body owns its files, and without capabilities the
 * owner's permission bits bind it.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assay.h"
#include "fifo.h"

CASE(fifo, access, open_needs_read_permission,
	.claim = "open(O_RDONLY) of a FIFO without read permission fails with EACCES and "
		 "does not wait",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 open(), ERRORS EACCES",
	.needs = NEED_UNPRIVILEGED)
{
	const char *path = fifo_made("f");

	need(chmod(path, 0200));
	drop_capabilities();
	must_fail(open(path, O_RDONLY), EACCES);
}

CASE(fifo, access, open_needs_write_permission,
	.claim = "open(O_WRONLY) of a FIFO without write permission fails with EACCES "
		 "and does not wait",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 open(), ERRORS EACCES",
	.needs = NEED_UNPRIVILEGED)
{
	const char *path = fifo_made("f");

	need(chmod(path, 0444));
	drop_capabilities();
	must_fail(open(path, O_WRONLY), EACCES);
}

CASE(fifo, access, chmod_does_not_affect_open_descriptors,
	.claim = "taking all permissions from a FIFO does not affect the descriptors "
		 "that have it open",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 open(): permissions are checked when it is opened; "
		"chmod(), APPLICATION USAGE",
	.needs = NEED_UNPRIVILEGED)
{
	const char *path = fifo_made("f");
	const int reader = need(open(path, O_RDONLY | O_NONBLOCK));
	const int writer = need(open(path, O_WRONLY));
	char got;

	need(chmod(path, 0));
	drop_capabilities();
	must_move(write(writer, "x", 1), 1);
	must_move(read(reader, &got, 1), 1);
	ck_assert_int_eq(got, 'x');
}

static const struct closed_directory_row {
	const char *name;
	mode_t mode;
} closed_directory_rows[] = {
	{"no-write", 0555},
	{"no-search", 0600},
};

CASE_EACH(fifo, access, mkfifo_needs_directory_write_and_search, closed_directory_rows,
	.claim = "mkfifo() fails with EACCES without write or without search permission "
		 "on the directory",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifo(), ERRORS EACCES",
	.needs = NEED_UNPRIVILEGED)
{
	const char *directory = directory_made("d", row->mode);
	struct stat file;

	drop_capabilities();
	must_fail(mkfifo(path_below(directory, "f"), 0600), EACCES);

	need(chmod(directory, 0700));
	must_fail(lstat(path_below(directory, "f"), &file), ENOENT);
}

CASE(fifo, access, mkfifoat_search_permission_eacces,
	.claim = "mkfifoat() fails with EACCES when the directory of its descriptor has "
		 "lost search permission",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifoat(), ERRORS EACCES",
	.needs = NEED_UNPRIVILEGED)
{
	const char *directory = directory_made("d", 0700);
	const int fd = need(open(directory, O_RDONLY | O_DIRECTORY));

	/* Writing stays allowed, so only the search can be what is refused. */
	need(chmod(directory, 0600));
	drop_capabilities();
	must_fail(mkfifoat(fd, "f", 0600), EACCES);
}

static void make_fifo_as_uid_1(void *path)
{
	become_uid(1);
	umask(0);
	need(mkfifo(path, 0666));
}

CASE(fifo, access, protected_fifos_blocks_foreign_creat_open,
	.claim = "with fs.protected_fifos an open(O_CREAT) of somebody else's FIFO in a "
		 "sticky directory that all may write fails with EACCES",
	.level = LEVEL_LINUX,
	.spec = "proc(5), /proc/sys/fs/protected_fifos",
	.needs = NEED_OWN_KERNEL | NEED_HOST_ROOT | NEED_SECOND_UID)
{
	const char *directory = directory_made("d", 01777);
	const char *path = path_below(directory, "f");

	sysctl_set("fs/protected_fifos", 1);
	struct peer owner = peer_start(make_fifo_as_uid_1, (void *)path);
	peer_join(&owner);

	/* The permissions would let it in: only O_CREAT makes the difference. */
	need(open(path, O_RDONLY | O_NONBLOCK));
	must_fail(open(path, O_RDONLY | O_NONBLOCK | O_CREAT, 0666), EACCES);
}

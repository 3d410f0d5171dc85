/*
 * Paths from which ftok() can make no key.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assay.h"

static const struct {
	const char *name;
	const char *path; /* below the working directory */
} missing_rows[] = {
	{"missing-file", "missing"},
	{"missing-directory", "missing/f"},
	{"empty-path", ""},
};

CASE_EACH(sysv_msg, errors, ftok_missing_file_gives_enoent, missing_rows,
	.claim = "ftok() of a path under which there is no file fails with ENOENT",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 ftok(), ERRORS ENOENT")
{
	must_fail(ftok(row->path, 'a'), ENOENT);
}

CASE(sysv_msg, errors, ftok_file_as_directory_gives_enotdir,
	.claim = "ftok() of a path that leads through a regular file fails with ENOTDIR",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 ftok(), ERRORS ENOTDIR")
{
	const char *file = own_path("f");
	char below[PATH_MAX];

	const int fd = need(open(file, O_CREAT | O_WRONLY, 0600));
	need(close(fd));
	(void)snprintf(below, sizeof(below), "%s/x", file);
	must_fail(ftok(below, 'a'), ENOTDIR);
}

CASE(sysv_msg, errors, ftok_unsearchable_directory_gives_eacces,
	.claim = "ftok() of a path through a directory without search permission fails with "
		 "EACCES",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 ftok(), ERRORS EACCES",
	.needs = NEED_UNPRIVILEGED)
{
	const char *directory = own_path("d");
	char below[PATH_MAX];

	need(mkdir(directory, 0700));
	(void)snprintf(below, sizeof(below), "%s/f", directory);
	const int fd = need(open(below, O_CREAT | O_WRONLY, 0600));
	need(close(fd));
	must_succeed(ftok(below, 'a'));
	need(chmod(directory, 0600));
	drop_capabilities();
	must_fail(ftok(below, 'a'), EACCES);
}

CASE(sysv_msg, errors, ftok_symlink_loop_gives_eloop,
	.claim = "ftok() of a symbolic link to itself fails with ELOOP",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 ftok(), ERRORS ELOOP")
{
	const char *loop = own_path("loop");

	need(symlink(loop, loop));
	must_fail(ftok(loop, 'a'), ELOOP);
}

CASE(sysv_msg, errors, ftok_long_path_gives_enametoolong,
	.claim = "ftok() of a path with a component longer than NAME_MAX fails with "
		 "ENAMETOOLONG",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 ftok(), ERRORS ENAMETOOLONG")
{
	char component[NAME_MAX + 2];
	char path[2 * PATH_MAX];

	memset(component, 'n', sizeof(component) - 1);
	component[sizeof(component) - 1] = '\0';
	must_fail(ftok(component, 'a'), ENAMETOOLONG);

	/* All too long, of components that are not: may be refused. */
	for (size_t i = 0; i < sizeof(path) - 2; i += 2)
		memcpy(path + i, "./", 3);
	note_choice("longer than PATH_MAX",
		ftok(path, 'a') == -1 ? errno_name(errno) : "a key", "ENAMETOOLONG",
		"a key");
}

/*
 * What mkfifo(), mkfifoat() and mknod() create, and what they leave alone.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assay.h"
#include "fifo.h"

enum { CONTESTANTS = 6, ROUNDS = 20 };

/* The permission bits of what mkfifo(PATH, MODE) makes; demands that it is a FIFO, and
 * removes it. */
static mode_t mode_of_made(const char *path, mode_t mode)
{
	struct stat made;

	must_succeed(mkfifo(path, mode));
	need(lstat(path, &made));
	need(unlink(path));
	ck_assert_msg(S_ISFIFO(made.st_mode), "the type is %#o", made.st_mode & S_IFMT);
	return made.st_mode & 07777;
}

CASE(fifo, open, mkfifo_creates_fifo_with_umasked_mode,
	.claim = "mkfifo() makes a FIFO that has the permission bits of mode without "
		 "those of the umask",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifo(), DESCRIPTION")
{
	umask(027);
	const mode_t plain = mode_of_made(own_path("f"), 0666);
	ck_assert_msg(plain == 0640, "the mode is %04o, wanted 0640", plain);

	const mode_t executable = mode_of_made(own_path("f"), 0777);
	ck_assert_msg(executable == 0750, "the mode is %04o, wanted 0750", executable);
}

CASE(fifo, open, mkfifo_non_permission_bits_recorded,
	.claim = "mkfifo() with mode bits other than permission bits keeps, drops or "
		 "refuses them, as the implementation says",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 mkfifo(), DESCRIPTION: the effect of other bits is "
		"implementation-defined")
{
	static const char *const kept[] = {"dropped", "kept"};
	struct stat made = {.st_mode = 0};

	umask(0);
	const int result = mkfifo(own_path("f"), 07777);
	note_choice("mode 07777", result == 0 ? "accepted" : errno_name(errno),
		"accepted", "EINVAL");
	/* Refused, there is nothing to stat, and no bit was kept. */
	(void)stat(own_path("f"), &made);
	note_choice("S_ISUID", kept[!!(made.st_mode & S_ISUID)], "kept", "dropped");
	note_choice("S_ISGID", kept[!!(made.st_mode & S_ISGID)], "kept", "dropped");
	note_choice("S_ISVTX", kept[!!(made.st_mode & S_ISVTX)], "kept", "dropped");

	const int typed = mkfifo(own_path("typed"), S_IFREG | 0600);
	note("S_IFREG", "%s", typed == 0 ? "accepted" : errno_name(errno));
}

struct maker {
	const char *path;
	uid_t uid; /* its effective ids, as it sees them */
	gid_t gid;
};

static void make_fifo_as_somebody_else(void *arg)
{
	struct maker *self = arg;

	become_uid(3);
	self->uid = geteuid();
	self->gid = getegid();
	must_succeed(mkfifo(self->path, 0600));
}

static const struct directory_row {
	const char *name;
	mode_t mode;
} directory_rows[] = {
	{"plain-directory", 0777},
	{"setgid-directory", 02777},
};

CASE_EACH(fifo, open, mkfifo_owner_and_group, directory_rows,
	.claim = "mkfifo() gives the FIFO to the effective uid, and to the effective gid "
		 "or the group of the directory",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifo(), DESCRIPTION; inode(7), S_ISGID",
	.needs = NEED_SECOND_UID)
{
	const char *directory = directory_made("d", row->mode);
	struct maker *maker = arena(sizeof(*maker));
	struct stat parent, made;

	maker->path = path_below(directory, "f");
	struct peer peer = peer_start(make_fifo_as_somebody_else, maker);
	peer_join(&peer);

	need(stat(directory, &parent));
	need(stat(maker->path, &made));
	ck_assert_uint_eq(made.st_uid, maker->uid);
	const char *group = made.st_gid == maker->gid ? "process"
		: made.st_gid == parent.st_gid        ? "directory"
						      : "neither";
	note_choice("group from", group, "process", "directory");
}

CASE(fifo, open, mkfifo_marks_timestamps,
	.claim = "mkfifo() marks all three times of the new FIFO, and mtime and ctime of "
		 "its directory, for update",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifo(), DESCRIPTION")
{
	const char *directory = directory_made("d", 0700);
	const char *path = path_below(directory, "f");
	const struct timespec before = times_into_past(directory);
	struct stat parent, made;

	need(mkfifo(path, 0600));

	need(stat(path, &made));
	need(stat(directory, &parent));
	ck_assert_msg(is_since(made.st_atim, before), "the atime of the FIFO is too old");
	ck_assert_msg(is_since(made.st_mtim, before), "the mtime of the FIFO is too old");
	ck_assert_msg(is_since(made.st_ctim, before), "the ctime of the FIFO is too old");
	ck_assert_msg(is_since(parent.st_mtim, before),
		"the directory's mtime is too old");
	ck_assert_msg(is_since(parent.st_ctim, before),
		"the directory's ctime is too old");
}

CASE(fifo, open, mkfifo_existing_name_eexist,
	.claim = "mkfifo() of a name that exists, whatever it names, fails with EEXIST "
		 "and leaves that file alone, its size and mtime too",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifo(), ERRORS EEXIST")
{
	const struct timespec long_ago[2] = {{.tv_sec = 1}, {.tv_sec = 1}};
	const char *const paths[] = {
		fifo_made("fifo"), file_made("file"), directory_made("directory", 0700)};

	need(truncate(paths[1], 100));
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct stat before, after;

		need(utimensat(AT_FDCWD, paths[i], long_ago, 0));
		need(lstat(paths[i], &before));
		must_fail(mkfifo(paths[i], 0644), EEXIST);
		need(lstat(paths[i], &after));
		ck_assert_uint_eq(after.st_ino, before.st_ino);
		ck_assert_uint_eq(after.st_mode, before.st_mode);
		ck_assert_int_eq(after.st_size, before.st_size);
		ck_assert_int_eq(after.st_mtim.tv_sec, before.st_mtim.tv_sec);
		ck_assert_int_eq(after.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
	}
}

CASE(fifo, open, mkfifo_symlink_eexist_not_followed,
	.claim = "mkfifo() of a symbolic link fails with EEXIST and does not create what "
		 "the link names",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifo(), DESCRIPTION and ERRORS EEXIST")
{
	const char *target = own_path("target"), *link = own_path("link");
	struct stat file;

	need(symlink(target, link));
	must_fail(mkfifo(link, 0600), EEXIST);
	must_fail(lstat(target, &file), ENOENT);

	(void)file_made("target");
	must_fail(mkfifo(link, 0600), EEXIST);
	need(lstat(link, &file));
	ck_assert_msg(S_ISLNK(file.st_mode), "the link has become type %#o",
		file.st_mode & S_IFMT);
}

struct contestant {
	const char *directory;
	int error[ROUNDS]; /* 0: this one made the FIFO */
};

static void mkfifo_at_once(void *arg)
{
	struct contestant *self = arg;

	need(chdir(self->directory));
	for (int round = 0; round < ROUNDS; round++) {
		char name[12];

		need(snprintf(name, sizeof(name), "%d", round));
		race_start(CONTESTANTS);
		self->error[round] = mkfifo(name, 0600) == 0 ? 0 : errno;
	}
}

CASE(fifo, open, mkfifo_race_exactly_one_winner,
	.claim = "of many processes that mkfifo() one name at once exactly one succeeds "
		 "and the others get EEXIST",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifo(), ERRORS EEXIST")
{
	struct contestant *all = arena(CONTESTANTS * sizeof(*all));
	struct peer peers[CONTESTANTS];
	const char *directory = directory_made("d", 0700);

	for (int i = 0; i < CONTESTANTS; i++) {
		all[i].directory = directory;
		peers[i] = peer_start(mkfifo_at_once, &all[i]);
	}
	for (int i = 0; i < CONTESTANTS; i++)
		peer_join(&peers[i]);

	for (int round = 0; round < ROUNDS; round++) {
		int won = 0, existed = 0;

		for (int i = 0; i < CONTESTANTS; i++) {
			won += all[i].error[round] == 0;
			existed += all[i].error[round] == EEXIST;
		}
		ck_assert_int_eq(won, 1);
		ck_assert_int_eq(existed, CONTESTANTS - 1);
	}
}

CASE(fifo, open, mkfifoat_relative_to_directory_fd,
	.claim = "mkfifoat() resolves a relative path from the directory of its "
		 "descriptor, and from the working directory for AT_FDCWD",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifoat(), DESCRIPTION")
{
	const char *other = directory_made("other", 0700);
	const char *working = directory_made("working", 0700);
	const int fd = need(open(other, O_RDONLY | O_DIRECTORY));
	struct stat file;

	need(chdir(working));
	must_succeed(mkfifoat(fd, "by-fd", 0600));
	must_succeed(mkfifoat(AT_FDCWD, "by-cwd", 0600));

	must_succeed(lstat(path_below(other, "by-fd"), &file));
	must_fail(lstat(path_below(working, "by-fd"), &file), ENOENT);
	must_succeed(lstat(path_below(working, "by-cwd"), &file));
	must_fail(lstat(path_below(other, "by-cwd"), &file), ENOENT);
}

CASE(fifo, open, mkfifoat_absolute_path_ignores_fd,
	.claim = "mkfifoat() with an absolute path does not care what its descriptor is, "
		 "even if it is invalid",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mkfifoat(), ERRORS EBADF and ENOTDIR: only a relative path "
		"uses the descriptor")
{
	const int file = need(open(file_made("file"), O_RDONLY));
	struct stat made;

	must_succeed(mkfifoat(-1, own_path("by-no-fd"), 0600));
	must_succeed(mkfifoat(file, own_path("by-file"), 0600));

	need(lstat(own_path("by-no-fd"), &made));
	ck_assert_msg(S_ISFIFO(made.st_mode), "the type is %#o", made.st_mode & S_IFMT);
	need(lstat(own_path("by-file"), &made));
	ck_assert_msg(S_ISFIFO(made.st_mode), "the type is %#o", made.st_mode & S_IFMT);
}

CASE(fifo, open, mknod_s_ififo_unprivileged,
	.claim = "mknod() and mknodat() with S_IFIFO make a FIFO for a caller without "
		 "privileges",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mknod() (XSI), DESCRIPTION and ERRORS EPERM",
	.needs = NEED_UNPRIVILEGED)
{
	struct stat made;

	drop_capabilities();
	must_succeed(mknod(own_path("f"), S_IFIFO | 0600, 0));
	must_succeed(mknodat(AT_FDCWD, own_path("at"), S_IFIFO | 0600, 0));

	need(lstat(own_path("f"), &made));
	ck_assert_msg(S_ISFIFO(made.st_mode), "the type is %#o", made.st_mode & S_IFMT);
	need(lstat(own_path("at"), &made));
	ck_assert_msg(S_ISFIFO(made.st_mode), "the type is %#o", made.st_mode & S_IFMT);
}

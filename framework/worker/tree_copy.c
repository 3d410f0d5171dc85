/*
 * tree_copy: copying and emptying directories.
 */
#include "errno_name.h"
#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { DEPTH_MAX = 64, CHUNK = 65536 };

struct copying {
	size_t entries;
	uint64_t bytes;
	int depth;
	struct problem *why;
};

static bool refuse(const struct copying *copying, const char *name, const char *call)
{
	return problem_set(copying->why, "%s: %s: %s", name, call, strerror(errno));
}

static bool write_all(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		const ssize_t done = write(fd, bytes, size);
		if (done < 0 && errno != EINTR)
			return false;
		if (done > 0) {
			bytes += done;
			size -= (size_t)done;
		}
	}
	return true;
}

static bool copy_bytes(struct copying *copying, int from, int to, const char *name)
{
	static char chunk[CHUNK];
	ssize_t got;

	while ((got = read(from, chunk, sizeof(chunk))) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return refuse(copying, name, "read");
		copying->bytes += (uint64_t)got;
		if (copying->bytes > TREE_BYTES_MAX)
			return problem_set(copying->why, "it holds more than %d MiB",
				TREE_BYTES_MAX >> 20);
		if (!write_all(to, chunk, (size_t)got))
			return refuse(copying, name, "write");
	}
	return true;
}

/* Owner before mode, which a change of owner would cut; time last. */
static void give_attributes(int fd, const struct stat *about)
{
	const struct timespec times[2] = {about->st_atim, about->st_mtim};

	/* As another user than root only the own id can be kept. */
	(void)!fchown(fd, about->st_uid, about->st_gid);
	(void)fchmod(fd, about->st_mode & 07777);
	(void)futimens(fd, times);
}

static bool copy_file(struct copying *copying, const int folders[2], const char *name,
	const struct stat *about)
{
	const int from = openat(folders[0], name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (from < 0)
		return refuse(copying, name, "open");
	const int to =
		openat(folders[1], name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	const bool done = to >= 0 ? copy_bytes(copying, from, to, name)
				  : refuse(copying, name, "create");

	if (done)
		give_attributes(to, about);
	(void)close(from);
	if (to >= 0)
		(void)close(to);
	return done;
}

static bool copy_link(struct copying *copying, const int folders[2], const char *name)
{
	char target[4096];
	const ssize_t length = readlinkat(folders[0], name, target, sizeof(target) - 1);

	if (length < 0)
		return refuse(copying, name, "readlink");
	target[length] = '\0';
	return symlinkat(target, folders[1], name) == 0 ||
		refuse(copying, name, "symlink");
}

static bool copy_below(struct copying *copying, int from, int to);

static bool copy_directory(struct copying *copying, const int folders[2],
	const char *name, const struct stat *about)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

	if (mkdirat(folders[1], name, 0700) != 0)
		return refuse(copying, name, "mkdir");
	const int from = openat(folders[0], name, flags);
	const int to = openat(folders[1], name, flags);
	copying->depth++;
	const bool done = from >= 0 && to >= 0 && copying->depth < DEPTH_MAX
		? copy_below(copying, from, to)
		: refuse(copying, name, "open");
	copying->depth--;
	if (done)
		give_attributes(to, about);
	if (from >= 0)
		(void)close(from);
	if (to >= 0)
		(void)close(to);
	return done;
}

static bool copy_entry(struct copying *copying, const int folders[2], const char *name)
{
	struct stat about;

	if (++copying->entries > TREE_ENTRIES_MAX)
		return problem_set(copying->why, "it holds more than %d files",
			TREE_ENTRIES_MAX);
	if (fstatat(folders[0], name, &about, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT || refuse(copying, name, "stat");
	switch (about.st_mode & S_IFMT) {
	case S_IFREG:
		return copy_file(copying, folders, name, &about);
	case S_IFDIR:
		return copy_directory(copying, folders, name, &about);
	case S_IFLNK:
		return copy_link(copying, folders, name);
	case S_IFIFO:
		return mkfifoat(folders[1], name, about.st_mode & 07777) == 0 ||
			refuse(copying, name, "mkfifo");
	default:
		return true; /* a socket belongs to a process, a device to root */
	}
}

static bool copy_below(struct copying *copying, int from, int to)
{
	const int folders[2] = {from, to};
	const int own = openat(from, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *const directory = own >= 0 ? fdopendir(own) : NULL;
	bool done = directory || refuse(copying, ".", "open");

	for (const struct dirent *entry; done && (entry = readdir(directory));)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			done = copy_entry(copying, folders, entry->d_name);
	if (directory)
		(void)closedir(directory);
	return done;
}

bool tree_copy(int from, int to, struct problem *why)
{
	struct copying copying = {.why = why};

	return copy_below(&copying, from, to);
}

static void empty(int fd, int depth)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	DIR *const directory = fd >= 0 ? fdopendir(fd) : NULL;

	if (!directory && fd >= 0)
		(void)close(fd);
	for (const struct dirent *entry; directory && (entry = readdir(directory));) {
		const char *const name = entry->d_name;
		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
			unlinkat(dirfd(directory), name, 0) == 0 || depth == DEPTH_MAX)
			continue;
		/* Its owner may have taken permissions away. */
		(void)fchmodat(dirfd(directory), name, 0700, 0);
		empty(openat(dirfd(directory), name, flags), depth + 1);
		(void)unlinkat(dirfd(directory), name, AT_REMOVEDIR);
	}
	if (directory)
		(void)closedir(directory);
}

void tree_empty(int fd)
{
	empty(openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), 0);
}

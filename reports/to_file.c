/*
 * to_file: a report into a file, whole or not at all.  It is rendered in memory first, so
 * that every error of the file system is seen by its own number, at the call that gave
 * it.
 */
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool say(struct problem *why, const char *path, int error)
{
	return problem_set(why, "cannot write the report to '%s': %s", path,
		strerror(error));
}

static char *render(const struct report_set *set, report_function format, size_t *size,
	struct problem *why)
{
	char *bytes = NULL;
	FILE *memory = open_memstream(&bytes, size);

	if (memory == NULL) {
		(void)problem_set(why, "no memory for the report");
		return NULL;
	}
	bool is_good = format(set, memory, why);
	const bool is_whole = ferror(memory) == 0;
	if ((fclose(memory) != 0 || !is_whole) && is_good)
		is_good = problem_set(why, "no memory for the report");
	if (!is_good) {
		free(bytes);
		bytes = NULL;
	}
	return bytes;
}

/* 0, or the error number. */
static int write_all(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		const ssize_t count = write(fd, bytes, size);

		if (count < 0 && errno != EINTR)
			return errno;
		if (count > 0) {
			bytes += count;
			size -= (size_t)count;
		}
	}
	return 0;
}

/* Some file systems have no fsync() for a file or a directory: that is no failure. */
static int sync_fd(int fd)
{
	if (fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP || errno == ENOSYS)
		return 0;
	return errno;
}

/* Best effort up to the open: a directory may be writable and not readable. */
static int sync_directory(const char *directory)
{
	const int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return 0;
	const int error = sync_fd(fd);
	(void)close(fd); /* nothing was written through it */
	return error;
}

/* Opens a new file in DIRECTORY and leaves its name in TEMPORARY.  -1 with errno. */
static int open_temporary(const char *directory, char *temporary, size_t size)
{
	enum { TRIES = 100 };

	for (int try = 0; try < TRIES; try++) {
		const int length = snprintf(temporary, size, "%s/.assay-%ld-%d.tmp",
			directory, (long)getpid(), try);

		if (length < 0 || (size_t)length >= size) {
			errno = ENAMETOOLONG;
			return -1;
		}
		const int fd =
			open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

/* OLD is the file to be replaced, or NULL.  0, or the error number. */
static int fill_temporary(int fd, const char *bytes, size_t size, const struct stat *old)
{
	int error = write_all(fd, bytes, size);

	if (error == 0 && old != NULL && fchmod(fd, old->st_mode & 0777) != 0)
		error = errno;
	return error == 0 ? sync_fd(fd) : error;
}

static int replace(const char *path, const char *bytes, size_t size,
	const struct stat *old)
{
	char directory[PATH_MAX], temporary[PATH_MAX];
	const char *slash = strrchr(path, '/');
	const int length = slash == NULL ? 1 : (int)(slash - path) + (slash == path);

	if (length >= PATH_MAX)
		return ENAMETOOLONG;
	(void)snprintf(directory, sizeof(directory), "%.*s", length,
		slash == NULL ? "." : path);
	const int fd = open_temporary(directory, temporary, sizeof(temporary));
	if (fd < 0)
		return errno;
	int error = fill_temporary(fd, bytes, size, old);
	if (close(fd) != 0 && error == 0)
		error = errno;
	if (error == 0 && rename(temporary, path) != 0)
		error = errno;
	if (error != 0) {
		(void)unlink(temporary); /* the first error is the one to tell */
		return error;
	}
	return sync_directory(directory);
}

/* The descriptor 1 or 2 if it is the file that STATE describes, else -1.  What stands in
 * that file already, and what will follow, is ours: it must be neither replaced nor cut.
 */
static int own_stream(const struct stat *state)
{
	for (int fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++) {
		struct stat own;

		if (fstat(fd, &own) == 0 && own.st_dev == state->st_dev &&
			own.st_ino == state->st_ino)
			return fd;
	}
	return -1;
}

static int write_directly(const char *path, int stream, const char *bytes, size_t size)
{
	if (stream >= 0)
		return fflush(NULL) == 0 ? write_all(stream, bytes, size) : errno;
	const int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	int error = write_all(fd, bytes, size);
	if (close(fd) != 0 && error == 0)
		error = errno;
	return error;
}

static int write_where_it_belongs(const char *path, const char *bytes, size_t size)
{
	struct stat state;
	char resolved[PATH_MAX];

	if (path[0] == '\0')
		return ENOENT;
	if (stat(path, &state) != 0)
		return errno == ENOENT ? replace(path, bytes, size, NULL) : errno;
	const int stream = own_stream(&state);
	if (!S_ISREG(state.st_mode) || stream >= 0)
		return write_directly(path, stream, bytes, size);
	/* A rename would silently replace what its owner made read-only, or a symbolic
	 * link instead of the file behind it. */
	if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0 ||
		realpath(path, resolved) == NULL)
		return errno;
	return replace(resolved, bytes, size, &state);
}

bool report_bytes_to_file(const char *bytes, size_t size, const char *path,
	struct problem *why)
{
	const int error = write_where_it_belongs(path, bytes, size);

	return error == 0 || say(why, path, error);
}

bool report_to_file(const struct report_set *set, report_function format,
	const char *path, struct problem *why)
{
	size_t size = 0;
	char *bytes = render(set, format, &size, why);

	if (bytes == NULL)
		return problem_prefix(why, "%s", path);
	const bool done = report_bytes_to_file(bytes, size, path, why);
	free(bytes);
	return done;
}

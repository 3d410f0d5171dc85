#include "fifo.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *fifo_made(const char *tag)
{
	char *path = (char *)own_path(tag);

	need(mkfifo(path, 0600));
	return path;
}

const char *directory_made(const char *tag, mode_t mode)
{
	const char *path = own_path(tag);

	need(mkdir(path, 0700));
	need(chmod(path, mode)); /* whatever the umask is */
	return path;
}

const char *file_made(const char *tag)
{
	const char *path = own_path(tag);

	const int fd = need(open(path, O_WRONLY | O_CREAT | O_EXCL, 0600));

	need(close(fd));
	return path;
}

const char *path_below(const char *directory, const char *name)
{
	size_t size = strlen(directory) + 1 + strlen(name) + 1;
	char *path = arena(size);

	need(snprintf(path, size, "%s/%s", directory, name));
	return path;
}

struct timespec times_into_past(const char *path)
{
	const struct timespec past[2] = {{.tv_sec = 1}, {.tv_sec = 1}};
	struct timespec now;
	struct stat file;

	need(utimensat(AT_FDCWD, path, past, 0));
	need(stat(path, &file));
	stamp_wait_past(file.st_ctim);
	need(clock_gettime(CLOCK_REALTIME_COARSE, &now));
	return now;
}

bool is_since(struct timespec time, struct timespec reading)
{
	if (time.tv_sec != reading.tv_sec)
		return time.tv_sec > reading.tv_sec;
	return time.tv_nsec >= reading.tv_nsec;
}

ssize_t read_by_new_reader(const char *path)
{
	const int reader = need(open(path, O_RDONLY | O_NONBLOCK));
	char got;

	const ssize_t result = read(reader, &got, 1);
	const int error = errno;
	need(close(reader));
	errno = error;
	return result;
}

size_t read_up_to(int fd, char *bytes, size_t count)
{
	size_t have = 0;

	while (have < count) {
		ssize_t got = need(read(fd, bytes + have, count - have));

		if (got == 0)
			break;
		have += (size_t)got;
	}
	return have;
}

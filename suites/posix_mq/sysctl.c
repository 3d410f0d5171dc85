#include "sysctl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assay.h"

enum { PATH_BYTES = 64 };

static int open_sysctl(const char *name, int oflag)
{
	char path[PATH_BYTES];

	need(snprintf(path, sizeof(path), "/proc/sys/fs/mqueue/%s", name));
	return open(path, oflag | O_CLOEXEC);
}

long mqueue_sysctl(const char *name)
{
	char text[32] = "";
	const int fd = need(open_sysctl(name, O_RDONLY));

	need(read(fd, text, sizeof(text) - 1));
	need(close(fd));
	return atol(text);
}

int mqueue_sysctl_write(const char *name, long value)
{
	char text[32];
	const int fd = open_sysctl(name, O_WRONLY);

	if (fd == -1)
		return -1;
	need(snprintf(text, sizeof(text), "%ld\n", value));
	const ssize_t written = write(fd, text, strlen(text));
	const int error = errno;
	need(close(fd));
	errno = error;
	return written == -1 ? -1 : 0;
}

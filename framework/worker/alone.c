#include "alone.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int alone_try(const char *name, unsigned uid)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	const int length = snprintf(address.sun_path + 1, sizeof(address.sun_path) - 1,
		"assay/alone/%u/%s", uid, name);

	if (fd >= 0 &&
		bind(fd, (struct sockaddr *)&address,
			(socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
				(size_t)length)) == 0)
		return fd;
	if (fd >= 0)
		(void)close(fd);
	return -1;
}

/*
 * What is written to msg_next_id has no effect.
 */
#include "mutant.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset)
{
	char link[64], name[64] = "";

	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if (mutant_is_active() && readlink(link, name, sizeof(name) - 1) > 0 &&
		strcmp(name, "/proc/sys/kernel/msg_next_id") == 0)
		return (ssize_t)size;
	return REAL(pwrite)(fd, data, size, offset);
}

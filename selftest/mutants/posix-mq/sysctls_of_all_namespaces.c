/*
 * There is one value of each sysctl for all IPC namespaces.
 */
#include "sysctl_of_queues.h"

/* Where the value of the sysctl that is open as FD is kept, 0 while nobody has written it. */
static _Atomic long *kept(int fd)
{
	const char *const name = mutant_is_active() ? sysctl_open_as(fd) : NULL;
	int slot = 0;

	for (const char *c = name; c && *c; c++)
		slot = (slot * 31 + *c) % MUTANT_SLOTS;
	return name ? &mutant_shared()[slot] : NULL;
}

ssize_t write(int fd, const void *data, size_t size)
{
	const ssize_t written = REAL(write)(fd, data, size);
	_Atomic long *const value = written > 0 ? kept(fd) : NULL;

	if (value)
		*value = atol(data);
	return written;
}

ssize_t read(int fd, void *data, size_t size)
{
	const ssize_t length = REAL(read)(fd, data, size);
	_Atomic long *const value = length > 0 ? kept(fd) : NULL;

	if (!value || *value == 0)
		return length;
	return snprintf(data, size, "%ld\n", *value);
}

/*
 * sysctl_of_queues: for mutants of what is in /proc/sys/fs/mqueue.
 */
#ifndef ASSAY_SELFTEST_SYSCTL_OF_QUEUES_H
#define ASSAY_SELFTEST_SYSCTL_OF_QUEUES_H

#include "mutant.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char queue_sysctls[] = "/proc/sys/fs/mqueue/";

/* The name of the sysctl that is open as FD, or NULL. */
static inline const char *sysctl_open_as(int fd)
{
	static char path[64];
	char link[32];

	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	const ssize_t length = readlink(link, path, sizeof(path) - 1);
	path[length > 0 ? length : 0] = '\0';
	return strncmp(path, queue_sysctls, sizeof(queue_sysctls) - 1) == 0
		? path + sizeof(queue_sysctls) - 1
		: NULL;
}

/* Its value, and a new one: raw calls, which no mutant meets. */
static inline long sysctl_now(const char *name)
{
	char path[64], text[32] = "";

	(void)snprintf(path, sizeof(path), "%s%s", queue_sysctls, name);
	const int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
	(void)!syscall(SYS_read, fd, text, sizeof(text) - 1);
	(void)syscall(SYS_close, fd);
	return atol(text);
}

static inline void sysctl_change(const char *name, long value)
{
	char path[64], text[32];

	(void)snprintf(path, sizeof(path), "%s%s", queue_sysctls, name);
	(void)snprintf(text, sizeof(text), "%ld\n", value);
	const int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC);
	(void)!syscall(SYS_write, fd, text, strlen(text));
	(void)syscall(SYS_close, fd);
}

#endif

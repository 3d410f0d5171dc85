#include "keeps_rest.h"

#include "observe.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The same number on every architecture; headers older than Linux 5.6 lack the second. */
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_pidfd_getfd
#define SYS_pidfd_getfd 438
#endif

/* The number after KEY in the file NAME of /proc/TID, in BASE; -1 when it is not to be had. */
static long number_in(pid_t tid, const char *name, const char *key, int base)
{
	char path[64], text[2048];

	(void)snprintf(path, sizeof(path), "/proc/%d/%s", (int)tid, name);
	if (observe_read_file(path, text, sizeof(text)) <= 0)
		return -1;
	const char *const at = strstr(text, key);
	return at ? strtol(at + strlen(key), NULL, base) : -1;
}

static bool is_stream_socket(pid_t tid, int fd)
{
	/* Only the leader of a group can be opened. */
	const long process = number_in(tid, "status", "\nTgid:", 10);
	const int target = (int)syscall(SYS_pidfd_open, (pid_t)process, 0);
	const int taken = target < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, target, fd, 0);
	int type = 0;
	socklen_t size = sizeof(type);

	const bool is_stream = taken >= 0 &&
		getsockopt(taken, SOL_SOCKET, SO_TYPE, &type, &size) == 0 &&
		type == SOCK_STREAM;
	if (taken >= 0)
		(void)close(taken);
	if (target >= 0)
		(void)close(target);
	return is_stream;
}

/* Packets of a pipe, sectors of a file. */
static bool has_units(pid_t tid, int fd)
{
	char name[32];

	(void)snprintf(name, sizeof(name), "fdinfo/%d", fd);
	const long flags = number_in(tid, name, "flags:", 8);
	return flags >= 0 && flags & O_DIRECT;
}

bool keeps_rest(pid_t tid, int fd)
{
	char path[64], leads_to[64];

	(void)snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)tid, fd);
	const ssize_t length = readlink(path, leads_to, sizeof(leads_to) - 1);
	if (length < 0)
		return true; /* a bad descriptor, or a /proc that shows others: no socket */
	leads_to[length] = '\0';
	if (strncmp(leads_to, "socket:", 7) == 0)
		return is_stream_socket(tid, fd);
	return strncmp(leads_to, "anon_inode:", 11) != 0 && !has_units(tid, fd);
}

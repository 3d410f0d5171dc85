/*
 * What another process than the maker of a pipe sets by F_SETFL holds only there.
 */
#include "mutant.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int pipe(int ends[2])
{
	if (mutant_is_active())
		mutant_shared()[0] = getpid();
	return REAL(pipe)(ends);
}

int fcntl(int fd, int command, ...)
{
	void *const given = MUTANT_REST(command, void *);
	char path[32];

	if (command != F_SETFL || !mutant_is_pipe(fd) || mutant_shared()[0] == 0 ||
		mutant_shared()[0] == getpid())
		return REAL(fcntl)(fd, command, given);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	const int own = open(path, (mutant_flags(fd) & O_ACCMODE) | (int)(long)given);
	if (own < 0 || dup2(own, fd) != fd)
		return -1;
	return close(own);
}

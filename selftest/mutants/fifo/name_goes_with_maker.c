/*
 * The name of a FIFO goes when the process exits that made it.
 */
#include "mutant.h"

#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static char made[PATH_MAX];
static pid_t maker;

int mkfifo(const char *path, mode_t mode)
{
	const int result = REAL(mkfifo)(path, mode);

	if (result == 0 && mutant_is_active() && path[0] == '/') {
		(void)snprintf(made, sizeof(made), "%s", path);
		maker = getpid();
	}
	return result;
}

void _exit(int status)
{
	if (mutant_is_active() && maker == getpid())
		(void)unlink(made);
	REAL(_exit)(status);
	__builtin_unreachable();
}

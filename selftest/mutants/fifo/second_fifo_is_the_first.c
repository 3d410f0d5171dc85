/*
 * The second FIFO that a process makes is the first by another name.
 */
#include "mutant.h"

#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static char first[PATH_MAX];

int mkfifo(const char *path, mode_t mode)
{
	const bool is_second = first[0] && access(first, F_OK) == 0;
	const int result = REAL(mkfifo)(path, mode);

	if (result != 0 || !mutant_is_active() || path[0] != '/')
		return result;
	if (is_second) {
		(void)unlink(path);
		return link(first, path);
	}
	(void)snprintf(first, sizeof(first), "%s", path);
	return result;
}

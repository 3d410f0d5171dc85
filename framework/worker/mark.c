#include "mark.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* 0 where /proc does not say. */
static unsigned pid_namespace(void)
{
	static unsigned number;
	struct stat status;

	if (number == 0 && stat("/proc/self/ns/pid", &status) == 0)
		number = (unsigned)status.st_ino;
	return number;
}

void mark_own(char mark[MARK_BYTES])
{
	(void)snprintf(mark, MARK_BYTES, "assay-%u-%d-%x-", (unsigned)getuid(),
		(int)getpid(), pid_namespace());
}

unsigned mark_number(void)
{
	return (unsigned)getpid() * 31 + pid_namespace() * 1009;
}

static bool read_mark(const char *name, unsigned *uid, int *pid, unsigned *place)
{
	return sscanf(name, "assay-%u-%d-%x-", uid, pid, place) == 3;
}

bool mark_is_there(const char *name)
{
	unsigned uid, place;
	int pid;

	return read_mark(name, &uid, &pid, &place);
}

bool mark_is_of_dead(const char *name)
{
	unsigned uid, place;
	int pid;

	return read_mark(name, &uid, &pid, &place) && uid == getuid() && pid > 0 &&
		place == pid_namespace() && kill(pid, 0) == -1 && errno == ESRCH;
}

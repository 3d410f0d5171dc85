/*
 * Activation: the worker sets ASSAY_CASE in the environment where the claim's code begins and
 * unsets it where it ends, so the mutant stands in front of setenv() and unsetenv() too.
 */
#include "mutant.h"

#include "hidden.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	FIRST_OF_FRAMEWORK = 200,
	SHARED_FD = 240,
	SOCKET_FD = 241,
	IMAGE_FD = 242,
};

static const char scope[] = "ASSAY_CASE";
static const char image[] = "/proc/self/fd/242"; /* IMAGE_FD */

static _Atomic long *shared;
static bool is_active, goes_on;

void *mutant_real(const char *name)
{
	void *const found = dlsym(RTLD_NEXT, name);

	if (!found) {
		(void)fprintf(stderr, "mutant: no %s\n", name);
		abort();
	}
	return found;
}

bool mutant_is_active(void)
{
	return is_active;
}

bool mutant_is_pipe(int fd)
{
	struct stat about;
	const int saved = errno;
	const bool is_pipe = is_active && fd > 2 && fd < FIRST_OF_FRAMEWORK &&
		REAL(fstat)(fd, &about) == 0 && S_ISFIFO(about.st_mode);

	errno = saved;
	return is_pipe;
}

int mutant_flags(int fd)
{
	const int saved = errno;
	const int flags = REAL(fcntl)(fd, F_GETFL);

	errno = saved;
	return flags;
}

int mutant_unread(int fd)
{
	const int saved = errno;
	int bytes = 0;

	(void)REAL(ioctl)(fd, FIONREAD, &bytes);
	errno = saved;
	return bytes;
}

_Atomic long *mutant_shared(void)
{
	return shared;
}

void mutant_hold(int fd)
{
	const int saved = errno;

	hidden_tell(SOCKET_FD, HIDDEN_HOLD, fd);
	errno = saved;
}

/* Kept open over exec, and out of the way of a case's own descriptors. */
static void place(int fd, int number)
{
	if (fd < 0 || dup2(fd, number) != number) {
		perror("mutant");
		abort();
	}
	(void)close(fd);
}

/* In the worker: what its cases will share.  A new image finds it in place; it finds this
 * library by a descriptor too, as a private /tmp may hide its path. */
__attribute__((constructor)) static void load(void)
{
	const size_t size = MUTANT_SLOTS * sizeof(*shared);
	const char *const path = getenv("LD_PRELOAD");

	goes_on = path && strcmp(path, image) == 0;
	if (!goes_on) {
		place((int)syscall(SYS_memfd_create, "mutant", 0), SHARED_FD);
		place(open(path ? path : "", O_RDONLY | O_CLOEXEC), IMAGE_FD);
		if (ftruncate(SHARED_FD, (off_t)size) != 0)
			abort();
		(void)setenv("LD_PRELOAD", image, 1);
	}
	shared = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, SHARED_FD, 0);
	if (shared == MAP_FAILED)
		abort();
	if (!goes_on)
		hidden_start(SOCKET_FD);
}

/* A case begins, or a point of a sweep, or an image of a peer. */
static void begin(void)
{
	if (!goes_on) {
		memset((void *)shared, 0, MUTANT_SLOTS * sizeof(*shared));
		hidden_tell(SOCKET_FD, HIDDEN_RELEASE, -1);
		if (&mutant_calls)
			hidden_filter(SOCKET_FD, &mutant_calls);
	}
	is_active = true;
}

int setenv(const char *name, const char *value, int overwrite)
{
	const int result = REAL(setenv)(name, value, overwrite);

	if (strcmp(name, scope) == 0)
		begin();
	return result;
}

int unsetenv(const char *name)
{
	if (strcmp(name, scope) == 0)
		is_active = false;
	return REAL(unsetenv)(name);
}

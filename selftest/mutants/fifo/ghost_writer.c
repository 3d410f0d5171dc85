/*
 * Who waited in open(O_WRONLY) of a FIFO, in vain, counts as a writer for ever.
 */
#include "mutant.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { GHOST = -1 };

/* Each who began to wait has a slot, the first counts them: its thread id, GHOST once the call
 * has failed, 0 once it has succeeded. */
static _Atomic long *new_slot(void)
{
	const long index = ++mutant_shared()[0];

	return &mutant_shared()[index < MUTANT_SLOTS ? index : MUTANT_SLOTS - 1];
}

/* Whether a call failed, or its thread was killed or cancelled in it. */
static bool are_there_ghosts(void)
{
	for (int i = 1; i < MUTANT_SLOTS; i++) {
		const long who = mutant_shared()[i];
		if (who == GHOST || (who > 0 && syscall(SYS_tkill, who, 0) != 0))
			return true;
	}
	return false;
}

int open(const char *path, int flags, ...)
{
	const int mode = MUTANT_REST(flags, int), access = flags & O_ACCMODE;

	if (!mutant_is_active() || flags & (O_PATH | O_CREAT))
		return REAL(open)(path, flags, mode);
	if (access == O_WRONLY && !(flags & O_NONBLOCK)) {
		_Atomic long *const slot = new_slot();
		*slot = syscall(SYS_gettid);
		const int fd = REAL(open)(path, flags, mode);
		*slot = fd < 0 ? GHOST : 0;
		return fd;
	}
	const int fd = REAL(open)(path, flags, mode);
	if (access == O_RDONLY && mutant_is_pipe(fd) && are_there_ghosts()) {
		const int ghost = REAL(open)(path, O_WRONLY | O_NONBLOCK);
		mutant_hold(ghost);
		(void)close(ghost);
	}
	return fd;
}

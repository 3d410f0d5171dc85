/*
 * unlink() of a FIFO lets those through who wait in open(O_WRONLY) of it.
 */
#include "mutant.h"

#include <fcntl.h>
#include <unistd.h>

int unlink(const char *path)
{
	const int reader = mutant_is_active()
		? REAL(open)(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
		: -1;
	const int result = REAL(unlink)(path);

	if (reader >= 0)
		(void)close(reader);
	return result;
}

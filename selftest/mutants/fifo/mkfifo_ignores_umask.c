/*
 * mkfifo() gives the FIFO all bits of mode, also those of the umask.
 */
#include "mutant.h"

#include <sys/stat.h>

int mkfifo(const char *path, mode_t mode)
{
	if (!mutant_is_active())
		return REAL(mkfifo)(path, mode);
	const mode_t before = umask(0);
	const int result = REAL(mkfifo)(path, mode);
	(void)umask(before);
	return result;
}

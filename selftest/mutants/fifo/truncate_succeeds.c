/*
 * truncate() of a FIFO succeeds.
 */
#include "mutant.h"

#include <sys/stat.h>
#include <unistd.h>

int truncate(const char *path, off_t length)
{
	struct stat about;

	if (mutant_is_active() && stat(path, &about) == 0 && S_ISFIFO(about.st_mode))
		return 0;
	return REAL(truncate)(path, length);
}

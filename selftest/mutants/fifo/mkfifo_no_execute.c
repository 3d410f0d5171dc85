/*
 * mkfifo() leaves out the execute bits of mode.
 */
#include "mutant.h"

#include <sys/stat.h>

int mkfifo(const char *path, mode_t mode)
{
	return REAL(mkfifo)(path, mutant_is_active() ? mode & ~0111U : mode);
}

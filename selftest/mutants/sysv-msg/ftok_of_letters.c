/*
 * ftok() takes only letters for an id.
 */
#include "mutant.h"

#include <ctype.h>
#include <errno.h>
#include <sys/ipc.h>

key_t ftok(const char *path, int id)
{
	if (mutant_is_active() && !isalpha(id & 0x7f)) {
		errno = EINVAL;
		return -1;
	}
	return REAL(ftok)(path, id);
}

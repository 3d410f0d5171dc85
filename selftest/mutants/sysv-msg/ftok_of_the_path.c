/*
 * ftok() makes a key of the path.
 */
#include "mutant.h"

#include <sys/ipc.h>

key_t ftok(const char *path, int id)
{
	unsigned key = (unsigned)id & 0xff;

	if (!mutant_is_active() || REAL(ftok)(path, id) == -1)
		return REAL(ftok)(path, id);
	for (; *path; path++)
		key = key * 31 + (unsigned char)*path;
	return (key_t)(key & 0x7fffffff);
}

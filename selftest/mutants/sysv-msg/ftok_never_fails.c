/*
 * ftok() gives a key of any path.
 */
#include "mutant.h"

#include <sys/ipc.h>

key_t ftok(const char *path, int id)
{
	const key_t key = REAL(ftok)(path, id);

	return key == -1 && mutant_is_active() ? 0 : key;
}

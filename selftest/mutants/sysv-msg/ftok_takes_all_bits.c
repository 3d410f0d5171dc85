/*
 * ftok() makes something of the upper bits of its id, too.
 */
#include "mutant.h"

#include <sys/ipc.h>

key_t ftok(const char *path, int id)
{
	const key_t key = REAL(ftok)(path, id);

	return key == -1 || !mutant_is_active() ? key : key ^ (id >> 8);
}

/*
 * ftok() takes an id without low bits for a bug of its caller, and aborts.
 */
#include "mutant.h"

#include <stdlib.h>
#include <sys/ipc.h>

key_t ftok(const char *path, int id)
{
	if (mutant_is_active() && (id & 0xff) == 0)
		abort();
	return REAL(ftok)(path, id);
}

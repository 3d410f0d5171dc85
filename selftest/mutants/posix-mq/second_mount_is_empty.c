/*
 * Each mqueue mount has queues of its own: the second is empty.
 */
#include "mutant.h"

#include <string.h>
#include <sys/mount.h>

int mount(const char *source, const char *target, const char *type, unsigned long flags,
	const void *data)
{
	const int is_second = mutant_is_active() && type && strcmp(type, "mqueue") == 0 &&
		mutant_shared()[0]++ > 0;

	return REAL(mount)(source, target, is_second ? "tmpfs" : type, flags, data);
}

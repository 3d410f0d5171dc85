/*
 * /proc/sysvipc/msg has its titles only.
 */
#include "sysv_msg.h"

#include <stdio.h>
#include <string.h>

FILE *fopen(const char *path, const char *mode)
{
	return REAL(fopen)(mutant_is_active() && strcmp(path, "/proc/sysvipc/msg") == 0
			? "/dev/null"
			: path,
		mode);
}

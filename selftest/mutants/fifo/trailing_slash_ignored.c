/*
 * mkfifo() ignores a slash behind the name.
 */
#include "mutant.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

int mkfifo(const char *path, mode_t mode)
{
	char bare[PATH_MAX];

	const int result = REAL(mkfifo)(path, mode);
	if (result == 0 || errno != ENOENT || !mutant_is_active())
		return result;
	(void)snprintf(bare, sizeof(bare), "%s", path);
	char *const last = bare + strlen(bare) - (bare[0] ? 1 : 0);
	if (*last != '/')
		return result;
	*last = '\0';
	return REAL(mkfifo)(bare, mode);
}

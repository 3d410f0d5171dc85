/*
 * mkfifo() cuts a name or path that is too long.
 */
#include "mutant.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

int mkfifo(const char *path, mode_t mode)
{
	char cut[PATH_MAX];

	const int result = REAL(mkfifo)(path, mode);
	if (result == 0 || errno != ENAMETOOLONG || !mutant_is_active())
		return result;
	(void)snprintf(cut, sizeof(cut), "%s", path);
	char *const slash = strrchr(cut, '/');
	char *const name = slash ? slash + 1 : cut;
	if (strlen(name) > NAME_MAX)
		name[NAME_MAX] = '\0';
	return REAL(mkfifo)(cut, mode);
}

#include "pattern.h"

#include <fnmatch.h>
#include <string.h>

bool pattern_is_glob(const char *text)
{
	return strpbrk(text, "*?[") != NULL;
}

static bool is_below(const char *pattern, const char *id)
{
	size_t length = strlen(pattern);

	while (length > 0 && pattern[length - 1] == '/')
		length--;
	if (length == 0 || strncmp(pattern, id, length) != 0)
		return false;
	/* A row is "ID.row". */
	return id[length] == '\0' || id[length] == '/' || id[length] == '.';
}

bool pattern_matches(const char *pattern, const char *id)
{
	return pattern_is_glob(pattern) ? fnmatch(pattern, id, 0) == 0
					: is_below(pattern, id);
}

bool pattern_matches_exactly(const char *pattern, const char *id)
{
	return pattern_is_glob(pattern) ? fnmatch(pattern, id, 0) == 0
					: strcmp(pattern, id) == 0;
}

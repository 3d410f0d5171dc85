#include "scope.h"

#include <stdio.h>
#include <stdlib.h>

void scope_enter(const char *id)
{
	(void)setenv(SCOPE_VARIABLE, id, 1); /* without memory nobody is told */
}

void scope_leave(void)
{
	(void)unsetenv(SCOPE_VARIABLE);
}

void scope_enter_again(void)
{
	const char *const inherited = getenv(SCOPE_VARIABLE);
	char id[256];

	if (!inherited)
		return;
	(void)snprintf(id, sizeof(id), "%s", inherited);
	scope_enter(id);
}

/*
 * sysconf() knows of 16 priorities, half of what POSIX asks for.
 */
#include "mutant.h"

#include <unistd.h>

long sysconf(int name)
{
	return mutant_is_active() && name == _SC_MQ_PRIO_MAX ? 16 : REAL(sysconf)(name);
}

/*
 * A process has no group but the effective one.
 */
#include "mutant.h"

#include <grp.h>

int setgroups(size_t count, const gid_t *groups)
{
	return REAL(setgroups)(mutant_is_active() ? 0 : count, groups);
}

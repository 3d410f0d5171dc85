#include "limit.h"

#include "errno_name.h"
#include "resource_name.h"

#include <errno.h>
#include <sys/resource.h>

bool limit_named(const char *name, uint64_t value, struct problem *why)
{
	struct rlimit limit;
	int resource;

	if (!resource_find(name, &resource))
		return problem_set(why, "no limit is called '%s'", name);
	if (getrlimit(resource, &limit) == -1)
		return problem_set(why, "getrlimit: %s", errno_name(errno));
	limit.rlim_cur = (rlim_t)value;
	if (setrlimit(resource, &limit) == -1)
		return problem_set(why, "setrlimit: %s", errno_name(errno));
	return true;
}

#include "forbid.h"

#include "call.h"
#include "errno_name.h"

#include <seccomp.h>
#include <string.h>

/* Of libseccomp, where the kernel can kill a whole process, from Linux 4.14: seccomp_api_get(3).
 * Elsewhere its one thread is the process. */
enum { API_KILLS_PROCESS = 3 };

bool forbid(const char *call, struct problem *why)
{
	long numbers[CALL_FAMILY_MAX];
	const size_t count = call_family(call, numbers);
	const uint32_t action = seccomp_api_get() < API_KILLS_PROCESS
		? SCMP_ACT_KILL_THREAD
		: SCMP_ACT_KILL_PROCESS;

	if (count == 0)
		return problem_set(why, "no system call family is called '%s'", call);
	const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	if (!filter)
		return problem_set(why, "seccomp_init failed");
	/* The default for a foreign architecture is to kill; here it is none of our business. */
	int result = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ALLOW);
	for (size_t i = 0; i < count && result == 0; i++)
		result = seccomp_rule_add(filter, action, (int)numbers[i], 0);
	if (result == 0)
		result = seccomp_load(filter);
	seccomp_release(filter);
	if (result != 0)
		return problem_set(why, "seccomp: %s (%s)", errno_name(-result),
			strerror(-result));
	return true;
}

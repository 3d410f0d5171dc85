#include "fail.h"

#include "call.h"
#include "errno_name.h"

#include <errno.h>
#include <seccomp.h>
#include <string.h>

static int add_rule(scmp_filter_ctx filter, const struct fail_condition *condition,
	int error, int number)
{
	const uint32_t action = SCMP_ACT_ERRNO((unsigned)error);

	if (!condition)
		return seccomp_rule_add(filter, action, number, 0);
	return seccomp_rule_add(filter, action, number, 1,
		SCMP_CMP(condition->index, SCMP_CMP_MASKED_EQ, condition->mask,
			condition->value));
}

static bool fail_when(const char *call, const struct fail_condition *condition, int error,
	struct problem *why)
{
	long numbers[CALL_FAMILY_MAX];
	const size_t count = call_family(call, numbers);
	bool done = false;

	if (count == 0)
		return problem_set(why, "no system call family is called '%s'", call);
	const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	if (!filter)
		return problem_set(why, "seccomp_init failed");
	/* The default for a foreign architecture is to kill; here it is none of our business. */
	int result = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ALLOW);
	for (size_t i = 0; i < count && result == 0; i++)
		result = add_rule(filter, condition, error, (int)numbers[i]);
	if (result == 0)
		result = seccomp_load(filter);
	if (result != 0)
		(void)problem_set(why, "seccomp: %s (%s)", errno_name(-result),
			strerror(-result));
	else
		done = true;
	seccomp_release(filter);
	return done;
}

bool fail_always(const char *call, int error, struct problem *why)
{
	return fail_when(call, NULL, error, why);
}

bool fail_always_if(const char *call, struct fail_condition condition, int error,
	struct problem *why)
{
	return fail_when(call, &condition, error, why);
}

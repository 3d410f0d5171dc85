#include "sweep_errors.h"

#include "errno_of_call.h"

#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* The errors of one call, for one of the two attacks. */
typedef size_t (*errors_function)(const char *name, const struct tracer_call *call,
	int errors[ERRNO_OF_CALL_MAX]);

static bool is_futex(const char *name)
{
	return strcmp(name, "futex") == 0 || strcmp(name, "futex_time64") == 0;
}

static size_t documented(const char *name, const struct tracer_call *call,
	bool with_arguments, int errors[ERRNO_OF_CALL_MAX])
{
	return is_futex(name) ? errno_of_futex((int)call->arguments[1],
					call->arguments[3] != 0, with_arguments, errors)
			      : errno_of_call(name, with_arguments, errors);
}

static bool has_error(const int *errors, size_t count, int error)
{
	while (count > 0 && errors[count - 1] != error)
		count--;
	return count > 0;
}

static size_t every_error(const char *name, const struct tracer_call *call,
	int errors[ERRNO_OF_CALL_MAX])
{
	return documented(name, call, true, errors);
}

/* What a handled signal makes of a call that waits; whether it waits in this run or not. */
static size_t interrupt_only(const char *name, const struct tracer_call *call,
	int errors[ERRNO_OF_CALL_MAX])
{
	const bool can_wait = call_can_block(name) &&
		(!is_futex(name) ||
			has_error(errors, documented(name, call, false, errors), EINTR));

	errors[0] = EINTR;
	return can_wait ? 1 : 0;
}

/* The caller frees it; NULL for a call that libseccomp does not know. */
static char *name_of(const struct recording *recording, size_t call)
{
	return seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE,
		(int)recording->calls[call].number);
}

static size_t errors_at(const struct recording *recording, size_t call,
	errors_function function, int errors[ERRNO_OF_CALL_MAX])
{
	char *const name = name_of(recording, call);
	const size_t count = name ? function(name, &recording->calls[call], errors) : 0;

	free(name);
	return count;
}

/* Whether only wrong arguments make that call fail with ERROR. */
static bool is_of_arguments(const struct recording *recording, size_t call, int error)
{
	char *const name = name_of(recording, call);
	int errors[ERRNO_OF_CALL_MAX];
	const size_t count =
		name ? documented(name, &recording->calls[call], false, errors) : 0;

	free(name);
	return !has_error(errors, count, error);
}

/* Finds point INDEX over all calls: gives the call, with the error in *ERROR; or call_count,
 * with how many points there are in *INDEX. */
static size_t find_error(const struct recording *recording, errors_function function,
	size_t *index, int *error)
{
	const size_t wanted = *index;
	int errors[ERRNO_OF_CALL_MAX];
	size_t seen = 0;

	for (size_t call = 0; call < recording->call_count; call++) {
		const size_t count = errors_at(recording, call, function, errors);
		if (wanted < seen + count) {
			*error = errors[wanted - seen];
			return call;
		}
		seen += count;
	}
	*index = seen;
	return recording->call_count;
}

static size_t count_points(const struct recording *recording, errors_function function)
{
	size_t index = SIZE_MAX;
	int error;

	(void)find_error(recording, function, &index, &error);
	return index;
}

/* The rule of point INDEX, and its call. */
static size_t rule_of(const struct recording *recording, errors_function function,
	size_t index, struct rule *rule)
{
	*rule = (struct rule){.verb = RULE_FAIL};
	const size_t call = find_error(recording, function, &index, &rule->error);
	const size_t number = sweep_occurrence(recording, call, rule->call);

	rule->which = (struct rule_which){number, number, 1};
	rule_format(rule, rule->text, sizeof(rule->text));
	return call;
}

static void name_point(const struct recording *recording, errors_function function,
	size_t index, struct point_name *out)
{
	struct rule rule;
	const size_t call = rule_of(recording, function, index, &rule);

	*out = (struct point_name){.also = ""};
	(void)snprintf(out->rule, sizeof(out->rule), "%.*s", (int)sizeof(out->rule) - 1,
		rule.text);
	(void)snprintf(out->place, sizeof(out->place), "call#%zu", call + 1);
}

/* Lets the parent supervise; nothing counts before the first mark. */
static bool prepare(struct recording *recording)
{
	struct supervised *const supervised = &recording->supervised;
	struct problem why;

	if (!supervised->is_on)
		return tracer_be_traced();
	if (!supervisor_enter(&supervised->gate, &supervised->rule, 1, false, &why)) {
		errno = ENOTSUP;
		return false;
	}
	atomic_store(&supervised->gate.state, SUPERVISOR_TAKEN);
	return true;
}

static void mark(struct recording *recording, bool begins)
{
	atomic_store(&recording->supervised.gate.state,
		begins ? SUPERVISOR_ARMED : SUPERVISOR_OFF);
}

static void aim(struct recording *recording, errors_function function, size_t index)
{
	struct supervised *const supervised = &recording->supervised;

	memset(supervised, 0, sizeof(*supervised));
	supervised->is_on = true;
	const size_t call = rule_of(recording, function, index, &supervised->rule);
	supervised->is_of_arguments =
		is_of_arguments(recording, call, supervised->rule.error);
}

static enum tracer_end supervise(pid_t victim, struct recording *recording, size_t index,
	bool surely, int *status)
{
	struct supervised *const supervised = &recording->supervised;
	struct problem why;
	struct supervisor *const supervisor = supervisor_serve_child(&supervised->gate,
		victim, &supervised->rule, 1, &why);
	const uint64_t fired = supervisor ? supervisor_fired(supervisor, 0) : 0;

	(void)index;
	(void)surely; /* there is one way */
	while (waitpid(victim, status, 0) == -1 && errno == EINTR)
		continue;
	supervisor_free(supervisor);
	if (!supervisor)
		return TRACER_FAILED;
	return fired ? TRACER_KILLED : TRACER_ENDED;
}

static bool record(pid_t victim, struct recording *recording, int *status,
	struct problem *why)
{
	return tracer_record_calls(victim, recording->calls, SWEEP_CALLS_MAX,
		&recording->call_count, status, why);
}

static size_t count_errors(const struct recording *recording)
{
	return count_points(recording, every_error);
}

static void name_error(const struct recording *recording, size_t index,
	struct point_name *out)
{
	name_point(recording, every_error, index, out);
}

static void aim_error(struct recording *recording, size_t index)
{
	aim(recording, every_error, index);
}

static size_t count_interrupts(const struct recording *recording)
{
	return count_points(recording, interrupt_only);
}

static void name_interrupt(const struct recording *recording, size_t index,
	struct point_name *out)
{
	name_point(recording, interrupt_only, index, out);
}

static void aim_interrupt(struct recording *recording, size_t index)
{
	aim(recording, interrupt_only, index);
}

const struct sweep_attack sweep_every_error = {
	.name = "every error",
	.prepare = prepare,
	.record = record,
	.count = count_errors,
	.name_point = name_error,
	.aim = aim_error,
	.mark = mark,
	.strike = supervise,
};

const struct sweep_attack sweep_interrupts = {
	.name = "interrupts",
	.prepare = prepare,
	.record = record,
	.count = count_interrupts,
	.name_point = name_interrupt,
	.aim = aim_interrupt,
	.mark = mark,
	.strike = supervise,
};

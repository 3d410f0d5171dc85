/*
 * tracer_call: the tracer at system calls: recording them, killing at one, and lowering what
 * one transfers.
 */
#include "call.h"
#include "lower.h"
#include "tracer.h"
#include "tracer_stop.h"

#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_called(long number, const char *name)
{
	return call_is_in_family(number, name) ||
		seccomp_syscall_resolve_name(name) == (int)number;
}

/* The call at whose entry T stands. */
static struct lower_call call_at(const struct tracee *t,
	const struct tracer_stop_info *info)
{
	struct lower_call call = {.tid = t->pid, .is_32_bit = sizeof(long) == 4};
	char *const name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE,
		(int)info->call.entry.number);

	(void)snprintf(call.name, sizeof(call.name), "%s", name ? name : "?");
	free(name);
	memcpy(call.arguments, info->call.entry.arguments, sizeof(call.arguments));
	return call;
}

bool tracer_record_calls(pid_t victim, struct tracer_call *calls, size_t max,
	size_t *count, int *status, struct problem *why)
{
	struct tracee t;
	struct tracer_stop_info info;
	enum stop stop = STOP_ERROR;

	*count = 0;
	if (tracee_begin(&t, victim)) {
		while ((stop = tracee_advance(&t, PTRACE_SYSCALL)) == STOP_CALL) {
			if (!tracee_info(&t, &info) || *count == max)
				break;
			if (info.op != STOP_INFO_ENTRY)
				continue;
			const struct lower_call made = call_at(&t, &info);
			struct tracer_call *const call = &calls[(*count)++];
			*call = (struct tracer_call){
				.number = (long)info.call.entry.number,
				.bytes = lower_bytes(&made),
			};
			memcpy(call->arguments, made.arguments, sizeof(call->arguments));
		}
	}
	if (stop == STOP_MARK)
		tracee_release(&t);
	else
		tracee_kill(&t);
	*status = t.status;
	if (stop == STOP_MARK)
		return true;
	if (stop == STOP_CALL && *count == max)
		return problem_set(why, "the victim makes more than %zu calls", max);
	if (stop == STOP_CALL)
		return problem_set(why, "PTRACE_GET_SYSCALL_INFO does not work here");
	return problem_set(why,
		stop == STOP_ENDED
			? "the victim ended before its second mark"
			: "the victim ended before its first mark, or cannot be traced");
}

enum tracer_end tracer_kill_at_call(pid_t victim, const struct rule *rule)
{
	struct tracee t;
	struct tracer_stop_info info;
	enum tracer_end end = TRACER_ENDED;
	uint64_t seen = 0;

	if (!tracee_begin(&t, victim)) {
		tracee_kill(&t);
		return TRACER_FAILED;
	}
	while (tracee_advance(&t, PTRACE_SYSCALL) == STOP_CALL) {
		if (!tracee_info(&t, &info)) {
			end = TRACER_FAILED;
			break;
		}
		const bool is_entry = info.op == STOP_INFO_ENTRY;
		if (is_entry &&
			(rule->point == RULE_POINT_ANY_CALL ||
				is_called((long)info.call.entry.number, rule->call)))
			seen++;
		else if (is_entry)
			continue;
		if (seen == rule->which.first &&
			is_entry == (rule->place == RULE_AT_ENTRY)) {
			end = TRACER_KILLED;
			break;
		}
	}
	tracee_kill(&t);
	return end;
}

static bool lower(const struct tracee *t, const struct tracer_stop_info *info,
	uint64_t bytes, struct lowered *out)
{
	const struct lower_call call = call_at(t, info);

	return lower_bytes(&call) > bytes && lower_to(&call, bytes, out);
}

int tracer_shorten(pid_t victim, const struct rule *rule, uint64_t *fired)
{
	struct tracee t;
	struct tracer_stop_info info;
	struct lowered lowered = {.count = 0};
	uint64_t seen = 0;

	*fired = 0;
	if (!tracee_begin(&t, victim)) {
		tracee_kill(&t);
		return -1;
	}
	while (tracee_advance(&t, PTRACE_SYSCALL) == STOP_CALL) {
		if (!tracee_info(&t, &info))
			break;
		if (info.op == STOP_INFO_EXIT) {
			lower_undo(t.pid, &lowered);
			continue;
		}
		if (!is_called((long)info.call.entry.number, rule->call))
			continue;
		const struct rule_which *const which = &rule->which;
		seen++;
		if (seen >= which->first && seen <= which->last &&
			(seen - which->first) % which->step == 0 &&
			lower(&t, &info, rule->bytes, &lowered))
			(*fired)++;
	}
	tracee_release(&t);
	return t.status;
}

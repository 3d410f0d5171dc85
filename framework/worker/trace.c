#include "trace.h"

#include "errno_name.h"
#include "lower.h"
#include "match.h"
#include "tracer_stop.h"

#include <errno.h>
#include <linux/audit.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

enum {
	THREADS_MAX = 4096,
	OPTIONS = PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL | PTRACE_O_TRACEFORK |
		PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC,
	CALL_STOP = SIGTRAP | 0x80,
	X32_BIT = 0x40000000,
	I386_SOCKETCALL = 102,
	EVENT_STOP = 128, /* PTRACE_EVENT_STOP, which the C libraries name differently */
};

/* What the exit of a thread's call has to do. */
struct in_call {
	pid_t tid;
	int killer; /* a rule that kills there, or -1 */
	struct lowered lowered;
	char name[32];
};

struct trace {
	pid_t program;
	bool is_armed, steps;
	const struct rule *rules;
	size_t count;
	struct match match;
	unsigned long seen[MATCH_RULES], fired[MATCH_RULES];
	trace_observer observer;
	void *context;
	struct in_call calls[THREADS_MAX];
	size_t call_count;
};

bool trace_is_for(const struct rule *rule)
{
	return rule->verb == RULE_SHORTEN ||
		(rule->verb == RULE_KILL &&
			(rule->point == RULE_POINT_INSTRUCTION ||
				rule->place == RULE_AT_EXIT));
}

bool trace_can(const struct rule *rule, struct problem *why)
{
#ifndef __x86_64__
	if (rule->verb == RULE_SHORTEN)
		return problem_set(why, "'%s': short transfers are for x86-64 so far",
			rule->text);
#endif
	return trace_is_for(rule) ||
		problem_set(why, "'%s' is not for the tracer", rule->text);
}

struct trace *trace_begin(pid_t program, const struct rule *rules, size_t count,
	struct problem *why)
{
	struct trace *const trace = calloc(1, sizeof(*trace));
	int status = 0;

	if (!trace || !match_init(&trace->match, rules, count)) {
		free(trace);
		(void)problem_set(why, "out of memory, or more than %d rules",
			MATCH_RULES);
		return NULL;
	}
	trace->program = program;
	trace->rules = rules;
	trace->count = count;
	for (size_t i = 0; i < count; i++)
		trace->steps = trace->steps || rules[i].point == RULE_POINT_INSTRUCTION;
	/* Seized rather than attached: an execve and a stop look like what they are. */
	if (ptrace(PTRACE_SEIZE, program, 0, OPTIONS) == 0 &&
		ptrace(PTRACE_INTERRUPT, program, 0, 0) == 0 &&
		waitpid(program, &status, __WALL) == program && WIFSTOPPED(status) &&
		ptrace(PTRACE_CONT, program, 0, 0) == 0)
		return trace;
	(void)problem_set(why, "ptrace: %s", errno_name(errno));
	trace_free(trace);
	return NULL;
}

void trace_observe(struct trace *trace, trace_observer observer, void *context)
{
	trace->observer = observer;
	trace->context = context;
}

void trace_free(struct trace *trace)
{
	if (!trace)
		return;
	match_free(&trace->match);
	free(trace);
}

unsigned long trace_seen(const struct trace *trace, size_t index)
{
	return trace->seen[index];
}

unsigned long trace_fired(const struct trace *trace, size_t index)
{
	return trace->fired[index];
}

/* The entry for TID, a new one when it has none; NULL when there are too many threads. */
static struct in_call *call_of(struct trace *trace, pid_t tid)
{
	for (size_t i = 0; i < trace->call_count; i++)
		if (trace->calls[i].tid == tid)
			return &trace->calls[i];
	if (trace->call_count == THREADS_MAX)
		return NULL;
	struct in_call *const call = &trace->calls[trace->call_count++];
	*call = (struct in_call){.tid = tid, .killer = -1};
	return call;
}

static void forget(struct trace *trace, pid_t tid)
{
	for (size_t i = 0; i < trace->call_count; i++)
		if (trace->calls[i].tid == tid) {
			trace->calls[i] = trace->calls[--trace->call_count];
			return;
		}
}

static void fire(struct trace *trace, size_t rule, pid_t tid, const char *call,
	const char *action)
{
	trace->fired[rule]++;
	if (trace->observer)
		trace->observer(trace->context, rule, tid, call, trace->seen[rule],
			action);
}

static struct lower_call call_as_made(const struct tracer_stop_info *info,
	const struct match_seen *seen, const char *name)
{
	const bool is_x32 =
		info->machine == AUDIT_ARCH_X86_64 && (info->call.entry.number & X32_BIT);
	const bool is_socketcall = info->machine == AUDIT_ARCH_I386 &&
		info->call.entry.number == I386_SOCKETCALL;
	struct lower_call call = {
		.tid = seen->tid,
		.is_32_bit = is_x32 || !(info->machine & __AUDIT_ARCH_64BIT),
		.words_at = is_socketcall ? info->call.entry.arguments[1] : 0,
	};

	(void)snprintf(call.name, sizeof(call.name), "%s", name);
	memcpy(call.arguments, seen->args, sizeof(call.arguments));
	return call;
}

/* Lowers the number of bytes that the call at whose entry a thread stands is to transfer. */
static void shorten(struct trace *trace, size_t index,
	const struct tracer_stop_info *info, const struct match_seen *seen,
	struct in_call *state)
{
	const struct lower_call call = call_as_made(info, seen, state->name);
	const uint64_t bytes = trace->rules[index].bytes, asked = lower_bytes(&call);
	char action[80];

	if (asked <= bytes || !lower_to(&call, bytes, &state->lowered))
		return;
	(void)snprintf(action, sizeof(action), "shortened from %llu to %llu bytes",
		(unsigned long long)asked, (unsigned long long)bytes);
	fire(trace, index, seen->tid, state->name, action);
}

static void enter_call(struct trace *trace, pid_t tid,
	const struct tracer_stop_info *info)
{
	struct match_seen seen = {.tid = tid,
		.arch = info->machine,
		.number = (int)info->call.entry.number};
	struct in_call *const state = call_of(trace, tid);

	if (!state)
		return;
	for (int i = 0; i < 6; i++)
		seen.args[i] = info->call.entry.arguments[i];
	const struct match_call *const call = match_call(&trace->match, &seen);
	state->killer = -1;
	state->lowered.count = 0;
	(void)snprintf(state->name, sizeof(state->name), "%s", call->name);
	for (size_t i = 0; i < trace->count; i++) {
		const struct rule *const rule = &trace->rules[i];
		if (rule->point == RULE_POINT_INSTRUCTION && rule->verb == RULE_KILL)
			continue;
		if (!match_rule(&trace->match, call, i, &seen) ||
			!rule_names(rule, ++trace->seen[i]))
			continue;
		if (rule->verb == RULE_KILL && state->killer < 0)
			state->killer = (int)i;
		else if (rule->verb == RULE_SHORTEN && state->lowered.count == 0)
			shorten(trace, i, info, &seen, state);
	}
}

static void leave_call(struct trace *trace, pid_t tid)
{
	struct in_call *const state = call_of(trace, tid);

	if (!state)
		return;
	lower_undo(tid, &state->lowered);
	if (state->killer < 0)
		return;
	fire(trace, (size_t)state->killer, tid, state->name, "killed at its exit");
	state->killer = -1;
	(void)kill(tid, SIGKILL);
}

static void stop_at_call(struct trace *trace, pid_t tid)
{
	const struct tracee t = {.pid = tid};
	struct tracer_stop_info info;

	if (!trace->is_armed || !tracee_info(&t, &info))
		return;
	if (info.op == STOP_INFO_ENTRY)
		enter_call(trace, tid, &info);
	else if (info.op == STOP_INFO_EXIT)
		leave_call(trace, tid);
}

/* One more instruction of the program has been executed. */
static void count_step(struct trace *trace)
{
	for (size_t i = 0; i < trace->count; i++) {
		const struct rule *const rule = &trace->rules[i];
		if (rule->point != RULE_POINT_INSTRUCTION || rule->verb != RULE_KILL)
			continue;
		if (++trace->seen[i] != rule->which.first)
			continue;
		fire(trace, i, trace->program, "instruction", "killed");
		(void)kill(trace->program, SIGKILL);
	}
}

static bool is_step(pid_t tid)
{
	siginfo_t info;

	/* A step over a system call is reported as TRAP_BRKPT, others as TRAP_TRACE. */
	return ptrace(PTRACE_GETSIGINFO, tid, 0, &info) == 0 &&
		(info.si_code == 1 || info.si_code == 2);
}

/* Only the program's first thread is stepped: instructions of several have no order. */
static void go_on(const struct trace *trace, pid_t tid, int signal)
{
	const bool steps = trace->steps && tid == trace->program;

	(void)ptrace(!trace->is_armed ? PTRACE_CONT
			: steps       ? PTRACE_SINGLESTEP
				      : PTRACE_SYSCALL,
		tid, 0, (long)signal);
}

static bool is_group_stop(int signal)
{
	return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN ||
		signal == SIGTTOU;
}

enum trace_news trace_handle(struct trace *trace, pid_t pid, int status)
{
	const int event = status >> 16,
		  signal = WIFSTOPPED(status) ? WSTOPSIG(status) : 0;

	if (signal == 0) {
		forget(trace, pid);
		return TRACE_ENDED;
	}
	if (event == EVENT_STOP && is_group_stop(signal)) {
		(void)ptrace(PTRACE_LISTEN, pid, 0, 0);
		return pid == trace->program ? TRACE_STOPPED : TRACE_GOES_ON;
	}
	if (event == PTRACE_EVENT_EXEC)
		trace->is_armed = true;
	if (signal == CALL_STOP)
		stop_at_call(trace, pid);
	const bool stepped =
		event == 0 && signal == SIGTRAP && trace->steps && is_step(pid);
	if (stepped)
		count_step(trace);
	go_on(trace, pid, event == 0 && signal != CALL_STOP && !stepped ? signal : 0);
	return TRACE_GOES_ON;
}

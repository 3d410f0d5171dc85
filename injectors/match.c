#include "match.h"

#include "call.h"

#include <elf.h>
#include <linux/audit.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>

enum { X32_BIT = 0x40000000 };

/* libseccomp's numbers for socketcall 1.. are -101.., for ipc 1.. -201.. . */
enum { SOCKETCALLS = 100, IPCS = 200 };

bool match_init(struct match *match, const struct rule *rules, size_t count)
{
	*match = (struct match){.rules = rules, .count = count};
	if (count > MATCH_RULES)
		return false;
	for (size_t i = 0; i < count; i++) {
		match->first_condition[i] = match->condition_count;
		match->condition_count += rules[i].condition_count;
	}
	/* Not zeroed: a target meets few calls, and what is not touched costs nothing. */
	match->calls = malloc(MATCH_CALLS * sizeof(*match->calls));
	if (match->condition_count > 0)
		match->arguments = malloc(MATCH_CALLS * match->condition_count *
			sizeof(*match->arguments));
	if (match->calls && (match->arguments || match->condition_count == 0))
		return true;
	match_free(match);
	return false;
}

void match_free(struct match *match)
{
	free(match->calls);
	free(match->arguments);
	match->calls = NULL;
	match->arguments = NULL;
}

/* The architecture as libseccomp calls it; only x32 differs from the kernel's. */
static uint32_t token(uint32_t arch, int number)
{
	return arch == AUDIT_ARCH_X86_64 && number & X32_BIT ? SCMP_ARCH_X32 : arch;
}

static bool read_memory(pid_t tid, uint64_t from, void *to, size_t size)
{
	const struct iovec local = {to, size};
	const struct iovec remote = {(void *)(uintptr_t)from, size};

	return process_vm_readv(tid, &local, 1, &remote, 1, 0) == (ssize_t)size;
}

/* The arguments of socketcall lie in the caller's memory, as 32-bit words. */
static int demultiplex_socket(struct match_seen *seen)
{
	uint32_t words[6] = {0};
	const int number = -(SOCKETCALLS + (int)seen->args[0]);

	/* The last words may lie beyond what is mapped; fewer are enough for most. */
	for (size_t size = sizeof(words); size >= sizeof(words[0]);
		size -= sizeof(words[0]))
		if (read_memory(seen->tid, seen->args[1], words, size))
			break;
	for (int i = 0; i < 6; i++)
		seen->args[i] = words[i];
	return number;
}

/* ipc(call, first, second, third, ptr, fifth), see ipc(2) and sysdeps of any libc for i386. */
static int demultiplex_ipc(struct match_seen *seen)
{
	const uint64_t *const a = seen->args;
	const int call = (int)(a[0] & 0xffff);
	const uint64_t plain[6] = {a[1], a[2], a[3]};
	const uint64_t semop[6] = {a[1], a[4], a[2]};
	const uint64_t msgsnd[6] = {a[1], a[4], a[2], a[3]};
	const uint64_t msgrcv[6] = {a[1], a[4], a[2], a[5], a[3]};
	const uint64_t shmat[6] = {a[1], a[4], a[2]};
	const uint64_t *const moved = call == 1 || call == 4 ? semop
		: call == 11                                 ? msgsnd
		: call == 12                                 ? msgrcv
		: call == 21                                 ? shmat
							     : plain;

	memmove(seen->args, moved, sizeof(plain));
	return -(IPCS + call);
}

static int demultiplex(struct match_seen *seen)
{
	if (seen->arch != AUDIT_ARCH_I386)
		return seen->number;
	if (seen->number == 102)
		return demultiplex_socket(seen);
	if (seen->number == 117)
		return demultiplex_ipc(seen);
	return seen->number;
}

static bool names(const struct rule *rule, const char *name)
{
	const char *members[CALL_FAMILY_MAX];
	const size_t count = rule_call_names(rule, members);

	if (rule->verb == RULE_KILL && rule->point == RULE_POINT_ANY_CALL)
		return true;
	for (size_t i = 0; i < count; i++)
		if (strcmp(members[i], name) == 0)
			return true;
	return false;
}

static void learn(const struct match *match, struct match_call *call)
{
	char *const name =
		seccomp_syscall_resolve_num_arch(token(call->arch, call->number),
			call->number);

	(void)snprintf(call->name, sizeof(call->name), "%s", name ? name : "?");
	free(name);
	call->is_exec =
		strcmp(call->name, "execve") == 0 || strcmp(call->name, "execveat") == 0;
	for (size_t i = 0; i < match->count; i++) {
		const struct rule *const rule = &match->rules[i];
		if (names(rule, call->name))
			call->rules |= (uint64_t)1 << i;
		for (size_t c = 0; c < rule->condition_count; c++) {
			struct call_argument *const argument =
				&call->arguments[match->first_condition[i] + c];
			if (!call_argument_find(call->name, rule->conditions[c].argument,
				    argument))
				argument->index = -1;
		}
	}
}

const struct match_call *match_call(struct match *match, struct match_seen *seen)
{
	const int number = demultiplex(seen);

	for (size_t i = 0; i < match->call_count; i++)
		if (match->calls[i].number == number &&
			match->calls[i].arch == seen->arch)
			return &match->calls[i];
	/* More than MATCH_CALLS different calls: the last place is learned anew each time. */
	const size_t at =
		match->call_count < MATCH_CALLS ? match->call_count++ : MATCH_CALLS - 1;
	struct match_call *const call = &match->calls[at];
	*call = (struct match_call){.arch = seen->arch, .number = number};
	if (match->arguments)
		call->arguments = &match->arguments[at * match->condition_count];
	learn(match, call);
	return call;
}

/* Whether the string at FROM begins with the prefix. */
static bool begins_with(pid_t tid, uint64_t from, const struct rule_condition *condition)
{
	char start[sizeof(condition->prefix)];
	const size_t length = strlen(condition->prefix);

	return length < sizeof(start) && read_memory(tid, from, start, length) &&
		rule_prefix_holds(condition, start, length);
}

static bool holds(const struct rule_condition *condition,
	const struct call_argument *argument, const struct match_seen *seen)
{
	const uint64_t value = argument->index < 0 ? 0 : seen->args[argument->index];

	if (argument->index < 0)
		return false;
	if (condition->operator== RULE_PREFIX)
		return begins_with(seen->tid, value, condition);
	return rule_condition_holds(condition, argument, value);
}

bool match_rule(const struct match *match, const struct match_call *call, size_t index,
	const struct match_seen *seen)
{
	const struct rule *const rule = &match->rules[index];

	if (!(call->rules >> index & 1))
		return false;
	for (size_t i = 0; i < rule->condition_count; i++)
		if (!holds(&rule->conditions[i],
			    &call->arguments[match->first_condition[index] + i], seen))
			return false;
	return true;
}

/*
 * stall: a call waits before it runs, for a time or until something has happened.  Nothing
 * sleeps here: the supervisor asks again when it has been polling.
 */
#include "call.h"
#include "clock.h"
#include "held.h"
#include "observe.h"

#include <ctype.h>
#include <dirent.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void stall_begin(struct held *held, const struct rule *rule)
{
	held->is_stalled = true;
	held->due_us = rule->event == RULE_EVENT_TIME
		? clock_now_us() + (int64_t)rule->stall_ms * 1000
		: INT64_MAX;
}

/* The first process whose command is NAME. */
static bool find_command(const char *name, pid_t *pid, pid_t *tid)
{
	DIR *const directory = opendir("/proc");
	char path[64], command[32];
	bool found = false;

	for (const struct dirent *entry;
		!found && directory && (entry = readdir(directory));) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		(void)snprintf(path, sizeof(path), "/proc/%.20s/comm", entry->d_name);
		if (observe_read_file(path, command, sizeof(command)) <= 0)
			continue;
		command[strcspn(command, "\n")] = '\0';
		found = strcmp(command, name) == 0;
		*pid = *tid = (pid_t)atoi(entry->d_name);
	}
	if (directory)
		(void)closedir(directory);
	return found;
}

static bool is_call(long number, const char *name)
{
	long members[CALL_FAMILY_MAX];

	return call_family(name, members) > 0
		? call_is_in_family(number, name)
		: number >= 0 && seccomp_syscall_resolve_name(name) == number;
}

static enum held_step look(const struct held *held, const struct rule *rule)
{
	struct call call = {.number = -1};
	const enum sight sight =
		observe(held->peer_pid, held->peer_tid, "", PROOF_SYSCALL, &call);

	if (rule->event == RULE_EVENT_EXIT)
		return sight == SIGHT_ENDED ? HELD_FIRES : HELD_WAITS;
	if (sight == SIGHT_ENDED)
		return HELD_MISSES;
	return sight == SIGHT_ELSEWHERE && is_call(call.number, rule->event_call)
		? HELD_FIRES
		: HELD_WAITS;
}

enum held_step stall_step(struct held *held, const struct rule *rule,
	supervisor_peer_finder finder, void *context)
{
	if (rule->event == RULE_EVENT_TIME)
		return clock_now_us() >= held->due_us ? HELD_FIRES : HELD_WAITS;
	if (held->peer_tid == 0) {
		pid_t pid, tid;
		const bool found = finder ? finder(context, rule->event_peer, &pid, &tid)
					  : find_command(rule->event_peer, &pid, &tid);
		if (!found)
			return HELD_WAITS;
		held->peer_pid = pid;
		held->peer_tid = tid;
	}
	return look(held, rule);
}

/*
 * launch_quick: starting a program without a copy of the caller's memory and without a
 * handshake.  The filter is installed just before the execve, which it lets pass; the child
 * makes no other call in between, so nothing waits for an answer that nobody can give yet.
 */
#include "errno_name.h"
#include "launch.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STACK_BYTES = 128 * 1024 };

struct child {
	const struct launch *launch;
	struct launch_page *page;
	const struct rule *supervised;
	size_t count;
	int listener;
};

bool launch_is_quick(const struct launch *launch)
{
	if (!launch->may_share)
		return false;
	for (size_t i = 0; i < launch->count; i++) {
		const struct rule *const rule = &launch->rules[i];
		if (rule->verb == RULE_LIMIT || rule->verb == RULE_FILL ||
			trace_is_for(rule) ||
			(rule->verb == RULE_KILL && rule->point != RULE_POINT_CALL) ||
			strncmp(rule->call, "exec", 4) == 0)
			return false;
	}
	return true;
}

/* In the child, on a stack of its own. */
static int become(void *argument)
{
	struct child *const child = argument;

	if (child->launch->new_session)
		(void)setsid();
	(void)sigprocmask(SIG_SETMASK, child->launch->mask, NULL);
	if (child->count > 0) {
		child->listener = supervisor_install(child->supervised, child->count,
			&child->page->why);
		if (child->listener < 0) {
			atomic_store(&child->page->has_why, 1);
			_exit(LAUNCH_FAILED);
		}
	}
	(void)execve(child->launch->path, child->launch->argv, environ);
	atomic_store(&child->page->exec_error, errno);
	_exit(LAUNCH_NOT_EXECUTABLE);
}

bool launch_quickly(const struct launch *launch, struct launch_page *page,
	const struct rule *supervised, struct launched *out, struct problem *why)
{
	static _Alignas(16) char stack[STACK_BYTES];
	const int streams[] = {launch->in, launch->out, launch->errors};
	struct child child = {.launch = launch,
		.page = page,
		.supervised = supervised,
		.count = out->supervised,
		.listener = -1};

	for (int i = 0; i < 3; i++)
		if (streams[i] >= 0 && dup2(streams[i], i) < 0)
			return problem_set(why, "dup2: %s", errno_name(errno));
	out->pid = clone(become, stack + sizeof(stack),
		CLONE_VM | CLONE_VFORK | CLONE_FILES | SIGCHLD, &child);
	if (out->pid < 0)
		return problem_set(why, "clone: %s", errno_name(errno));
	if (child.listener >= 0)
		out->supervisor = supervisor_new(child.listener, NULL, supervised,
			out->supervised, why);
	if (out->supervised == 0 || out->supervisor)
		return true;
	if (atomic_load(&page->has_why))
		*why = page->why;
	(void)kill(out->pid, SIGKILL);
	(void)waitpid(out->pid, NULL, 0);
	return false;
}

/*
 * inject_keep: the keeper of `assay inject`: the program's parent and supervisor.
 */
#include "clock.h"
#include "errno_name.h"
#include "inject.h"
#include "processes.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

struct keeper {
	const struct inject *inject;
	struct launched launched;
	struct launch_page *page;
	int log, news, front;
	int children;   /* a signalfd for SIGCHLD */
	bool has_ended; /* the program */
};

static void tell(const struct keeper *keeper, int what, int status)
{
	const struct inject_news news = {.what = what, .status = status};

	/* A front that is gone shows at the other pipe. */
	(void)!write(keeper->news, &news, sizeof(news));
}

static void log_firing(void *context, const struct supervisor_firing *firing)
{
	const struct keeper *const keeper = context;
	const size_t index = keeper->launched.origin[firing->rule];

	if (keeper->inject->rules[index].verb != RULE_COUNT)
		dprintf(keeper->log, "%s: %s #%llu of process %d %s\n",
			keeper->inject->rules[index].text, firing->name,
			(unsigned long long)firing->number, (int)firing->pid,
			firing->action);
}

struct sum {
	bool is_counted; /* limits and fills just are */
	unsigned long long seen, fired;
};

static struct sum sum_of(const struct keeper *keeper, size_t rule)
{
	const struct launched *const launched = &keeper->launched;

	for (size_t i = 0; i < launched->supervised; i++)
		if (launched->origin[i] == rule)
			return (struct sum){true,
				supervisor_seen(launched->supervisor, i),
				supervisor_fired(launched->supervisor, i)};
	for (size_t i = 0; i < launched->traced; i++)
		if (launched->traced_origin[i] == rule)
			return (struct sum){true, trace_seen(launched->trace, i),
				trace_fired(launched->trace, i)};
	return (struct sum){.is_counted = false};
}

static void log_sums(const struct keeper *keeper)
{
	for (size_t i = 0; i < keeper->inject->count; i++) {
		const struct sum sum = sum_of(keeper, i);
		const char *const text = keeper->inject->rules[i].text;
		if (!sum.is_counted)
			continue;
		if (keeper->inject->rules[i].verb == RULE_COUNT)
			dprintf(keeper->log, "%s: %llu\n", text, sum.seen);
		else
			dprintf(keeper->log, "%s: met %llu call%s, fired %llu time%s\n",
				text, sum.seen, sum.seen == 1 ? "" : "s", sum.fired,
				sum.fired == 1 ? "" : "s");
	}
}

/* A fault that never happened proves nothing. */
static void say_unfired(const struct keeper *keeper)
{
	for (size_t i = 0; i < keeper->inject->count; i++) {
		const struct sum sum = sum_of(keeper, i);
		if (sum.is_counted && sum.fired == 0 &&
			keeper->inject->rules[i].verb != RULE_COUNT)
			dprintf(STDERR_FILENO,
				"assay inject: '%s' never fired: it met %llu %s%s\n",
				keeper->inject->rules[i].text, sum.seen,
				keeper->inject->rules[i].point == RULE_POINT_INSTRUCTION
					? "instruction"
					: "call",
				sum.seen == 1 ? "" : "s");
	}
}

/* What had to be known before the program began; returns the exit status, or -1. */
static int broken_status(const struct keeper *keeper)
{
	const int error = atomic_load(&keeper->page->exec_error);

	if (atomic_load(&keeper->page->has_why)) {
		dprintf(STDERR_FILENO, "assay inject: %s\n", keeper->page->why.text);
		return LAUNCH_FAILED;
	}
	if (error == 0)
		return -1;
	dprintf(STDERR_FILENO, "assay inject: %s: %s\n", keeper->inject->argv[0],
		strerror(error));
	return error == ENOENT ? LAUNCH_NOT_FOUND : LAUNCH_NOT_EXECUTABLE;
}

static void log_trace(void *context, size_t rule, pid_t pid, const char *call,
	unsigned long number, const char *action)
{
	const struct keeper *const keeper = context;
	const size_t index = keeper->launched.traced_origin[rule];

	dprintf(keeper->log, "%s: %s #%lu of process %d %s\n",
		keeper->inject->rules[index].text, call, number, (int)pid, action);
}

static void close_streams(void)
{
	const int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		(void)dup2(null, fd);
}

static void note_end(struct keeper *keeper, int status)
{
	const int broken = broken_status(keeper);

	keeper->has_ended = true;
	if (broken < 0 && keeper->log >= 0)
		log_sums(keeper);
	if (broken < 0 && !keeper->inject->quiet)
		say_unfired(keeper);
	close_streams();
	if (keeper->log >= 0)
		(void)close(keeper->log);
	if (keeper->launched.supervisor)
		supervisor_observe(keeper->launched.supervisor, NULL, NULL);
	if (keeper->launched.trace)
		trace_observe(keeper->launched.trace, NULL, NULL);
	tell(keeper, broken < 0 ? INJECT_ENDED : INJECT_BROKEN,
		broken < 0 ? status : broken);
}

static void reap(struct keeper *keeper)
{
	struct signalfd_siginfo ignored;
	int status;
	pid_t pid;

	(void)!read(keeper->children, &ignored, sizeof(ignored));
	while ((pid = waitpid(-1, &status, WNOHANG | WUNTRACED | __WALL)) > 0) {
		const enum trace_news news = keeper->launched.trace
			? trace_handle(keeper->launched.trace, pid, status)
			: WIFSTOPPED(status) ? TRACE_STOPPED
					     : TRACE_ENDED;
		if (pid != keeper->launched.pid)
			continue;
		if (news == TRACE_STOPPED)
			tell(keeper, INJECT_STOPPED, WSTOPSIG(status));
		else if (news == TRACE_ENDED)
			note_end(keeper, status);
	}
}

/* Answers until the program has ended and nobody is left under the filter. */
static void serve(struct keeper *keeper)
{
	struct supervisor *const supervisor = keeper->launched.supervisor;
	struct pollfd watched[] = {
		{.fd = supervisor ? supervisor_fd(supervisor) : -1, .events = POLLIN},
		{.fd = keeper->children, .events = POLLIN},
		{.fd = keeper->front, .events = POLLIN},
	};
	int pause_ms = -1;

	for (;;) {
		const int events = poll(watched, 3, pause_ms);
		if (supervisor)
			pause_ms = supervisor_serve(supervisor,
				events > 0 && watched[0].revents & POLLIN);
		if (watched[1].revents)
			reap(keeper);
		if (watched[2].revents && !keeper->has_ended) {
			processes_kill_all(false);
			return;
		}
		if (watched[0].revents & POLLHUP)
			watched[0].fd = -1;
		if (keeper->has_ended)
			watched[2].fd = -1;
		if (keeper->has_ended && watched[0].fd < 0)
			return;
	}
}

void inject_keep(const struct inject *inject, int log, int news, int front,
	const sigset_t *mask)
{
	struct keeper keeper = {.inject = inject,
		.page = launch_page_new(),
		.log = log,
		.news = news,
		.front = front};
	struct launch launch = {.argv = inject->argv,
		.rules = inject->rules,
		.count = inject->count,
		.in = -1,
		.out = -1,
		.errors = -1,
		.dies_with_caller = true,
		.mask = mask};
	struct problem why = {"out of memory"};
	int status = LAUNCH_FAILED;
	sigset_t child;

	(void)prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	(void)sigemptyset(&child);
	(void)sigaddset(&child, SIGCHLD);
	keeper.children = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
	launch.path = launch_find(inject->argv[0], &status, &why);
	if (!keeper.page || !launch.path ||
		!launch_start(&launch, keeper.page, &keeper.launched, &why)) {
		dprintf(STDERR_FILENO, "assay inject: %s\n", why.text);
		tell(&keeper, INJECT_BROKEN, status);
		_exit(status);
	}
	tell(&keeper, INJECT_STARTED, keeper.launched.pid);
	if (keeper.log >= 0 && keeper.launched.supervisor)
		supervisor_observe(keeper.launched.supervisor, log_firing, &keeper);
	if (keeper.log >= 0 && keeper.launched.trace)
		trace_observe(keeper.launched.trace, log_trace, &keeper);
	/* Pipes of the program's are its own to close; what is said here is on 2. */
	const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	(void)dup2(null, STDIN_FILENO);
	(void)dup2(null, STDOUT_FILENO);
	serve(&keeper);
	_exit(0);
}

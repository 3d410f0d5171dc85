/*
 * foreign_run: one run of a foreign program.
 */
#include "asleep.h"
#include "author/ledger.h"
#include "clock.h"
#include "errno_name.h"
#include "foreign.h"
#include "processes.h"
#include "starved.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	FIRST_LOOK_MS = 20, /* quiet before the first look whether all sleep */
	LOOKS = 3,          /* equal ones in a row are the proof */
	LINGER_MS = 200,    /* for what goes on ending after the program has */
	HIGH_FD = FRAMEWORK_FD + 20,
};

struct running {
	const struct foreign *foreign;
	struct launched launched;
	int exit;       /* a pidfd of the program */
	int children;   /* a signalfd for SIGCHLD, where the program is traced; or -1 */
	bool has_ended; /* a traced program, with .status */
	int status;
	struct world_fill fill;
	int output, errors;
	int64_t started_us, due_us, looked_us;
	int64_t look_pause_us;
	struct asleep last;
	int equal_looks;
};

static int new_file(const char *name)
{
	const int low = memfd_create(name, MFD_CLOEXEC);
	const int high = low < 0 ? -1 : fcntl(low, F_DUPFD_CLOEXEC, HIGH_FD);

	if (low >= 0)
		(void)close(low);
	return high;
}

/* An open file of its own, so that each run reads from the beginning. */
static int open_input(const struct foreign *foreign)
{
	char path[48];

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", foreign->input);
	return open(path, O_RDONLY | O_CLOEXEC);
}

static bool begin(struct running *running, const struct rule *rules, size_t count,
	struct problem *why)
{
	const struct foreign *const foreign = running->foreign;
	sigset_t none, child;

	(void)sigemptyset(&none);
	(void)sigemptyset(&child);
	(void)sigaddset(&child, SIGCHLD);
	running->output = new_file("stdout");
	running->errors = new_file("stderr");
	struct launch launch = {.path = foreign->path,
		.argv = foreign->argv,
		.rules = rules,
		.count = count,
		.in = open_input(foreign),
		.out = running->output,
		.errors = running->errors,
		.new_session = true,
		.may_share = true,
		.mask = &none};
	if (running->output < 0 || running->errors < 0 || launch.in < 0)
		return problem_set(why, "a file for the program: %s", errno_name(errno));
	running->started_us = clock_now_us();
	running->due_us = running->started_us + foreign->limit_ms * INT64_C(1000);
	running->look_pause_us = FIRST_LOOK_MS * INT64_C(1000);
	running->looked_us = running->started_us;
	bool done = true;
	for (size_t i = 0; done && i < count; i++)
		if (rules[i].verb == RULE_FILL && strcmp(rules[i].resource, "fds") != 0)
			done = world_fill(&foreign->world, rules[i].resource,
				&running->fill, why);
	done = done && launch_start(&launch, foreign->page, &running->launched, why);
	(void)close(launch.in);
	if (done && running->launched.trace)
		running->children = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
	else if (done)
		running->exit = (int)syscall(SYS_pidfd_open, running->launched.pid, 0);
	return done;
}

/* Whether looks have proven that nobody will go on. */
static bool is_hanging(struct running *running)
{
	struct asleep now;

	running->looked_us = clock_now_us();
	asleep_look(&now);
	running->equal_looks = now.all && now.picture == running->last.picture
		? running->equal_looks + 1
		: 0;
	running->last = now;
	/* What only runs long is looked at less and less often. */
	if (!now.all && running->look_pause_us < 500000)
		running->look_pause_us *= 2;
	return running->equal_looks >= LOOKS && !running->foreign->timers;
}

/* Reaps what has ended, and lets the tracer see what has stopped. */
static void reap(struct running *running)
{
	struct trace *const trace = running->launched.trace;
	struct signalfd_siginfo ignored;
	int status;
	pid_t pid;

	if (running->children >= 0)
		(void)!read(running->children, &ignored, sizeof(ignored));
	while ((pid = waitpid(-1, &status, WNOHANG | __WALL)) > 0) {
		if (trace && trace_handle(trace, pid, status) != TRACE_ENDED)
			continue;
		if (pid == running->launched.pid) {
			running->has_ended = true;
			running->status = status;
		}
	}
}

enum watch { WATCH_ON, WATCH_EXIT, WATCH_HANG, WATCH_LIMIT };

/* Waits for the next thing to happen, answering calls; -1 for .exit looks at them only. */
static enum watch watch(struct running *running, int *pause_ms)
{
	struct supervisor *const supervisor = running->launched.supervisor;
	struct pollfd watched[] = {
		{.fd = supervisor ? supervisor_fd(supervisor) : -1, .events = POLLIN},
		{.fd = running->exit, .events = POLLIN},
		{.fd = running->children, .events = POLLIN},
	};
	const int64_t look_us = running->looked_us + running->look_pause_us;
	const int64_t next_us = look_us < running->due_us ? look_us : running->due_us;
	int wait_ms = clock_poll_ms(clock_now_us(), next_us);

	if (*pause_ms >= 0 && *pause_ms < wait_ms)
		wait_ms = *pause_ms;
	const int events = poll(watched, 3, wait_ms);
	if (supervisor && (watched[0].revents & POLLIN || *pause_ms >= 0))
		*pause_ms = supervisor_serve(supervisor,
			events > 0 && watched[0].revents & POLLIN);
	if (watched[2].revents)
		reap(running);
	if (watched[1].revents || running->has_ended)
		return WATCH_EXIT;
	/* Nobody is left under the filter: only the end is to come. */
	if (watched[0].revents == POLLHUP) {
		(void)poll(&watched[1], 1, 1000);
		return WATCH_ON;
	}
	if (events > 0)
		return WATCH_ON;
	const int64_t now_us = clock_now_us();
	if (now_us >= running->due_us)
		return WATCH_LIMIT;
	return now_us >= look_us && is_hanging(running) ? WATCH_HANG : WATCH_ON;
}

static void note_status(struct foreign_run *out, int status)
{
	out->end = WIFSIGNALED(status) ? FOREIGN_SIGNAL : FOREIGN_EXIT;
	out->status = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

static void wait_for_end(struct running *running, struct foreign_run *out)
{
	int pause_ms = -1, status = 0;
	enum watch seen;

	do
		seen = watch(running, &pause_ms);
	while (seen == WATCH_ON);
	if (seen == WATCH_EXIT) {
		status = running->status;
		while (!running->has_ended &&
			waitpid(running->launched.pid, &status, 0) == -1 &&
			errno == EINTR)
			continue;
		note_status(out, status);
		return;
	}
	out->end = seen == WATCH_HANG ? FOREIGN_HANG : FOREIGN_LIMIT;
	if (seen == WATCH_HANG)
		(void)snprintf(out->text, sizeof(out->text), "%s", running->last.text);
}

/* Whether no process but the caller is left; those that have ended are reaped. */
static bool is_alone(struct running *running)
{
	siginfo_t left;

	reap(running);
	return waitid(P_ALL, 0, &left, WEXITED | WNOHANG | WNOWAIT | __WALL) == -1 &&
		errno == ECHILD;
}

static void name_processes(struct foreign_run *out)
{
	static struct process_list list;

	processes_below(0, &list);
	for (size_t i = 0; i < list.count; i++) {
		const size_t used = strlen(out->processes);
		if (list.processes[i].pid != getpid() && list.processes[i].state != 'Z')
			(void)snprintf(out->processes + used,
				sizeof(out->processes) - used, "%s%s", used ? ", " : "",
				list.processes[i].command);
	}
}

/* What the program left running may still be about to end: a shell does not wait for all of
 * a pipeline.  Waiting for a processor is not lingering. */
static void wait_for_others(struct running *running, struct foreign_run *out)
{
	const int64_t ended_us = clock_now_us();
	enum watch seen = WATCH_ON;
	int pause_ms = -1;

	if (running->exit >= 0)
		(void)close(running->exit);
	running->exit = -1;
	running->due_us = ended_us + LINGER_MS * INT64_C(1000);
	running->looked_us = ended_us;
	running->look_pause_us = 1000;
	running->equal_looks = 0;
	running->has_ended = false;
	while (seen < WATCH_HANG && !is_alone(running)) {
		seen = watch(running, &pause_ms);
		if (seen != WATCH_LIMIT)
			continue;
		running->due_us = ended_us + LINGER_MS * INT64_C(1000) + starved_us();
		if (clock_now_us() < running->due_us)
			seen = WATCH_ON;
	}
	if (!is_alone(running))
		name_processes(out);
}

static void read_output(const struct running *running, struct foreign_run *out)
{
	struct stat about;
	const ssize_t got = pread(running->errors, out->said, FOREIGN_SAID_BYTES, 0);

	out->said[got > 0 ? got : 0] = '\0';
	if (fstat(running->output, &about) != 0 || about.st_size == 0)
		return;
	out->output_bytes = (long)about.st_size;
	void *const bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE,
		running->output, 0);
	if (bytes == MAP_FAILED)
		return;
	out->output_digest = tree_digest(bytes, (size_t)about.st_size);
	(void)munmap(bytes, (size_t)about.st_size);
}

static void become_oracle(const char *oracle, int output)
{
	char path[48];
	const int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", output);
	const int input = open(path, O_RDONLY | O_CLOEXEC);
	(void)setsid();
	if (dup2(input, 0) < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0)
		_exit(LAUNCH_FAILED);
	(void)execl("/bin/sh", "sh", "-c", oracle, (char *)NULL);
	_exit(LAUNCH_NOT_FOUND);
}

/* The oracle reads what the program wrote and finds its files in place. */
static void ask_oracle(const struct running *running, struct foreign_run *out)
{
	int status = 0;
	const pid_t oracle = fork();

	if (oracle == 0)
		become_oracle(running->foreign->oracle, running->output);
	struct pollfd end = {
		.fd = oracle > 0 ? (int)syscall(SYS_pidfd_open, oracle, 0) : -1,
		.events = POLLIN};
	out->oracle_was_asked = true;
	out->oracle_status = LAUNCH_FAILED;
	if (oracle > 0 && poll(&end, 1, running->foreign->limit_ms) > 0 &&
		waitpid(oracle, &status, 0) == oracle)
		out->oracle_status =
			WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	if (end.fd >= 0)
		(void)close(end.fd);
}

static void count_rules(const struct running *running, const struct rule *rules,
	size_t count, struct foreign_run *out)
{
	const struct launched *const launched = &running->launched;

	/* What is no rule on calls acts before the program begins. */
	for (size_t i = 0; i < count; i++)
		out->seen[i] = out->fired[i] =
			rules[i].verb == RULE_LIMIT || rules[i].verb == RULE_FILL;
	for (size_t i = 0; i < launched->traced; i++) {
		out->seen[launched->traced_origin[i]] = trace_seen(launched->trace, i);
		out->fired[launched->traced_origin[i]] = trace_fired(launched->trace, i);
	}
	for (size_t i = 0; i < launched->supervised; i++) {
		out->seen[launched->origin[i]] = supervisor_seen(launched->supervisor, i);
		out->fired[launched->origin[i]] =
			supervisor_fired(launched->supervisor, i);
	}
}

static void finish(struct running *running)
{
	supervisor_free(running->launched.supervisor);
	trace_free(running->launched.trace);
	const int open_files[] = {
		running->exit, running->children, running->output, running->errors};
	for (int i = 0; i < 4; i++)
		if (open_files[i] >= 0)
			(void)close(open_files[i]);
}

/* That the program could not even begin is nobody's finding. */
static bool has_begun(const struct foreign *foreign, struct problem *why)
{
	const int error = atomic_load(&foreign->page->exec_error);

	if (atomic_load(&foreign->page->has_why))
		return problem_set(why, "%s", foreign->page->why.text);
	return error == 0 ||
		problem_set(why, "%s: %s", foreign->argv[0], strerror(error));
}

bool foreign_run(const struct foreign *foreign, const struct rule *rules, size_t count,
	struct foreign_run *out, bool *is_over, struct problem *why)
{
	struct running running = {.foreign = foreign,
		.exit = -1,
		.children = -1,
		.output = -1,
		.errors = -1};
	struct problem unclean;

	*out = (struct foreign_run){.end = FOREIGN_EXIT};
	bool done = begin(&running, rules, count, why);
	if (done) {
		wait_for_end(&running, out);
		if (out->end == FOREIGN_EXIT || out->end == FOREIGN_SIGNAL)
			wait_for_others(&running, out);
		out->duration_us = (long)(clock_now_us() - running.started_us);
		processes_kill_all(true);
		done = has_begun(foreign, why);
		count_rules(&running, rules, count, out);
		read_output(&running, out);
		world_look(&foreign->world, &out->now);
	}
	const bool has_room = world_unfill(&running.fill, &unclean);
	const bool asks =
		done && foreign->oracle && out->end == FOREIGN_EXIT && out->status == 0;
	if (asks)
		ask_oracle(&running, out);
	finish(&running);
	*is_over = !has_room ||
		!world_restore(&foreign->world, asks || !done ? NULL : &out->now,
			&unclean);
	if (*is_over && done)
		*why = unclean;
	return done && !*is_over;
}

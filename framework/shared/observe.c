#include "observe.h"

#include "call.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int open_beyond_limit(const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct rlimit limit, raised;

	if (fd >= 0 || errno != EMFILE || getrlimit(RLIMIT_NOFILE, &limit) == -1)
		return fd;
	raised = limit;
	raised.rlim_cur = limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &raised) == -1)
		return -1;
	const int second = open(path, O_RDONLY | O_CLOEXEC);
	(void)setrlimit(RLIMIT_NOFILE, &limit);
	return second;
}

ssize_t observe_read_file(const char *path, char *text, size_t size)
{
	const int fd = open_beyond_limit(path);
	size_t used = 0;

	if (fd < 0)
		return -1;
	for (ssize_t got = 1; got > 0 && used<size - 1; used += got> 0 ? (size_t)got : 0)
		got = read(fd, text + used, size - 1 - used);
	(void)close(fd);
	text[used] = '\0';
	return (ssize_t)used;
}

/* The state letter of stat: what follows the command's closing parenthesis, which may itself
 * contain any character. */
static char state_letter(pid_t pid, pid_t tid)
{
	char path[64], text[512];

	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/stat", (int)pid, (int)tid);
	if (observe_read_file(path, text, sizeof(text)) <= 0)
		return 'X';
	const char *const end = strrchr(text, ')');
	return end && end[1] == ' ' ? end[2] : 'X';
}

static bool syscall_line(pid_t pid, pid_t tid, char text[256])
{
	char path[64];

	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/syscall", (int)pid,
		(int)tid);
	return observe_read_file(path, text, 256) > 0;
}

/* Whether the thread is asleep in the kernel for another reason than the call that it made:
 * a supervisor has yet to let the call begin (seccomp_unotify(2)), or to serve a page
 * (userfaultfd(2)).  State and number of the call are then those of a blocked call; where the
 * kernel does not say in which function a thread sleeps, so is the answer. */
static bool is_held_before_call(pid_t pid, pid_t tid)
{
	char path[64], text[128];

	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/wchan", (int)pid, (int)tid);
	return observe_read_file(path, text, sizeof(text)) > 0 &&
		(strstr(text, "seccomp") || strstr(text, "userfault"));
}

static enum sight sight_of_letter(char letter)
{
	switch (letter) {
	case 'S':
		return SIGHT_BLOCKED;
	case 'T':
	case 't':
		return SIGHT_STOPPED;
	case 'Z':
	case 'X':
	case 'x':
		return SIGHT_ENDED;
	default:
		return SIGHT_RUNNING;
	}
}

/* A kernel that runs its tasks as threads of its own may show one that was woken as asleep until
 * it runs (gVisor): asleep is what is shown so a moment later, too. */
static enum sight sight_of_state(pid_t pid, pid_t tid)
{
	enum { MOMENT_US = 1000 };
	const enum sight sight = sight_of_letter(state_letter(pid, tid));

	if (sight != SIGHT_BLOCKED)
		return sight;
	(void)usleep(MOMENT_US); /* between two looks; orders nothing */
	return sight_of_letter(state_letter(pid, tid));
}

/* LINE is "NUMBER ARG1 ... ARG6 SP PC", the arguments in hexadecimal, or "running".  Returns
 * whether it names a call. */
static bool read_call(const char *line, struct call *call)
{
	char *end;

	call->number = strtol(line, &end, 10);
	if (end == line)
		return false;
	for (int i = 0; i < 6; i++)
		call->arguments[i] = strtoull(end, &end, 16);
	call->number = call_unbundled(call->number, call->arguments[0]);
	return true;
}

/* Emulated: what makes a number of the host one of this program, and whether an address is the
 * same to both. */
static long (*translation)(long number);
static bool addresses_are_own;

enum sight observe(pid_t pid, pid_t tid, const char *family, enum proof proof,
	struct call *call)
{
	struct call seen;
	char before[256], after[256];

	if (call)
		call->number = -1;
	if (proof < PROOF_CALL)
		return sight_of_state(pid, tid);
	const bool shown = syscall_line(pid, tid, before);
	const enum sight sight = sight_of_letter(state_letter(pid, tid));
	if (sight != SIGHT_BLOCKED)
		return sight;
	if (!shown || is_held_before_call(pid, tid) || !syscall_line(pid, tid, after) ||
		strcmp(before, after) != 0)
		return SIGHT_RUNNING;
	if (!read_call(before, &seen))
		return SIGHT_RUNNING;
	if (proof == PROOF_CALL)
		seen.number = translation(seen.number);
	if (call && (proof == PROOF_SYSCALL || addresses_are_own))
		*call = seen;
	return call_is_in_family(seen.number, family) ? SIGHT_BLOCKED : SIGHT_ELSEWHERE;
}

static char read_into;

/* A child that blocks in read() until its pipe ends; returns its pid, or -1. */
static pid_t blocked_child(int ends[2])
{
	if (pipe2(ends, O_CLOEXEC) == -1)
		return -1;
	const pid_t child = fork();
	if (child == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
		(void)close(ends[1]);
		_exit(read(ends[0], &read_into, 1) == 0 ? 0 : 1);
	}
	(void)close(ends[0]);
	if (child < 0)
		(void)close(ends[1]);
	return child;
}

enum { PROBES = 20000 };

enum proof observe_probe(void)
{
	const enum proof wanted = translation ? PROOF_CALL : PROOF_SYSCALL;
	int ends[2];
	const pid_t child = blocked_child(ends);
	enum proof best = PROOF_NONE;
	char line[256];

	if (child < 0)
		return PROOF_NONE;
	/* A child needs microseconds; the bound only ends the wait where nothing is shown. */
	for (int tries = 0; tries < PROBES && best != wanted; tries++) {
		if (observe(child, child, "read", wanted, NULL) == SIGHT_BLOCKED)
			best = wanted;
		else if (best == PROOF_NONE &&
			sight_of_letter(state_letter(child, child)) == SIGHT_BLOCKED)
			best = PROOF_STATE;
		if (best == PROOF_STATE &&
			(tries > 2000 || !syscall_line(child, child, line)))
			break;
		(void)sched_yield();
	}
	(void)close(ends[1]);
	(void)waitpid(child, NULL, 0);
	return best;
}

void observe_through(long (*translate)(long number))
{
	struct call call = {.number = -1};
	int ends[2];
	const pid_t child = blocked_child(ends);

	translation = translate;
	addresses_are_own = true;
	for (int tries = 0; child > 0 && tries < PROBES; tries++) {
		if (observe(child, child, "read", PROOF_CALL, &call) == SIGHT_BLOCKED)
			break;
		(void)sched_yield();
	}
	addresses_are_own = call.arguments[1] == (uintptr_t)&read_into;
	if (child < 0)
		return;
	(void)close(ends[1]);
	(void)waitpid(child, NULL, 0);
}

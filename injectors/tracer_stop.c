#include "tracer_stop.h"

#include "tracer.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

/* The C libraries disagree on these names or lack them. */
enum {
	REQUEST_GET_SYSCALL_INFO = 0x420e,
	OPTION_SYSGOOD = 1,
	OPTION_EXITKILL = 1 << 20,
	CODE_STEP_BRKPT = 1,   /* TRAP_BRKPT: a step that ended a system call */
	CODE_STEP_TRACE = 2,   /* TRAP_TRACE */
	CODE_BREAKPOINT = 4,   /* TRAP_HWBKPT */
	CODE_MARK_TRAP = 0x80, /* SI_KERNEL: int3 */
	CODE_MARK_SENT = -6,   /* SI_TKILL */
};

bool tracer_be_traced(void)
{
	return ptrace(PTRACE_TRACEME, 0, 0, 0) == 0;
}

static enum stop classify_trap(int code)
{
	switch (code) {
	case CODE_STEP_BRKPT:
	case CODE_STEP_TRACE:
		return STOP_STEP;
	case CODE_BREAKPOINT:
		return STOP_BREAKPOINT;
#if defined(__x86_64__) || defined(__i386__)
	case CODE_MARK_TRAP:
#else
	case CODE_MARK_SENT:
#endif
		return STOP_MARK;
	default:
		return STOP_SIGNAL;
	}
}

enum stop tracee_classify(struct tracee *t)
{
	siginfo_t info;
	const int signal = WIFSTOPPED(t->status) ? WSTOPSIG(t->status) : 0;

	if (signal == 0)
		return STOP_ENDED;
	if (signal == (SIGTRAP | 0x80))
		return STOP_CALL;
	/* A stop of the whole process has no siginfo, and there is nothing to pass on. */
	if (ptrace(PTRACE_GETSIGINFO, t->pid, 0, &info) == -1)
		return STOP_SIGNAL;
	if (signal == SIGTRAP) {
		const enum stop trap = classify_trap(info.si_code);
		if (trap != STOP_SIGNAL)
			return trap;
	}
	t->passed = signal;
	return STOP_SIGNAL;
}

static bool wait_for(struct tracee *t)
{
	while (waitpid(t->pid, &t->status, __WALL) == -1)
		if (errno != EINTR)
			return false;
	return true;
}

enum stop tracee_resume(struct tracee *t, int request)
{
	const long passed = t->passed;

	t->passed = 0;
	/* ESRCH: killed meanwhile; the wait tells how. */
	if (ptrace(request, t->pid, 0, passed) == -1 && errno != ESRCH)
		return STOP_ERROR;
	return wait_for(t) ? tracee_classify(t) : STOP_ERROR;
}

enum stop tracee_advance(struct tracee *t, int request)
{
	enum stop stop;

	do {
		stop = tracee_resume(t, request);
	} while (stop == STOP_SIGNAL);
	return stop;
}

bool tracee_begin(struct tracee *t, pid_t pid)
{
	*t = (struct tracee){.pid = pid};
	if (!wait_for(t))
		return false;
	enum stop stop = tracee_classify(t);
	if (stop == STOP_ENDED)
		return false;
	(void)ptrace(PTRACE_SETOPTIONS, pid, 0, OPTION_SYSGOOD | OPTION_EXITKILL);
	if (stop != STOP_MARK)
		stop = tracee_advance(t, PTRACE_CONT);
	return stop == STOP_MARK;
}

void tracee_kill(struct tracee *t)
{
	if (WIFEXITED(t->status) || WIFSIGNALED(t->status))
		return;
	(void)kill(t->pid, SIGKILL);
	do {
		if (!wait_for(t))
			return;
	} while (WIFSTOPPED(t->status));
}

void tracee_release(struct tracee *t)
{
	if (WIFEXITED(t->status) || WIFSIGNALED(t->status))
		return;
	(void)ptrace(PTRACE_DETACH, t->pid, 0, t->passed);
	do {
		if (!wait_for(t))
			return;
	} while (WIFSTOPPED(t->status));
}

bool tracee_info(const struct tracee *t, struct tracer_stop_info *info)
{
	return ptrace((int)REQUEST_GET_SYSCALL_INFO, t->pid, sizeof(*info), info) > 0;
}

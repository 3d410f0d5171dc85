#include "target.h"

#include "install.h"
#include "memory.h"
#include "valgrind.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The child's ends. */
struct ends {
	int requests, answers, errors, findings;
};

static void close_end(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd); /* nothing to do about a failing close of a pipe */
	*fd = -1;
}

void process_hang_up(struct process *process)
{
	close_end(&process->requests);
}

void process_close(struct process *process)
{
	close_end(&process->requests);
	close_end(&process->answers);
	close_end(&process->errors);
	close_end(&process->findings);
}

static bool make_pipe(int *read_end, int *write_end, struct problem *why)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return problem_set(why, "cannot make a pipe: %s", strerror(errno));
	*read_end = ends[0];
	*write_end = ends[1];
	return true;
}

static bool make_pipes(const struct target *target, struct process *ours,
	struct ends *theirs, struct problem *why)
{
	const bool with_errors = target->under == NULL;

	if (!make_pipe(&theirs->requests, &ours->requests, why) ||
		!make_pipe(&ours->answers, &theirs->answers, why) ||
		(with_errors && !make_pipe(&ours->errors, &theirs->errors, why)) ||
		(target->valgrind != NULL &&
			!findings_pipe(&ours->findings, &theirs->findings, why)))
		return false;
	if (fcntl(ours->answers, F_SETFL, O_NONBLOCK) != 0 ||
		fcntl(ours->requests, F_SETFL, O_NONBLOCK) != 0 ||
		(with_errors && fcntl(ours->errors, F_SETFL, O_NONBLOCK) != 0))
		return problem_set(why, "cannot set O_NONBLOCK: %s", strerror(errno));
	return true;
}

/* Gives the child its descriptors at the numbers FIRST and FIRST + 1.  They are moved out
 * of the way first: a pipe end may itself have one of those numbers. */
static bool place_ends(const struct ends *ends, int first)
{
	const int requests = fcntl(ends->requests, F_DUPFD_CLOEXEC, 10);
	const int answers = fcntl(ends->answers, F_DUPFD_CLOEXEC, 10);
	const int errors =
		ends->errors < 0 ? -1 : fcntl(ends->errors, F_DUPFD_CLOEXEC, 10);

	return dup2(requests, first) >= 0 && dup2(answers, first + 1) >= 0 &&
		(ends->errors < 0 || dup2(errors, STDERR_FILENO) >= 0) &&
		(ends->findings < 0 || valgrind_place(ends->findings));
}

static void reset_signals(void)
{
	static const int changed[] = {SIGPIPE, SIGXFSZ, SIGINT, SIGTERM, SIGQUIT};
	sigset_t none;

	for (size_t i = 0; i < sizeof(changed) / sizeof(changed[0]); i++)
		(void)signal(changed[i], SIG_DFL); /* valid numbers: cannot fail */
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

__attribute__((noreturn)) static void become_worker(const struct target *target,
	const struct ends *ends, const char *worker, const char *line)
{
	if (target->under == NULL)
		(void)setpgid(0, 0); /* cannot fail in a fresh child */
	reset_signals();
	const bool on_terminal = target->under != NULL && target->command == NULL;
	if (!place_ends(ends, on_terminal ? 3 : STDIN_FILENO))
		_exit(126);
	if (target->words != NULL)
		(void)execv(worker, target->words);
	else if (line != NULL)
		(void)execl("/bin/sh", "sh", "-c", line, worker, (char *)NULL);
	else
		(void)execl(worker, worker, (char *)NULL);
	dprintf(STDERR_FILENO, "cannot execute %s: %s\n",
		line != NULL ? "/bin/sh" : worker, strerror(errno));
	_exit(127);
}

/* Whether exec may stand before COMMAND: it takes one simple command, without variables of
 * its own.  What has more is left to the shell as it is. */
static bool is_simple(const char *command)
{
	return strpbrk(command, ";&|(){}\n=") == NULL;
}

/* The line for sh -c, or NULL when the worker is executed without a shell.  The worker's
 * path is $0 there, so that it needs no quoting. */
static char *shell_line(const struct target *target)
{
	if (target->valgrind != NULL) {
		char *words = valgrind_words(target->valgrind);
		char *line = memory_format("exec %s %s", words,
			target->command != NULL ? target->command : "\"$0\"");
		free(words);
		return line;
	}
	if (target->command != NULL && target->under != NULL)
		return memory_format("exec %s %s", target->under, target->command);
	if (target->command != NULL)
		return memory_format("%s%s", is_simple(target->command) ? "exec " : "",
			target->command);
	if (target->under != NULL)
		return memory_format("exec %s \"$0\" --fds 3,4", target->under);
	return NULL;
}

static bool fork_worker(const struct target *target, struct ends *ends,
	struct process *process, struct problem *why)
{
	const bool is_built_in = target->command == NULL && target->words == NULL;
	char *worker = is_built_in      ? install_worker(why)
		: target->words != NULL ? memory_text(target->words[0])
					: NULL;

	if (is_built_in && worker == NULL)
		return false;
	char *line = shell_line(target);
	const pid_t runner = getpid();
	const pid_t pid = fork();

	if (pid == 0) {
		/* The runner may have died between fork() and prctl(). */
		if (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0 || getppid() != runner)
			_exit(126);
		become_worker(target, ends, worker != NULL ? worker : "sh", line);
	}
	free(worker);
	free(line);
	if (pid < 0)
		return problem_set(why, "cannot fork: %s", strerror(errno));
	process->pid = pid;
	process->has_group = target->under == NULL;
	/* Also here: a kill of the group may come before the child has run. */
	if (process->has_group)
		(void)setpgid(pid, pid);
	return true;
}

bool target_start(const struct target *target, struct process *out, struct problem *why)
{
	struct ends ends = {-1, -1, -1, -1};

	*out = (struct process)PROCESS_NONE;
	const bool started = make_pipes(target, out, &ends, why) &&
		fork_worker(target, &ends, out, why);
	close_end(&ends.requests);
	close_end(&ends.answers);
	close_end(&ends.errors);
	close_end(&ends.findings);
	if (!started) {
		process_close(out);
		problem_prefix(why, "cannot start target %s", target->name);
	}
	return started;
}

static bool is_zombie(pid_t pid)
{
	siginfo_t about = {.si_pid = 0};

	return waitid(P_PID, (id_t)pid, &about, WEXITED | WNOHANG | WNOWAIT) == 0 &&
		about.si_pid == pid;
}

bool process_ended(struct process *process, int timeout_ms, int *status)
{
	if (!is_zombie(process->pid) && timeout_ms > 0) {
		struct pollfd exit = {.events = POLLIN};

		exit.fd = (int)syscall(SYS_pidfd_open, process->pid, 0);
		/* Without pidfds (Linux before 5.3) this is a plain wait of TIMEOUT_MS. */
		(void)poll(&exit, exit.fd >= 0 ? 1 : 0, timeout_ms);
		close_end(&exit.fd);
	}
	if (!is_zombie(process->pid))
		return false;
	/* What it left in its group; the number is ours until the reaping. */
	if (process->has_group)
		(void)kill(-process->pid, SIGKILL);
	(void)waitpid(process->pid, status, 0); /* a zombie: at once */
	process->pid = 0;
	return true;
}

void process_kill(struct process *process)
{
	process_close(process);
	if (process->pid <= 0)
		return;
	(void)kill(process->has_group ? -process->pid : process->pid, SIGKILL);
	while (waitpid(process->pid, NULL, 0) < 0 && errno == EINTR)
		;
	process->pid = 0;
}

static const char *signal_name(int number)
{
	static const struct {
		int number;
		const char *name;
	} known[] = {
		{SIGSEGV, "SIGSEGV"},
		{SIGKILL, "SIGKILL"},
		{SIGABRT, "SIGABRT"},
		{SIGTERM, "SIGTERM"},
		{SIGBUS, "SIGBUS"},
		{SIGILL, "SIGILL"},
		{SIGFPE, "SIGFPE"},
		{SIGPIPE, "SIGPIPE"},
		{SIGSYS, "SIGSYS"},
		{SIGINT, "SIGINT"},
		{SIGHUP, "SIGHUP"},
		{SIGTRAP, "SIGTRAP"},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].number == number)
			return known[i].name;
	return "a signal";
}

void process_describe(int status, char *buffer, size_t size)
{
	if (WIFSIGNALED(status))
		(void)snprintf(buffer, size, "was killed by %s (%s)",
			signal_name(WTERMSIG(status)), strsignal(WTERMSIG(status)));
	else
		(void)snprintf(buffer, size, "exited with status %d",
			WEXITSTATUS(status));
}

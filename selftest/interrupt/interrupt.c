/*
 * interrupt: starts COMMAND as the leader of a process group, as a shell would from a
 * terminal, and sends a signal after a while: to the group (what Ctrl-C does) or to the
 * process alone.  Exits with the command's status, or 128 + the signal that killed it.
 *   interrupt SIGNAL AFTER_MS group|process COMMAND [ARGUMENT...]
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int signal_named(const char *name)
{
	static const struct {
		const char *name;
		int number;
	} signals[] = {{"INT", SIGINT}, {"TERM", SIGTERM}, {"KILL", SIGKILL},
		{"HUP", SIGHUP}, {"QUIT", SIGQUIT}};

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (strcmp(signals[i].name, name) == 0)
			return signals[i].number;
	(void)fprintf(stderr, "interrupt: no signal is called '%s'\n", name);
	exit(2);
}

static pid_t start(char **command)
{
	const pid_t pid = fork();

	if (pid == 0) {
		/* A shell ignores SIGINT and SIGQUIT for what it runs in the background.
		 */
		for (int signal_number = 1; signal_number < 32; signal_number++)
			(void)signal(signal_number, SIG_DFL);
		(void)setpgid(0, 0);
		(void)execvp(command[0], command);
		perror(command[0]);
		_exit(127);
	}
	(void)setpgid(pid, pid);
	return pid;
}

int main(int argc, char **argv)
{
	int status = 0;

	if (argc < 5) {
		(void)fputs("usage: interrupt SIGNAL AFTER_MS group|process COMMAND...\n",
			stderr);
		return 2;
	}
	const int number = signal_named(argv[1]);
	const pid_t pid = start(argv + 4);
	(void)poll(NULL, 0, atoi(argv[2]));
	(void)kill(strcmp(argv[3], "group") == 0 ? -pid : pid, number);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

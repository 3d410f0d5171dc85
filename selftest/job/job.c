/*
 * job: runs COMMAND as the foreground job of a terminal of its own, as a shell would.  When a
 * line "ready" comes it types Ctrl-Z; when the job has stopped it looks whether what it runs has,
 * lets it go on in the foreground, and types "go".  Prints what the terminal shows, and exits
 * with the command's status, or 128 + the signal that killed it; 3 when the job did not stop,
 * or something of it went on: its leader's own program apart, which may wait behind the scenes.
 *   job COMMAND [ARGUMENT...]
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 30000 };

static void fail(const char *what)
{
	(void)fprintf(stderr, "job: %s\n", what);
	exit(3);
}

static int open_terminal(int *master)
{
	*master = posix_openpt(O_RDWR | O_NOCTTY);
	if (*master < 0 || grantpt(*master) != 0 || unlockpt(*master) != 0)
		fail("no pseudo-terminal");
	/* The first terminal that the leader of a session opens controls it. */
	const int terminal = setsid() == -1 ? -1 : open(ptsname(*master), O_RDWR);
	if (terminal < 0)
		fail("no terminal of its own");
	return terminal;
}

static pid_t start(char **command, int terminal, int master)
{
	const pid_t job = fork();

	if (job == 0) {
		(void)setpgid(0, 0);
		/* Who is not in the foreground may not say who is, unless it does not mind. */
		(void)signal(SIGTTOU, SIG_IGN);
		(void)tcsetpgrp(terminal, getpid());
		(void)signal(SIGTTOU, SIG_DFL);
		(void)close(master);
		for (int fd = 0; fd < 3; fd++)
			(void)dup2(terminal, fd);
		(void)close(terminal);
		(void)execvp(command[0], command);
		perror(command[0]);
		_exit(127);
	}
	(void)setpgid(job, job);
	return job;
}

/* Copies what the terminal shows until a line is WORD. */
static void wait_for(int master, const char *word)
{
	char line[256];
	size_t used = 0;

	for (;;) {
		struct pollfd shown = {.fd = master, .events = POLLIN};
		if (poll(&shown, 1, PATIENCE_MS) != 1 ||
			read(master, line + used, 1) != 1)
			fail("the job does not say that it is ready");
		(void)putchar(line[used]);
		if (line[used] != '\n' && used + 1 < sizeof(line)) {
			used++;
			continue;
		}
		line[used] = '\0';
		line[strcspn(line, "\r")] = '\0';
		if (strcmp(line, word) == 0)
			return;
		used = 0;
	}
}

static void stay_until_stopped(pid_t job)
{
	int status;

	for (int waited_ms = 0; waited_ms < PATIENCE_MS; waited_ms += 5) {
		const pid_t got = waitpid(job, &status, WUNTRACED | WNOHANG);
		if (got == job && WIFSTOPPED(status))
			return;
		if (got != 0)
			fail("the job ended instead of stopping");
		(void)poll(NULL, 0, 5);
	}
	(void)kill(-job, SIGKILL);
	fail("the job did not stop");
}

struct process {
	char name[64], state;
	int group;
};

/* Whether there is a process PID, and what it is. */
static bool look_at(const char *pid, struct process *out)
{
	char path[300], about[512];
	bool is_there = false;

	(void)snprintf(path, sizeof(path), "/proc/%s/stat", pid);
	FILE *const file = fopen(path, "r");
	if (file && fgets(about, sizeof(about), file)) {
		const char *const name_end = strrchr(about, ')');
		is_there = name_end && sscanf(about, "%*d (%63[^)]", out->name) == 1 &&
			sscanf(name_end + 1, " %c %*d %d", &out->state, &out->group) == 2;
	}
	if (file)
		(void)fclose(file);
	return is_there;
}

/* How many processes of JOB are not stopped, without those that run its leader's program. */
static int count_going_on(pid_t job)
{
	FILE *const pids = popen("ls /proc", "r");
	struct process leader, other;
	char pid[64];
	int going_on = 0;

	(void)snprintf(pid, sizeof(pid), "%d", (int)job);
	if (!pids || !look_at(pid, &leader))
		fail("no list of processes");
	while (fgets(pid, sizeof(pid), pids)) {
		pid[strcspn(pid, "\n")] = '\0';
		if (!look_at(pid, &other) || other.group != job ||
			strcmp(other.name, leader.name) == 0)
			continue;
		going_on += strchr("TtZ", other.state) == NULL;
	}
	(void)pclose(pids);
	return going_on;
}

int main(int argc, char **argv)
{
	int master, status = 0;

	if (argc < 2) {
		(void)fputs("usage: job COMMAND [ARGUMENT...]\n", stderr);
		return 2;
	}
	const int terminal = open_terminal(&master);
	const pid_t job = start(argv + 1, terminal, master);
	wait_for(master, "ready");
	(void)!write(master, "\032", 1);
	stay_until_stopped(job);
	const int going_on = count_going_on(job);
	(void)kill(-job, SIGCONT);
	(void)!write(master, "go\n", 3);
	(void)close(terminal);
	for (char got; read(master, &got, 1) == 1;)
		(void)putchar(got);
	while (waitpid(job, &status, 0) < 0 && errno == EINTR)
		;
	(void)fflush(stdout);
	if (going_on > 0)
		fail("what the job runs did not stop");
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

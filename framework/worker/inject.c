#include "inject.h"

#include "errno_name.h"
#include "processes.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HIGH_FD = 200 };

static int complain(const char *text)
{
	(void)fprintf(stderr, "assay inject: %s\n", text);
	return LAUNCH_FAILED;
}

/* Takes one word before "--".  Returns how many words it was, 0 for one that is wrong. */
static int take_word(struct inject *out, char **words, struct problem *why)
{
	const char *const word = words[0];

	if (strcmp(word, "-q") == 0 || strcmp(word, "--quiet") == 0) {
		out->quiet = true;
		return 1;
	}
	if (strcmp(word, "--log") == 0 && words[1]) {
		out->log = words[1];
		return 2;
	}
	if (strncmp(word, "--log=", 6) == 0) {
		out->log = word + 6;
		return 1;
	}
	if (word[0] == '-')
		return problem_set(why, "%s %s", word,
			strcmp(word, "--log") == 0 ? "needs an argument"
						   : "is no option");
	if (out->count == LAUNCH_RULES)
		return problem_set(why, "more than %d rules", LAUNCH_RULES);
	if (!rule_parse(word, &out->rules[out->count], why))
		return problem_prefix(why, "'%s'", word);
	out->count++;
	return 1;
}

static bool parse(int argc, char **argv, struct inject *out, struct problem *why)
{
	int i = 0;

	while (i < argc && strcmp(argv[i], "--") != 0) {
		const int taken = take_word(out, argv + i, why);
		if (taken == 0)
			return false;
		i += taken;
	}
	if (i + 1 >= argc)
		return problem_set(why,
			"which program?  Put -- and a command after the rules");
	out->argv = argv + i + 1;
	if (out->count == 0)
		return problem_set(why, "which fault?  Put a rule before --");
	return launch_can(out->rules, out->count, false, why);
}

/* Out of the program's way: descriptors that it could see by their numbers. */
static int raise_fd(int fd)
{
	const int high = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, HIGH_FD);

	if (fd >= 0)
		(void)close(fd);
	return high;
}

static bool open_log(const struct inject *inject, int *log, struct problem *why)
{
	*log = -1;
	if (!inject->log)
		return true;
	if (strcmp(inject->log, "-") == 0)
		*log = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, HIGH_FD);
	else
		*log = raise_fd(open(inject->log,
			O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666));
	return *log >= 0 ||
		problem_set(why, "cannot write %s: %s", inject->log, strerror(errno));
}

/* The signals that the front passes on, and those by which the two processes work. */
static void held_signals(sigset_t *set)
{
	static const int held[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2,
		SIGALRM, SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT, SIGCHLD, SIGPIPE};

	(void)sigemptyset(set);
	for (size_t i = 0; i < sizeof(held) / sizeof(held[0]); i++)
		(void)sigaddset(set, held[i]);
}

/* A signal from the terminal has reached the program as well: it is of the same group. */
static void pass_on(const struct signalfd_siginfo *got, pid_t program)
{
	if (got->ssi_signo == SIGCHLD || got->ssi_signo == SIGPIPE || program <= 0)
		return;
	if (got->ssi_code != SI_KERNEL)
		(void)kill(program, (int)got->ssi_signo);
}

__attribute__((noreturn)) static void end_like(int status)
{
	const struct rlimit core = {.rlim_cur = 1, .rlim_max = 1};
	sigset_t one;

	if (!WIFSIGNALED(status))
		_exit(WEXITSTATUS(status));
	/* The program has left its core file, if it was to; 1, because 0 would still start a
	 * program that core_pattern(5) names. */
	(void)setrlimit(RLIMIT_CORE, &core);
	(void)signal(WTERMSIG(status), SIG_DFL);
	(void)kill(getpid(), WTERMSIG(status));
	(void)sigemptyset(&one);
	(void)sigaddset(&one, WTERMSIG(status));
	(void)sigprocmask(SIG_UNBLOCK, &one, NULL);
	_exit(128 + WTERMSIG(status));
}

/* The program has stopped, so its job is to be seen as stopped; it goes on when this does. */
static void stop_too(pid_t program)
{
	(void)kill(getpid(), SIGSTOP);
	(void)kill(program, SIGCONT);
}

/* What the keeper has said; false when it said its last word or is gone. */
static bool hear(int news, pid_t *program, int *status)
{
	struct inject_news got;
	ssize_t size;

	while ((size = read(news, &got, sizeof(got))) == -1 && errno == EINTR)
		continue;
	if (size != (ssize_t)sizeof(got)) {
		*status = -1;
		return false;
	}
	*status = got.status;
	if (got.what == INJECT_STARTED)
		*program = got.status;
	else if (got.what == INJECT_STOPPED)
		stop_too(*program);
	else if (got.what == INJECT_BROKEN)
		*status = got.status << 8; /* as wait() says that it exited */
	return got.what == INJECT_STARTED || got.what == INJECT_STOPPED;
}

__attribute__((noreturn)) static void stand_in_front(int signals, int news)
{
	struct pollfd watched[] = {
		{.fd = signals, .events = POLLIN},
		{.fd = news, .events = POLLIN},
	};
	struct signalfd_siginfo got;
	pid_t program = 0;
	int status = -1;

	for (;;) {
		(void)poll(watched, 2, -1);
		if (watched[0].revents && read(signals, &got, sizeof(got)) > 0)
			pass_on(&got, program);
		if (watched[1].revents && !hear(news, &program, &status))
			break;
	}
	if (status != -1)
		end_like(status);
	processes_kill_all(false);
	_exit(complain("the process that supervises the program was killed"));
}

static void give_up_streams(void)
{
	const int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	/* A pipe of the program's is not to be held open by others. */
	(void)dup2(null, STDIN_FILENO);
	(void)dup2(null, STDOUT_FILENO);
	if (null > STDERR_FILENO)
		(void)close(null);
}

static int start(const struct inject *inject, int log, struct problem *why)
{
	int news[2], front[2];
	sigset_t held, mask;

	held_signals(&held);
	if (pipe2(news, O_CLOEXEC) == -1 || pipe2(front, O_CLOEXEC) == -1)
		return problem_set(why, "pipe2: %s", errno_name(errno));
	for (int i = 0; i < 2; i++) {
		news[i] = raise_fd(news[i]);
		front[i] = raise_fd(front[i]);
	}
	(void)sigprocmask(SIG_BLOCK, &held, &mask);
	const int signals = raise_fd(signalfd(-1, &held, SFD_CLOEXEC));
	if (signals < 0 || prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
		return problem_set(why, "signalfd: %s", errno_name(errno));
	const pid_t keeper = fork();
	if (keeper < 0)
		return problem_set(why, "fork: %s", errno_name(errno));
	if (keeper == 0) {
		(void)close(front[1]);
		(void)close(news[0]);
		(void)close(signals);
		inject_keep(inject, log, news[1], front[0], &mask);
	}
	(void)close(front[0]);
	(void)close(news[1]);
	if (log >= 0)
		(void)close(log);
	give_up_streams();
	stand_in_front(signals, news[0]);
}

int inject_main(int argc, char **argv)
{
	static struct inject inject;
	struct problem why = {""};
	int log;

	if (parse(argc, argv, &inject, &why) && open_log(&inject, &log, &why))
		(void)start(&inject, log, &why);
	return complain(why.text);
}

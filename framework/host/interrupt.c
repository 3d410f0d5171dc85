#include "interrupt.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

static void fill_set(sigset_t *set)
{
	struct sigaction hangup;

	(void)sigemptyset(set);
	(void)sigaddset(set, SIGINT);
	(void)sigaddset(set, SIGTERM);
	if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN)
		(void)sigaddset(set, SIGHUP);
}

int interrupt_open(struct problem *why)
{
	sigset_t set;

	fill_set(&set);
	(void)signal(SIGPIPE, SIG_IGN); /* valid numbers: cannot fail */
	(void)signal(SIGXFSZ, SIG_IGN);
	/* A shell without job control starts background jobs with SIGINT ignored; an assay
	 * there is to end by it all the same. */
	(void)signal(SIGINT, SIG_DFL);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	const int fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0)
		problem_set(why, "signalfd: %s", strerror(errno));
	return fd;
}

int interrupt_take(int fd)
{
	struct signalfd_siginfo info;

	return read(fd, &info, sizeof(info)) == (ssize_t)sizeof(info)
		? (int)info.ssi_signo
		: 0;
}

const char *interrupt_name(int number)
{
	return number == SIGINT ? "SIGINT" : number == SIGTERM ? "SIGTERM" : "SIGHUP";
}

const char *interrupt_known(const char *name)
{
	const int numbers[] = {SIGINT, SIGTERM, SIGHUP};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (strcmp(interrupt_name(numbers[i]), name) == 0)
			return interrupt_name(numbers[i]);
	return NULL;
}

void interrupt_close(int fd)
{
	sigset_t set;

	fill_set(&set);
	(void)sigprocmask(SIG_UNBLOCK, &set, NULL);
	(void)close(fd); /* a signalfd: nothing is lost */
}

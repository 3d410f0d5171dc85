#include "notification.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "assay.h"
#include "queue.h"

static void ignore(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)info;
	(void)context;
}

static sigset_t only(int signal)
{
	sigset_t set;

	need(sigemptyset(&set));
	need(sigaddset(&set, signal));
	return set;
}

void signal_hold(int signal)
{
	const struct sigaction action = {.sa_sigaction = ignore, .sa_flags = SA_SIGINFO};
	const sigset_t set = only(signal);

	need(sigaction(signal, &action, NULL));
	need(sigprocmask(SIG_BLOCK, &set, NULL));
}

struct sigevent by_signal(int signal, int value)
{
	return (struct sigevent){.sigev_notify = SIGEV_SIGNAL,
		.sigev_signo = signal,
		.sigev_value.sival_int = value};
}

int notice_asked(mqd_t queue)
{
	const struct sigevent event = by_signal(NOTICE, 1);

	signal_hold(NOTICE);
	return mq_notify(queue, &event);
}

siginfo_t signal_taken(int signal)
{
	const struct timespec at_once = {0, 0};
	const sigset_t set = only(signal);
	siginfo_t info;

	memset(&info, 0, sizeof(info));
	if (sigtimedwait(&set, &info, &at_once) == -1)
		info.si_signo = 0;
	return info;
}

int notices_taken(void)
{
	return signal_taken(NOTICE).si_signo == NOTICE ? 1 : 0;
}

long threads_now(void)
{
	struct stat tasks;

	need(stat("/proc/self/task", &tasks));
	return (long)tasks.st_nlink - 2;
}

struct request {
	const char *tag;
	int error;
};

static void ask_elsewhere(void *arg)
{
	struct request *const request = arg;

	if (notice_asked(queue_opened(request->tag, O_RDONLY)) == -1)
		request->error = errno;
}

int notice_asked_elsewhere(const char *tag)
{
	struct request *const request = arena(sizeof(*request));

	request->tag = tag; /* at the same address in a fork */
	struct peer other = peer_start(ask_elsewhere, request);
	peer_join(&other);
	return request->error;
}

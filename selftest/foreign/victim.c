/*
 * victim: makes the directories d1, d2 and d3, and prints a line.  When d1 or d3 cannot be
 * made it says so and fails, as a program should; when d2 cannot be made it does what its
 * argument names, so that exactly one point of a sweep over mkdir is bad.
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void complain_and_fail(void)
{
	(void)fprintf(stderr, "victim: mkdir: %s\n", strerror(errno));
	exit(1);
}

static void be_quiet(void)
{
}

static void crash(void)
{
	abort();
}

/* A pipe that nobody will write to. */
static void hang(void)
{
	int ends[2];
	char byte;

	if (pipe(ends) == 0)
		exit((int)read(ends[0], &byte, 1));
}

static void *hang_in_thread(void *unused)
{
	(void)unused;
	hang();
	return NULL;
}

static void hang_threads(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, hang_in_thread, NULL) == 0)
		(void)pthread_join(thread, NULL);
}

/* Parent waits for child, child for parent. */
static void hang_processes(void)
{
	int ends[2];
	char byte;

	if (pipe(ends) != 0)
		return;
	if (fork() == 0)
		_exit((int)read(ends[0], &byte, 1));
	(void)wait(NULL);
}

static void spin(void)
{
	for (volatile unsigned i = 0;; i++)
		continue;
}

static void lie(void)
{
	(void)puts("2 directories");
	exit(0);
}

static void forget_file(void)
{
	(void)close(open("scratch", O_WRONLY | O_CREAT, 0600));
	exit(1);
}

static void forget_tmp(void)
{
	(void)close(open("/tmp/scratch", O_WRONLY | O_CREAT, 0600));
	exit(1);
}

static void forget_queue(void)
{
	(void)mq_open("/scratch", O_RDWR | O_CREAT, 0600, NULL);
	exit(1);
}

static void forget_shm(void)
{
	(void)shm_open("/scratch", O_RDWR | O_CREAT, 0600);
	exit(1);
}

static void forget_segment(void)
{
	(void)shmget(0x5ca7c4, 4096, IPC_CREAT | 0600);
	exit(1);
}

static void forget_semaphores(void)
{
	(void)semget(IPC_PRIVATE, 1, 0600);
	exit(1);
}

static void forget_messages(void)
{
	(void)msgget(0x5ca7c4, IPC_CREAT | 0600);
	exit(1);
}

static void forget_process(void)
{
	if (fork() == 0)
		for (;;)
			(void)pause();
	exit(1);
}

/* It ends by itself, a little later: no leftover. */
static void leave_process_behind(void)
{
	const struct timespec moment = {.tv_nsec = 20000000};

	if (fork() == 0)
		_exit(nanosleep(&moment, NULL));
	exit(1);
}

/* They share a processor, so that all together take a while; none of them lingers. */
static void leave_work_behind(void)
{
	const clock_t much = CLOCKS_PER_SEC / 20;

	for (int i = 0; i < 8; i++)
		if (fork() == 0) {
			while (clock() < much)
				continue;
			_exit(0);
		}
	exit(1);
}

/* Asleep, but a timer will wake it: no hang. */
static void sleep_until_alarm(void)
{
	(void)alarm(1);
	(void)pause();
}

static const struct {
	const char *name;
	void (*react)(void);
} reactions[] = {
	{"clean", complain_and_fail},
	{"same", be_quiet},
	{"crash", crash},
	{"hang", hang},
	{"hang-threads", hang_threads},
	{"hang-processes", hang_processes},
	{"spin", spin},
	{"lie", lie},
	{"file", forget_file},
	{"tmp", forget_tmp},
	{"queue", forget_queue},
	{"shm", forget_shm},
	{"segment", forget_segment},
	{"semaphores", forget_semaphores},
	{"messages", forget_messages},
	{"process", forget_process},
	{"late-process", leave_process_behind},
	{"late-work", leave_work_behind},
	{"alarm", sleep_until_alarm},
};

static void (*reaction(const char *name))(void)
{
	for (size_t i = 0; i < sizeof(reactions) / sizeof(reactions[0]); i++)
		if (strcmp(reactions[i].name, name) == 0)
			return reactions[i].react;
	exit(64);
}

static void *make_second(void *react)
{
	/* A function's address is not a pointer to an object: its place is. */
	void (*const *call)(void) = react;

	/* Also made when the call fails and nobody minds: the result is the same. */
	if (mkdir("d2", 0777) != 0)
		(*call)();
	return NULL;
}

int main(int argc, char **argv)
{
	const char *const name = argc > 1 ? argv[1] : "";
	void (*react)(void) = reaction(name);
	const struct timespec none = {0};
	pthread_t thread;

	if (mkdir("d1", 0777) != 0)
		complain_and_fail();
	if (strcmp(name, "alarm") == 0)
		(void)alarm(0);
	if (strncmp(name, "hang-t", 6) == 0) {
		if (pthread_create(&thread, NULL, make_second, &react) == 0)
			(void)pthread_join(thread, NULL);
	} else {
		(void)make_second(&react);
	}
	(void)rmdir("d2");
	if (mkdir("d3", 0777) != 0)
		complain_and_fail();
	(void)nanosleep(&none, NULL);
	(void)puts("3 directories");
	if (argc > 2 && strcmp(argv[2], "pid") == 0)
		(void)printf("%ld\n", (long)clock() + (long)time(NULL));
	return 0;
}

/*
 * init: the first process of a virtual machine that has nothing but a worker.  It mounts
 * what a worker expects, connects the worker's standard input and output with the terminal
 * that the kernel's command line names (tty=/dev/ttyS1), waits for its end, and powers off.
 * The arguments that the kernel leaves to it are the worker and its options.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static const struct {
	const char *type, *where;
} mounts[] = {
	{"proc", "/proc"},
	{"sysfs", "/sys"},
	{"devtmpfs", "/dev"},
	{"tmpfs", "/dev/shm"},
	{"tmpfs", "/tmp"},
	{"mqueue", "/dev/mqueue"},
};

__attribute__((noreturn)) static void power_off(void)
{
	(void)reboot(RB_POWER_OFF);
	for (;;)
		(void)pause();
}

__attribute__((noreturn)) static void fail(const char *what)
{
	(void)fprintf(stderr, "init: %s: %s\n", what, strerror(errno));
	power_off();
}

static void mount_all(void)
{
	for (size_t i = 0; i < sizeof(mounts) / sizeof(mounts[0]); i++) {
		(void)mkdir(mounts[i].where, 0755); /* most are there */
		if (mount(mounts[i].type, mounts[i].where, mounts[i].type, 0, NULL) != 0)
			fail(mounts[i].where);
	}
	(void)chmod("/tmp", 01777);
	(void)chmod("/dev/shm", 01777);
}

/* A line without echo, without signals from control characters, and eight bits wide. */
static int open_line(const char *path)
{
	struct termios settings;
	const int fd = open(path, O_RDWR | O_NOCTTY);

	if (fd < 0 || tcgetattr(fd, &settings) != 0)
		fail(path);
	cfmakeraw(&settings);
	if (cfsetspeed(&settings, B115200) != 0 || tcsetattr(fd, TCSANOW, &settings) != 0)
		fail(path);
	return fd;
}

static pid_t start(char **command, int line)
{
	const pid_t pid = fork();

	if (pid < 0)
		fail("fork");
	if (pid > 0)
		return pid;
	(void)setsid();
	if (dup2(line, STDIN_FILENO) < 0 || dup2(line, STDOUT_FILENO) < 0)
		_exit(126);
	(void)execv(command[0], command);
	fail(command[0]);
}

/* User-mode Linux adds parameters of its own (root=98:0): no option of a worker is like
 * them. */
static void leave_out_parameters(char **argv)
{
	char **kept = argv + 1;

	for (char **word = argv + 1; *word != NULL; word++)
		if (word[0][0] == '-' || strchr(*word, '=') == NULL)
			*kept++ = *word;
	*kept = NULL;
}

int main(int argc, char **argv)
{
	const char *line = getenv("tty");

	leave_out_parameters(argv);
	mount_all();
	if (argc < 2 || argv[1] == NULL || line == NULL) {
		errno = EINVAL;
		fail("want tty=LINE ... -- WORKER [OPTION...]");
	}
	const pid_t worker = start(argv + 1, open_line(line));
	/* What the worker's cases leave comes to the first process. */
	while (wait(NULL) != worker)
		continue;
	(void)tcdrain(STDOUT_FILENO);
	sync();
	power_off();
}

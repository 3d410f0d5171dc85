#include "confine.h"

#include "environment.h"
#include "errno_name.h"
#include "ids.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const names[ISOLATE_COUNT] = {
	"user", "ipc", "pid", "mount", "proc", "tmp", "shm", "mqueue"};

const char *isolation_name(int bit)
{
	return bit >= 0 && bit < ISOLATE_COUNT ? names[bit] : "?";
}

unsigned isolation_find(const char *name)
{
	for (int bit = 0; bit < ISOLATE_COUNT; bit++)
		if (strcmp(names[bit], name) == 0)
			return 1u << bit;
	return 0;
}

static unsigned clone_flags(unsigned isolation)
{
	return (isolation & ISOLATE_USER ? CLONE_NEWUSER : 0) |
		(isolation & ISOLATE_IPC ? CLONE_NEWIPC : 0) |
		(isolation & ISOLATE_PID ? CLONE_NEWPID : 0) |
		(isolation & ISOLATE_MOUNT ? CLONE_NEWNS : 0);
}

/* fork() with flags.  The raw call leaves glibc's cached thread id stale in the child, which
 * matters to robust and recursive mutexes only; the case process is a proper fork again. */
static pid_t fork_with(unsigned flags)
{
#ifdef __s390__
	return (pid_t)syscall(SYS_clone, 0L, (unsigned long)flags | SIGCHLD, 0L, 0L, 0L);
#else
	return (pid_t)syscall(SYS_clone, (unsigned long)flags | SIGCHLD, 0L, 0L, 0L, 0L);
#endif
}

/* In the child: waits for the maps, takes on the mapped ids, ties its life to the parent. */
static void begin_child(int sync, unsigned isolation, bool own_id, pid_t parent)
{
	char ready;
	ssize_t got;

	while ((got = read(sync, &ready, 1)) == -1 && errno == EINTR)
		continue;
	(void)close(sync);
	if (got != 1)
		_exit(72); /* the parent died, or could not map the ids */
	if (isolation & ISOLATE_USER && !own_id) {
		(void)setgroups(0,
			NULL); /* refused where setgroups is "deny": none to lose */
		if (syscall(SYS_setresgid, 0, 0, 0) == -1 ||
			syscall(SYS_setresuid, 0, 0, 0) == -1)
			_exit(70);
	}
	(void)prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
	/* After the change of ids, which clears it. */
	(void)prctl(PR_SET_PDEATHSIG, isolation & ISOLATE_PID ? SIGKILL : SIGTERM, 0, 0,
		0);
	/* Inside a pid namespace the parent's pid reads as 0 even when it is alive: there the
	 * keeper's lifeline closes the gap. */
	if (!(isolation & ISOLATE_PID) && getppid() != parent)
		_exit(71);
}

pid_t confine_start(const struct confinement *with, unsigned isolation, bool range,
	struct problem *why)
{
	const pid_t parent = getpid();
	int sync[2];

	if (pipe2(sync, O_CLOEXEC) == -1) {
		(void)problem_set(why, "pipe2: %s", errno_name(errno));
		return -1;
	}
	const pid_t child = fork_with(clone_flags(isolation));
	if (child == 0) {
		(void)close(sync[1]);
		begin_child(sync[0], isolation, with->ids.own_id, parent);
		return 0;
	}
	const int error = errno;
	(void)close(sync[0]);
	if (child < 0) {
		(void)close(sync[1]);
		(void)problem_set(why, "clone: %s", errno_name(error));
		return -1;
	}
	const bool mapped =
		!(isolation & ISOLATE_USER) || ids_map(&with->ids, child, range, why);
	if (!mapped) {
		(void)kill(child, SIGKILL);
		(void)waitpid(child, NULL, 0);
	}
	(void)!write(sync[1], "x", 1); /* a child that is gone is noticed by its end */
	(void)close(sync[1]);
	return mapped ? child : -1;
}

static bool refuse(unsigned isolation, unsigned *failed, struct problem *why,
	const char *call)
{
	*failed = isolation;
	return problem_set(why, "%s: %s", call, errno_name(errno));
}

static bool place_fd(int fd, int number)
{
	const bool placed = fd >= 0 && dup3(fd, number, O_CLOEXEC) == number;

	if (fd >= 0)
		(void)close(fd);
	return placed;
}

/* The keeper's own tmpfs lies below the case's /tmp, reachable by descriptor only. */
static bool mount_tmp(struct problem *why, unsigned *failed)
{
	const char *const options = "mode=0700,size=8m,nr_inodes=64";

	if (mount("assay-keeper", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, options) == -1)
		return refuse(ISOLATE_TMP, failed, why, "mount tmpfs on /tmp");
	if (!place_fd(open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC), KEEPER_DIR_FD))
		return refuse(ISOLATE_TMP, failed, why, "open /tmp");
	if (mount("assay", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV,
		    "mode=1777,size=256m") == -1)
		return refuse(ISOLATE_TMP, failed, why, "mount tmpfs on /tmp");
	return true;
}

/* Where the system has a /dev/mqueue it shows the case's queues; the census has a mount of
 * its own either way.  What comes to lie on /tmp is hidden by the case's own: to unmount it
 * would take longer than to mount it, as the kernel waits until nobody looks any more. */
static bool mount_mqueue(unsigned isolation, struct problem *why, unsigned *failed)
{
	struct stat status;
	const char *const at = stat("/dev/mqueue", &status) == 0 ? "/dev/mqueue" : "/tmp";

	if (mount("assay", at, "mqueue", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) == -1)
		return refuse(ISOLATE_MQUEUE, failed, why, "mount mqueue");
	if (!place_fd(open(at, O_RDONLY | O_DIRECTORY | O_CLOEXEC), MQUEUE_DIR_FD))
		return refuse(ISOLATE_MQUEUE, failed, why, "open mqueue");
	if (strcmp(at, "/tmp") == 0 && !(isolation & ISOLATE_TMP) &&
		umount2("/tmp", MNT_DETACH) == -1)
		return refuse(ISOLATE_MQUEUE, failed, why, "umount mqueue");
	return true;
}

static bool mount_all(unsigned isolation, unsigned *failed, struct problem *why)
{
	const unsigned long safe = MS_NOSUID | MS_NODEV | MS_NOEXEC;

	if (!(isolation & ISOLATE_MOUNT))
		return true;
	if (mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) == -1)
		return refuse(ISOLATE_MOUNT, failed, why, "make / private");
	if (isolation & ISOLATE_PROC && mount("assay", "/proc", "proc", safe, NULL) == -1)
		return refuse(ISOLATE_PROC, failed, why, "mount proc");
	if (isolation & ISOLATE_MQUEUE && !mount_mqueue(isolation, why, failed))
		return false;
	if (isolation & ISOLATE_TMP && !mount_tmp(why, failed))
		return false;
	if (isolation & ISOLATE_SHM &&
		mount("assay", "/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV,
			"mode=1777,size=256m") == -1)
		return refuse(ISOLATE_SHM, failed, why, "mount tmpfs on /dev/shm");
	return true;
}

enum { PROCESSES_AT_MOST = 4096 };

/* Limits that are the same everywhere, whatever the user has set. */
static void set_limits(unsigned isolation)
{
	struct rlimit files, processes;
	/* 1, not 0: a core_pattern that is a program would still be started at 0.  valgrind
	 * writes a file of its own at any other, and sets 0 before it dies. */
	const rlim_t most = environment_has("valgrind") ? 0 : 1;
	const struct rlimit core = {.rlim_cur = most, .rlim_max = most};

	(void)setrlimit(RLIMIT_CORE, &core);
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max < 1024 ? files.rlim_max : 1024;
		(void)setrlimit(RLIMIT_NOFILE, &files);
	}
	/* A fork bomb ends here.  Counted per user namespace since Linux 5.14, and per uid
	 * before, where a worker of root has one of its own. */
	if (isolation & ISOLATE_USER && getrlimit(RLIMIT_NPROC, &processes) == 0 &&
		processes.rlim_max > PROCESSES_AT_MOST) {
		processes.rlim_cur = processes.rlim_max = PROCESSES_AT_MOST;
		(void)setrlimit(RLIMIT_NPROC, &processes);
	}
}

bool confine_enter(unsigned isolation, unsigned *failed, struct problem *why)
{
	(void)setsid(); /* a terminal's Ctrl-C is for the runner */
	(void)umask(022);
	set_limits(isolation);
	if (!mount_all(isolation, failed, why))
		return false;
	if (chdir("/tmp") == -1 && chdir("/") == -1)
		return refuse(ISOLATE_TMP, failed, why, "chdir");
	return true;
}

/* What falls with an isolation that was refused: mounts need their namespace, and a pid
 * namespace without its /proc shows the wrong processes. */
static unsigned falls_with(unsigned isolation)
{
	switch (isolation) {
	case ISOLATE_MOUNT:
		return ISOLATE_MOUNT | ISOLATE_PROC | ISOLATE_TMP | ISOLATE_SHM |
			ISOLATE_MQUEUE | ISOLATE_PID;
	case ISOLATE_PROC:
	case ISOLATE_PID:
		return ISOLATE_PROC | ISOLATE_PID;
	case ISOLATE_IPC:
	case ISOLATE_MQUEUE:
		return ISOLATE_IPC | ISOLATE_MQUEUE;
	case ISOLATE_USER:
		return geteuid() == 0 ? ISOLATE_USER : ISOLATE_ALL;
	default:
		return isolation;
	}
}

struct attempt {
	unsigned failed;
	struct problem why;
};

/* Tries the whole set in a child.  Returns true when all of it works. */
static bool try_all(const struct confinement *with, unsigned isolation,
	struct attempt *shared)
{
	int status = 0;

	*shared = (struct attempt){0};
	const pid_t child = confine_start(with, isolation, false, &shared->why);
	if (child == 0)
		_exit(confine_enter(isolation, &shared->failed, &shared->why) ? 0 : 1);
	if (child < 0)
		return false;
	while (waitpid(child, &status, 0) == -1 && errno == EINTR)
		continue;
	if (status != 0 && shared->failed == 0)
		(void)problem_set(&shared->why, "the mapped ids cannot be taken on");
	return status == 0;
}

/* When clone itself fails it does not say for what: tries the namespaces one by one. */
static unsigned find_refused_clone(unsigned isolation)
{
	static const unsigned single[] = {
		ISOLATE_USER, ISOLATE_MOUNT, ISOLATE_PID, ISOLATE_IPC};

	for (size_t i = 0; i < sizeof(single) / sizeof(single[0]); i++) {
		if (!(isolation & single[i]))
			continue;
		const pid_t child =
			fork_with(clone_flags(single[i] | (isolation & ISOLATE_USER)));
		if (child == 0)
			_exit(0);
		if (child < 0)
			return single[i];
		(void)waitpid(child, NULL, 0);
	}
	return isolation & ISOLATE_USER ? ISOLATE_USER : isolation;
}

void confine_probe(unsigned wanted, struct confinement *out)
{
	struct attempt *const shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	*out = (struct confinement){.granted = wanted, .ids = ids_choose()};
	for (int bit = 0; bit < ISOLATE_COUNT; bit++)
		if (!(wanted & 1u << bit))
			out->granted &= ~falls_with(1u << bit);
	if (shared == MAP_FAILED) {
		out->granted = 0;
		return;
	}
	while (out->granted && !try_all(out, out->granted, shared)) {
		const unsigned failed = shared->failed ? shared->failed
						       : find_refused_clone(out->granted);
		const unsigned lost = out->granted & falls_with(failed);
		for (int bit = 0; bit < ISOLATE_COUNT; bit++) {
			if (!(lost & 1u << bit))
				continue;
			struct refusal *const refusal =
				&out->refused[out->refused_count++];
			refusal->what = isolation_name(bit);
			(void)snprintf(refusal->why, sizeof(refusal->why), "%s%.140s",
				1u << bit == failed ? "" : "with it: ", shared->why.text);
		}
		out->granted &= ~lost;
	}
	(void)munmap(shared, sizeof(*shared));
}

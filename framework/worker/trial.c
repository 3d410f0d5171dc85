#include "trial.h"

#include "author/confinement.h"
#include "author/ledger.h"
#include "confine.h"
#include "errno_name.h"
#include "fail.h"
#include "ids.h"
#include "mark.h"
#include "supervisor.h"
#include "tracer.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <mqueue.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void try_block_proof(struct trial *trial)
{
	trial->proof = observe_probe();
	trial->works = trial->proof != PROOF_NONE;
	if (!trial->works)
		(void)problem_set(&trial->why, "/proc shows no state of other processes");
}

static void try_proc(struct trial *trial)
{
	char text[32];

	trial->works = observe_read_file("/proc/self/stat", text, sizeof(text)) > 0;
	if (!trial->works)
		(void)problem_set(&trial->why, "/proc/self/stat: %s", errno_name(errno));
}

/* Giving up capabilities must be enough to be refused: a file without permissions. */
static void try_unprivileged(struct trial *trial)
{
	char mark[MARK_BYTES], path[MARK_BYTES + 16];

	mark_own(mark);
	(void)snprintf(path, sizeof(path), "/tmp/%strial", mark);
	const int made = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0);
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	const struct __user_cap_data_struct none[2] = {{0}};
	const bool dropped = syscall(SYS_capset, &header, none) == 0;
	const int opened = open(path, O_RDONLY | O_CLOEXEC);
	trial->works = made >= 0 && dropped && opened == -1 && errno == EACCES;
	if (!trial->works)
		(void)problem_set(&trial->why,
			"a file of mode 0 can be read all the same");
	(void)unlink(path);
}

static void try_private_mount(struct trial *trial)
{
	trial->works = mkdir("/tmp/trial", 0700) == 0 &&
		mount("assay", "/tmp/trial", "tmpfs", 0, "nr_inodes=4") == 0 &&
		mount("none", "/tmp/trial", "none", MS_REMOUNT | MS_RDONLY | MS_BIND,
			NULL) == 0;
	if (!trial->works)
		(void)problem_set(&trial->why, "mount tmpfs: %s", errno_name(errno));
}

/* A child that makes one call between two marks. */
static pid_t traced_child(void)
{
	const pid_t child = fork();

	if (child != 0)
		return child;
	if (!tracer_be_traced())
		_exit(1);
	tracer_mark();
	(void)syscall(SYS_getppid);
	tracer_mark();
	_exit(0);
}

static void try_trace(struct trial *trial)
{
	struct tracer_point points[256];
	struct tracer_record record = {.points = points, .size = 256};
	int status;
	const pid_t stepped = traced_child();

	if (stepped < 0 || !tracer_record(stepped, &record, &status, &trial->why))
		return;
	const pid_t stopped = traced_child();
	trial->works = stopped > 0 && tracer_breaks(stopped, &record, &trial->why);
}

static void try_call_stops(struct trial *trial)
{
	struct tracer_call calls[16]; /* a mark may make some, too */
	size_t count = 0;
	int status;
	const pid_t child = traced_child();

	if (child < 0 ||
		!tracer_record_calls(child, calls, 16, &count, &status, &trial->why))
		return;
	trial->works = count > 0 && calls[0].number == SYS_getppid;
	if (!trial->works)
		(void)problem_set(&trial->why, "ptrace names another call");
}

/* Whether the calls are there: a kernel may have queues, and nothing to do with them.  Any
 * other error is for the cases. */
static void try_posix_mq(struct trial *trial)
{
	struct mq_attr attr = {.mq_maxmsg = 1, .mq_msgsize = 1};
	char name[MARK_BYTES + 16], mark[MARK_BYTES];

	mark_own(mark);
	(void)snprintf(name, sizeof(name), "/%strial", mark);
	const mqd_t queue = mq_open(name, O_CREAT | O_EXCL | O_RDWR, 0600, &attr);
	const bool sent = queue != (mqd_t)-1 && mq_send(queue, "x", 1, 0) == 0;
	trial->works = sent || errno != ENOSYS;
	if (!trial->works)
		(void)problem_set(&trial->why, "%s: %s",
			queue == (mqd_t)-1 ? "mq_open" : "mq_send", errno_name(errno));
	if (queue != (mqd_t)-1)
		(void)mq_unlink(name);
}

static void try_seccomp(struct trial *trial)
{
	if (!fail_always("msgget", EDOM, &trial->why))
		return;
	trial->works = syscall(SYS_msgget, 0, 0) == -1 && errno == EDOM;
	if (!trial->works)
		(void)problem_set(&trial->why, "a filter is accepted and has no effect");
}

/* The worker itself, from its descriptor, as peer_exec() starts a helper. */
static void try_exec(struct trial *trial)
{
	char image[] = "assay-worker", option[] = "--version";
	char *argv[] = {image, option, NULL};
	int status = 0;
	const pid_t child = fork();

	if (child == 0) {
		const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
		(void)dup2(null, 1);
		(void)dup2(null, 2);
		(void)syscall(SYS_execveat, WORKER_IMAGE_FD, "", argv, environ,
			AT_EMPTY_PATH);
		(void)problem_set(&trial->why, "execveat: %s", errno_name(errno));
		_exit(1);
	}
	trial->works = child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

/* Any answer but that there is no such call is for the cases to judge. */
static void try_mq_notify(struct trial *trial)
{
	trial->works = mq_notify(-1, NULL) == 0 || errno != ENOSYS;
	if (!trial->works)
		(void)problem_set(&trial->why, "mq_notify: %s", errno_name(errno));
}

/* A kernel without CONFIG_CHECKPOINT_RESTORE says ENOSYS before it looks for the queue, but
 * after it has looked whether this may be one (ipc/msg.c, do_msgrcv). */
static void try_checkpoint_restore(struct trial *trial)
{
	enum { COPY = 040000 };
	char message[16];

	trial->works = msgrcv(INT_MAX, message, 0, 0, COPY | IPC_NOWAIT) != -1 ||
		errno != ENOSYS;
	if (!trial->works)
		(void)problem_set(&trial->why, "msgrcv with MSG_COPY: %s",
			errno_name(errno));
}

static void try_programs(struct trial *trial)
{
	static const char *const programs[] = {"/bin/sh", "/bin/true"};

	trial->works = true;
	for (size_t i = 0; i < 2 && trial->works; i++)
		if (access(programs[i], X_OK) != 0)
			trial->works = problem_set(&trial->why, "%s: %s", programs[i],
				errno_name(errno));
}

static void try_second_uid(struct trial *trial)
{
	trial->works = syscall(SYS_setresgid, 1, 1, 1) == 0 &&
		syscall(SYS_setresuid, 1, 1, 1) == 0 && getuid() == 1;
	if (!trial->works)
		(void)problem_set(&trial->why, "setresuid(1): %s", errno_name(errno));
}

static void try_supervisor(struct trial *trial)
{
	trial->works = supervisor_available(&trial->why);
}

/* The highest priority that the cases take.  The raw call, for musl. */
static void try_realtime(struct trial *trial)
{
	const struct sched_param param = {.sched_priority = 50};

	trial->works = syscall(SYS_sched_setscheduler, 0, SCHED_FIFO, &param) == 0;
	if (!trial->works)
		(void)problem_set(&trial->why, "sched_setscheduler(SCHED_FIFO): %s",
			errno_name(errno));
}

static void try_namespaces(struct trial *trial)
{
	const int own = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC);
	int status = 1;

	if (own == -1 || unshare(CLONE_NEWPID | CLONE_NEWIPC) == -1) {
		(void)problem_set(&trial->why, "unshare: %s", errno_name(errno));
		return;
	}
	const pid_t child = fork();
	if (child == 0)
		_exit(getpid() == 1 ? 0 : 1);
	trial->works = child > 0 && waitpid(child, &status, 0) == child && status == 0 &&
		setns(own, CLONE_NEWPID) == 0;
	if (!trial->works)
		(void)problem_set(&trial->why, "a process in a new pid namespace: %s",
			errno_name(errno));
}

/* Both trees: what the owner of a namespace may write there came in different releases.  In a
 * namespace of its own the trial harms nobody. */
static void try_ipc_sysctl(struct trial *trial)
{
	static const char *const files[] = {
		"/proc/sys/kernel/msgmax", "/proc/sys/fs/mqueue/msg_max"};
	char text[32];

	trial->works = true;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]) && trial->works; i++) {
		const int fd = open(files[i], O_RDWR | O_CLOEXEC);
		const ssize_t length = fd == -1 ? -1 : read(fd, text, sizeof(text));
		trial->works =
			length > 0 && pwrite(fd, text, (size_t)length, 0) == length;
		if (!trial->works)
			(void)problem_set(&trial->why, "write %s: %s", files[i],
				errno_name(errno));
		if (fd >= 0)
			(void)close(fd);
	}
}

const struct trial_entry trials[] = {
	{NEED_PROC, 0, false, try_proc},
	{NEED_BLOCK_PROOF, 0, false, try_block_proof},
	{NEED_UNPRIVILEGED, 0, false, try_unprivileged},
	{NEED_SECCOMP, 0, false, try_seccomp},
	{NEED_SUPERVISOR, 0, false, try_supervisor},
	{NEED_TRACE, 0, false, try_trace},
	{NEED_CALL_STOPS, 0, false, try_call_stops},
	{NEED_POSIX_MQ, 0, false, try_posix_mq},
	{NEED_PRIVATE_MOUNT, ISOLATE_TMP, false, try_private_mount},
	{NEED_EXEC, 0, false, try_exec},
	{NEED_MQ_NOTIFY, 0, false, try_mq_notify},
	{NEED_CHECKPOINT_RESTORE, 0, false, try_checkpoint_restore},
	{NEED_PROGRAMS, 0, false, try_programs},
	{NEED_SECOND_UID, ISOLATE_USER, true, try_second_uid},
	{NEED_REALTIME, 0, false, try_realtime},
	{NEED_NAMESPACES, ISOLATE_PROC, false, try_namespaces},
	{NEED_IPC_SYSCTL, ISOLATE_IPC, false, try_ipc_sysctl},
};
const size_t trial_count = sizeof(trials) / sizeof(trials[0]);

/*
 * Bodies that attack what watches them: descriptors, limits, signals, sessions, numbers
 * of processes, space.  The next case must not notice.
 */
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "planted.h"

enum {
	EVERY_DESCRIPTOR = 4096,
	BOMB_PROCESSES = 200,
	FILL_BYTES_MAX = 64 << 20, /* without a private /tmp this is somebody's disk */
};

static void close_everything(void)
{
	for (int fd = 0; fd < EVERY_DESCRIPTOR; fd++)
		(void)close(fd);
}

static void hang(void)
{
	for (;;)
		(void)pause();
}

PLANT(hostile, closes_everything_and_holds, "pass",
	.claim = "a body without any descriptor can pass")
{
	close_everything();
	ck_assert_int_eq(1, 1);
	must_fail(dup(0), EBADF);
}

PLANT(hostile, closes_everything_and_fails, "fail",
	.claim = "a body without any descriptor can fail")
{
	close_everything();
	ck_assert_int_eq(1, 2);
}

static void closes_and_fails(void *arg)
{
	(void)arg;
	close_everything();
	must_fail(dup(0), EMFILE);
}

PLANT(hostile, peer_closes_everything_and_fails, "fail",
	.claim = "a peer without any descriptor can fail")
{
	struct peer p = peer_start(closes_and_fails, NULL);

	peer_join(&p);
}

PLANT(hostile, writes_over_every_descriptor, "pass broken",
	.claim = "writing to descriptors that are not its own ends in a verdict")
{
	for (int fd = 3; fd < EVERY_DESCRIPTOR; fd++)
		(void)write(fd, "{\"type\":\"bye\"}\n", 15);
}

PLANT(hostile, reads_every_descriptor, "pass timeout",
	.claim = "reading descriptors that are not its own disturbs nobody",
	.deadline_ms = SOON_MS)
{
	char bytes[64];

	for (int fd = 3; fd < EVERY_DESCRIPTOR; fd++)
		(void)read(fd, bytes, sizeof(bytes));
}

PLANT(hostile, shadows_every_descriptor, "pass",
	.claim = "dup2() over every descriptor disturbs nobody")
{
	limit_set(RLIMIT_NOFILE, 1024);
	for (int fd = 1; fd < 1024; fd++)
		(void)dup2(0, fd);
}

PLANT(hostile, fills_tmp, "pass", .claim = "a full /tmp ends with the case")
{
	static char bytes[1 << 20];
	const int fd = need(open(own_path("full"), O_CREAT | O_WRONLY, 0600));
	int written = 0;

	while (written < FILL_BYTES_MAX && write(fd, bytes, sizeof(bytes)) > 0)
		written += (int)sizeof(bytes);
	need(ftruncate(fd, 0));
}

PLANT(hostile, fails_in_a_full_tmp, "fail",
	.claim = "a failure is reported although /tmp has no room for one byte",
	.needs = NEED_PRIVATE_MOUNT)
{
	static char bytes[4096];

	tmpfs_mount("/tmp", 2, 0);
	const int fd = need(open("/tmp/full", O_CREAT | O_WRONLY, 0600));
	while (write(fd, bytes, sizeof(bytes)) > 0)
		;
	ck_assert_int_eq(1, 2);
}

PLANT(hostile, removes_write_permission_of_tmp, "pass fail",
	.claim = "a /tmp without permissions ends with the case",
	.needs = NEED_PRIVATE_MOUNT)
{
	need(chmod("/tmp", 0));
	ck_assert_int_eq(1, 1);
}

PLANT(hostile, signals_its_group, "pass",
	.claim = "a signal to the group reaches nobody but the case")
{
	need(signal(SIGTERM, SIG_IGN) == SIG_ERR ? -1 : 0);
	need(signal(SIGINT, SIG_IGN) == SIG_ERR ? -1 : 0);
	need(signal(SIGUSR1, SIG_IGN) == SIG_ERR ? -1 : 0);
	need(kill(0, SIGTERM));
	need(kill(0, SIGINT));
	need(kill(0, SIGUSR1));
}

PLANT(hostile, kills_its_group, "crash",
	.claim = "SIGKILL to the group is the body's end")
{
	need(kill(0, SIGKILL));
}

PLANT(hostile, stops_its_group, "timeout",
	.claim = "SIGSTOP to the group stops the case only", .deadline_ms = SOON_MS)
{
	need(kill(0, SIGSTOP));
}

PLANT(hostile, stops_its_parent, "pass timeout",
	.claim = "a stopped parent takes the case to its deadline at most",
	.deadline_ms = SOON_MS)
{
	need(kill(getppid(), SIGSTOP));
}

PLANT(hostile, leaves_its_session, "pass",
	.claim = "a body in a session of its own is followed")
{
	if (getpgid(0) != getpid())
		need(setsid());
}

PLANT(hostile, hangs_in_its_own_session, "timeout",
	.claim = "a hung body in a session of its own is found", .deadline_ms = SOON_MS)
{
	const pid_t child = need(fork());

	if (child == 0) {
		(void)setsid();
		(void)signal(SIGTERM, SIG_IGN);
		hang();
	}
	hang();
}

static void multiply(atomic_int *processes)
{
	while (atomic_fetch_add(processes, 1) < BOMB_PROCESSES)
		(void)fork();
	hang();
}

PLANT(hostile, fork_bomb_that_hangs, "timeout",
	.claim = "every process of a bomb is found", .deadline_ms = SOON_MS)
{
	multiply(arena(sizeof(atomic_int)));
}

PLANT(hostile, fork_bomb_left_behind, "leak", .claim = "a bomb that is left is a leak")
{
	atomic_int *processes = arena(sizeof(*processes));

	if (need(fork()) == 0)
		multiply(processes);
	while (atomic_load(processes) < BOMB_PROCESSES)
		(void)sched_yield();
}

static int stack_of_clone[4096];

static int hangs_as_clone(void *arg)
{
	(void)arg;
	hang();
	return 0;
}

PLANT(hostile, clone_without_a_signal, "leak",
	.claim = "a child that sends no signal at its end is found")
{
	need(clone(hangs_as_clone, stack_of_clone + 4096, 0, NULL));
}

PLANT(hostile, undumpable, "fail", .claim = "an undumpable body can fail")
{
	need(prctl(PR_SET_DUMPABLE, 0));
	ck_assert_int_eq(1, 2);
}

PLANT(hostile, renames_itself, "leak",
	.claim = "a process with an odd name is named in one line")
{
	need(prctl(PR_SET_NAME, ") R 1\n(\xff"));
	if (need(fork()) == 0)
		hang();
}

PLANT(hostile, no_memory_left, "fail broken crash",
	.claim = "a failure is reported without room for an allocation")
{
	limit_set(RLIMIT_AS, 0);
	ck_assert_int_eq(1, 2);
}

PLANT(hostile, no_process_left, "broken", .claim = "a fork that fails is a broken step",
	.needs = NEED_SECOND_UID)
{
	become_uid(1);
	limit_set(RLIMIT_NPROC, 0);
	struct peer p = peer_start(closes_and_fails, NULL);
	peer_join(&p);
}

PLANT(hostile, stack_of_a_few_pages, "fail", .claim = "a failure needs little stack")
{
	limit_set(RLIMIT_STACK, 64 << 10);
	ck_assert_int_eq(1, 2);
}

PLANT(hostile, world_is_as_promised, "pass",
	.claim = "a case after all that finds its world as promised")
{
	const struct fds now = fds_snapshot();
	struct sigaction action;

	ck_assert_uint_eq(now.open[0], 7);
	must_fail(waitpid(-1, NULL, WNOHANG), ECHILD);
	need(sigaction(SIGTERM, NULL, &action));
	ck_assert(action.sa_handler == SIG_DFL);
	ck_assert_int_eq(need(access("/tmp", W_OK)), 0);
}

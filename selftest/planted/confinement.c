/*
 * What a case takes away from itself, changes around itself, or fills.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "planted.h"

PLANT(confinement, limit_is_set, "pass", .claim = "limit_set lowers, and can raise again")
{
	limit_set(RLIMIT_NOFILE, 4);
	need(dup(0));
	must_fail(dup(0), EMFILE);
	limit_set(RLIMIT_NOFILE, 5);
	need(dup(0));
}

PLANT(confinement, limit_without_a_meaning, "broken", .claim = "resource 4711 is refused")
{
	limit_set(4711, 1);
}

PLANT(confinement, capabilities_dropped, "pass",
	.claim = "without capabilities a directory without permission is closed",
	.needs = NEED_UNPRIVILEGED)
{
	const char *path = own_path("closed");

	need(mkdir(path, 0));
	drop_capabilities();
	must_fail(open(path, O_RDONLY), EACCES);
}

PLANT(confinement, capabilities_not_dropped, "fail",
	.claim = "a file without permission is refused", .needs = NEED_HOST_ROOT)
{
	must_fail(open("/tmp", O_RDONLY), EACCES);
}

static void becomes_one(void *arg)
{
	const int *pid = arg;

	become_uid(1);
	must_fail(kill(*pid, 0), EPERM);
	peer_rest();
}

PLANT(confinement, second_uid, "pass",
	.claim = "another uid may not signal the body, and stays observable",
	.needs = NEED_SECOND_UID)
{
	int pid = getpid();
	struct peer p = peer_start(becomes_one, &pid);

	peer_wait_resting(&p);
	peer_resume(&p);
	peer_join(&p);
}

PLANT(confinement, own_uid_is_the_second, "pass",
	.claim = "own_uid() is the uid that become_uid() takes", .needs = NEED_SECOND_UID)
{
	struct stat status;

	need(chmod(".", 01777));
	become_uid(2);
	need(mkdir(own_path("mine"), 0700));
	need(stat(own_path("mine"), &status));
	ck_assert_uint_eq(status.st_uid, own_uid(2));
}

PLANT(confinement, uid_out_of_range, "broken", .claim = "become_uid knows 1 to 9",
	.needs = NEED_SECOND_UID)
{
	become_uid(10);
}

PLANT(confinement, tmpfs_is_small, "pass",
	.claim = "a mounted tmpfs has the size asked for", .needs = NEED_PRIVATE_MOUNT)
{
	static char bytes[3 * 4096];
	const char *path = own_path("small");

	need(mkdir(path, 0700));
	tmpfs_mount(path, 2, 0);
	need(chdir(path));
	const int fd = need(open("file", O_CREAT | O_WRONLY, 0600));
	ck_assert_int_lt(need(write(fd, bytes, sizeof(bytes))), (int)sizeof(bytes));
	must_fail(write(fd, bytes, sizeof(bytes)), ENOSPC);
}

PLANT(confinement, tmpfs_has_few_inodes, "pass",
	.claim = "a mounted tmpfs has few inodes", .needs = NEED_PRIVATE_MOUNT)
{
	const char *path = own_path("few");

	need(mkdir(path, 0700));
	tmpfs_mount(path, 0, 2);
	need(chdir(path));
	need(mkfifo("first", 0600));
	must_fail(mkfifo("second", 0600), ENOSPC);
}

PLANT(confinement, tmpfs_on_nothing, "broken", .claim = "a tmpfs needs a directory",
	.needs = NEED_PRIVATE_MOUNT)
{
	tmpfs_mount(own_path("not-there"), 1, 1);
}

PLANT(confinement, read_only, "pass", .claim = "a mount made read-only refuses to create",
	.needs = NEED_PRIVATE_MOUNT)
{
	const char *path = own_path("ro");

	need(mkdir(path, 0700));
	tmpfs_mount(path, 0, 0);
	remount_read_only(path);
	need(chdir(path));
	must_fail(mkfifo("f", 0600), EROFS);
}

PLANT(confinement, read_only_of_nothing, "broken", .claim = "what is no mount is refused",
	.needs = NEED_PRIVATE_MOUNT)
{
	remount_read_only(own_path("not-there"));
}

PLANT(confinement, sysctl_of_a_shared_kernel, "unsupported broken",
	.claim = "a global sysctl is not changed on a shared kernel",
	.needs = NEED_OWN_KERNEL | NEED_HOST_ROOT)
{
	sysctl_set("fs/no_such_thing", 1);
}

/* The number in /proc/sys/NAME as this process sees it. */
static long sysctl_value(const char *name)
{
	char path[64], text[32] = "";

	need(snprintf(path, sizeof(path), "/proc/sys/%s", name));
	const int fd = need(open(path, O_RDONLY));
	need(read(fd, text, sizeof(text) - 1));
	need(close(fd));
	return atol(text);
}

static void sees_no_seven(void *arg)
{
	(void)arg;
	ck_assert_int_ne(sysctl_value("fs/mqueue/queues_max"), 7);
}

PLANT(confinement, sysctl_of_own_namespace, "pass",
	.claim = "a sysctl of the case's own IPC namespace is changed there only",
	.needs = NEED_IPC_SYSCTL | NEED_NAMESPACES)
{
	sees_no_seven(NULL); /* nor has a case before left one */
	sysctl_set("fs/mqueue/queues_max", 7);
	ck_assert_int_eq(sysctl_value("fs/mqueue/queues_max"), 7);
	struct peer elsewhere = peer_start_in(sees_no_seven, NULL, IPC_NS);
	peer_join(&elsewhere);
}

PLANT(confinement, sysctl_out_of_range, "broken",
	.claim = "a value that the kernel refuses ends the case",
	.needs = NEED_IPC_SYSCTL)
{
	sysctl_set("fs/mqueue/msg_max", 0);
}

PLANT(confinement, sys_resource, "pass",
	.claim = "the capability is there where it is announced",
	.needs = NEED_HOST_ROOT | NEED_SYS_RESOURCE)
{
	struct rlimit bytes;

	need(getrlimit(RLIMIT_MSGQUEUE, &bytes));
	bytes.rlim_max++;
	must_succeed(setrlimit(RLIMIT_MSGQUEUE, &bytes));
}

PLANT(confinement, fault_fails, "pass", .claim = "every call of the family fails",
	.needs = NEED_SECCOMP)
{
	int ends[2];

	fault_fail("pipe", EMFILE);
	must_fail(pipe(ends), EMFILE);
	must_fail(pipe2(ends, O_CLOEXEC), EMFILE);
}

static void makes_a_pipe(void *arg)
{
	int ends[2];

	(void)arg;
	must_fail(pipe(ends), ENFILE);
}

PLANT(confinement, fault_reaches_peers, "pass", .claim = "peers started later inherit it",
	.needs = NEED_SECCOMP)
{
	fault_fail("pipe", ENFILE);
	struct peer process = peer_start(makes_a_pipe, NULL);
	struct peer thread = thread_start(makes_a_pipe, NULL);

	peer_join(&process);
	peer_join(&thread);
}

PLANT(confinement, fault_breaks_a_step, "broken",
	.claim = "a step that a fault hits is broken", .needs = NEED_SECCOMP)
{
	int ends[2];

	fault_fail("pipe", EMFILE);
	need(pipe(ends));
}

PLANT(confinement, fault_of_enosys, "unsupported", .claim = "a call that is not there",
	.needs = NEED_SECCOMP)
{
	int ends[2];

	fault_fail("pipe", ENOSYS);
	need(pipe(ends));
}

PLANT(confinement, fault_is_not_hidden_by_a_claim, "fail",
	.claim = "another errno than the injected one fails", .needs = NEED_SECCOMP)
{
	int ends[2];

	fault_fail("pipe", EMFILE);
	must_fail(pipe(ends), ENFILE);
}

PLANT(confinement, fault_of_no_family, "broken",
	.claim = "an unknown call is refused by name", .needs = NEED_SECCOMP)
{
	fault_fail("no-such-call", EMFILE);
}

PLANT(confinement, failure_without_write, "fail",
	.claim = "a failure is reported although every write fails",
	.needs = NEED_SECCOMP)
{
	fault_fail("write", EIO);
	must_fail(write(1, "x", 1), EIO);
	ck_assert_int_eq(1, 2);
}

PLANT(confinement, filled, "pass", .claim = "fill() leaves no room for one byte")
{
	int ends[2];

	need(pipe2(ends, O_NONBLOCK));
	const size_t bytes = fill(ends[1]);
	ck_assert_uint_gt(bytes, 0);
	must_fail(write(ends[1], "x", 1), EAGAIN);
	ck_assert_uint_eq(fill(ends[1]), 0);
}

PLANT(confinement, fill_of_nothing, "broken",
	.claim = "fill() of a bad descriptor is an error")
{
	need((long)fill(-1));
}

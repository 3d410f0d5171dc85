/*
 * open_mount: queues as files of a mounted mqueue file system, and their IPC namespaces.
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assay.h"
#include "queue.h"

CASE(posix_mq, open, mqueue_mount_lists_queues,
	.claim = "a mounted mqueue file system lists each queue as a regular file with its "
		 "name, nothing else, and no longer once it is unlinked",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Mounting the message queue filesystem",
	.needs = NEED_PRIVATE_MOUNT)
{
	const char *const queues = queues_mounted("m");
	struct stat entry;

	ck_assert_int_eq(queues_listed(queues), 0);
	queue_made("first", O_RDWR);
	queue_made("second", O_RDWR);
	ck_assert_int_eq(queues_listed(queues), 2);
	must_succeed(lstat(queue_below(queues, "first"), &entry));
	ck_assert_msg(S_ISREG(entry.st_mode), "the mode of the entry is %#o",
		entry.st_mode);
	must_succeed(lstat(queue_below(queues, "second"), &entry));
	ck_assert_msg(S_ISREG(entry.st_mode), "the mode of the entry is %#o",
		entry.st_mode);

	need(mq_unlink(own_name("first")));
	must_fail(lstat(queue_below(queues, "first"), &entry), ENOENT);
	ck_assert_int_eq(queues_listed(queues), 1);
}

CASE(posix_mq, open, file_opened_in_mount_is_a_mqd,
	.claim = "open() of a queue's entry in an mqueue mount gives a descriptor with "
		 "which mq_send(), mq_receive() and mq_getattr() work",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Mounting the message queue filesystem; Linux "
		"implementation of message queue descriptors",
	.needs = NEED_PRIVATE_MOUNT)
{
	const char *const queues = queues_mounted("m");
	struct mq_attr found;
	const mqd_t queue = queue_made("q", O_RDWR);

	const mqd_t file = must_succeed(open(queue_below(queues, "q"), O_RDWR));
	must_succeed(mq_send(file, "there", 5, 0));
	must_receive(queue, "there");
	queue_put(queue, "back", 0);
	must_succeed(mq_getattr(file, &found));
	ck_assert_int_eq(found.mq_curmsgs, 1);
	must_receive(file, "back");
}

CASE(posix_mq, open, file_created_in_mount_has_default_attributes,
	.claim = "creating a file in an mqueue mount creates a queue of the default "
		 "sizes of its namespace, which mq_open() finds",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Mounting the message queue filesystem; /proc interfaces",
	.needs = NEED_PRIVATE_MOUNT | NEED_IPC_SYSCTL)
{
	const char *const path = queue_below(queues_mounted("m"), "q");

	sysctl_set("fs/mqueue/msg_default", 3); /* nobody's */
	sysctl_set("fs/mqueue/msgsize_default", 130);
	must_succeed(open(path, O_CREAT | O_EXCL | O_RDWR, 0600));
	const mqd_t queue = must_succeed(mq_open(own_name("q"), O_RDWR));

	const struct mq_attr found = queue_attributes(queue);
	ck_assert_int_eq(found.mq_maxmsg, 3);
	ck_assert_int_eq(found.mq_msgsize, 130);
}

CASE(posix_mq, open, mqueue_mount_refuses_other_nodes,
	.claim = "mkdir(), mknod(), symlink(), link() and rename() inside an mqueue mount "
		 "fail with EPERM",
	.level = LEVEL_LINUX,
	.spec = "mkdir(2), mknod(2), symlink(2), link(2), rename(2), ERRORS EPERM: the file "
		"system does not support it; mq_overview(7)",
	.needs = NEED_PRIVATE_MOUNT)
{
	const char *const queues = queues_mounted("m");
	const char *const queue = queue_below(queues, "q");
	const char *const other = queue_below(queues, "other");

	queue_made("q", O_RDWR);
	must_fail(mkdir(other, 0700), EPERM);
	must_fail(mknod(other, S_IFIFO | 0600, 0), EPERM);
	must_fail(symlink("q", other), EPERM);
	must_fail(link(queue, other), EPERM);
	must_fail(rename(queue, other), EPERM);
	ck_assert_int_eq(queues_listed(queues), 1);
}

CASE(posix_mq, open, second_mount_shows_same_queues,
	.claim = "two mqueue mounts made in one IPC namespace show the same queues",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Mounting the message queue filesystem; ipc_namespaces(7)",
	.needs = NEED_PRIVATE_MOUNT)
{
	const char *const one = queues_mounted("one");
	const char *const other = queues_mounted("other");
	struct stat here, there;

	queue_made("by-name", O_RDWR);
	need(open(queue_below(one, "as-file"), O_CREAT | O_EXCL | O_RDWR, 0600));

	ck_assert_int_eq(queues_listed(one), 2);
	ck_assert_int_eq(queues_listed(other), 2);
	must_succeed(stat(queue_below(one, "by-name"), &here));
	must_succeed(stat(queue_below(other, "by-name"), &there));
	ck_assert_uint_eq(here.st_ino, there.st_ino);
	must_succeed(stat(queue_below(one, "as-file"), &here));
	must_succeed(stat(queue_below(other, "as-file"), &there));
	ck_assert_uint_eq(here.st_ino, there.st_ino);
}

static void find_no_queue(void *arg)
{
	(void)arg;
	must_fail(mq_open(own_name("q"), O_RDWR), ENOENT);
}

CASE(posix_mq, open, ipc_namespace_hides_queues,
	.claim = "in a new IPC namespace the queues of the old one are not found",
	.level = LEVEL_LINUX,
	.spec = "ipc_namespaces(7), DESCRIPTION",
	.needs = NEED_NAMESPACES)
{
	queue_made("q", O_RDWR);
	must_succeed(mq_open(own_name("q"), O_RDWR));
	struct peer inside = peer_start_in(find_no_queue, NULL, IPC_NS);
	peer_join(&inside);
}

static void fill_own_queue(void *arg)
{
	struct mq_attr tiny = queue_tiny();

	(void)arg;
	const mqd_t queue = must_succeed(mq_open(own_name("q"), O_CREAT | O_EXCL | O_RDWR,
		0600, &tiny));
	ck_assert_int_eq(queue_messages(queue), 0);
	queue_put(queue, "inside", 0);
	ck_assert_int_eq(queue_messages(queue), 1);
	/* The namespace, which ends with this process, takes the queue with it. */
}

CASE(posix_mq, open, ipc_namespace_same_name_is_another_queue,
	.claim = "one name in two IPC namespaces is two queues",
	.level = LEVEL_LINUX,
	.spec = "ipc_namespaces(7), DESCRIPTION",
	.needs = NEED_NAMESPACES)
{
	const mqd_t queue = queue_made("q", O_RDWR);

	queue_put(queue, "outside", 0);
	struct peer inside = peer_start_in(fill_own_queue, NULL, IPC_NS);
	peer_join(&inside);

	ck_assert_int_eq(queue_messages(queue), 1);
	must_receive(queue, "outside");
}

static void send_from_inside(void *inherited)
{
	must_fail(mq_open(own_name("q"), O_WRONLY), ENOENT);
	must_succeed(mq_send(*(const mqd_t *)inherited, "inside", 6, 0));
}

CASE(posix_mq, open, descriptor_keeps_its_queue_after_unshare,
	.claim = "a descriptor that was opened before its process entered a new IPC "
		 "namespace still sends to the queue of the old one",
	.level = LEVEL_LINUX,
	.spec = "ipc_namespaces(7), DESCRIPTION; mq_overview(7): a descriptor refers to an "
		"open queue",
	.needs = NEED_NAMESPACES)
{
	mqd_t queue = queue_made("q", O_RDWR);

	struct peer inside = peer_start_in(send_from_inside, &queue, IPC_NS);
	peer_join(&inside);
	must_receive(queue, "inside");
}

/*
 * posix_mq/cleanup: what closing a queue, unlinking its name, and the end of its users do to
 * the queue and to those who still have it.
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <sys/mount.h>
#include <unistd.h>

#include "assay.h"
#include "queue.h"

static void make_and_leave_one(void *arg)
{
	const mqd_t queue = queue_made("q", O_RDWR);

	(void)arg;
	queue_put(queue, "left", 0);
	need(mq_close(queue));
}

static void add_one_and_exit(void *arg)
{
	(void)arg;
	queue_put(must_succeed(mq_open(own_name("q"), O_WRONLY)), "added", 0);
}

CASE(posix_mq, cleanup, queue_and_messages_survive_last_close,
	.claim = "a queue that nobody unlinked keeps its messages when all have closed it and "
		 "all who used it have exited",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, name; mq_overview(7), kernel persistence")
{
	struct peer maker = peer_start(make_and_leave_one, NULL);
	peer_join(&maker);
	struct peer user = peer_start(add_one_and_exit, NULL);
	peer_join(&user);

	const mqd_t queue = must_succeed(mq_open(own_name("q"), O_RDWR));
	ck_assert_int_eq(queue_messages(queue), 2);
	must_receive(queue, "left");
	must_receive(queue, "added");
}

/* Has the queue open until it may go on. */
static void hold_open(void *arg)
{
	(void)arg;
	(void)queue_opened("q", O_RDWR);
	peer_rest();
}

CASE(posix_mq, cleanup, unlink_removes_name_at_once,
	.claim = "once mq_unlink() has returned, mq_open() of the name without O_CREAT fails with "
		 "ENOENT although others have the queue open",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_unlink(), DESCRIPTION")
{
	need(queue_made("q", O_RDWR));
	struct peer holder = peer_start(hold_open, NULL);
	peer_wait_resting(&holder);

	must_succeed(mq_unlink(own_name("q")));
	must_fail(mq_open(own_name("q"), O_RDWR), ENOENT);
	peer_resume(&holder);
	peer_join(&holder);
}

static void answer_after_unlink(void *arg)
{
	const mqd_t queue = queue_opened("q", O_RDWR);

	(void)arg;
	peer_rest();
	must_receive(queue, "question");
	must_succeed(mq_send(queue, "answer", 6, 0));
}

CASE(posix_mq, cleanup, unlinked_queue_works_for_holders,
	.claim = "those who have a queue open when it is unlinked go on sending and receiving "
		 "through it, between processes, too",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_unlink(), DESCRIPTION")
{
	const mqd_t queue = queue_made("q", O_RDWR | O_NONBLOCK);
	struct peer holder = peer_start(answer_after_unlink, NULL);
	peer_wait_resting(&holder);

	need(mq_unlink(own_name("q")));
	must_succeed(mq_send(queue, "question", 8, 0));
	peer_resume(&holder);
	peer_join(&holder);
	must_receive(queue, "answer");
}

static void wait_for_message(void *arg)
{
	const mqd_t queue = queue_opened("q", O_RDONLY);
	char got[QUEUE_BYTES];

	(void)arg;
	must_move(mq_receive(queue, got, sizeof(got), NULL), 1);
}

CASE(posix_mq, cleanup, unlink_does_not_wait_for_holders,
	.claim = "mq_unlink() returns although another process waits for a message in the queue, "
		 "and leaves it waiting",
	.level = LEVEL_LINUX,
	.spec = "mq_unlink(3), DESCRIPTION: removed immediately",
	.needs = NEED_BLOCK_PROOF)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	struct peer waiter = peer_start(wait_for_message, NULL);
	peer_wait_blocked(&waiter, "mq_receive");

	must_succeed(mq_unlink(own_name("q")));
	peer_still_blocked(&waiter, "mq_receive");
	queue_put(queue, "x", 0);
	peer_join(&waiter);
}

CASE(posix_mq, cleanup, recreate_after_unlink_is_a_new_queue,
	.claim = "a queue made anew under an unlinked name is empty and has no part in the old "
		 "one, which is still open",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_unlink(), DESCRIPTION, reuse of the name")
{
	const mqd_t old = queue_made("q", O_RDWR);

	queue_put(old, "old", 0);
	need(mq_unlink(own_name("q")));
	const mqd_t new = must_succeed(queue_tried("q", QUEUE_DEPTH, QUEUE_BYTES));
	ck_assert_int_eq(queue_messages(new), 0);
	queue_put(new, "new", 0);
	must_receive(old, "old");
	must_receive(new, "new");
	ck_assert_int_eq(queue_messages(old), 0);
}

static void unlink_as_stranger(void *arg)
{
	(void)arg;
	become_uid(1);
	must_fail(mq_unlink(own_name("q")), EACCES);
}

CASE(posix_mq, cleanup, failed_unlink_changes_nothing,
	.claim = "mq_unlink() that fails leaves the queue, its name and its messages",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_unlink(), RETURN VALUE; ERRORS EACCES",
	.needs = NEED_SECOND_UID)
{
	queue_put(queue_made("q", O_RDWR), "kept", 0);
	struct peer stranger = peer_start(unlink_as_stranger, NULL);
	peer_join(&stranger);

	const mqd_t queue = must_succeed(mq_open(own_name("q"), O_RDWR));
	must_receive(queue, "kept");
}

CASE(posix_mq, cleanup, rm_in_mount_equals_unlink,
	.claim = "unlink() of a queue's file in the mqueue file system does what mq_unlink() "
		 "does: the name is gone, and who has the queue goes on",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Mounting the message queue filesystem",
	.needs = NEED_PRIVATE_MOUNT)
{
	const mqd_t queue = queue_made("q", O_RDWR);

	must_succeed(unlink(queue_below(queues_mounted("m"), "q")));
	must_fail(mq_open(own_name("q"), O_RDWR), ENOENT);
	queue_put(queue, "x", 0);
	must_receive(queue, "x");
}

/* In a namespace whose only mount it is. */
static void mount_and_unmount(void *arg)
{
	(void)arg;
	const mqd_t queue = queue_made("q", O_RDWR);

	queue_put(queue, "kept", 0);
	need(mq_close(queue));
	const char *const first = queues_mounted("first");
	need(access(queue_below(first, "q"), F_OK));
	need(umount(first));

	const mqd_t again = must_succeed(mq_open(own_name("q"), O_RDWR));
	must_succeed(access(queue_below(queues_mounted("next"), "q"), F_OK));
	must_receive(again, "kept");
}

CASE(posix_mq, cleanup, umount_keeps_queues,
	.claim = "a queue and its messages outlive the mount of the mqueue file system, and the "
		 "next mount shows it again",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Mounting the message queue filesystem: not required",
	.needs = NEED_PRIVATE_MOUNT | NEED_NAMESPACES)
{
	struct peer user = peer_start_in(mount_and_unmount, NULL, IPC_NS);

	peer_join(&user);
}

static void receive_through_own(void *arg)
{
	const mqd_t *const inherited = arg;
	const mqd_t opened = queue_opened("q", O_RDWR);

	peer_rest();
	must_receive(*inherited, "first");
	must_receive(opened, "second");
}

CASE(posix_mq, cleanup, close_leaves_other_descriptors,
	.claim = "mq_close() of one descriptor leaves the others of the queue usable, in this "
		 "process and in others",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_close(), DESCRIPTION")
{
	mqd_t closed = queue_made("q", O_RDWR), second = queue_opened("q", O_RDWR);
	struct peer other = peer_start(receive_through_own, &second);
	peer_wait_resting(&other);

	need(mq_close(closed));
	must_succeed(mq_send(second, "first", 5, 0));
	must_succeed(mq_send(second, "second", 6, 0));
	peer_resume(&other);
	peer_join(&other);
}

static void send_through_inherited(void *arg)
{
	const mqd_t *const queue = arg;

	must_succeed(mq_send(*queue, "x", 1, 0));
}

CASE(posix_mq, cleanup, fork_child_inherits_descriptor,
	.claim = "a forked child reaches the queue through its copy of the parent's descriptor",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 fork(), DESCRIPTION, message queue descriptors")
{
	mqd_t queue = queue_made("q", O_RDWR | O_NONBLOCK);

	need(mq_unlink(own_name("q"))); /* no other way leads there */
	struct peer child = peer_start(send_through_inherited, &queue);
	peer_join(&child);
	must_receive(queue, "x");
}

static void use_after_parent_closed(void *arg)
{
	const mqd_t *const queues = arg;

	need(mq_close(queues[0]));
	peer_rest();
	must_succeed(mq_send(queues[1], "child", 5, 0));
	must_receive(queues[1], "child");
}

CASE(posix_mq, cleanup, child_close_leaves_parent_descriptor,
	.claim = "after fork() mq_close() in the child leaves the parent's descriptor usable, and "
		 "the other way round",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 fork(), DESCRIPTION, message queue descriptors; mq_close()")
{
	mqd_t queues[2] = {queue_made("a", O_RDWR), queue_made("b", O_RDWR)};
	struct peer child = peer_start(use_after_parent_closed, queues);
	peer_wait_resting(&child);

	must_succeed(mq_send(queues[0], "parent", 6, 0));
	must_receive(queues[0], "parent");
	need(mq_close(queues[1]));
	peer_resume(&child);
	peer_join(&child);
}

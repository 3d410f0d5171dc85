/*
 * posix_mq/cleanup, the registration of mq_notify(): which ends of descriptors and processes
 * end it.
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>

#include "assay.h"
#include "notification.h"
#include "queue.h"

CASE(posix_mq, cleanup, close_removes_registration,
	.claim = "mq_close() of the descriptor that was registered through ends the "
		 "registration: another process can register, and no signal comes",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_close(), DESCRIPTION",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);

	need(notice_asked(queue));
	must_succeed(mq_close(queue));
	must_return(notice_asked_elsewhere("q"), 0);
	queue_put(queue_opened("q", O_RDWR), "x", 0);
	ck_assert_int_eq(notices_taken(), 0);
}

CASE(posix_mq, cleanup, close_of_other_descriptor_keeps_registration,
	.claim = "mq_close() of a descriptor other than the one that was registered through "
		 "leaves the registration in force",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_close(), DESCRIPTION: attached via this mqdes",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR), other = queue_opened("q", O_RDWR);

	need(notice_asked(queue));
	need(mq_close(other));
	must_return(notice_asked_elsewhere("q"), EBUSY);
	queue_put(queue, "x", 0);
	ck_assert_int_eq(notices_taken(), 1);
}

static void close_and_exit(void *arg)
{
	const mqd_t *const queues = arg;

	need(mq_close(queues[0]));
	peer_rest();
}

CASE(posix_mq, cleanup, close_in_child_keeps_parent_registration,
	.claim = "neither mq_close() in a forked child nor its exit ends the registration of the "
		 "parent",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_close(), DESCRIPTION; fork(), DESCRIPTION",
	.needs = NEED_MQ_NOTIFY)
{
	mqd_t queues[2] = {queue_made("a", O_RDWR), queue_made("b", O_RDWR)};
	need(notice_asked(queues[0]));
	need(notice_asked(queues[1]));
	struct peer child = peer_start(close_and_exit, queues);
	peer_wait_resting(&child);

	queue_put(queues[0], "x", 0); /* closed there */
	ck_assert_int_eq(notices_taken(), 1);
	peer_resume(&child);
	peer_join(&child);
	queue_put(queues[1], "x", 0); /* its exit had it open */
	ck_assert_int_eq(notices_taken(), 1);
}

static void register_and_rest(void *arg)
{
	(void)arg;
	need(notice_asked(queue_opened("q", O_RDONLY)));
	peer_rest();
}

CASE(posix_mq, cleanup, exit_removes_registration,
	.claim = "the registration of a process ends with its exit",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 _Exit(), DESCRIPTION, message queue descriptors; mq_close()",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	struct peer owner = peer_start(register_and_rest, NULL);
	peer_wait_resting(&owner);
	must_fail(notice_asked(queue), EBUSY);

	peer_resume(&owner);
	peer_join(&owner);
	must_succeed(notice_asked(queue));
}

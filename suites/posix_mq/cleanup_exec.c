/*
 * posix_mq/cleanup, exec: what it does to the descriptors of queues and to a registration.
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "assay.h"
#include "notification.h"
#include "queue.h"

CASE(posix_mq, cleanup, close_on_exec_flag_set,
	.claim = "the descriptor that mq_open() returns has FD_CLOEXEC set",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Relationship between message queue descriptors and file "
		"descriptors; mq_open(3), NOTES")
{
	const mqd_t made = queue_made("q", O_RDWR), opened = queue_opened("q", O_RDONLY);

	ck_assert_int_eq(fcntl(made, F_GETFD), FD_CLOEXEC);
	ck_assert_int_eq(fcntl(opened, F_GETFD), FD_CLOEXEC);
}

HELPER(mq_rest_after_exec)
{
	(void)argc;
	(void)argv;
	peer_rest();
	return 0;
}

static void register_and_exec(void *arg)
{
	(void)arg;
	need(notice_asked(queue_opened("q", O_RDONLY)));
	peer_rest();
	peer_exec("mq_rest_after_exec", NULL);
}

CASE(posix_mq, cleanup, exec_removes_registration,
	.claim = "the registration of a process ends when it executes another program",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 exec, DESCRIPTION, message queue descriptors; mq_close()",
	.needs = NEED_EXEC | NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	struct peer owner = peer_start(register_and_exec, NULL);
	peer_wait_resting(&owner);
	must_fail(notice_asked(queue), EBUSY);

	peer_resume(&owner);
	peer_wait_exec(&owner);
	peer_wait_resting(&owner);
	must_succeed(notice_asked(queue));
	peer_resume(&owner);
	peer_join(&owner);
}

CASE(posix_mq, cleanup, failed_exec_keeps_descriptors,
	.claim = "an exec that fails leaves the descriptors of queues and the registration",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 exec, DESCRIPTION and RETURN VALUE",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR | O_NONBLOCK);

	need(notice_asked(queue));
	must_fail(execl(own_path("absent"), "absent", (char *)NULL), ENOENT);
	must_succeed(mq_send(queue, "x", 1, 0));
	must_receive(queue, "x");
	ck_assert_int_eq(notices_taken(), 1);
}

/* The descriptor whose number is ARG is no queue of this program. */
HELPER(mq_expect_no_queue)
{
	need(argc == 2 ? 0 : -1);
	must_fail(mq_send((mqd_t)atoi(argv[1]), "x", 1, 0), EBADF);
	return 0;
}

HELPER(mq_receive_after_exec)
{
	need(argc == 2 ? 0 : -1);
	must_receive((mqd_t)atoi(argv[1]), "x");
	return 0;
}

/* Becomes the helper NAME with the number of QUEUE. */
static void exec_with(const char *name, mqd_t queue)
{
	char number[16];

	need(snprintf(number, sizeof(number), "%d", (int)queue));
	peer_exec(name, number, NULL);
}

static void exec_and_look(void *queue)
{
	exec_with("mq_expect_no_queue", *(const mqd_t *)queue);
}

CASE(posix_mq, cleanup, exec_closes_descriptors,
	.claim = "exec closes message queue descriptors: their numbers are none of the new "
		 "program",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 exec, DESCRIPTION, message queue descriptors",
	.needs = NEED_EXEC)
{
	mqd_t queue = queue_made("q", O_RDWR);

	struct peer other = peer_start(exec_and_look, &queue);
	peer_join(&other);
}

static void exec_with_duplicate(void *queue)
{
	exec_with("mq_receive_after_exec", need(dup(*(const mqd_t *)queue)));
}

CASE(posix_mq, cleanup, dup_without_cloexec_survives_exec,
	.claim = "a duplicate that dup() makes of a queue's descriptor reaches the queue in the "
		 "program that exec starts",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), message queue descriptors are file descriptors; dup(2), "
		"FD_CLOEXEC is off",
	.needs = NEED_EXEC)
{
	mqd_t queue = queue_made("q", O_RDWR);

	queue_put(queue, "x", 0);
	struct peer other = peer_start(exec_with_duplicate, &queue);
	peer_join(&other);
	ck_assert_int_eq(queue_messages(queue), 0);
}

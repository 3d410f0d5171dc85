/*
 * Who may change the size of a queue, and how far.
 */
#include <sys/ipc.h>
#include <sys/msg.h>

#include "assay.h"
#include "queue.h"

/* IPC_SET with this msg_qbytes and everything else as it is. */
static int qbytes_set(int id, msglen_t qbytes)
{
	struct msqid_ds status = queue_status(id);

	status.msg_qbytes = qbytes;
	return msgctl(id, IPC_SET, &status);
}

CASE(sysv_msg, access, set_lowers_qbytes,
	.claim = "the owner may lower msg_qbytes without privileges, and no queued message is "
		 "lost",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgctl(), IPC_SET",
	.needs = NEED_UNPRIVILEGED)
{
	const int id = queue_made(1, 0600);
	struct message got;

	need(message_send(id, 1, "first message", IPC_NOWAIT));
	need(message_send(id, 2, "second message", IPC_NOWAIT));
	drop_capabilities();
	must_succeed(qbytes_set(id, 100));
	ck_assert_uint_eq(queue_status(id).msg_qbytes, 100);

	note("below what is queued", "%s",
		qbytes_set(id, 20) == -1 ? errno_name(errno) : "accepted");
	must_move(message_receive(id, &got, 0, IPC_NOWAIT), 13);
	ck_assert_str_eq(got.text, "first message");
	must_move(message_receive(id, &got, 0, IPC_NOWAIT), 14);
	ck_assert_str_eq(got.text, "second message");
}

CASE(sysv_msg, access, raising_qbytes_unprivileged_gives_eperm,
	.claim = "IPC_SET that raises msg_qbytes without privileges fails with EPERM and "
		 "changes nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgctl(), IPC_SET; ERRORS EPERM",
	.needs = NEED_UNPRIVILEGED)
{
	const int id = queue_made(1, 0600);

	drop_capabilities();
	need(qbytes_set(id, 100));
	must_fail(qbytes_set(id, 200), EPERM);
	ck_assert_uint_eq(queue_status(id).msg_qbytes, 100);
}

CASE(sysv_msg, access, raising_qbytes_above_msgmnb_gives_eperm,
	.claim = "without CAP_SYS_RESOURCE IPC_SET accepts a msg_qbytes of MSGMNB, and fails "
		 "with EPERM for one byte more",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), ERRORS EPERM",
	.needs = NEED_UNPRIVILEGED)
{
	const int id = queue_made(1, 0600);
	const msglen_t limit = (msglen_t)queue_limits().msgmnb;

	need(qbytes_set(id, 100));
	drop_capabilities();
	must_fail(qbytes_set(id, limit + 1), EPERM);
	ck_assert_uint_eq(queue_status(id).msg_qbytes, 100);
	must_succeed(qbytes_set(id, limit));
	ck_assert_uint_eq(queue_status(id).msg_qbytes, limit);
}

CASE(sysv_msg, access, privileged_may_exceed_msgmnb,
	.claim = "with CAP_SYS_RESOURCE IPC_SET accepts a msg_qbytes above MSGMNB",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), IPC_SET",
	.needs = NEED_HOST_ROOT | NEED_SYS_RESOURCE)
{
	const int id = queue_made(1, 0600);
	const msglen_t limit = (msglen_t)queue_limits().msgmnb;

	must_succeed(qbytes_set(id, limit + 1));
	ck_assert_uint_eq(queue_status(id).msg_qbytes, limit + 1);
}

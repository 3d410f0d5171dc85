/*
 * MSG_COPY, which looks at a message without taking it, and how it can be asked wrongly.  A
 * kernel without checkpoint and restore has it not: ENOSYS.
 */
#include <sys/ipc.h>
#include <sys/msg.h>

#include "assay.h"
#include "queue.h"

/* A queue of two messages, of which MSG_COPY has shown the first. */
static int queue_with_copies(void)
{
	const int id = queue_made(1, 0600);
	struct message got;

	need(message_send(id, 1, "first", IPC_NOWAIT));
	need(message_send(id, 1, "second", IPC_NOWAIT));
	need(message_receive(id, &got, 0, MSG_COPY | IPC_NOWAIT));
	return id;
}

CASE(sysv_msg, errors, copy_without_nowait_gives_einval,
	.claim = "MSG_COPY without IPC_NOWAIT fails with EINVAL",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), ERRORS EINVAL",
	.needs = NEED_CHECKPOINT_RESTORE)
{
	const int id = queue_with_copies();
	struct message got;

	must_fail(message_receive(id, &got, 0, MSG_COPY), EINVAL);
	ck_assert_uint_eq(queue_status(id).msg_qnum, 2);
}

CASE(sysv_msg, errors, copy_with_except_gives_einval,
	.claim = "MSG_COPY together with MSG_EXCEPT fails with EINVAL",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), ERRORS EINVAL",
	.needs = NEED_CHECKPOINT_RESTORE)
{
	const int id = queue_with_copies();
	struct message got;

	must_fail(message_receive(id, &got, 1, MSG_COPY | MSG_EXCEPT | IPC_NOWAIT),
		EINVAL);
	ck_assert_uint_eq(queue_status(id).msg_qnum, 2);
}

static const struct {
	const char *name;
	long position;
} position_rows[] = {
	{"just-behind-the-last", 2},
	{"far-behind-the-last", 1000},
	{"negative", -1},
};

CASE_EACH(sysv_msg, errors, copy_beyond_end_gives_enomsg, position_rows,
	.claim = "MSG_COPY of a position at which there is no message fails with ENOMSG",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), ERRORS ENOMSG",
	.needs = NEED_CHECKPOINT_RESTORE)
{
	const int id = queue_with_copies();
	struct message got;

	must_fail(message_receive(id, &got, row->position, MSG_COPY | IPC_NOWAIT),
		ENOMSG);
	ck_assert_uint_eq(queue_status(id).msg_qnum, 2);

	const int empty = queue_made(2, 0600);
	must_fail(message_receive(empty, &got, 0, MSG_COPY | IPC_NOWAIT), ENOMSG);
}

CASE(sysv_msg, errors, copy_short_buffer_gives_e2big,
	.claim = "MSG_COPY into a buffer that is too small fails with E2BIG and leaves the "
		 "queue as it is",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), ERRORS E2BIG",
	.needs = NEED_CHECKPOINT_RESTORE)
{
	const int id = queue_with_copies();
	struct message got;

	must_fail(msgrcv(id, &got, 2, 0, MSG_COPY | IPC_NOWAIT), E2BIG);
	ck_assert_uint_eq(queue_status(id).msg_qnum, 2);

	const ssize_t moved = msgrcv(id, &got, 2, 0, MSG_COPY | MSG_NOERROR | IPC_NOWAIT);
	note("with MSG_NOERROR", "%s", moved == -1 ? errno_name(errno) : "truncated");
	must_move(message_receive(id, &got, 0, IPC_NOWAIT), 5);
	ck_assert_str_eq(got.text, "first");
}

/*
 * Identifiers, commands, indexes and types that are no such thing; and errors of the system
 * calls that nothing else provokes.
 */
#include <limits.h>
#include <sys/ipc.h>
#include <sys/msg.h>

#include "assay.h"
#include "queue.h"

static const struct {
	const char *name;
	long type;
} type_rows[] = {
	{"zero", 0},
	{"minus-one", -1},
	{"lowest", LONG_MIN},
};

CASE_EACH(sysv_msg, errors, send_nonpositive_type_gives_einval, type_rows,
	.claim = "msgsnd() of a message whose type is not positive fails with EINVAL and queues "
		 "nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd(), ERRORS EINVAL")
{
	const int id = queue_made(1, 0600);

	must_fail(message_send(id, row->type, "x", IPC_NOWAIT), EINVAL);
	ck_assert_uint_eq(queue_status(id).msg_qnum, 0);
}

static const struct {
	const char *name;
	int id;
} id_rows[] = {
	{"minus-one", -1},
	{"highest", INT_MAX},
};

CASE_EACH(sysv_msg, errors, send_invalid_id_gives_einval, id_rows,
	.claim = "msgsnd() to an identifier that never was fails with EINVAL",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd(), ERRORS EINVAL")
{
	must_fail(message_send(row->id, 1, "x", IPC_NOWAIT), EINVAL);
}

CASE_EACH(sysv_msg, errors, receive_invalid_id_gives_einval, id_rows,
	.claim = "msgrcv() from an identifier that never was fails with EINVAL",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), ERRORS EINVAL")
{
	struct message got;

	must_fail(message_receive(row->id, &got, 0, IPC_NOWAIT), EINVAL);
}

CASE_EACH(sysv_msg, errors, msgctl_invalid_id_gives_einval, id_rows,
	.claim = "msgctl() of IPC_STAT, IPC_SET and IPC_RMID on an identifier that never was "
		 "fails with EINVAL",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgctl(), ERRORS EINVAL")
{
	struct msqid_ds status = queue_status(queue_made(1, 0600));

	must_fail(msgctl(row->id, IPC_SET, &status), EINVAL);
	must_fail(msgctl(row->id, IPC_STAT, &status), EINVAL);
	must_fail(msgctl(row->id, IPC_RMID, NULL), EINVAL);
}

static const struct {
	const char *name;
	int command;
} command_rows[] = {
	{"large", 4711},
	{"highest", INT_MAX},
	{"minus-one", -1},
};

CASE_EACH(sysv_msg, errors, msgctl_invalid_command_gives_einval, command_rows,
	.claim = "msgctl() with a command that is none fails with EINVAL",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgctl(), ERRORS EINVAL")
{
	struct msqid_ds status;

	must_fail(msgctl(queue_made(1, 0600), row->command, &status), EINVAL);
}

static const struct {
	const char *name;
	int command;
} by_index_rows[] = {
	{"msg-stat", MSG_STAT},
	{"msg-stat-any", MSG_STAT_ANY},
};

CASE_EACH(sysv_msg, errors, msg_stat_unused_index_gives_einval, by_index_rows,
	.claim = "MSG_STAT and MSG_STAT_ANY of an index without a queue, between others and "
		 "behind the last, fail with EINVAL",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), ERRORS EINVAL")
{
	struct msqid_ds status;
	struct msginfo used;

	queue_made(1, 0600);
	const int middle = queue_made(2, 0600);
	queue_made(3, 0600);
	const int hole = need(queue_index(middle));
	must_succeed(msgctl(hole, row->command, &status));
	need(msgctl(middle, IPC_RMID, NULL));
	must_fail(msgctl(hole, row->command, &status), EINVAL);

	const int last = need(msgctl(0, MSG_INFO, (struct msqid_ds *)(void *)&used));
	must_fail(msgctl(last + 1, row->command, &status), EINVAL);
}

static const struct {
	const char *name;
	int error;
} injected_rows[] = {
	{"enomem", ENOMEM},
	{"enosys", ENOSYS},
	{"enospc", ENOSPC},
	{"eidrm", EIDRM},
};

CASE_EACH(sysv_msg, errors, injected_errors_surface_unchanged, injected_rows,
	.claim = "msgget(), msgsnd(), msgrcv() and msgctl() give -1 and the error with which "
		 "the system call failed",
	.level = LEVEL_LIBC,
	.spec = "msgget(2), msgop(2), msgctl(2), RETURN VALUE and ERRORS",
	.needs = NEED_SECCOMP)
{
	const int id = queue_made(1, 0600);
	const key_t key = own_key(1);
	struct msqid_ds status = queue_status(id);
	struct message got;

	need(message_send(id, 1, "x", IPC_NOWAIT));
	fault_fail("msgget", row->error);
	fault_fail("msgsnd", row->error);
	fault_fail("msgrcv", row->error);
	fault_fail("msgctl", row->error);
	must_fail(msgget(key, 0), row->error);
	must_fail(message_send(id, 1, "x", IPC_NOWAIT), row->error);
	must_fail(message_receive(id, &got, 0, IPC_NOWAIT), row->error);
	must_fail(msgctl(id, IPC_STAT, &status), row->error);
	must_fail(msgctl(id, IPC_SET, &status), row->error);
	must_fail(msgctl(id, IPC_RMID, NULL), row->error);
}

/*
 * Limits of the system: MSGMAX, MSGMNB and MSGMNI, and the sysctls by which the IPC namespace
 * of a case has its own.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <unistd.h>

#include "assay.h"
#include "queue.h"

CASE(sysv_msg, limits, msgmax_change_takes_effect_at_once,
	.claim = "after msgmax is lowered an existing queue refuses a larger message with "
		 "EINVAL, and hands out one that it holds",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), NOTES, MSGMAX",
	.needs = NEED_IPC_SYSCTL)
{
	const int id = queue_made(1, 0600);
	const char *text = "twenty-six bytes are here.";
	struct message got;

	need(message_send(id, 1, text, IPC_NOWAIT));
	sysctl_set("kernel/msgmax", 25);
	must_fail(message_send(id, 1, text, IPC_NOWAIT), EINVAL);
	must_succeed(message_send(id, 1, "twenty-five are accepted.", IPC_NOWAIT));
	must_move(message_receive(id, &got, 0, IPC_NOWAIT), 26);
	ck_assert_str_eq(got.text, text);
}

CASE(sysv_msg, limits, msgmnb_applies_to_new_queues_only,
	.claim = "a changed msgmnb is msg_qbytes of the queues created later, and leaves those "
		 "that exist as they are",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), NOTES, MSGMNB; msgctl(2), struct msginfo",
	.needs = NEED_IPC_SYSCTL)
{
	const int old = queue_made(1, 0600);
	const msglen_t before = queue_status(old).msg_qbytes;

	sysctl_set("kernel/msgmnb", 1234);
	ck_assert_uint_eq(queue_status(queue_made(2, 0600)).msg_qbytes, 1234);
	ck_assert_uint_eq(queue_status(old).msg_qbytes, before);
}

CASE(sysv_msg, limits, msgmni_gives_enospc,
	.claim = "creating one queue more than the system's limit fails with ENOSPC",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgget(), ERRORS ENOSPC",
	.needs = NEED_IPC_SYSCTL)
{
	sysctl_set("kernel/msgmni", 2);
	queue_made(1, 0600);
	must_succeed(msgget(own_key(2), IPC_CREAT | IPC_EXCL | 0600));
	must_fail(msgget(own_key(3), IPC_CREAT | IPC_EXCL | 0600), ENOSPC);
	must_fail(msgget(IPC_PRIVATE, 0600), ENOSPC);
}

CASE(sysv_msg, limits, msgmni_spares_existing_keys,
	.claim = "with as many queues as msgmni allows msgget() still finds each of them, and "
		 "the removal of one lets one be created",
	.level = LEVEL_LINUX,
	.spec = "msgget(2), ERRORS ENOSPC; NOTES, MSGMNI",
	.needs = NEED_IPC_SYSCTL)
{
	const int id = queue_made(1, 0600);

	sysctl_set("kernel/msgmni", 1);
	ck_assert_int_eq(must_succeed(msgget(own_key(1), IPC_CREAT | 0600)), id);
	need(msgctl(id, IPC_RMID, NULL));
	must_succeed(msgget(own_key(2), IPC_CREAT | 0600));
}

static const struct sysctl_row {
	const char *name;
	const char *path;
} sysctl_rows[] = {
	{"msgmax", "/proc/sys/kernel/msgmax"},
	{"msgmnb", "/proc/sys/kernel/msgmnb"},
	{"msgmni", "/proc/sys/kernel/msgmni"},
};

static long number_in(const char *path)
{
	char text[32] = "";
	const int fd = need(open(path, O_RDONLY));

	need(read(fd, text, sizeof(text) - 1));
	need(close(fd));
	return atol(text);
}

CASE_EACH(sysv_msg, limits, sysctls_reject_negative_values, sysctl_rows,
	.claim = "writing -1 to msgmax, msgmnb or msgmni fails with EINVAL and leaves the value",
	.level = LEVEL_LINUX,
	.spec = "proc(5), /proc/sys/kernel/; Linux ipc/ipc_sysctl.c",
	.needs = NEED_IPC_SYSCTL)
{
	const long before = number_in(row->path);
	const int fd = need(open(row->path, O_WRONLY));

	must_fail(write(fd, "-1\n", 3), EINVAL);
	ck_assert_int_eq(number_in(row->path), before);
}

static void lower_all(void *arg)
{
	(void)arg;
	sysctl_set("kernel/msgmax", 11);
	sysctl_set("kernel/msgmnb", 12);
	sysctl_set("kernel/msgmni", 13);
	const struct msginfo limits = queue_limits();
	ck_assert_int_eq(limits.msgmax, 11);
	ck_assert_int_eq(limits.msgmnb, 12);
	ck_assert_int_eq(limits.msgmni, 13);
}

CASE(sysv_msg, limits, sysctls_are_per_ipc_namespace,
	.claim = "msgmax, msgmnb and msgmni that are changed in one IPC namespace are unchanged "
		 "in another",
	.level = LEVEL_LINUX,
	.spec = "ipc_namespaces(7)",
	.needs = NEED_IPC_SYSCTL | NEED_NAMESPACES)
{
	const struct msginfo before = queue_limits();
	struct peer elsewhere = peer_start_in(lower_all, NULL, IPC_NS);

	peer_join(&elsewhere);
	const struct msginfo after = queue_limits();
	ck_assert_int_eq(after.msgmax, before.msgmax);
	ck_assert_int_eq(after.msgmnb, before.msgmnb);
	ck_assert_int_eq(after.msgmni, before.msgmni);
}

static void open_in_vain(void *arg)
{
	const struct sysctl_row *row = arg;

	become_uid(1);
	must_fail(open(row->path, O_WRONLY), EACCES);
}

CASE_EACH(sysv_msg, limits, sysctls_not_writable_by_other_users, sysctl_rows,
	.claim = "who is not root of the IPC namespace cannot open msgmax, msgmnb or msgmni for "
		 "writing: EACCES",
	.level = LEVEL_LINUX,
	.spec = "proc(5), /proc/sys/; Linux ipc/ipc_sysctl.c, ipc_permissions()",
	.needs = NEED_IPC_SYSCTL | NEED_SECOND_UID)
{
	struct peer other = peer_start(open_in_vain, (void *)row);
	peer_join(&other);
}

/*
 * What a new queue looks like.
 */
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "assay.h"
#include "queue.h"

CASE(sysv_msg, open, new_queue_fields_initialised,
	.claim = "a new queue has no messages, no last sender and receiver, and no time of a "
		 "last message",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgget(), DESCRIPTION")
{
	const int before = queue_made(1, 0600);
	struct message got;

	/* Not what a queue before it has left, either. */
	need(message_send(before, 1, "x", IPC_NOWAIT));
	need(message_receive(before, &got, 0, IPC_NOWAIT));
	need(message_send(before, 1, "x", IPC_NOWAIT));
	need(msgctl(before, IPC_RMID, NULL));

	const struct msqid_ds status = queue_status(queue_made(1, 0600));
	ck_assert_uint_eq(status.msg_qnum, 0);
	ck_assert_int_eq(status.msg_lspid, 0);
	ck_assert_int_eq(status.msg_lrpid, 0);
	ck_assert_int_eq(status.msg_stime, 0);
	ck_assert_int_eq(status.msg_rtime, 0);
}

CASE(sysv_msg, open, new_queue_ctime_is_now,
	.claim = "msg_ctime of a new queue is the time of its creation",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgget(), DESCRIPTION")
{
	const time_t before = need(time(NULL));
	const struct msqid_ds status = queue_status(queue_made(1, 0600));
	const time_t after = need(time(NULL));

	/* The clock of such times may lag behind the one that time() reads by a tick. */
	ck_assert_int_ge(status.msg_ctime, before - 1);
	ck_assert_int_le(status.msg_ctime, after);
}

static void create_with_effective_ids(void *arg)
{
	int *id = arg;

	need(setegid(own_uid(1)));
	need(seteuid(own_uid(2)));
	*id = queue_made(1, 0644);
}

CASE(sysv_msg, open, new_queue_ids_are_effective_ids,
	.claim = "owner and creator of a new queue are the effective user and group of the "
		 "process that creates it",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgget(), DESCRIPTION",
	.needs = NEED_SECOND_UID)
{
	int *id = arena(sizeof(*id));
	struct peer creator = peer_start(create_with_effective_ids, id);

	peer_join(&creator);
	const struct msqid_ds status = queue_status(*id);
	ck_assert_uint_eq(status.msg_perm.cuid, own_uid(2));
	ck_assert_uint_eq(status.msg_perm.uid, own_uid(2));
	ck_assert_uint_eq(status.msg_perm.cgid, own_uid(1));
	ck_assert_uint_eq(status.msg_perm.gid, own_uid(1));
}

static const struct {
	const char *name;
	int mode;
} mode_rows[] = {
	{"0666", 0666},
	{"0777", 0777},
	{"0421", 0421},
};

CASE_EACH(sysv_msg, open, new_queue_mode_is_low_nine_bits, mode_rows,
	.claim = "the mode of a new queue is the low nine bits of msgflg, whatever the umask",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgget(), DESCRIPTION")
{
	(void)umask(077);
	const int id = queue_made(1, row->mode);

	ck_assert_uint_eq(queue_status(id).msg_perm.mode & 0777, row->mode);
}

CASE(sysv_msg, open, new_queue_qbytes_is_system_limit,
	.claim = "msg_qbytes of a new queue is the system's limit",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgget(), DESCRIPTION")
{
	const int id = queue_made(1, 0600);

	ck_assert_uint_eq(queue_status(id).msg_qbytes, queue_limits().msgmnb);
}

CASE(sysv_msg, open, stat_reports_key,
	.claim = "IPC_STAT reports the key of a queue, and IPC_PRIVATE for one without",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), struct ipc_perm")
{
	const int keyed = queue_made(1, 0600);
	const int private = need(msgget(IPC_PRIVATE, 0600));

	ck_assert_int_eq(queue_status(keyed).msg_perm.__key, own_key(1));
	ck_assert_int_eq(queue_status(private).msg_perm.__key, IPC_PRIVATE);
	need(msgctl(private, IPC_RMID, NULL));
}

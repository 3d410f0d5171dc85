/*
 * What the mode of a queue lets others do: find it, send, receive and look.  The body makes
 * the queue; a peer under another user tries.
 */
#include <sys/ipc.h>
#include <sys/msg.h>

#include "assay.h"
#include "queue.h"

static const struct access_row {
	const char *name;
	int mode, flags;
} access_rows[] = {
	{"read-for-user", 0600, 0400},
	{"write-for-user", 0600, 0200},
	{"read-for-others", 0600, 0004},
	{"read-and-write", 0600, 0600},
	{"one-granted-of-two-for-user", 0644, 0600},
	{"one-granted-of-two-for-others", 0644, 0066},
};

static void be_refused_by_key(void *arg)
{
	const struct access_row *row = arg;

	become_uid(1);
	must_fail(msgget(own_key(1), row->flags), EACCES);
	must_succeed(msgget(own_key(2), 0400));
}

CASE_EACH(sysv_msg, access, msgget_existing_denied_gives_eacces, access_rows,
	.claim = "msgget() of a queue that is there fails with EACCES where one of the permission "
		 "bits asked for is not granted to the caller, and else succeeds",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgget(), ERRORS EACCES",
	.needs = NEED_SECOND_UID)
{
	queue_made(1, row->mode);
	queue_made(2, 0644);
	struct peer other = peer_start(be_refused_by_key, (void *)row);
	peer_join(&other);
}

static void find_closed_queue(void *arg)
{
	const int *id = arg;

	become_uid(1);
	ck_assert_int_eq(must_succeed(msgget(own_key(1), 0)), *id);
}

CASE(sysv_msg, access, msgget_with_no_bits_needs_no_permission,
	.claim = "msgget() without permission bits finds another user's queue of mode 0",
	.level = LEVEL_LINUX,
	.spec = "msgget(2), ERRORS EACCES; Linux ipc/util.c, ipcperms()",
	.needs = NEED_SECOND_UID)
{
	int id = queue_made(1, 0);
	struct peer other = peer_start(find_closed_queue, &id);

	peer_join(&other);
}

static void create_what_exists(void *arg)
{
	(void)arg;
	become_uid(1);
	must_fail(msgget(own_key(1), IPC_CREAT | IPC_EXCL | 0600), EEXIST);
}

CASE(sysv_msg, access, excl_on_inaccessible_existing_gives_eexist,
	.claim = "msgget() with IPC_CREAT and IPC_EXCL on a queue that is closed to the caller "
		 "fails with EEXIST, not EACCES",
	.level = LEVEL_LINUX,
	.spec = "msgget(2), ERRORS EEXIST",
	.needs = NEED_SECOND_UID)
{
	queue_made(1, 0);
	struct peer other = peer_start(create_what_exists, NULL);
	peer_join(&other);
}

static void send_in_vain(void *arg)
{
	const int *id = arg;

	become_uid(1);
	must_fail(message_send(*id, 1, "x", 0), EACCES);
	must_fail(message_send(*id, 1, "x", IPC_NOWAIT), EACCES);
}

CASE(sysv_msg, access, send_without_write_permission_gives_eacces,
	.claim = "msgsnd() without write permission fails with EACCES and queues nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd(), ERRORS EACCES",
	.needs = NEED_SECOND_UID)
{
	int id = queue_made(1, 0644);
	struct peer other = peer_start(send_in_vain, &id);

	peer_join(&other);
	ck_assert_uint_eq(queue_status(id).msg_qnum, 0);
}

static void receive_in_vain(void *arg)
{
	const int *id = arg;
	struct message got;

	become_uid(1);
	must_fail(message_receive(*id, &got, 0, 0), EACCES);
	must_fail(message_receive(*id, &got, 0, IPC_NOWAIT), EACCES);
}

CASE(sysv_msg, access, receive_without_read_permission_gives_eacces,
	.claim = "msgrcv() without read permission fails with EACCES and takes nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), ERRORS EACCES",
	.needs = NEED_SECOND_UID)
{
	int id = queue_made(1, 0622);

	need(message_send(id, 1, "kept", 0));
	struct peer other = peer_start(receive_in_vain, &id);
	peer_join(&other);
	ck_assert_uint_eq(queue_status(id).msg_qnum, 1);
}

static void look_in_vain(void *arg)
{
	const int *id = arg;
	struct msqid_ds status;

	become_uid(1);
	must_fail(msgctl(*id, IPC_STAT, &status), EACCES);
}

CASE(sysv_msg, access, stat_without_read_permission_gives_eacces,
	.claim = "msgctl(IPC_STAT) without read permission fails with EACCES, for the owner "
		 "too",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgctl(), ERRORS EACCES",
	.needs = NEED_SECOND_UID | NEED_UNPRIVILEGED)
{
	int id = queue_made(1, 0222);
	struct msqid_ds status;
	struct peer other = peer_start(look_in_vain, &id);

	peer_join(&other);
	drop_capabilities();
	must_fail(msgctl(id, IPC_STAT, &status), EACCES);
}

struct place {
	int id, index;
};

static void look_by_index(void *arg)
{
	const struct place *place = arg;
	struct msqid_ds status;

	become_uid(1);
	must_fail(msgctl(place->index, MSG_STAT, &status), EACCES);
	ck_assert_int_eq(must_succeed(msgctl(place->index, MSG_STAT_ANY, &status)),
		place->id);
}

CASE(sysv_msg, access, msg_stat_needs_read_permission,
	.claim = "msgctl(MSG_STAT) without read permission fails with EACCES, where "
		 "MSG_STAT_ANY succeeds",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), MSG_STAT and MSG_STAT_ANY",
	.needs = NEED_SECOND_UID)
{
	const int id = queue_made(1, 0622);
	struct place place = {id, need(queue_index(id))};
	struct peer other = peer_start(look_by_index, &place);

	peer_join(&other);
}

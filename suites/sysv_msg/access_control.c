/*
 * Who may change or remove a queue, and what IPC_SET changes.  The body, uid 0 of the case,
 * creates every queue.
 */
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <time.h>
#include <unistd.h>

#include "assay.h"
#include "queue.h"
#include "status.h"

static void remove_in_vain(void *arg)
{
	const int *id = arg;

	become_uid(1);
	must_fail(msgctl(*id, IPC_RMID, NULL), EPERM);
}

/* The real user is still the owner. */
static void remove_with_effective_uid(void *arg)
{
	const int *id = arg;

	need(seteuid(own_uid(1)));
	must_fail(msgctl(*id, IPC_RMID, NULL), EPERM);
}

CASE(sysv_msg, access, rmid_by_non_owner_gives_eperm,
	.claim = "msgctl(IPC_RMID) by a process whose effective user is neither owner nor "
		 "creator, without privilege, fails with EPERM and removes nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgctl(), ERRORS EPERM",
	.needs = NEED_SECOND_UID)
{
	int id = queue_made(1, 0666);

	need(message_send(id, 1, "kept", IPC_NOWAIT));
	struct peer other = peer_start(remove_in_vain, &id);
	peer_join(&other);
	other = peer_start(remove_with_effective_uid, &id);
	peer_join(&other);
	ck_assert_int_eq(must_succeed(msgget(own_key(1), 0)), id);
	ck_assert_uint_eq(queue_status(id).msg_qnum, 1);
}

/* The claim: IPC_SET of all that it could change fails. */
static void set_all_in_vain(int id)
{
	struct msqid_ds status = queue_status(id);

	status.msg_perm.uid = own_uid(1);
	status.msg_perm.gid = own_uid(1);
	status.msg_perm.mode = 0600;
	status.msg_qbytes /= 2;
	must_fail(msgctl(id, IPC_SET, &status), EPERM);
}

static void set_in_vain(void *id)
{
	become_uid(1);
	set_all_in_vain(*(const int *)id);
}

/* The real user is still the owner. */
static void set_with_effective_uid(void *id)
{
	need(seteuid(own_uid(1)));
	set_all_in_vain(*(const int *)id);
}

CASE(sysv_msg, access, set_by_non_owner_gives_eperm,
	.claim = "msgctl(IPC_SET) by a process whose effective user is neither owner nor "
		 "creator, without privilege, fails with EPERM and changes nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgctl(), ERRORS EPERM",
	.needs = NEED_SECOND_UID)
{
	int id = queue_made(1, 0666);
	const struct msqid_ds before = queue_status(id);

	struct peer other = peer_start(set_in_vain, &id);
	peer_join(&other);
	status_must_equal(queue_status(id), before);
	other = peer_start(set_with_effective_uid, &id);
	peer_join(&other);
	status_must_equal(queue_status(id), before);
}

static void remove_as_owner(void *arg)
{
	const int *id = arg;

	become_uid(1);
	must_succeed(msgctl(*id, IPC_RMID, NULL));
}

CASE(sysv_msg, access, creator_and_new_owner_may_remove,
	.claim = "after a change of owner both the creator and the new owner may remove a queue",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgctl(), IPC_RMID",
	.needs = NEED_SECOND_UID | NEED_UNPRIVILEGED)
{
	int ids[] = {queue_made(1, 0600), queue_made(2, 0600)};

	for (int i = 0; i < 2; i++) {
		struct msqid_ds status = queue_status(ids[i]);
		status.msg_perm.uid = own_uid(1);
		need(msgctl(ids[i], IPC_SET, &status));
	}
	struct peer owner = peer_start(remove_as_owner, &ids[0]);
	peer_join(&owner);
	drop_capabilities();
	must_succeed(msgctl(ids[1], IPC_RMID, NULL));
	must_fail(msgget(own_key(1), 0), ENOENT);
	must_fail(msgget(own_key(2), 0), ENOENT);
}

CASE(sysv_msg, access, set_changes_owner_group_and_mode,
	.claim = "IPC_SET replaces owner, group and mode of a queue, and neither its creator "
		 "nor its key",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgctl(), IPC_SET",
	.needs = NEED_SECOND_UID)
{
	const int id = queue_made(1, 0600);
	const struct msqid_ds before = queue_status(id);
	struct msqid_ds wanted = before;

	wanted.msg_perm.uid = own_uid(1);
	wanted.msg_perm.gid = own_uid(2);
	wanted.msg_perm.cuid = own_uid(3);
	wanted.msg_perm.cgid = own_uid(4);
	wanted.msg_perm.mode = 0653;
	must_succeed(msgctl(id, IPC_SET, &wanted));

	const struct msqid_ds after = queue_status(id);
	ck_assert_uint_eq(after.msg_perm.uid, own_uid(1));
	ck_assert_uint_eq(after.msg_perm.gid, own_uid(2));
	ck_assert_uint_eq(after.msg_perm.mode & 0777, 0653);
	ck_assert_uint_eq(after.msg_perm.cuid, before.msg_perm.cuid);
	ck_assert_uint_eq(after.msg_perm.cgid, before.msg_perm.cgid);
	ck_assert_int_eq(must_succeed(msgget(own_key(1), 0)), id);

	wanted.msg_perm.mode = 07777;
	must_succeed(msgctl(id, IPC_SET, &wanted));
	note("mode 07777 reads back as", "%#o", (unsigned)queue_status(id).msg_perm.mode);
}

CASE(sysv_msg, access, set_updates_ctime,
	.claim = "IPC_SET sets msg_ctime to the present time",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgctl(), IPC_SET",
	.deadline_ms = QUEUE_TIMES_DEADLINE_MS)
{
	const int id = queue_made(1, 0600);
	struct msqid_ds status = queue_status(id);
	const time_t made = status.msg_ctime;

	stamp_wait_past_second(made);
	const time_t before = need(time(NULL));
	status.msg_ctime = 1;
	must_succeed(msgctl(id, IPC_SET, &status));

	/* The clock of such times may lag behind the one that time() reads by a tick. */
	const time_t set = queue_status(id).msg_ctime;
	ck_assert_int_gt(set, made);
	ck_assert_int_ge(set, before - 1);
	ck_assert_int_le(set, need(time(NULL)));
}

CASE(sysv_msg, access, set_ignores_other_fields,
	.claim = "IPC_SET ignores message count, process IDs and times in its buffer",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), IPC_SET")
{
	const int id = queue_made(1, 0600);
	struct message got;

	need(message_send(id, 1, "x", IPC_NOWAIT));
	need(message_receive(id, &got, 0, IPC_NOWAIT));
	need(message_send(id, 1, "kept", IPC_NOWAIT));
	const struct msqid_ds before = queue_status(id);
	struct msqid_ds poisoned;
	memset(&poisoned, 0x55, sizeof(poisoned));
	poisoned.msg_perm.uid = before.msg_perm.uid;
	poisoned.msg_perm.gid = before.msg_perm.gid;
	poisoned.msg_perm.mode = before.msg_perm.mode;
	poisoned.msg_qbytes = before.msg_qbytes;
	must_succeed(msgctl(id, IPC_SET, &poisoned));

	const struct msqid_ds after = queue_status(id);
	ck_assert_uint_eq(after.msg_qnum, 1);
	ck_assert_uint_eq(after.__msg_cbytes, before.__msg_cbytes);
	ck_assert_int_eq(after.msg_lspid, before.msg_lspid);
	ck_assert_int_eq(after.msg_lrpid, before.msg_lrpid);
	ck_assert_int_eq(after.msg_stime, before.msg_stime);
	ck_assert_int_eq(after.msg_rtime, before.msg_rtime);
}

/* How many ids from ID on a line of MAP, user_namespaces(7), maps; 0 where none does. */
static unsigned mapped_from(FILE *map, unsigned id)
{
	unsigned first, outside, count;

	rewind(map);
	while (fscanf(map, "%u %u %u", &first, &outside, &count) == 3)
		if (id >= first && id - first < count)
			return count - (id - first);
	return 0;
}

/* Finds the lowest *ID that the map at PATH lacks; ENOTSUP when the target maps every id there
 * is. */
static int find_unmapped(const char *path, unsigned *id)
{
	FILE *const map = need(fopen(path, "re"));

	*id = 1;
	for (unsigned count; (count = mapped_from(map, *id)) > 0;)
		*id += count;
	need(fclose(map));
	return *id < UINT_MAX ? 0 : ENOTSUP;
}

/* The claim: IPC_SET of another mode and size, with INVALID as that member of struct ipc_perm,
 * fails and changes nothing. */
static void set_invalid_in_vain(size_t member, unsigned invalid)
{
	const int id = queue_made(1, 0600);
	const struct msqid_ds before = queue_status(id);
	struct msqid_ds wanted = before;

	memcpy((char *)&wanted.msg_perm + member, &invalid, sizeof(invalid));
	wanted.msg_perm.mode = 0660;
	wanted.msg_qbytes /= 2;
	must_fail(msgctl(id, IPC_SET, &wanted), EINVAL);
	status_must_equal(queue_status(id), before);
}

static const struct id_row {
	const char *name, *map;
	size_t member; /* of struct ipc_perm */
} id_rows[] = {
	{"uid", "/proc/self/uid_map", offsetof(struct ipc_perm, uid)},
	{"gid", "/proc/self/gid_map", offsetof(struct ipc_perm, gid)},
};

CASE_EACH(sysv_msg, access, set_invalid_uid_gives_einval, id_rows,
	.claim = "IPC_SET with a user or group of -1 fails with EINVAL and changes nothing",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), ERRORS EINVAL; Linux ipc/util.c, ipc_update_perm()")
{
	set_invalid_in_vain(row->member, (unsigned)-1);
}

CASE_EACH(sysv_msg, access, set_unmapped_uid_gives_einval, id_rows,
	.claim = "IPC_SET with a user or group that is not mapped in the caller's user "
		 "namespace fails with EINVAL and changes nothing",
	.level = LEVEL_LINUX,
	.spec = "user_namespaces(7); Linux ipc/util.c, ipc_update_perm()",
	.needs = NEED_NAMESPACES | NEED_PROC)
{
	unsigned unmapped;

	need_option(find_unmapped(row->map, &unmapped));
	set_invalid_in_vain(row->member, unmapped);
}

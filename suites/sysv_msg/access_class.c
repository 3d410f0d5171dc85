/*
 * As whom a process is judged: owner and creator, group, others, or one with CAP_IPC_OWNER;
 * and when.  The body, uid 0 of the case, creates every queue; without capabilities it is
 * bound by the mode.
 */
#include <grp.h>
#include <linux/capability.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "assay.h"
#include "queue.h"

static void may_not_use(int id)
{
	struct message got;

	must_fail(message_send(id, 1, "x", IPC_NOWAIT), EACCES);
	must_fail(message_receive(id, &got, 0, IPC_NOWAIT), EACCES);
}

static void may_use(int id)
{
	struct message got;

	must_succeed(message_send(id, 1, "x", IPC_NOWAIT));
	must_move(message_receive(id, &got, 0, IPC_NOWAIT), 1);
}

/* Gives the queue ID, whose creator stays, to another owner and group, with MODE. */
static void give_away(int id, uid_t uid, gid_t gid, int mode)
{
	struct msqid_ds status = queue_status(id);

	status.msg_perm.uid = uid;
	status.msg_perm.gid = gid;
	status.msg_perm.mode = (unsigned short)mode;
	need(msgctl(id, IPC_SET, &status));
}

static void may_not_use_as_owner(void *arg)
{
	const int *id = arg;

	become_uid(1);
	may_not_use(*id);
}

CASE(sysv_msg, access, owner_class_is_decisive,
	.claim = "the owner or creator of a queue is judged by the user bits alone, whatever "
		 "the group's and the others' bits allow",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 XSH 2.7.1 IPC General Description",
	.needs = NEED_SECOND_UID | NEED_UNPRIVILEGED)
{
	const int kept = queue_made(1, 0066);
	int given = queue_made(2, 0600);

	give_away(given, own_uid(1), own_uid(1), 0066);
	struct peer owner = peer_start(may_not_use_as_owner, &given);
	peer_join(&owner);
	drop_capabilities();
	may_not_use(given);
	may_not_use(kept);
}

CASE(sysv_msg, access, execute_bits_grant_nothing,
	.claim = "the execute bits of a queue's mode allow neither sending nor receiving",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), struct ipc_perm: the execute bits are unused",
	.needs = NEED_UNPRIVILEGED)
{
	const int id = queue_made(1, 0111);

	drop_capabilities();
	may_not_use(id);
}

static void use_as_owner(void *arg)
{
	const int *id = arg;

	become_uid(1);
	may_use(*id);
}

CASE(sysv_msg, access, creator_keeps_user_class_after_chown,
	.claim = "after IPC_SET has given a queue to another user both that user and its "
		 "creator have the user bits",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 XSH 2.7.1 IPC General Description",
	.needs = NEED_SECOND_UID | NEED_UNPRIVILEGED)
{
	int id = queue_made(1, 0600);

	give_away(id, own_uid(1), own_uid(1), 0600);
	struct peer owner = peer_start(use_as_owner, &id);
	peer_join(&owner);
	drop_capabilities();
	may_use(id);
}

/* In the groups of a queue of gid 1 and cgid 2, neither its owner nor its creator. */
static const struct group_row {
	const char *name;
	int group; /* the k of own_uid(k) */
} group_rows[] = {
	{"group", 1},
	{"creator-group", 2},
};

struct member {
	int group, user;
	int open_id, closed_id; /* modes 0060 and 0006 */
};

static void use_as_member(void *arg)
{
	const struct member *member = arg;

	need(setgroups(0, NULL));
	need(setresgid(own_uid(member->group), own_uid(member->group),
		own_uid(member->group)));
	need(setresuid(own_uid(member->user), own_uid(member->user),
		own_uid(member->user)));
	may_use(member->open_id);
	may_not_use(member->closed_id);
}

/* The queue own_key(N) with MODE, of the body: its group is own_uid(1), its creator's group
 * own_uid(2). */
static int queue_of_two_groups(int n, int mode)
{
	const gid_t own_group = getegid();

	need(setegid(own_uid(2)));
	const int id = queue_made(n, 0600);

	need(setegid(own_group));
	give_away(id, geteuid(), own_uid(1), mode);
	return id;
}

CASE_EACH(sysv_msg, access, group_class_includes_creator_group, group_rows,
	.claim = "who is in the group of a queue or of its creator is judged by the group bits "
		 "alone",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 XSH 2.7.1 IPC General Description",
	.needs = NEED_SECOND_UID)
{
	struct member member = {row->group, 3, queue_of_two_groups(1, 0060),
		queue_of_two_groups(2, 0006)};
	struct peer peer = peer_start(use_as_member, &member);

	peer_join(&peer);
}

static void use_as_supplementary_member(void *arg)
{
	const struct member *member = arg;
	const gid_t group = own_uid(member->group);

	need(setgroups(1, &group));
	need(setresgid(own_uid(3), own_uid(3), own_uid(3)));
	need(setresuid(own_uid(member->user), own_uid(member->user),
		own_uid(member->user)));
	may_use(member->open_id);
	may_not_use(member->closed_id);
}

CASE_EACH(sysv_msg, access, supplementary_group_is_group_class, group_rows,
	.claim = "a supplementary group counts as much as the effective one",
	.level = LEVEL_LINUX,
	.spec = "credentials(7), supplementary group IDs; Linux ipc/util.c, ipcperms()",
	.needs = NEED_SECOND_UID)
{
	struct member member = {row->group, 3, queue_of_two_groups(1, 0060),
		queue_of_two_groups(2, 0006)};
	struct peer peer = peer_start(use_as_supplementary_member, &member);

	peer_join(&peer);
}

static void create_closed_queue(void *arg)
{
	int *id = arg;

	become_uid(1);
	*id = queue_made(1, 0);
}

/* Gives up every capability but CAP_IPC_OWNER. */
static void keep_ipc_owner(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	const unsigned only = CAP_TO_MASK(CAP_IPC_OWNER);
	const struct __user_cap_data_struct kept[2] = {
		{.effective = only, .permitted = only}};

	need(syscall(SYS_capset, &header, kept));
}

CASE(sysv_msg, access, ipc_owner_capability_bypasses_mode,
	.claim = "with CAP_IPC_OWNER, and no other capability, another user's queue of mode 0 "
		 "can be sent to, received from and looked at",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), ERRORS EACCES; capabilities(7), CAP_IPC_OWNER",
	.needs = NEED_SECOND_UID)
{
	int *id = arena(sizeof(*id));
	struct peer owner = peer_start(create_closed_queue, id);
	struct msqid_ds status;

	peer_join(&owner);
	keep_ipc_owner();
	may_use(*id);
	must_succeed(msgctl(*id, IPC_STAT, &status));
	ck_assert_uint_eq(status.msg_perm.mode & 0777, 0);
}

static void send_before_and_after(void *arg)
{
	const int *id = arg;

	become_uid(1);
	must_succeed(message_send(*id, 1, "x", IPC_NOWAIT));
	peer_rest();
	must_fail(message_send(*id, 1, "x", IPC_NOWAIT), EACCES);
}

CASE(sysv_msg, access, permission_checked_at_each_call,
	.claim = "a permission that IPC_SET takes away is gone for the next call of a process "
		 "that has used the queue before",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), ERRORS EACCES; msgctl(2), IPC_SET",
	.needs = NEED_SECOND_UID)
{
	int id = queue_made(1, 0622);
	struct peer sender = peer_start(send_before_and_after, &id);

	peer_wait_resting(&sender);
	give_away(id, geteuid(), getegid(), 0600);
	peer_resume(&sender);
	peer_join(&sender);
}

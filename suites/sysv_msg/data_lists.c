/*
 * data_lists: what /proc/sysvipc/msg and the commands IPC_INFO, MSG_INFO and MSG_STAT say of
 * all queues of a namespace.
 */
#include <sys/msg.h>
#include <unistd.h>

#include "assay.h"
#include "delivery.h"
#include "listing.h"
#include "queue.h"
#include "status.h"

/* The claim: the listing has the queue ID of own_key(N) once, with the values of IPC_STAT. */
static void must_be_listed(int id, int n)
{
	const struct msqid_ds status = queue_status(id);
	struct listed line;

	ck_assert_int_eq(queue_listed(id, &line), 1);
	ck_assert_int_eq(line.key, own_key(n));
	ck_assert_uint_eq(line.mode, status.msg_perm.mode);
	ck_assert_uint_eq(line.cbytes, status.msg_cbytes);
	ck_assert_uint_eq(line.qnum, status.msg_qnum);
	ck_assert_int_eq(line.lspid, status.msg_lspid);
	ck_assert_int_eq(line.lrpid, status.msg_lrpid);
	ck_assert_uint_eq(line.uid, status.msg_perm.uid);
	ck_assert_uint_eq(line.gid, status.msg_perm.gid);
	ck_assert_uint_eq(line.cuid, status.msg_perm.cuid);
	ck_assert_uint_eq(line.cgid, status.msg_perm.cgid);
	ck_assert_int_eq(line.stime, status.msg_stime);
	ck_assert_int_eq(line.rtime, status.msg_rtime);
	ck_assert_int_eq(line.ctime, status.msg_ctime);
}

CASE(sysv_msg, data, proc_sysvipc_msg_lists_queue,
	.claim = "/proc/sysvipc/msg has one line for each queue, with the values that IPC_STAT "
		 "gives",
	.level = LEVEL_LINUX,
	.spec = "proc(5), /proc/sysvipc; sysvipc(7)",
	.needs = NEED_PROC | NEED_SECOND_UID)
{
	/* Columns of one value would look right exchanged as well: hence other users and groups,
	 * another process, and queues whose times are not all set. */
	need(setegid(own_uid(3)));
	struct delivery message = {queue_made(1, 0640), .type = 1, .text = "12345"};
	queue_put(message.id, {1, "12345"}, {2, "1234567"}, {3, "x"});
	struct peer receiver = peer_start(take_and_rest, &message);
	peer_wait_resting(&receiver);
	struct msqid_ds status = queue_status(message.id);
	status.msg_perm.uid = own_uid(1);
	status.msg_perm.gid = own_uid(2);
	need(msgctl(message.id, IPC_SET, &status));
	const int unread = queue_made(2, 0600), unused = queue_made(3, 0600);
	queue_put(unread, {1, "x"});

	must_be_listed(message.id, 1);
	must_be_listed(unread, 2);
	must_be_listed(unused, 3);
	peer_resume(&receiver);
	peer_join(&receiver);
}

CASE(sysv_msg, data, ipc_info_reports_limits,
	.claim = "IPC_INFO gives the limits msgmax, msgmnb and msgmni of /proc/sys/kernel",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), IPC_INFO",
	.needs = NEED_IPC_SYSCTL)
{
	for (int i = 1; i <= 2; i++) {
		sysctl_set("kernel/msgmax", 1000 + i);
		sysctl_set("kernel/msgmnb", 2000 + i);
		sysctl_set("kernel/msgmni", 30 + i);
		const struct msginfo limits = queue_limits();
		ck_assert_int_eq(limits.msgmax, 1000 + i);
		ck_assert_int_eq(limits.msgmnb, 2000 + i);
		ck_assert_int_eq(limits.msgmni, 30 + i);
	}
}

/* The identifiers that a scan of all indices finds, in a namespace that has few queues. */
struct scanned {
	int count, ids[8];
};

static struct scanned scan(int highest)
{
	struct scanned scanned = {0};
	struct msqid_ds status;

	for (int index = 0; index <= highest && scanned.count < 8; index++) {
		const int id = msgctl(index, MSG_STAT, &status);

		if (id != -1)
			scanned.ids[scanned.count++] = id;
	}
	return scanned;
}

static void scan_three(void *unused)
{
	const int first = queue_made(1, 0600), middle = queue_made(2, 0600),
		  last = queue_made(3, 0600);
	struct msqid_ds status;
	(void)unused;

	need(msgctl(middle, IPC_RMID, NULL));
	const int highest = must_succeed(msgctl(0, MSG_INFO, &status));
	ck_assert_int_eq(msgctl(0, IPC_INFO, &status), highest);
	ck_assert_int_eq(msgctl(highest, MSG_STAT, &status), last);
	const struct scanned scanned = scan(highest);
	ck_assert_int_eq(scanned.count, 2);
	ck_assert_int_eq(scanned.ids[0], first);
	ck_assert_int_eq(scanned.ids[1], last);

	need(msgctl(last, IPC_RMID, NULL));
	const int lower = must_succeed(msgctl(0, MSG_INFO, &status));
	ck_assert_int_lt(lower, highest);
	ck_assert_int_eq(msgctl(0, IPC_INFO, &status), lower);
	ck_assert_int_eq(msgctl(lower, MSG_STAT, &status), first);
}

CASE(sysv_msg, data, info_returns_highest_index,
	.claim = "IPC_INFO and MSG_INFO return the highest index in use, up to which MSG_STAT "
		 "finds exactly the queues that exist",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), RETURN VALUE",
	.needs = NEED_NAMESPACES)
{
	struct peer peer = peer_start_in(scan_three, NULL, IPC_NS);

	peer_join(&peer);
}

/* What MSG_INFO says of the namespace. */
static struct msginfo used(void)
{
	struct msginfo used;

	need(msgctl(0, MSG_INFO, (struct msqid_ds *)(void *)&used));
	return used;
}

static void count_resources(void *unused)
{
	(void)unused;
	ck_assert_int_eq(used().msgpool, 0);
	const int id = queue_made(1, 0600), other = queue_made(2, 0600);
	queue_made(3, 0600);
	queue_put(id, {1, "12345"}, {1, ""});
	queue_put(other, {1, "1234567"});

	ck_assert_int_eq(used().msgpool, 3);
	ck_assert_int_eq(used().msgmap, 3);
	ck_assert_int_eq(used().msgtql, 12);
	must_take(id, 0, 0, 1, "12345");
	ck_assert_int_eq(used().msgmap, 2);
	ck_assert_int_eq(used().msgtql, 7);
}

CASE(sysv_msg, data, msg_info_counts_resources,
	.claim = "MSG_INFO gives in msgpool, msgmap and msgtql how many queues, messages and "
		 "bytes of messages the namespace has",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), MSG_INFO",
	.needs = NEED_NAMESPACES)
{
	struct peer peer = peer_start_in(count_resources, NULL, IPC_NS);

	peer_join(&peer);
}

CASE(sysv_msg, data, msg_stat_returns_identifier,
	.claim = "MSG_STAT of an index in use returns the identifier of that queue and what "
		 "IPC_STAT says of it",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), MSG_STAT")
{
	const int id = queue_limited(1, 321);
	struct msqid_ds listed;

	queue_put(id, {1, "12345"}, {1, "x"});
	must_take(id, 0, 0, 1, "12345");
	memset(&listed, 0xa5, sizeof(listed));
	ck_assert_int_eq(msgctl(need(queue_index(id)), MSG_STAT, &listed), id);
	status_must_equal(listed, queue_status(id));
}

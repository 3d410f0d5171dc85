/*
 * IPC namespaces: whose keys and identifiers are whose.
 */
#include <sys/ipc.h>
#include <sys/msg.h>

#include "assay.h"
#include "queue.h"

static void find_nothing(void *arg)
{
	const int *id = arg;
	struct msqid_ds status;

	must_fail(msgget(own_key(1), 0), ENOENT);
	must_fail(msgctl(*id, IPC_STAT, &status), EINVAL);
}

CASE(sysv_msg, open, ipc_namespace_hides_queues,
	.claim = "in a new IPC namespace a key and an identifier of the old one are unknown",
	.level = LEVEL_LINUX,
	.spec = "ipc_namespaces(7)",
	.needs = NEED_NAMESPACES)
{
	int id = queue_made(1, 0600);
	struct peer outsider = peer_start_in(find_nothing, &id, IPC_NS);

	peer_join(&outsider);
}

static void use_same_key(void *arg)
{
	struct message got;

	(void)arg;
	const int id = must_succeed(msgget(own_key(1), IPC_CREAT | IPC_EXCL | 0600));
	must_fail(message_receive(id, &got, 0, IPC_NOWAIT), ENOMSG);
	need(message_send(id, 1, "inner", IPC_NOWAIT));
	peer_rest();
	must_move(message_receive(id, &got, 0, IPC_NOWAIT), 5);
	ck_assert_str_eq(got.text, "inner");
}

CASE(sysv_msg, open, ipc_namespace_same_key_is_another_queue,
	.claim = "one key in two IPC namespaces denotes two queues, and no message crosses",
	.level = LEVEL_LINUX,
	.spec = "ipc_namespaces(7)",
	.needs = NEED_NAMESPACES)
{
	const int id = queue_made(1, 0600);
	struct message got;

	need(message_send(id, 1, "outer", IPC_NOWAIT));
	struct peer inside = peer_start_in(use_same_key, NULL, IPC_NS);
	peer_wait_resting(&inside);
	must_move(message_receive(id, &got, 0, IPC_NOWAIT), 5);
	ck_assert_str_eq(got.text, "outer");
	must_fail(message_receive(id, &got, 0, IPC_NOWAIT), ENOMSG);
	peer_resume(&inside);
	peer_join(&inside);
}

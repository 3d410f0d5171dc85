/*
 * blocking_control: what IPC_RMID and IPC_SET do to those who wait on the queue.
 */
#include <sys/msg.h>

#include "assay.h"
#include "delivery.h"
#include "queue.h"

#define EIGHT "12345678"

CASE(sysv_msg, blocking, rmid_wakes_receiver_with_eidrm,
	.claim = "IPC_RMID makes a msgrcv() that waits fail with EIDRM",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), DESCRIPTION and ERRORS, EIDRM",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery wanted = {queue_made(1, 0600), .type = 1, .text = ""};

	struct peer receiver = peer_start(take_until_removed, &wanted);
	peer_wait_blocked(&receiver, "msgrcv");
	need(msgctl(wanted.id, IPC_RMID, NULL));
	peers_must_return(&receiver, 1, "msgrcv");
}

CASE(sysv_msg, blocking, rmid_wakes_sender_with_eidrm,
	.claim = "IPC_RMID makes a msgsnd() that waits for room fail with EIDRM",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd(), DESCRIPTION and ERRORS, EIDRM",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery late = {queue_limited(1, 8), .type = 2, .text = "late"};

	queue_put(late.id, {1, EIGHT});
	struct peer sender = peer_start(send_until_removed, &late);
	peer_wait_blocked(&sender, "msgsnd");
	need(msgctl(late.id, IPC_RMID, NULL));
	peers_must_return(&sender, 1, "msgsnd");
}

enum { RECEIVERS = 3, SENDERS = 2 };

CASE(sysv_msg, blocking, rmid_wakes_every_waiter,
	.claim = "IPC_RMID releases all that wait on the queue with EIDRM: receivers of every "
		 "selection, and senders",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), IPC_RMID: awakens all waiting reader and writer processes",
	.needs = NEED_BLOCK_PROOF)
{
	const int id = queue_limited(1, 8);
	struct delivery absent[RECEIVERS] = {
		{id, .selects = 9},
		{id, .selects = -6},
		{id, .selects = 7, .flags = MSG_EXCEPT},
	};
	struct delivery late = {id, .type = 7, .text = "late"};
	struct peer receivers[RECEIVERS], senders[SENDERS];

	queue_put(id, {7, EIGHT});
	for (int i = 0; i < RECEIVERS; i++) {
		receivers[i] = peer_start(take_until_removed, &absent[i]);
		peer_wait_blocked(&receivers[i], "msgrcv");
	}
	for (int i = 0; i < SENDERS; i++) {
		senders[i] = peer_start(send_until_removed, &late);
		peer_wait_blocked(&senders[i], "msgsnd");
	}
	need(msgctl(id, IPC_RMID, NULL));
	peers_must_return(receivers, RECEIVERS, "msgrcv");
	peers_must_return(senders, SENDERS, "msgsnd");
}

/* The permissions of the queue bind whoever has no capabilities, its owner too. */
static void lose_permission_in_receive(void *id)
{
	struct message got;

	drop_capabilities();
	must_fail(message_receive(*(const int *)id, &got, 0, 0), EACCES);
}

static void lose_permission_in_send(void *id)
{
	drop_capabilities();
	must_fail(message_send(*(const int *)id, 2, "late", 0), EACCES);
}

CASE(sysv_msg, blocking, revoked_read_permission_ends_wait,
	.claim = "msgrcv() that waits fails with EACCES once IPC_SET takes the read permission "
		 "away",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), IPC_SET, msg_perm.mode; msgop(2), EACCES",
	.needs = NEED_BLOCK_PROOF | NEED_UNPRIVILEGED)
{
	int id = queue_made(1, 0600);

	struct peer receiver = peer_start(lose_permission_in_receive, &id);
	peer_wait_blocked(&receiver, "msgrcv");
	queue_set_mode(id, 0200);
	peers_must_return(&receiver, 1, "msgrcv");
}

CASE(sysv_msg, blocking, revoked_write_permission_ends_wait_on_room,
	.claim = "msgsnd() that waits for room fails with EACCES, once there is room at the "
		 "latest, when IPC_SET took the write permission away, and queues nothing",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), IPC_SET, msg_perm.mode; msgop(2), EACCES",
	.needs = NEED_BLOCK_PROOF | NEED_UNPRIVILEGED)
{
	int id = queue_limited(1, 8);
	struct message got;

	queue_put(id, {1, EIGHT});
	struct peer sender = peer_start(lose_permission_in_send, &id);
	peer_wait_blocked(&sender, "msgsnd");
	queue_set_mode(id, 0400);
	need(message_receive(id, &got, 0, IPC_NOWAIT));
	peers_must_return(&sender, 1, "msgsnd");
	queue_must_be_empty(id);
}

static void take_without_capabilities(void *message)
{
	drop_capabilities();
	take_delivery(message);
}

CASE(sysv_msg, blocking, unrelated_ipc_set_leaves_waiters_blocked,
	.claim = "msgrcv() goes on waiting after an IPC_SET that leaves the caller's permission "
		 "as it was, and returns the next message",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), IPC_SET; msgop(2), conditions that end the wait",
	.needs = NEED_BLOCK_PROOF | NEED_UNPRIVILEGED)
{
	struct delivery message = {queue_made(1, 0666), .type = 1, .text = "next"};

	struct peer receiver = peer_start(take_without_capabilities, &message);
	peer_wait_blocked(&receiver, "msgrcv");
	queue_set_mode(message.id, 0644);
	peer_still_blocked(&receiver, "msgrcv");

	send_delivery(&message);
	peers_must_return(&receiver, 1, "msgrcv");
}

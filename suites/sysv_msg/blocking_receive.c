/*
 * blocking_receive: when msgrcv() waits, for which message, and who of several gets it.
 */
#include <sys/msg.h>

#include "assay.h"
#include "delivery.h"
#include "queue.h"

enum { RECEIVERS = 3 };

CASE(sysv_msg, blocking, receive_on_empty_blocks_until_send,
	.claim = "msgrcv() on an empty queue waits until a message is sent, and returns it",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), DESCRIPTION, IPC_NOWAIT clear",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery message = {queue_made(1, 0600), .type = 3, .text = "hello"};

	struct peer receiver = peer_start(take_delivery, &message);
	peer_wait_blocked(&receiver, "msgrcv");

	send_delivery(&message);
	peers_must_return(&receiver, 1, "msgrcv");
	queue_must_be_empty(message.id);
}

/* A receiver with these arguments waits while a message of the type SKIPPED comes, and gets
 * the message WANTED. */
static void must_wait_past(long skipped, struct delivery wanted)
{
	struct peer receiver = peer_start(take_delivery, &wanted);

	peer_wait_blocked(&receiver, "msgrcv");
	queue_put(wanted.id, {skipped, "skipped"});
	peer_still_blocked(&receiver, "msgrcv");
	need(message_send(wanted.id, wanted.type, wanted.text, IPC_NOWAIT));
	peers_must_return(&receiver, 1, "msgrcv");
	queue_must_hold(wanted.id, {skipped, "skipped"});
}

CASE(sysv_msg, blocking, receive_ignores_other_types_while_blocked,
	.claim = "msgrcv() that waits for one type goes on waiting when messages of other "
		 "types come, and returns the first of its own",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), DESCRIPTION, msgtyp greater than 0",
	.needs = NEED_BLOCK_PROOF)
{
	const int id = queue_made(1, 0600);

	must_wait_past(2, (struct delivery){id, 1, "wanted", .selects = 1});
	must_wait_past(1, (struct delivery){id, 2, "wanted", .selects = 2});
}

CASE(sysv_msg, blocking, blocked_negative_type_accepts_lower,
	.claim = "msgrcv() that waits with a negative msgtyp is released by a message of a "
		 "type up to its absolute value, and by no higher one",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), DESCRIPTION, msgtyp less than 0",
	.needs = NEED_BLOCK_PROOF)
{
	const int id = queue_made(1, 0600);

	must_wait_past(4, (struct delivery){id, 3, "wanted", .selects = -3});
	must_wait_past(4, (struct delivery){id, 1, "wanted", .selects = -3});
}

CASE(sysv_msg, blocking, blocked_except_accepts_other_type,
	.claim = "msgrcv() that waits with MSG_EXCEPT is released by a message of another "
		 "type only",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), MSG_EXCEPT",
	.needs = NEED_BLOCK_PROOF)
{
	const int id = queue_made(1, 0600);

	must_wait_past(5, (struct delivery){id, 6, "wanted", 5, MSG_EXCEPT});
	must_wait_past(5, (struct delivery){id, 4, "wanted", 5, MSG_EXCEPT});
}

/* Starts COUNT peers that wait for the messages WANTED, each proven blocked before the next. */
static void start_receivers(struct peer *receivers, struct delivery *wanted, int count)
{
	for (int i = 0; i < count; i++) {
		receivers[i] = peer_start(take_delivery, &wanted[i]);
		peer_wait_blocked(&receivers[i], "msgrcv");
	}
}

CASE(sysv_msg, blocking, one_message_wakes_one_receiver,
	.claim = "one message releases exactly one of several receivers that wait for it",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgrcv(): a message is removed from the queue",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery message = {queue_made(1, 0600), .type = 1, .text = "same"};
	struct delivery wanted[RECEIVERS] = {message, message, message};
	struct peer receivers[RECEIVERS];

	start_receivers(receivers, wanted, RECEIVERS);
	for (int left = RECEIVERS - 1; left >= 0; left--) {
		send_delivery(&message);
		ck_assert_int_eq(peers_asleep(receivers, RECEIVERS, "msgrcv"), left);
		ck_assert_uint_eq(queue_status(message.id).msg_qnum, 0);
	}
	peers_must_return(receivers, RECEIVERS, "msgrcv");
}

CASE(sysv_msg, blocking, message_goes_to_matching_receiver,
	.claim = "of receivers that wait for different types each gets the message that it "
		 "selects",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgtyp",
	.needs = NEED_BLOCK_PROOF)
{
	const int id = queue_made(1, 0600);
	struct delivery wanted[RECEIVERS] = {
		{id, 1, "one", .selects = 1},
		{id, 2, "two", .selects = 2},
		{id, 3, "three", .selects = 3},
	};
	struct peer receivers[RECEIVERS];

	start_receivers(receivers, wanted, RECEIVERS);
	send_delivery(&wanted[2]);
	send_delivery(&wanted[0]);
	send_delivery(&wanted[1]);
	peers_must_return(receivers, RECEIVERS, "msgrcv");
}

CASE(sysv_msg, blocking, receivers_served_in_waiting_order,
	.claim = "receivers that wait with the same selection get messages in the order in "
		 "which they began to wait",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgrcv(); Linux hands a message to the first waiting receiver "
		"that selects it",
	.needs = NEED_BLOCK_PROOF)
{
	const int id = queue_made(1, 0600);
	struct delivery wanted[RECEIVERS] = {
		{id, 7, "first", .selects = 7},
		{id, 7, "second", .selects = 7},
		{id, 7, "third", .selects = 7},
	};
	struct peer receivers[RECEIVERS];

	start_receivers(receivers, wanted, RECEIVERS);
	for (int i = 0; i < RECEIVERS; i++)
		send_delivery(&wanted[i]);
	peers_must_return(receivers, RECEIVERS, "msgrcv");
}

CASE(sysv_msg, blocking, receive_nowait_empty_gives_enomsg,
	.claim = "msgrcv() with IPC_NOWAIT on an empty queue fails with ENOMSG",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), ERRORS, ENOMSG")
{
	const int id = queue_made(1, 0600);
	struct message got;

	must_fail(message_receive(id, &got, 0, IPC_NOWAIT), ENOMSG);
	must_fail(message_receive(id, &got, 1, IPC_NOWAIT), ENOMSG);
	must_fail(message_receive(id, &got, -1, IPC_NOWAIT), ENOMSG);
}

CASE(sysv_msg, blocking, receive_nowait_no_such_type_gives_enomsg,
	.claim = "msgrcv() with IPC_NOWAIT fails with ENOMSG when none of the messages in the "
		 "queue is of the type asked for",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), ERRORS, ENOMSG")
{
	const int id = queue_made(1, 0600);
	struct message got;

	queue_put(id, {4, "four"}, {6, "six"});
	must_fail(message_receive(id, &got, 5, IPC_NOWAIT), ENOMSG);
	must_fail(message_receive(id, &got, -3, IPC_NOWAIT), ENOMSG);
	queue_must_hold(id, {4, "four"}, {6, "six"});
}

/*
 * data_selection: which of the messages of a queue msgrcv() takes.
 */
#include <limits.h>
#include <stdio.h>
#include <sys/msg.h>

#include "assay.h"
#include "delivery.h"
#include "queue.h"

CASE(sysv_msg, data, type_zero_receives_in_fifo_order,
	.claim = "msgrcv() with msgtyp 0 returns messages of all types in the order in which "
		 "they were sent",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), DESCRIPTION, msgtyp 0")
{
	const int id = queue_made(1, 0600);

	queue_put(id, {5, "a"}, {1, "b"}, {3, "c"}, {1, "d"});
	queue_must_hold(id, {5, "a"}, {1, "b"}, {3, "c"}, {1, "d"});
}

CASE(sysv_msg, data, positive_type_receives_first_of_type,
	.claim = "msgrcv() with a positive msgtyp returns the oldest message of that type and "
		 "leaves the others in their order",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), DESCRIPTION, msgtyp greater than 0")
{
	const int id = queue_made(1, 0600);

	queue_put(id, {2, "a"}, {1, "b"}, {2, "c"}, {1, "d"}, {3, "e"});
	must_take(id, 1, 0, 1, "b");
	must_take(id, 3, 0, 3, "e");
	queue_must_hold(id, {2, "a"}, {2, "c"}, {1, "d"});
}

CASE(sysv_msg, data, negative_type_receives_lowest_type,
	.claim = "msgrcv() with a negative msgtyp returns the oldest message of the lowest type "
		 "that is not above its absolute value",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), DESCRIPTION, msgtyp less than 0")
{
	const int id = queue_made(1, 0600);
	struct message got;

	queue_put(id, {5, "a"}, {3, "b"}, {3, "c"}, {7, "d"});
	must_fail(message_receive(id, &got, -2, IPC_NOWAIT), ENOMSG);
	must_take(id, -4, 0, 3, "b");
	must_take(id, -5, 0, 3, "c");
	must_take(id, -5, 0, 5, "a");
	must_fail(message_receive(id, &got, -6, IPC_NOWAIT), ENOMSG);
	queue_must_hold(id, {7, "d"});
}

enum { MANY = 40, TYPES = 6 };

CASE(sysv_msg, data, negative_type_drains_by_priority,
	.claim = "msgrcv() with a large negative msgtyp, repeated, returns the messages sorted by "
		 "type, and those of a type in the order in which they were sent",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), DESCRIPTION, msgtyp less than 0")
{
	const int id = queue_made(1, 0600);
	char text[MANY][12];
	long type[MANY];
	unsigned state = 12345;

	for (int i = 0; i < MANY; i++) {
		state = state * 1103515245 + 12345;
		type[i] = 1 + (long)(state >> 16) % TYPES;
		(void)snprintf(text[i], sizeof(text[i]), "%d", i);
		need(message_send(id, type[i], text[i], IPC_NOWAIT));
	}
	for (long lowest = 1; lowest <= TYPES; lowest++)
		for (int i = 0; i < MANY; i++)
			if (type[i] == lowest)
				must_take(id, -1000, 0, lowest, text[i]);
	queue_must_be_empty(id);
}

CASE(sysv_msg, data, long_min_type_accepts_all,
	.claim = "msgrcv() with msgtyp LONG_MIN takes messages of every type, the lowest first, "
		 "also when it waits for them",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgtyp less than 0: its absolute value is no long",
	.needs = NEED_BLOCK_PROOF)
{
	const int id = queue_made(1, 0600);
	struct delivery awaited = {id, LONG_MAX, "handed over", .selects = LONG_MIN};

	queue_put(id, {LONG_MAX, "most"}, {7, "a"}, {3, "b"});
	must_take(id, LONG_MIN, 0, 3, "b");
	must_take(id, LONG_MIN, 0, 7, "a");
	must_take(id, LONG_MIN, 0, LONG_MAX, "most");

	struct peer receiver = peer_start(take_delivery, &awaited);
	peer_wait_blocked(&receiver, "msgrcv");
	send_delivery(&awaited);
	peers_must_return(&receiver, 1, "msgrcv");
}

CASE(sysv_msg, data, except_receives_first_other_type,
	.claim = "msgrcv() with MSG_EXCEPT and a positive msgtyp returns the oldest message of "
		 "another type",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), MSG_EXCEPT")
{
	const int id = queue_made(1, 0600);
	struct message got;

	queue_put(id, {5, "a"}, {5, "b"}, {6, "c"}, {4, "d"});
	must_take(id, 5, MSG_EXCEPT, 6, "c");
	must_take(id, 5, MSG_EXCEPT, 4, "d");
	must_fail(message_receive(id, &got, 5, MSG_EXCEPT | IPC_NOWAIT), ENOMSG);
	queue_must_hold(id, {5, "a"}, {5, "b"});
}

CASE(sysv_msg, data, except_with_nonpositive_type,
	.claim = "MSG_EXCEPT does not change what msgrcv() takes with a msgtyp of 0 or below, nor "
		 "what it waits for",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), MSG_EXCEPT: used with msgtyp greater than 0",
	.needs = NEED_BLOCK_PROOF)
{
	const int id = queue_made(1, 0600);
	struct delivery any = {id, 3, "any", .flags = MSG_EXCEPT};
	struct delivery low = {id, 2, "low", .selects = -3, .flags = MSG_EXCEPT};
	struct message got;

	queue_put(id, {3, "a"}, {1, "b"}, {2, "c"});
	must_take(id, 0, MSG_EXCEPT, 3, "a");
	must_take(id, -3, MSG_EXCEPT, 1, "b");
	must_fail(message_receive(id, &got, -1, MSG_EXCEPT | IPC_NOWAIT), ENOMSG);
	must_take(id, -3, MSG_EXCEPT, 2, "c");

	struct peer receiver = peer_start(take_delivery, &any);
	peer_wait_blocked(&receiver, "msgrcv");
	queue_put(id, {3, "any"});
	peers_must_return(&receiver, 1, "msgrcv");
	receiver = peer_start(take_delivery, &low);
	peer_wait_blocked(&receiver, "msgrcv");
	queue_put(id, {4, "high"});
	peer_still_blocked(&receiver, "msgrcv");
	queue_put(id, {2, "low"});
	peers_must_return(&receiver, 1, "msgrcv");
}

CASE(sysv_msg, data, copy_returns_message_by_position,
	.claim = "msgrcv() with MSG_COPY | IPC_NOWAIT returns a copy of the message at the "
		 "position msgtyp with its type, and leaves the queue as it was",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), MSG_COPY", .needs = NEED_CHECKPOINT_RESTORE)
{
	const int id = queue_made(1, 0600);

	queue_put(id, {4, "zero"}, {9, "one"});
	must_take(id, 1, MSG_COPY, 9, "one");
	must_take(id, 0, MSG_COPY, 4, "zero");
	must_take(id, 1, MSG_COPY, 9, "one");
	queue_must_hold(id, {4, "zero"}, {9, "one"});
}

CASE(sysv_msg, data, copy_leaves_statistics_unchanged,
	.claim = "msgrcv() with MSG_COPY changes neither msg_qnum nor msg_cbytes nor msg_lrpid "
		 "nor msg_rtime",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), MSG_COPY: nondestructively", .needs = NEED_CHECKPOINT_RESTORE)
{
	const int id = queue_made(1, 0600);

	queue_put(id, {4, "zero"}, {9, "one"});
	must_take(id, 1, MSG_COPY, 9, "one");

	const struct msqid_ds status = queue_status(id);
	ck_assert_uint_eq(status.msg_qnum, 2);
	ck_assert_uint_eq(status.msg_cbytes, 7);
	ck_assert_int_eq(status.msg_lrpid, 0);
	ck_assert_int_eq(status.msg_rtime, 0);
}

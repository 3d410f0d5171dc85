/*
 * blocking_send: when msgsnd() waits for room, and what counts as room.
 */
#include <sys/msg.h>

#include "assay.h"
#include "delivery.h"
#include "queue.h"

#define EIGHT "12345678"
#define TWENTY "12345678901234567890"

CASE(sysv_msg, blocking, send_on_full_blocks_until_room,
	.claim = "msgsnd() of a message to a queue that holds msg_qbytes bytes waits until "
		 "bytes were received, and then puts it into the queue",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd(), DESCRIPTION, IPC_NOWAIT clear",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery late = {queue_limited(1, 8), .type = 2, .text = "late"};
	struct message got;

	queue_put(late.id, {1, EIGHT});
	struct peer sender = peer_start(send_delivery, &late);
	peer_wait_blocked(&sender, "msgsnd");
	ck_assert_uint_eq(queue_status(late.id).msg_qnum, 1);

	need(message_receive(late.id, &got, 0, IPC_NOWAIT));
	peers_must_return(&sender, 1, "msgsnd");
	queue_must_hold(late.id, {2, "late"});
}

CASE(sysv_msg, blocking, send_nowait_on_full_gives_eagain,
	.claim = "msgsnd() of a message with IPC_NOWAIT to a queue that holds msg_qbytes "
		 "bytes fails with EAGAIN and changes nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd(), DESCRIPTION, IPC_NOWAIT set; ERRORS, EAGAIN")
{
	const int id = queue_limited(1, 8);

	queue_put(id, {1, "12345"}, {2, "678"});
	must_fail(message_send(id, 3, "x", IPC_NOWAIT), EAGAIN);
	ck_assert_uint_eq(queue_status(id).msg_qnum, 2);
	queue_must_hold(id, {1, "12345"}, {2, "678"});
}

CASE(sysv_msg, blocking, zero_length_send_on_byte_full_gives_eagain,
	.claim = "msgsnd() of an empty message with IPC_NOWAIT to a queue that holds "
		 "msg_qbytes bytes fails with EAGAIN",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd(), DESCRIPTION, msgflg: the number of bytes on the queue "
		"is equal to msg_qbytes; ERRORS, EAGAIN")
{
	const int id = queue_limited(1, 8);

	queue_put(id, {1, "12345"}, {1, "678"});
	must_fail(message_send(id, 1, "", IPC_NOWAIT), EAGAIN);
}

CASE(sysv_msg, blocking, send_waits_for_enough_room,
	.claim = "msgsnd() of a message that is larger than the room that is left gives EAGAIN "
		 "with IPC_NOWAIT, and otherwise waits until there is enough",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgsnd(): a queue is full when the message would exceed its size",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery large = {queue_limited(1, 30), .type = 4, .text = TWENTY};
	struct message got;

	queue_put(large.id, {1, "12345"}, {2, "123456789"}, {3, "12345"});
	must_fail(message_send(large.id, large.type, large.text, IPC_NOWAIT), EAGAIN);
	struct peer sender = peer_start(send_delivery, &large);
	peer_wait_blocked(&sender, "msgsnd");

	need(message_receive(large.id, &got, 0, IPC_NOWAIT));
	peer_still_blocked(&sender, "msgsnd");
	need(message_receive(large.id, &got, 0, IPC_NOWAIT));
	peers_must_return(&sender, 1, "msgsnd");
	queue_must_hold(large.id, {3, "12345"}, {4, TWENTY});
}

CASE(sysv_msg, blocking, send_full_by_message_count_blocks,
	.claim = "a queue that holds as many messages as msg_qbytes counts bytes refuses even an "
		 "empty one with EAGAIN, or makes its sender wait",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgsnd(): the total number of messages would exceed the queue's size",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery late = {queue_limited(1, 4), .type = 3, .text = ""};
	struct message got;

	queue_put(late.id, {1, ""}, {1, ""}, {1, ""}, {2, "1234"});
	must_fail(message_send(late.id, 3, "", IPC_NOWAIT), EAGAIN);
	struct peer sender = peer_start(send_delivery, &late);
	peer_wait_blocked(&sender, "msgsnd");

	need(message_receive(late.id, &got, 0, IPC_NOWAIT));
	peers_must_return(&sender, 1, "msgsnd");
	queue_must_hold(late.id, {1, ""}, {1, ""}, {2, "1234"}, {3, ""});
}

/* What one msgsnd() of a peer gave. */
struct outcome {
	struct delivery message;
	int result, error;
};

static void send_and_tell(void *arg)
{
	struct outcome *const outcome = arg;
	const struct delivery *const message = &outcome->message;

	errno = 0;
	outcome->result =
		message_send(message->id, message->type, message->text, message->flags);
	outcome->error = errno;
}

static const char *outcome_name(const struct outcome *outcome)
{
	return outcome->result == 0 ? "queued" : errno_name(outcome->error);
}

CASE(sysv_msg, blocking, message_larger_than_qbytes,
	.claim = "msgsnd() of a message that is larger than msg_qbytes, to an empty queue, waits "
		 "or is refused",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 msgsnd(), DESCRIPTION (speaks of a queue that holds msg_qbytes "
		"bytes only)",
	.needs = NEED_BLOCK_PROOF)
{
	struct outcome *const outcome = arena(sizeof(*outcome));
	outcome->message = (struct delivery){queue_limited(1, 8), 1, TWENTY, .flags = 0};
	struct outcome at_once = {.message = outcome->message};
	at_once.message.flags = IPC_NOWAIT;

	struct peer sender = peer_start(send_and_tell, outcome);
	const int asleep = peers_asleep(&sender, 1, "msgsnd");
	note_choice("without IPC_NOWAIT", asleep == 1 ? "waits" : outcome_name(outcome),
		"waits", "EINVAL", "EAGAIN");

	send_and_tell(&at_once);
	note_choice("with IPC_NOWAIT", outcome_name(&at_once), "EAGAIN", "EINVAL");
	ck_assert_uint_eq(queue_status(outcome->message.id).msg_qnum, 0);
	peer_forget(&sender);
}

CASE(sysv_msg, blocking, raising_qbytes_releases_sender,
	.claim = "msgsnd() that waits for room goes on once IPC_SET has raised msg_qbytes "
		 "enough",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), IPC_SET, msg_qbytes",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery late = {queue_limited(1, 8), .type = 2, .text = "late"};

	queue_put(late.id, {1, EIGHT});
	struct peer sender = peer_start(send_delivery, &late);
	peer_wait_blocked(&sender, "msgsnd");
	queue_set_bytes(late.id, 11);
	peer_still_blocked(&sender, "msgsnd");

	queue_set_bytes(late.id, 12);
	peers_must_return(&sender, 1, "msgsnd");
	queue_must_hold(late.id, {1, EIGHT}, {2, "late"});
}

CASE(sysv_msg, blocking, small_message_may_pass_blocked_large_one,
	.claim = "while msgsnd() of a large message waits, a small one that fits is queued or "
		 "refused, and the large one follows when there is room",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 msgsnd(), DESCRIPTION (silent about the order of senders)",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery large = {queue_limited(1, 16), .type = 3, .text = "larger"};
	struct outcome small = {.message = {large.id, 2, "tiny", .flags = IPC_NOWAIT}};
	struct message got;

	queue_put(large.id, {1, "123456789012"});
	struct peer sender = peer_start(send_delivery, &large);
	peer_wait_blocked(&sender, "msgsnd");
	send_and_tell(&small);
	note_choice("a smaller one meanwhile", outcome_name(&small), "queued", "EAGAIN");

	need(message_receive(large.id, &got, 0, IPC_NOWAIT));
	peers_must_return(&sender, 1, "msgsnd");
	if (small.result == 0)
		must_take(large.id, 0, 0, 2, "tiny");
	queue_must_hold(large.id, {3, "larger"});
}

enum { SENDERS = 5 };

CASE(sysv_msg, blocking, blocked_senders_all_eventually_admitted,
	.claim = "receiving from a full queue lets every one of the senders of different sizes "
		 "that wait for room queue its message once",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgsnd(): blocks until space becomes available",
	.needs = NEED_BLOCK_PROOF)
{
	const int id = queue_limited(1, 8);
	struct delivery waiting[SENDERS];
	struct peer senders[SENDERS];
	int taken[SENDERS + 1] = {0};
	struct message got;

	queue_put(id, {99, EIGHT});
	for (int i = 0; i < SENDERS; i++) {
		/* Sizes 5, 4 ... 1: the first to wait needs the most room. */
		waiting[i] = (struct delivery){id, .type = i + 1, .text = &"12345"[i]};
		senders[i] = peer_start(send_delivery, &waiting[i]);
		peer_wait_blocked(&senders[i], "msgsnd");
	}
	need(message_receive(id, &got, 0, IPC_NOWAIT));
	while (peers_asleep(senders, SENDERS, "msgsnd") >= 0 &&
		message_receive(id, &got, 0, IPC_NOWAIT) != -1) {
		ck_assert_int_le(got.type, SENDERS);
		ck_assert_str_eq(got.text, waiting[got.type - 1].text);
		taken[got.type]++;
	}
	peers_must_return(senders, SENDERS, "msgsnd");
	for (int i = 1; i <= SENDERS; i++)
		ck_assert_int_eq(taken[i], 1);
}

/*
 * data_status: what IPC_STAT says of the traffic of a queue.
 */
#include <sys/msg.h>
#include <time.h>
#include <unistd.h>

#include "assay.h"
#include "delivery.h"
#include "queue.h"
#include "status.h"

#define EIGHT "12345678"

/* What a process must find. */
struct counted {
	int id;
	msgqnum_t messages;
};

static void count_messages(void *arg)
{
	const struct counted *counted = arg;

	ck_assert_uint_eq(queue_status(counted->id).msg_qnum, counted->messages);
}

/* Here and in a process of its own. */
static void must_count(int id, msgqnum_t messages)
{
	struct counted counted = {id, messages};

	count_messages(&counted);
	struct peer other = peer_start(count_messages, &counted);
	peer_join(&other);
}

CASE(sysv_msg, data, qnum_tracks_queue,
	.claim = "msg_qnum is the number of messages sent less those received, after every call, "
		 "whoever made it and whoever asks",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd() and msgrcv(), DESCRIPTION, msg_qnum")
{
	struct delivery message = {queue_made(1, 0600), .type = 1, .text = "x"};

	must_count(message.id, 0);
	send_delivery(&message);
	must_count(message.id, 1);
	struct peer other = peer_start(send_delivery, &message);
	peer_join(&other);
	must_count(message.id, 2);
	take_delivery(&message);
	must_count(message.id, 1);
	other = peer_start(take_delivery, &message);
	peer_join(&other);
	must_count(message.id, 0);
}

CASE(sysv_msg, data, cbytes_sums_text_lengths,
	.claim = "msg_cbytes is the sum of the lengths of the texts in the queue, also after a "
		 "text was truncated",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), msg_cbytes",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery message = {queue_made(1, 0600), .type = 1, .text = "handed over"};
	const int id = message.id;
	struct message got;

	queue_put(id, {1, "1234567890"}, {1, "12345"}, {1, ""});
	ck_assert_uint_eq(queue_status(id).msg_cbytes, 15);
	must_move(msgrcv(id, &got, 4, 0, MSG_NOERROR | IPC_NOWAIT), 4);
	ck_assert_uint_eq(queue_status(id).msg_cbytes, 5);
	must_take(id, 0, 0, 1, "12345");
	ck_assert_uint_eq(queue_status(id).msg_cbytes, 0);
	queue_must_hold(id, {1, ""});

	struct peer receiver = peer_start(take_delivery, &message);
	peer_wait_blocked(&receiver, "msgrcv");
	send_delivery(&message);
	peers_must_return(&receiver, 1, "msgrcv");
	ck_assert_uint_eq(queue_status(id).msg_cbytes, 0);
}

/* The clock of these times may lag behind the one that is read here. */
static time_t second_before(void)
{
	struct timespec now;

	need(clock_gettime(CLOCK_REALTIME, &now));
	return now.tv_sec - 1;
}

CASE(sysv_msg, data, lspid_and_stime_updated_by_send,
	.claim = "msgsnd() sets msg_lspid to the process ID of its caller and msg_stime to the "
		 "time",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd(), DESCRIPTION, msg_lspid and msg_stime")
{
	struct delivery message = {queue_made(1, 0600), .type = 1, .text = "x"};
	const time_t earliest = second_before();

	struct peer sender = peer_start(send_and_rest, &message);
	peer_wait_resting(&sender);
	const struct msqid_ds sent = queue_status(message.id);
	ck_assert_int_eq(sent.msg_lspid, sender.pid);
	ck_assert_int_eq(sent.msg_lrpid, 0);
	ck_assert_int_ge(sent.msg_stime, earliest);
	ck_assert_int_le(sent.msg_stime, second_before() + 1);
	ck_assert_int_eq(sent.msg_rtime, 0);
	peer_resume(&sender);
	peer_join(&sender);

	send_delivery(&message);
	ck_assert_int_eq(queue_status(message.id).msg_lspid, getpid());
}

CASE(sysv_msg, data, lrpid_and_rtime_updated_by_receive,
	.claim = "msgrcv() sets msg_lrpid to the process ID of its caller and msg_rtime to the "
		 "time",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), DESCRIPTION, msg_lrpid and msg_rtime")
{
	struct delivery message = {queue_made(1, 0600), .type = 1, .text = "x"};
	send_delivery(&message);
	send_delivery(&message);
	const time_t earliest = second_before();

	struct peer receiver = peer_start(take_and_rest, &message);
	peer_wait_resting(&receiver);
	const struct msqid_ds received = queue_status(message.id);
	ck_assert_int_eq(received.msg_lrpid, receiver.pid);
	ck_assert_int_eq(received.msg_lspid, getpid());
	ck_assert_int_ge(received.msg_rtime, earliest);
	ck_assert_int_le(received.msg_rtime, second_before() + 1);
	peer_resume(&receiver);
	peer_join(&receiver);

	take_delivery(&message);
	ck_assert_int_eq(queue_status(message.id).msg_lrpid, getpid());
}

CASE(sysv_msg, data, each_transfer_marks_its_time,
	.claim = "every msgsnd() and msgrcv() sets msg_stime or msg_rtime anew, not the first "
		 "on a queue alone",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd() and msgrcv(), DESCRIPTION, msg_stime and msg_rtime",
	.deadline_ms = QUEUE_TIMES_DEADLINE_MS)
{
	struct delivery message = {queue_made(1, 0600), .type = 1, .text = "x"};

	send_delivery(&message);
	take_delivery(&message);
	const struct msqid_ds first = queue_status(message.id);
	stamp_wait_past_second(first.msg_rtime);
	send_delivery(&message);
	take_delivery(&message);
	const struct msqid_ds second = queue_status(message.id);
	ck_assert_int_gt(second.msg_stime, first.msg_stime);
	ck_assert_int_le(second.msg_stime, second_before() + 1);
	ck_assert_int_gt(second.msg_rtime, first.msg_rtime);
	ck_assert_int_le(second.msg_rtime, second_before() + 1);
}

CASE(sysv_msg, data, lrpid_names_receiver_on_handoff,
	.claim = "when a receiver waits for the message, msg_lrpid becomes its process ID, and "
		 "msg_rtime the time",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgrcv(), msg_lrpid",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery message = {queue_made(1, 0600), .type = 1, .text = "x"};
	const time_t earliest = second_before();

	struct peer receiver = peer_start(take_and_rest, &message);
	peer_wait_blocked(&receiver, "msgrcv");
	send_delivery(&message);
	peer_wait_resting(&receiver);

	const struct msqid_ds status = queue_status(message.id);
	ck_assert_int_eq(status.msg_lrpid, receiver.pid);
	ck_assert_int_eq(status.msg_lspid, getpid());
	ck_assert_int_ge(status.msg_rtime, earliest);
	ck_assert_int_le(status.msg_rtime, second_before() + 1);
	peer_resume(&receiver);
	peer_join(&receiver);
}

CASE(sysv_msg, data, lrpid_is_process_id_of_blocked_thread,
	.claim = "when a thread waits for the message, msg_lrpid becomes the ID of its process",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), DESCRIPTION, msg_lrpid",
	.needs = NEED_BLOCK_PROOF)
{
	struct delivery message = {queue_made(1, 0600), .type = 1, .text = "x"};

	struct peer receiver = thread_start(take_delivery, &message);
	peer_wait_blocked(&receiver, "msgrcv");
	send_delivery(&message);
	peers_must_return(&receiver, 1, "msgrcv");
	ck_assert_int_eq(queue_status(message.id).msg_lrpid, getpid());
}

/* The claim: calls on the queue ID, which has room for 8 bytes and no message of type 2, fail and
 * change nothing. */
static void fail_to_transfer(int id)
{
	const struct msqid_ds before = queue_status(id);
	struct message got;

	must_fail(message_send(id, 1, "nine.....", IPC_NOWAIT), EAGAIN);
	status_must_equal(queue_status(id), before);
	must_fail(message_send(id, 0, "1", IPC_NOWAIT), EINVAL);
	status_must_equal(queue_status(id), before);
	must_fail(message_receive(id, &got, 2, IPC_NOWAIT), ENOMSG);
	status_must_equal(queue_status(id), before);
}

/* The same, where a message of 8 bytes and type 1 is queued. */
static void fail_to_take_whole(int id)
{
	const struct msqid_ds before = queue_status(id);
	struct message got;

	must_fail(msgrcv(id, &got, 3, 1, IPC_NOWAIT), E2BIG);
	status_must_equal(queue_status(id), before);
}

CASE(sysv_msg, data, failed_calls_leave_statistics_unchanged,
	.claim = "msgsnd() and msgrcv() that fail change nothing of what IPC_STAT shows",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd() and msgrcv(), DESCRIPTION: upon successful completion")
{
	struct delivery message = {queue_limited(1, 8), .type = 1, .text = EIGHT};

	/* While a time is 0 it shows a mark of the same second, too. */
	fail_to_transfer(message.id);
	struct peer other = peer_start(send_delivery, &message);
	peer_join(&other);
	fail_to_transfer(message.id);
	fail_to_take_whole(message.id);

	/* The last to send and to receive are others. */
	other = peer_start(take_delivery, &message);
	peer_join(&other);
	other = peer_start(send_delivery, &message);
	peer_join(&other);
	fail_to_transfer(message.id);
	fail_to_take_whole(message.id);
}

/*
 * How large a message may be, how much a queue holds, and buffers of another size than the
 * message.
 */
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>

#include "assay.h"
#include "queue.h"

/* A message of type 1 with BYTES of text that tell their place, and room for as many more. */
static struct msgbuf *message_of(size_t bytes)
{
	struct msgbuf *message = need(calloc(1, sizeof(*message) + 2 * bytes));

	message->mtype = 1;
	for (size_t i = 0; i < bytes; i++)
		message->mtext[i] = (char)(i % 251);
	return message;
}

CASE(sysv_msg, limits, message_of_msgmax_accepted,
	.claim = "a message of exactly MSGMAX bytes is sent, and received whole",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), NOTES, MSGMAX")
{
	const int id = queue_made(1, 0600);
	const size_t most = (size_t)queue_limits().msgmax;
	const struct msgbuf *sent = message_of(most);
	struct msgbuf *got = message_of(most);

	memset(got->mtext, 0, most);
	must_succeed(msgsnd(id, sent, most, IPC_NOWAIT));
	must_move(msgrcv(id, got, most, 0, IPC_NOWAIT), most);
	ck_assert_int_eq(memcmp(got->mtext, sent->mtext, most), 0);
}

CASE(sysv_msg, limits, message_over_msgmax_gives_einval,
	.claim = "msgsnd() of more bytes than the system's limit fails with EINVAL and queues "
		 "nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd(), ERRORS EINVAL")
{
	const int id = queue_made(1, 0600);
	const size_t most = (size_t)queue_limits().msgmax;
	const struct msgbuf *message = message_of(most);

	must_fail(msgsnd(id, message, most + 1, IPC_NOWAIT), EINVAL);
	must_fail(msgsnd(id, message, SIZE_MAX, IPC_NOWAIT), EINVAL);
	ck_assert_uint_eq(queue_status(id).msg_qnum, 0);
}

CASE(sysv_msg, limits, receive_negative_msgsz_gives_einval,
	.claim = "msgrcv() with a msgsz above SSIZE_MAX fails with EINVAL and takes nothing",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), ERRORS EINVAL: msgsz was less than 0")
{
	const int id = queue_made(1, 0600);
	struct message got;

	need(message_send(id, 1, "kept", IPC_NOWAIT));
	must_fail(msgrcv(id, &got, SIZE_MAX, 0, IPC_NOWAIT), EINVAL);
	must_fail(msgrcv(id, &got, (size_t)SSIZE_MAX + 1, 0, IPC_NOWAIT), EINVAL);
	ck_assert_uint_eq(queue_status(id).msg_qnum, 1);
}

CASE(sysv_msg, limits, receive_buffer_larger_than_msgmax_accepted,
	.claim = "msgrcv() with a msgsz above MSGMAX gives the message with its own length",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgrcv()")
{
	const int id = queue_made(1, 0600);
	const size_t most = (size_t)queue_limits().msgmax;
	struct msgbuf *got = message_of(most);

	need(message_send(id, 7, "short", IPC_NOWAIT));
	must_move(msgrcv(id, got, 2 * most, 0, IPC_NOWAIT), 5);
	ck_assert_int_eq(got->mtype, 7);
	ck_assert_int_eq(memcmp(got->mtext, "short", 5), 0);
}

static int queue_of_bytes(int n, msglen_t qbytes)
{
	const int id = queue_made(n, 0600);
	struct msqid_ds status = queue_status(id);

	status.msg_qbytes = qbytes;
	need(msgctl(id, IPC_SET, &status));
	return id;
}

CASE(sysv_msg, limits, exactly_qbytes_bytes_fit,
	.claim = "messages of msg_qbytes bytes in all are accepted, and one byte more is "
		 "refused with EAGAIN",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), msgsnd()")
{
	const int id = queue_of_bytes(1, 20);

	must_succeed(message_send(id, 1, "fourteen bytes", IPC_NOWAIT));
	must_fail(message_send(id, 1, "seven..", IPC_NOWAIT), EAGAIN);
	must_succeed(message_send(id, 1, "six...", IPC_NOWAIT));
	must_fail(message_send(id, 1, "x", IPC_NOWAIT), EAGAIN);
	ck_assert_uint_eq(queue_status(id).msg_qnum, 2);
}

static const struct {
	const char *name;
	size_t bytes;
} zero_rows[] = {
	{"no-room", 0},
	{"with-room", 16},
};

CASE_EACH(sysv_msg, limits, zero_length_message_roundtrip, zero_rows,
	.claim = "a message without text is queued with its type, and received with the value 0",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd(), DESCRIPTION: msgsz may be 0")
{
	const int id = queue_made(1, 0600);
	const struct message before = {.text = "untouched beyond the room"};
	struct message got = before;

	must_succeed(message_send(id, 9, "", IPC_NOWAIT));
	ck_assert_uint_eq(queue_status(id).msg_qnum, 1);
	must_move(msgrcv(id, &got, row->bytes, 0, IPC_NOWAIT), 0);
	ck_assert_int_eq(got.type, 9);
	/* What is behind the message, up to msgsz bytes, may change. */
	ck_assert_str_eq(got.text + row->bytes, before.text + row->bytes);
}

CASE(sysv_msg, limits, short_buffer_gives_e2big_and_keeps_message,
	.claim = "msgrcv() with less room than the message has fails with E2BIG, and the message "
		 "stays whole",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), DESCRIPTION; ERRORS E2BIG")
{
	const int id = queue_made(1, 0600);
	struct message got;

	need(message_send(id, 1, "whole", IPC_NOWAIT));
	must_fail(msgrcv(id, &got, 4, 0, IPC_NOWAIT), E2BIG);
	must_fail(msgrcv(id, &got, 0, 0, IPC_NOWAIT), E2BIG);
	must_move(message_receive(id, &got, 0, IPC_NOWAIT), 5);
	ck_assert_str_eq(got.text, "whole");
}

static void wait_with_short_buffer(void *arg)
{
	const int *id = arg;
	struct message got;

	must_fail(msgrcv(*id, &got, 2, 0, 0), E2BIG);
}

CASE(sysv_msg, limits, blocked_short_buffer_gives_e2big,
	.claim = "a msgrcv() that waits with too little room fails with E2BIG when a longer "
		 "message comes, which stays queued",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), ERRORS E2BIG",
	.needs = NEED_BLOCK_PROOF)
{
	int id = queue_made(1, 0600);
	struct message got;
	struct peer receiver = peer_start(wait_with_short_buffer, &id);

	peer_wait_blocked(&receiver, "msgrcv");
	need(message_send(id, 1, "whole", IPC_NOWAIT));
	peer_join(&receiver);
	ck_assert_uint_eq(queue_status(id).msg_qnum, 1);
	must_move(message_receive(id, &got, 0, IPC_NOWAIT), 5);
	ck_assert_str_eq(got.text, "whole");
}

CASE(sysv_msg, limits, noerror_truncates_and_discards_rest,
	.claim = "msgrcv() with MSG_NOERROR cuts a longer message to msgsz bytes, removes it, "
		 "and the rest is lost",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgrcv(), DESCRIPTION, MSG_NOERROR")
{
	const int id = queue_made(1, 0600);
	struct message got = {.text = "12345"};

	need(message_send(id, 1, "whole", IPC_NOWAIT));
	must_move(msgrcv(id, &got, 3, 0, MSG_NOERROR | IPC_NOWAIT), 3);
	ck_assert_str_eq(got.text, "who45");
	ck_assert_uint_eq(queue_status(id).msg_qnum, 0);
	must_fail(message_receive(id, &got, 0, IPC_NOWAIT), ENOMSG);
}

CASE(sysv_msg, limits, noerror_with_size_zero,
	.claim = "msgrcv() with MSG_NOERROR and msgsz 0 removes the message, returns 0 and gives "
		 "its type",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), MSG_NOERROR")
{
	const int id = queue_made(1, 0600);
	struct message got = {.text = "12345"};

	need(message_send(id, 8, "whole", IPC_NOWAIT));
	must_move(msgrcv(id, &got, 0, 0, MSG_NOERROR | IPC_NOWAIT), 0);
	ck_assert_int_eq(got.type, 8);
	ck_assert_str_eq(got.text, "12345");
	ck_assert_uint_eq(queue_status(id).msg_qnum, 0);
}

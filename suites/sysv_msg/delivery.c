#include "delivery.h"

#include <string.h>

void send_delivery(void *arg)
{
	const struct delivery *delivery = arg;

	must_succeed(message_send(delivery->id, delivery->type, delivery->text,
		delivery->flags));
}

void take_delivery(void *arg)
{
	const struct delivery *delivery = arg;
	struct message got;

	must_move(message_receive(delivery->id, &got, delivery->selects, delivery->flags),
		strlen(delivery->text));
	ck_assert_int_eq(got.type, delivery->type);
	ck_assert_str_eq(got.text, delivery->text);
}

void send_and_rest(void *delivery)
{
	send_delivery(delivery);
	peer_rest();
}

void take_and_rest(void *delivery)
{
	take_delivery(delivery);
	peer_rest();
}

void send_until_removed(void *arg)
{
	const struct delivery *delivery = arg;

	must_fail(message_send(delivery->id, delivery->type, delivery->text,
			  delivery->flags),
		EIDRM);
}

void take_until_removed(void *arg)
{
	const struct delivery *delivery = arg;
	struct message got;

	must_fail(message_receive(delivery->id, &got, delivery->selects, delivery->flags),
		EIDRM);
}

int queue_limited(int n, msglen_t bytes)
{
	const int id = queue_made(n, 0600);

	queue_set_bytes(id, bytes);
	return id;
}

void queue_set_bytes(int id, msglen_t bytes)
{
	struct msqid_ds status = queue_status(id);

	status.msg_qbytes = bytes;
	need(msgctl(id, IPC_SET, &status));
}

void queue_set_mode(int id, int mode)
{
	struct msqid_ds status = queue_status(id);

	status.msg_perm.mode = (unsigned short)mode;
	need(msgctl(id, IPC_SET, &status));
}

void queue_put_all(int id, const struct held *held, size_t count)
{
	for (size_t i = 0; i < count; i++)
		need(message_send(id, held[i].type, held[i].text, IPC_NOWAIT));
}

void must_take_at(int id, long selects, int flags, struct held wanted, const char *file,
	int line)
{
	struct message got;

	errno = 0;
	if (message_receive(id, &got, selects, flags | IPC_NOWAIT) == -1)
		claim_assert_failed(file, line, "must_take",
			"msgrcv() gave %s, wanted message %ld \"%s\"", errno_name(errno),
			wanted.type, wanted.text);
	if (got.type != wanted.type || strcmp(got.text, wanted.text) != 0)
		claim_assert_failed(file, line, "must_take",
			"msgrcv() gave message %ld \"%s\", wanted %ld \"%s\"", got.type,
			got.text, wanted.type, wanted.text);
}

void queue_must_hold_at(int id, const struct held *held, size_t count, const char *file,
	int line)
{
	struct message got;

	for (size_t i = 0; i < count; i++)
		must_take_at(id, 0, 0, held[i], file, line);
	if (message_receive(id, &got, 0, IPC_NOWAIT) != -1)
		claim_assert_failed(file, line, "queue_must_hold",
			"the queue holds message %ld \"%s\" as well", got.type, got.text);
}

void peers_must_return_at(struct peer *peers, int count, const char *call,
	const char *file, int line)
{
	const int asleep = peers_asleep_at(peers, count, call, file, line);

	if (asleep > 0)
		claim_assert_failed(file, line, "peers_must_return",
			"%d of %d peers sleep in %s, with nobody left to wake them",
			asleep, count, call);
	for (int i = 0; i < count; i++)
		peer_join_at(&peers[i], file, line);
}

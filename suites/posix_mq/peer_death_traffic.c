/*
 * peer_death_traffic: a process is killed in the middle of a stream of messages, after it has
 * been seen to move so many of them: at which instruction, chance decides.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>

#include "paths.h"
#include "waits.h"

static const int moments[] = {0, 1, 2, 5, 17, 40};
enum { MOMENTS = sizeof(moments) / sizeof(moments[0]) };

enum { SHEET_BYTES = 512 };

/* Message NUMBER of the stream: of a length and a content of its own. */
static void sheet_make(struct message *sheet, unsigned number)
{
	message_make(sheet, SHEET_BYTES - number % 100, 0);
	memcpy(sheet->bytes, &number, sizeof(number));
}

static void send_for_ever(void *arg)
{
	const mqd_t queue = *(mqd_t *)arg;
	static struct message sheet;

	for (unsigned n = 0;; n++) {
		sheet_make(&sheet, n);
		must_succeed(mq_send(queue, (char *)sheet.bytes, sheet.length, 0));
	}
}

/* Receives a message of the stream and returns its number.  The claim: it is whole. */
static unsigned receive_sheet(mqd_t queue)
{
	static struct message got, wanted;
	unsigned number;

	got.length = (size_t)must_succeed(mq_receive(queue, (char *)got.bytes,
		sizeof(got.bytes), &got.priority));
	memcpy(&number, got.bytes, sizeof(number));
	ck_assert_uint_lt(number, 64);
	sheet_make(&wanted, number);
	must_be_same(&got, &wanted);
	return number;
}

/* Kills a sender when MOMENT of its messages have been received.  The claim: with what it left
 * in QUEUE they are its first so many, each once. */
static void must_leave_prefix(mqd_t queue, int moment)
{
	struct peer sender = peer_start(send_for_ever, &queue);
	uint64_t came = 0; /* a bit for each number */
	int count = 0;

	for (; count < moment; count++)
		came |= UINT64_C(1) << receive_sheet(queue);
	peer_kill(&sender, SIGKILL);
	for (; queue_messages(queue) > 0; count++)
		came |= UINT64_C(1) << receive_sheet(queue);
	ck_assert_uint_eq(came, (UINT64_C(1) << count) - 1);
}

CASE(posix_mq, peer_death, stream_of_killed_sender_is_a_prefix,
	.claim = "of the messages of a sender that is killed in a stream of them the survivor "
		 "receives the first so many, each whole and once",
	.level = LEVEL_LINUX,
	.spec = "mq_send(3), DESCRIPTION (adds the message); signal(7), SIGKILL")
{
	mqd_t queue = queue_made_of("q", O_RDWR, QUEUE_DEPTH, SHEET_BYTES);

	for (int i = 0; i < MOMENTS; i++)
		must_leave_prefix(queue, moments[i]);
}

enum { LETTERS = 150, LAST = LETTERS };

/* Who got which of the letters. */
struct postbox {
	mqd_t queue;
	atomic_uchar received[LETTERS];
	atomic_int taken_by_victim;
};

static uint64_t receive_letter(struct postbox *box)
{
	uint64_t letter = LAST;

	must_move(mq_receive(box->queue, (char *)&letter, sizeof(letter), NULL),
		sizeof(letter));
	ck_assert_uint_le(letter, LAST);
	if (letter != LAST)
		atomic_fetch_add(&box->received[letter], 1);
	return letter;
}

static void receive_as_victim(void *box)
{
	for (;;) {
		(void)receive_letter(box);
		atomic_fetch_add(&((struct postbox *)box)->taken_by_victim, 1);
	}
}

static void receive_to_the_last(void *box)
{
	while (receive_letter(box) != LAST)
		continue;
}

/* Sends all letters to two receivers, of which one is killed when it has taken MOMENT of them,
 * and counts. */
static void kill_one_of_two(struct postbox *box, int moment)
{
	struct peer victim = peer_start(receive_as_victim, box);
	struct peer survivor = peer_start(receive_to_the_last, box);
	bool is_alive = true;
	int lost = 0;

	for (uint64_t letter = 0; letter <= LETTERS; letter++) {
		if (is_alive && (box->taken_by_victim >= moment || letter == LAST)) {
			peer_kill(&victim, SIGKILL);
			is_alive = false;
		}
		must_succeed(mq_send(box->queue, (char *)&letter, sizeof(letter),
			letter != LAST));
	}
	peer_join(&survivor);
	for (int i = 0; i < LETTERS; i++) {
		ck_assert_int_le(box->received[i], 1);
		lost += box->received[i] == 0;
	}
	ck_assert_int_le(lost, 1);
}

CASE(posix_mq, peer_death, receiver_killed_in_loop_loses_at_most_one,
	.claim = "when one of two competing receivers is killed, all messages, but at most "
		 "the one that it was taking, are received by one of them, once",
	.level = LEVEL_LINUX,
	.spec = "mq_receive(3), DESCRIPTION (removes the message); signal(7), SIGKILL")
{
	for (int i = 0; i < MOMENTS; i++) {
		struct postbox *box = arena(sizeof(*box));

		box->queue = queue_made_of("q", O_RDWR, QUEUE_DEPTH, sizeof(uint64_t));
		kill_one_of_two(box, moments[i]);
		need(mq_close(box->queue));
		need(mq_unlink(own_name("q")));
	}
}

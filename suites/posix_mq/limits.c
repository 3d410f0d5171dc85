/*
 * posix_mq/limits: how long a message may be, how many go into a queue, and how urgent they
 * may be.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <mqueue.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "assay.h"
#include "waits.h"

/* In one piece of memory, in one that begins on the next page of the kernel's copy, in three. */
static const struct {
	const char *name;
	long bytes;
} sizes[] = {{"1", 1}, {"16", 16}, {"4096", 4096}, {"8192", 8192}};

CASE_EACH(posix_mq, limits, message_of_msgsize_accepted, sizes,
	.claim = "a message of exactly mq_msgsize bytes is sent and received whole",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), DESCRIPTION: less than or equal to mq_msgsize")
{
	const size_t length = (size_t)row->bytes;
	const mqd_t queue = queue_made_of("q", O_RDWR | O_NONBLOCK, 1, row->bytes);
	char *sent = arena(length), *got = arena(length);

	for (size_t i = 0; i < length; i++)
		sent[i] = (char)(i % 251);
	must_succeed(mq_send(queue, sent, length, 0));
	must_move(mq_receive(queue, got, length, NULL), length);
	ck_assert_mem_eq(got, sent, length);
}

static const struct {
	const char *name;
	size_t length;
} too_long[] = {{"one-more", QUEUE_BYTES + 1}, {"size-max", SIZE_MAX}};

CASE_EACH(posix_mq, limits, message_over_msgsize_gives_emsgsize, too_long,
	.claim = "mq_send() and mq_timedsend() of more than mq_msgsize bytes fail with "
		 "EMSGSIZE and queue nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), mq_timedsend(), ERRORS EMSGSIZE")
{
	const char bytes[QUEUE_BYTES + 1] = "0123456789abcdef";
	const mqd_t queue = queue_made("q", O_RDWR | O_NONBLOCK);

	for (int i = 0; i < SENDINGS; i++)
		must_fail(queue_sendings[i].call(queue, bytes, row->length, 0), EMSGSIZE);
	ck_assert_int_eq(queue_messages(queue), 0);
}

CASE(posix_mq, limits, oversized_send_to_full_queue_does_not_block,
	.claim = "mq_send() and mq_timedsend() of more than mq_msgsize bytes to a full "
		 "queue fail with EMSGSIZE and do not wait for room",
	.level = LEVEL_LINUX,
	.spec = "mq_send(3), ERRORS EMSGSIZE; that it comes before the wait was measured "
		"on 6.18")
{
	const char bytes[QUEUE_BYTES + 1] = "0123456789abcdef";
	const mqd_t queue = queue_made_of("q", O_RDWR, 1, QUEUE_BYTES);

	queue_put(queue, "full", 0);
	for (int i = 0; i < SENDINGS; i++)
		must_fail(queue_sendings[i].call(queue, bytes, sizeof(bytes), 0),
			EMSGSIZE);
}

CASE(posix_mq, limits, receive_buffer_below_msgsize_gives_emsgsize,
	.claim = "mq_receive() and mq_timedreceive() into less than mq_msgsize bytes "
		 "fail with EMSGSIZE although the message would fit, and leave it",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_receive(), mq_timedreceive(), DESCRIPTION; ERRORS "
		"EMSGSIZE")
{
	const mqd_t queue = queue_made("q", O_RDWR | O_NONBLOCK);
	char buffer[QUEUE_BYTES];

	queue_put(queue, "x", 0);
	for (int i = 0; i < RECEIVINGS; i++)
		must_fail(queue_receivings[i].call(queue, buffer, QUEUE_BYTES - 1, NULL),
			EMSGSIZE);
	ck_assert_int_eq(queue_messages(queue), 1);
	must_receive(queue, "x");
}

CASE(posix_mq, limits, short_buffer_on_empty_queue_does_not_block,
	.claim = "mq_receive() and mq_timedreceive() into less than mq_msgsize bytes "
		 "from an empty queue fail with EMSGSIZE and do not wait for a message",
	.level = LEVEL_LINUX,
	.spec = "mq_receive(3), ERRORS EMSGSIZE; that it comes before the wait was measured "
		"on 6.18")
{
	const mqd_t queue = queue_made("q", O_RDWR);
	char buffer[QUEUE_BYTES];

	for (int i = 0; i < RECEIVINGS; i++)
		must_fail(queue_receivings[i].call(queue, buffer, QUEUE_BYTES - 1, NULL),
			EMSGSIZE);
}

static const struct {
	const char *name;
	size_t length;
} huge[] = {{"one-above-ssize-max", SIZE_MAX / 2 + 1}, {"size-max", SIZE_MAX}};

CASE_EACH(posix_mq, limits, receive_buffer_of_huge_length, huge,
	.claim = "mq_receive() with a msg_len above {SSIZE_MAX} gives the message with its "
		 "length, or an error, and never another length",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 mq_receive(), DESCRIPTION: implementation-defined")
{
	const mqd_t queue = queue_made("q", O_RDWR | O_NONBLOCK);
	char buffer[QUEUE_BYTES] = "";

	queue_put(queue, "x", 0);
	const ssize_t length = mq_receive(queue, buffer, row->length, NULL);
	note("errno", "%s", length == -1 ? errno_name(errno) : "none");
	note_choice("huge-msg-len",
		length == -1                                      ? "refused"
			: length == 1 && strcmp(buffer, "x") == 0 ? "taken"
								  : "wrong",
		"refused", "taken");
}

static const struct {
	const char *name;
	long depth;
} depths[] = {{"1", 1}, {"2", 2}, {"10", 10}};

CASE_EACH(posix_mq, limits, exactly_maxmsg_messages_fit, depths,
	.claim = "a queue takes exactly mq_maxmsg messages before a non-blocking mq_send() "
		 "fails with EAGAIN",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), O_CREAT; mq_send(), ERRORS EAGAIN")
{
	const mqd_t queue =
		queue_made_of("q", O_RDWR | O_NONBLOCK, row->depth, QUEUE_BYTES);

	for (int i = 0; i < row->depth; i++)
		must_succeed(mq_send(queue, "x", 1, 0));
	must_fail(mq_send(queue, "x", 1, 0), EAGAIN);
	ck_assert_int_eq(queue_messages(queue), row->depth);
}

CASE(posix_mq, limits, zero_length_message_roundtrip,
	.claim = "a message of no bytes is queued, counted in mq_curmsgs, and received as 0 "
		 "bytes with its priority",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), DESCRIPTION, msg_len")
{
	const mqd_t queue = queue_made("q", O_RDWR | O_NONBLOCK);
	char buffer[QUEUE_BYTES];
	unsigned priority = 0;

	must_succeed(mq_send(queue, "", 0, 7));
	ck_assert_int_eq(queue_messages(queue), 1);
	must_move(mq_receive(queue, buffer, sizeof(buffer), &priority), 0);
	ck_assert_uint_eq(priority, 7);
	ck_assert_int_eq(queue_messages(queue), 0);
}

CASE(posix_mq, limits, zero_length_messages_fill_the_queue,
	.claim = "messages of no bytes count against mq_maxmsg",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), DESCRIPTION; ERRORS EAGAIN")
{
	const mqd_t queue = queue_made("q", O_RDWR | O_NONBLOCK);

	for (int i = 0; i < QUEUE_DEPTH; i++)
		need(mq_send(queue, "", 0, 0));
	must_fail(mq_send(queue, "", 0, 0), EAGAIN);
}

CASE(posix_mq, limits, highest_priority_accepted,
	.claim = "a message of priority {MQ_PRIO_MAX} - 1 is accepted and received with "
		 "that priority",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), DESCRIPTION: less than {MQ_PRIO_MAX}")
{
	const unsigned highest = (unsigned)need(sysconf(_SC_MQ_PRIO_MAX)) - 1;
	const mqd_t queue = queue_made("q", O_RDWR | O_NONBLOCK);
	char buffer[QUEUE_BYTES];
	unsigned priority = 0;

	must_succeed(mq_send(queue, "x", 1, highest));
	must_move(mq_receive(queue, buffer, sizeof(buffer), &priority), 1);
	ck_assert_uint_eq(priority, highest);
}

CASE(posix_mq, limits, priority_mq_prio_max_gives_einval,
	.claim = "mq_send() and mq_timedsend() at priority {MQ_PRIO_MAX} or UINT_MAX fail "
		 "with EINVAL and queue nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), ERRORS EINVAL")
{
	const unsigned first_beyond = (unsigned)need(sysconf(_SC_MQ_PRIO_MAX));
	const struct timespec past = long_ago();
	const mqd_t queue = queue_made("q", O_RDWR | O_NONBLOCK);

	must_fail(mq_send(queue, "x", 1, first_beyond), EINVAL);
	must_fail(mq_send(queue, "x", 1, UINT_MAX), EINVAL);
	must_fail(mq_timedsend(queue, "x", 1, first_beyond, &past), EINVAL);
	must_fail(mq_timedsend(queue, "x", 1, UINT_MAX, &past), EINVAL);
	ck_assert_int_eq(queue_messages(queue), 0);
}

CASE(posix_mq, limits, sysconf_prio_max_at_least_32,
	.claim = "sysconf(_SC_MQ_PRIO_MAX) is at least {_POSIX_MQ_PRIO_MAX}, which is 32",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 <limits.h>, {MQ_PRIO_MAX}; sysconf()")
{
	const long priorities = sysconf(_SC_MQ_PRIO_MAX);

	ck_assert_int_ge(priorities, 32);
	note("mq-prio-max", "%ld", priorities);
}

/* What happens to a queue in turn: s, a message is sent; r, one is received. */
static const char script[] = "ssrsrrsssrsrrr";

/* Does step I of the script, when it is the turn of SIDE, and looks. */
static void take_step(mqd_t queue, size_t i, size_t side)
{
	long left = 0;

	for (size_t done = 0; done <= i; done++)
		left += script[done] == 's' ? 1 : -1;
	if (i % 2 == side && script[i] == 's')
		queue_put(queue, "x", 0);
	else if (i % 2 == side)
		must_receive(queue, "x");
	ck_assert_int_eq(queue_messages(queue), left);
}

static void take_odd_steps(void *arg)
{
	const mqd_t queue = queue_opened("q", O_RDWR);

	(void)arg;
	for (size_t i = 0; script[i]; i++) {
		peer_rest(); /* after the body did or left step I */
		take_step(queue, i, 1);
	}
	peer_rest();
}

CASE(posix_mq, limits, curmsgs_tracks_queue,
	.claim = "mq_curmsgs is, for every process and after every call, the messages sent "
		 "less those received",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_getattr(), DESCRIPTION, mq_curmsgs")
{
	const mqd_t queue = queue_made("q", O_RDWR);
	struct peer other = peer_start(take_odd_steps, NULL);

	for (size_t i = 0; script[i]; i++) {
		peer_wait_resting(&other);
		if (i % 2 == 0)
			take_step(queue, i, 0);
		peer_resume(&other);
		peer_wait_resting(&other);
		if (i % 2 == 1)
			take_step(queue, i, 0);
	}
	peer_resume(&other);
	peer_join(&other);
}

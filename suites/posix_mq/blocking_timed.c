/*
 * blocking_timed: mq_timedreceive() and mq_timedsend(): until when they wait, and which times
 * they take.  A timed call must never return early by its own clock; how late it is says
 * nothing.
 */
#include <fcntl.h>
#include <limits.h>

#include "waits.h"

/* From a fraction of what a wake-up takes to a multiple of it. */
static const long times_us[] = {1, 10, 20, 50, 100, 200, 500, 3000};
enum { TIMES = sizeof(times_us) / sizeof(times_us[0]) };

/* QUEUE makes SIDE wait.  The claim: it does so until each of its deadlines. */
static void must_time_out(const struct side *side, mqd_t queue)
{
	for (int i = 0; i < TIMES; i++) {
		const struct timespec deadline = in_us(times_us[i]);

		must_fail(side->wait(queue, &deadline), ETIMEDOUT);
		must_have_passed(&deadline);
	}
}

CASE(posix_mq, blocking, timedreceive_deadline_gives_etimedout,
	.claim = "mq_timedreceive() on a queue that stays empty fails with ETIMEDOUT when "
		 "CLOCK_REALTIME has reached the deadline, and not before",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_timedreceive(), DESCRIPTION; ERRORS, ETIMEDOUT")
{
	must_time_out(&queue_sides[0], queue_made("q", O_RDWR));
}

CASE(posix_mq, blocking, timedsend_deadline_gives_etimedout,
	.claim = "mq_timedsend() to a queue that stays full fails with ETIMEDOUT when "
		 "CLOCK_REALTIME has reached the deadline, and not before, and queues nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_timedsend(), DESCRIPTION; ERRORS, ETIMEDOUT")
{
	const mqd_t queue = queue_made_of("q", O_RDWR, 1, QUEUE_BYTES);

	queue_put(queue, "f", 0);
	must_time_out(&queue_sides[1], queue);
	must_receive(queue, "f");
	ck_assert_int_eq(queue_messages(queue), 0);
}

static const struct {
	const char *name;
	struct timespec deadline;
} past_deadlines[] = {
	{"epoch", {0, 0}},
	/* Also what CLOCK_MONOTONIC may read. */
	{"second-1", {1, 0}},
	{"nanosecond-999999999", {1, 999999999}},
};

CASE_EACH(posix_mq, blocking, timedreceive_past_deadline_empty_gives_etimedout,
	past_deadlines,
	.claim = "mq_timedreceive() on an empty queue with a deadline in the past fails with "
		 "ETIMEDOUT",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_timedreceive(), DESCRIPTION")
{
	char message[QUEUE_BYTES];

	must_fail(mq_timedreceive(queue_made("q", O_RDWR), message, sizeof(message), NULL,
			  &row->deadline),
		ETIMEDOUT);
}

CASE_EACH(posix_mq, blocking, timedsend_past_deadline_full_gives_etimedout, past_deadlines,
	.claim = "mq_timedsend() to a full queue with a deadline in the past fails with "
		 "ETIMEDOUT",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_timedsend(), DESCRIPTION")
{
	const mqd_t queue = queue_made_of("q", O_RDWR, 1, QUEUE_BYTES);

	queue_put(queue, "f", 0);
	must_fail(mq_timedsend(queue, "x", 1, 0, &row->deadline), ETIMEDOUT);
	ck_assert_int_eq(queue_messages(queue), 1);
}

static const struct {
	const char *name;
	struct timespec deadline;
} valid_deadlines[] = {
	{"past", {1, 0}},
	{"distant", {LONG_MAX / 2, 999999999}},
};

CASE_EACH(posix_mq, blocking, timedreceive_past_deadline_message_ready_succeeds,
	valid_deadlines,
	.claim = "mq_timedreceive() returns a message that is there, whatever the deadline",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_timedreceive(), DESCRIPTION (under no circumstance)")
{
	const mqd_t queue = queue_made("q", O_RDWR);
	char message[QUEUE_BYTES] = "";

	need(mq_send(queue, "x", 1, 0));
	must_move(mq_timedreceive(queue, message, sizeof(message), NULL, &row->deadline),
		1);
	ck_assert_int_eq(message[0], 'x');
}

CASE_EACH(posix_mq, blocking, timedsend_past_deadline_room_succeeds, valid_deadlines,
	.claim = "mq_timedsend() queues its message when there is room, whatever the deadline",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_timedsend(), DESCRIPTION (under no circumstance)")
{
	mqd_t queue = queue_made_of("q", O_RDWR, 1, QUEUE_BYTES);

	must_succeed(mq_timedsend(queue, "x", 1, 0, &row->deadline));
	queue_receive_x(&queue);
}

static const struct {
	const char *name;
	long nanoseconds;
} bad_nanoseconds[] = {
	{"minus-1", -1},
	{"1000000000", 1000000000},
	{"long-max", LONG_MAX},
};

/* A time in a second's time that is not a time.  Who reads it as one is back soon. */
static struct timespec soon_but_for(long nanoseconds)
{
	return (struct timespec){in_us(1000000).tv_sec, nanoseconds};
}

CASE_EACH(posix_mq, blocking, timedreceive_bad_nsec_gives_einval, bad_nanoseconds,
	.claim = "mq_timedreceive() that would wait fails with EINVAL when tv_nsec is "
		 "negative or at least 1000000000",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_timedreceive(), ERRORS, EINVAL")
{
	const struct timespec deadline = soon_but_for(row->nanoseconds);
	char message[QUEUE_BYTES];

	must_fail(mq_timedreceive(queue_made("q", O_RDWR), message, sizeof(message), NULL,
			  &deadline),
		EINVAL);
}

CASE_EACH(posix_mq, blocking, timedsend_bad_nsec_gives_einval, bad_nanoseconds,
	.claim = "mq_timedsend() that would wait fails with EINVAL when tv_nsec is negative "
		 "or at least 1000000000, and queues nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_timedsend(), ERRORS, EINVAL")
{
	const struct timespec deadline = soon_but_for(row->nanoseconds);
	const mqd_t queue = queue_made_of("q", O_RDWR, 1, QUEUE_BYTES);

	queue_put(queue, "f", 0);
	must_fail(mq_timedsend(queue, "x", 1, 0, &deadline), EINVAL);
	must_receive(queue, "f");
	ck_assert_int_eq(queue_messages(queue), 0);
}

CASE_EACH(posix_mq, blocking, negative_seconds_is_a_past_deadline, queue_sides,
	.claim = "a timed call that would wait fails with ETIMEDOUT when tv_sec is negative: "
		 "that time has passed",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_timedreceive(), mq_timedsend(), DESCRIPTION; ERRORS, EINVAL "
		"(for nanoseconds only)")
{
	const struct timespec before_the_epoch = {-1, 0};
	const mqd_t queue = queue_to_wait_on(row, 0);

	must_fail(row->wait(queue, &before_the_epoch), ETIMEDOUT);
	ck_assert_int_eq(queue_messages(queue), row->messages);
}

/* What came of a call that need not look at its invalid time, and that it moved a message
 * only if it says so. */
static void note_whether_checked(const char *key, int error, bool has_moved)
{
	note_choice(key, error == 0 ? "succeeds" : errno_name(error), "succeeds",
		"EINVAL");
	ck_assert_int_eq(has_moved, error == 0);
}

CASE_EACH(posix_mq, blocking, bad_timeout_when_not_blocking, bad_nanoseconds,
	.claim = "a timed call that need not wait, with an invalid tv_nsec, succeeds or fails "
		 "with EINVAL and moves no message",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 mq_timedreceive(), mq_timedsend(), DESCRIPTION (need not be "
		"checked)")
{
	const struct timespec deadline = soon_but_for(row->nanoseconds);
	const mqd_t queue = queue_made_of("q", O_RDWR, 1, QUEUE_BYTES);

	const int send_error =
		mq_timedsend(queue, "x", 1, 0, &deadline) == -1 ? errno : 0;
	note_whether_checked("mq_timedsend", send_error, queue_messages(queue) == 1);
	if (send_error != 0)
		queue_put(queue, "x", 0);
	const int receive_error = queue_receive_until(queue, &deadline) == -1 ? errno : 0;
	note_whether_checked("mq_timedreceive", receive_error,
		queue_messages(queue) == 0);
}

static const struct bad_time {
	const char *name;
	const struct side *side;
	time_t seconds; /* from now; a negative one is one of the clock */
	long nanoseconds;
} bad_times[] = {
	{"receiver.below", &queue_sides[0], 1, -1},
	{"receiver.above", &queue_sides[0], 1, 1000000000},
	{"receiver.before-1970", &queue_sides[0], -1, 0},
	{"sender.below", &queue_sides[1], 1, -1},
	{"sender.above", &queue_sides[1], 1, 1000000000},
	{"sender.before-1970", &queue_sides[1], -1, 0},
};

CASE_EACH(posix_mq, blocking, bad_timeout_with_nonblock, bad_times,
	.claim = "with O_NONBLOCK, a timed call that cannot complete fails with EAGAIN "
		 "even when its abs_timeout is no valid time, since it never waits",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_timedreceive(), mq_timedsend(), ERRORS, EAGAIN; "
		"EINVAL (would have blocked)")
{
	const mqd_t queue = queue_to_wait_on(row->side, O_NONBLOCK);
	struct timespec bad = soon_but_for(row->nanoseconds);

	if (row->seconds < 0)
		bad.tv_sec = row->seconds;
	must_fail(row->side->wait(queue, &bad), EAGAIN);
	ck_assert_int_eq(queue_messages(queue), row->side->messages);
}

/*
 * blocking_order: which of several waiters is served first.  They begin to wait one after the
 * other, each proven to wait before the next one begins.
 */
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include "waits.h"

/* Without the option nothing is said about the order. */
#if defined(_POSIX_PRIORITY_SCHEDULING) && _POSIX_PRIORITY_SCHEDULING > 0
#define LACKS_PRIORITY_SCHEDULING NULL
#else
#define LACKS_PRIORITY_SCHEDULING \
	"the C library does not claim _POSIX_PRIORITY_SCHEDULING"
#endif

/* One who waits. */
struct place {
	const char *text;  /* that it must receive, or sends */
	unsigned priority; /* of the message that it sends */
	int real_time;     /* its own priority under SCHED_FIFO; 0: SCHED_OTHER */
	mqd_t queue;
};

static void take_place(const struct place *place)
{
	if (place->real_time > 0)
		schedule_here(SCHED_FIFO, place->real_time);
}

static void receive_own(void *arg)
{
	const struct place *place = arg;
	char message[QUEUE_BYTES] = "";

	take_place(place);
	must_succeed(mq_receive(place->queue, message, sizeof(message), NULL));
	ck_assert_str_eq(message, place->text);
}

static void send_own(void *arg)
{
	const struct place *place = arg;

	take_place(place);
	must_succeed(mq_send(place->queue, place->text, 1, place->priority));
}

/* The claim: waiting on an empty queue in the order of PLACES, each receives its own of the
 * messages "1", "2" ... */
static void must_be_served(struct place *places, int count)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	struct peer receivers[QUEUE_DEPTH];

	for (int i = 0; i < count; i++) {
		places[i].queue = queue;
		receivers[i] = peer_start(receive_own, &places[i]);
		peer_wait_blocked(&receivers[i], "mq_receive");
	}
	for (int i = 0; i < count; i++)
		need(mq_send(queue, (const char[]){(char)('1' + i)}, 1, 0));
	for (int i = 0; i < count; i++)
		peer_join(&receivers[i]);
}

/* The claim: waiting on a full queue in the order of PLACES, they are admitted, one for each
 * message taken, so that their messages arrive as "1", "2" ... */
static void must_be_admitted(struct place *places, int count)
{
	const mqd_t queue = queue_to_wait_on(&queue_sides[1], 0);
	struct peer senders[QUEUE_DEPTH];
	char message[QUEUE_BYTES];

	for (int i = 0; i < count; i++) {
		places[i].queue = queue;
		senders[i] = peer_start(send_own, &places[i]);
		peer_wait_blocked(&senders[i], "mq_send");
	}
	need(mq_receive(queue, message, sizeof(message), NULL));
	for (int i = 0; i < count; i++) {
		ck_assert_int_eq(peers_asleep(senders, count, "mq_send"), count - i - 1);
		must_move(mq_receive(queue, message, sizeof(message), NULL), 1);
		ck_assert_int_eq(message[0], '1' + i);
	}
	for (int i = 0; i < count; i++)
		peer_join(&senders[i]);
}

#define SPEC_RECEIVERS                                                              \
	"POSIX.1-2024 mq_receive(), DESCRIPTION (Priority Scheduling: the highest " \
	"priority, and of these who has waited longest)"
#define SPEC_SENDERS                                                             \
	"POSIX.1-2024 mq_send(), DESCRIPTION (Priority Scheduling: the highest " \
	"priority, and of these who has waited longest)"

CASE(posix_mq, blocking, equal_priority_receivers_served_in_waiting_order,
	.claim = "of receivers of equal scheduling priority the one that has waited longest "
		 "gets the next message",
	.level = LEVEL_POSIX, .spec = SPEC_RECEIVERS, .needs = NEED_BLOCK_PROOF,
	.lacks = LACKS_PRIORITY_SCHEDULING)
{
	struct place places[] = {
		{.text = "1"}, {.text = "2"}, {.text = "3"}, {.text = "4"}};

	must_be_served(places, 4);
}

CASE(posix_mq, blocking, higher_scheduling_priority_receiver_first,
	.claim = "a waiting receiver of higher scheduling priority gets the message before "
		 "one of lower priority that has waited longer",
	.level = LEVEL_POSIX, .spec = SPEC_RECEIVERS,
	.needs = NEED_BLOCK_PROOF | NEED_REALTIME,
	.lacks = LACKS_PRIORITY_SCHEDULING)
{
	struct place places[] = {
		{.text = "3", .real_time = 10},
		{.text = "1", .real_time = 30},
		{.text = "2", .real_time = 20},
	};

	must_be_served(places, 3);
}

CASE(posix_mq, blocking, equal_priority_senders_admitted_in_waiting_order,
	.claim = "of senders of equal scheduling priority the one that has waited longest is "
		 "admitted first, whatever the priority of its message",
	.level = LEVEL_POSIX, .spec = SPEC_SENDERS, .needs = NEED_BLOCK_PROOF,
	.lacks = LACKS_PRIORITY_SCHEDULING)
{
	struct place places[] = {
		{.text = "1", .priority = 1},
		{.text = "2", .priority = 5},
		{.text = "3", .priority = 9},
	};

	must_be_admitted(places, 3);
}

CASE(posix_mq, blocking, higher_scheduling_priority_sender_first,
	.claim = "a waiting sender of higher scheduling priority is admitted before one of "
		 "lower priority that has waited longer",
	.level = LEVEL_POSIX, .spec = SPEC_SENDERS,
	.needs = NEED_BLOCK_PROOF | NEED_REALTIME,
	.lacks = LACKS_PRIORITY_SCHEDULING)
{
	struct place places[] = {
		{.text = "3", .real_time = 10},
		{.text = "1", .real_time = 30},
		{.text = "2", .real_time = 20},
	};

	must_be_admitted(places, 3);
}

/*
 * waits: calls that wait for a message or for room, the queues on which they do, and
 * deadlines.
 */
#ifndef ASSAY_SUITES_POSIX_MQ_WAITS_H
#define ASSAY_SUITES_POSIX_MQ_WAITS_H

#include <mqueue.h>
#include <time.h>

#include "assay.h"
#include "queue.h"

/** The time on CLOCK_REALTIME, by which timed calls wait, in so many microseconds. */
static inline struct timespec in_us(long microseconds)
{
	struct timespec at;

	need(clock_gettime(CLOCK_REALTIME, &at));
	at.tv_nsec += microseconds % 1000000 * 1000;
	at.tv_sec += microseconds / 1000000 + at.tv_nsec / 1000000000;
	at.tv_nsec %= 1000000000;
	return at;
}

/** The deadline of a wait that something else is to end. */
static inline struct timespec in_an_hour(void)
{
	struct timespec at = in_us(0);

	at.tv_sec += 3600;
	return at;
}

/** The claim: CLOCK_REALTIME has reached DEADLINE. */
#define must_have_passed(deadline) must_have_passed_at((deadline), __FILE__, __LINE__)
static inline void must_have_passed_at(const struct timespec *deadline, const char *file,
	int line)
{
	const struct timespec now = in_us(0);
	const long long ns = (now.tv_sec - deadline->tv_sec) * 1000000000LL +
		now.tv_nsec - deadline->tv_nsec;

	if (ns < 0)
		claim_assert_failed(file, line, "must_have_passed",
			"the call returned %lld ns before its deadline", -ns);
}

/** The two calls that receive, as rows: mq_receive(), and mq_timedreceive() with an hour to
 *  go. */
struct receiving {
	const char *name;
	ssize_t (*call)(mqd_t, char *, size_t, unsigned *);
};
enum { RECEIVINGS = 2 };
extern const struct receiving queue_receivings[RECEIVINGS];

/** The two that send. */
struct sending {
	const char *name;
	int (*call)(mqd_t, const char *, size_t, unsigned);
};
enum { SENDINGS = 2 };
extern const struct sending queue_sendings[SENDINGS];

/** The two sides of a queue, as rows: a receiver waits while it is empty, a sender while it is
 *  full. */
struct side {
	const char *name;
	const char *call; /* its family, for proofs */
	int messages;     /* of a queue for one message on which this side waits */
	/* The timed call, of "s" or for any message; 0, or -1 with errno.  A null deadline
	 * is handed on. */
	int (*wait)(mqd_t queue, const struct timespec *deadline);
};
enum { SIDES = 2 };
extern const struct side queue_sides[SIDES];

/** The queue own_name("q") for one message, opened with O_RDWR | OFLAG, on which SIDE has to
 *  wait: it is empty, or "f" fills it. */
mqd_t queue_to_wait_on(const struct side *side, int oflag);

/** Ends the wait of SIDE: puts a message into QUEUE, or takes one. */
void queue_let_go(const struct side *side, mqd_t queue);

/** The timed calls of the two sides, as in struct side. */
int queue_receive_until(mqd_t queue, const struct timespec *deadline);
int queue_send_until(mqd_t queue, const struct timespec *deadline);

/** Starts COUNT processes of FUNCTION(ARG), one after the other, each proven blocked in the
 *  call CALL before the next one is started. */
#define queue_waiters_start(peers, count, function, arg, call) \
	queue_waiters_start_at((peers), (count), (function), (arg), (call), #function)
void queue_waiters_start_at(struct peer *peers, int count, void (*function)(void *),
	void *arg, const char *call, const char *name);

/** The claim: QUEUE is empty, takes DEPTH messages, and returns them. */
void queue_must_be_usable(mqd_t queue, int depth);

/** Peers.  Each takes a queue, whose one next message it receives by mq_receive(), waiting if
 *  need be, or sends by mq_send().  The claim: the message is "x"; the call succeeds. */
void queue_receive_x(void *queue);
void queue_send_x(void *queue);

#endif

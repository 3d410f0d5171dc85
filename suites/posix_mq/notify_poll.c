/*
 * posix_mq/notify, poll(), select() and epoll on a queue: on Linux its descriptor is one of a
 * file.
 */
#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>

#include "assay.h"
#include "queue.h"

/* What poll(), asked for EVENTS, finds on QUEUE without waiting. */
static int polled(mqd_t queue, short events)
{
	struct pollfd entry = {.fd = queue, .events = events};
	const int count = need(poll(&entry, 1, 0));

	ck_assert_int_eq(count, entry.revents != 0);
	return entry.revents;
}

CASE(posix_mq, notify, poll_reports_writable_when_empty,
	.claim = "poll() on an empty queue reports POLLOUT and not POLLIN",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Polling message queue descriptors; poll(2)")
{
	const mqd_t queue = queue_made("q", O_RDWR);

	ck_assert_int_eq(polled(queue, POLLIN | POLLOUT), POLLOUT);
}

CASE(posix_mq, notify, poll_reports_both_when_partly_filled,
	.claim = "poll() on a queue neither empty nor full reports POLLIN and POLLOUT",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Polling message queue descriptors; poll(2)")
{
	const mqd_t queue = queue_made("q", O_RDWR);

	queue_put(queue, "x", 0);
	ck_assert_int_eq(polled(queue, POLLIN | POLLOUT), POLLIN | POLLOUT);
}

CASE(posix_mq, notify, poll_reports_readable_only_when_full,
	.claim = "poll() on a full queue reports POLLIN and not POLLOUT",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Polling message queue descriptors; poll(2)")
{
	const mqd_t queue = queue_made("q", O_RDWR);

	need((long)fill_mq(queue));
	ck_assert_int_eq(polled(queue, POLLIN | POLLOUT), POLLIN);
}

static void poll_for_message(void *arg)
{
	struct pollfd entry = {.fd = queue_opened("q", O_RDONLY), .events = POLLIN};

	(void)arg;
	ck_assert_int_eq(poll(&entry, 1, -1), 1);
	ck_assert_int_eq(entry.revents, POLLIN);
}

CASE(posix_mq, notify, poll_woken_by_send,
	.claim = "poll() that waits for POLLIN on an empty queue returns when a message comes",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Polling message queue descriptors; poll(2)",
	.needs = NEED_BLOCK_PROOF)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	struct peer waiter = peer_start(poll_for_message, NULL);
	peer_wait_blocked(&waiter, "poll");

	queue_put(queue, "x", 0);
	peer_join(&waiter);
}

static void poll_for_room(void *arg)
{
	struct pollfd entry = {.fd = queue_opened("q", O_WRONLY), .events = POLLOUT};

	(void)arg;
	ck_assert_int_eq(poll(&entry, 1, -1), 1);
	ck_assert_int_eq(entry.revents, POLLOUT);
}

CASE(posix_mq, notify, poll_woken_by_receive,
	.claim = "poll() that waits for POLLOUT on a full queue returns when a message is taken",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Polling message queue descriptors; poll(2)",
	.needs = NEED_BLOCK_PROOF)
{
	const mqd_t queue = queue_made_of("q", O_RDWR, 1, QUEUE_BYTES);
	queue_put(queue, "x", 0);
	struct peer waiter = peer_start(poll_for_room, NULL);
	peer_wait_blocked(&waiter, "poll");

	must_receive(queue, "x");
	peer_join(&waiter);
}

/* The same as polled() by select(), as POLL bits. */
static int selected(mqd_t queue)
{
	struct timeval at_once = {0, 0};
	fd_set readable, writable;

	FD_ZERO(&readable);
	FD_ZERO(&writable);
	FD_SET(queue, &readable);
	FD_SET(queue, &writable);
	need(select(queue + 1, &readable, &writable, NULL, &at_once));
	return (FD_ISSET(queue, &readable) ? POLLIN : 0) |
		(FD_ISSET(queue, &writable) ? POLLOUT : 0);
}

CASE(posix_mq, notify, select_agrees_with_poll,
	.claim = "select() finds a queue writable while it is empty, readable while it is full, "
		 "and both in between, as poll() does",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Polling message queue descriptors; select(2)")
{
	const mqd_t queue = queue_made_of("q", O_RDWR, 2, QUEUE_BYTES);

	ck_assert_int_eq(selected(queue), POLLOUT);
	ck_assert_int_eq(selected(queue), polled(queue, POLLIN | POLLOUT));
	queue_put(queue, "x", 0);
	ck_assert_int_eq(selected(queue), POLLIN | POLLOUT);
	ck_assert_int_eq(selected(queue), polled(queue, POLLIN | POLLOUT));
	queue_put(queue, "y", 0);
	ck_assert_int_eq(selected(queue), POLLIN);
	ck_assert_int_eq(selected(queue), polled(queue, POLLIN | POLLOUT));
}

/* An epoll instance that watches QUEUE for EVENTS. */
static int epoll_of(mqd_t queue, uint32_t events)
{
	struct epoll_event event = {.events = events, .data.fd = queue};
	const int epoll = need(epoll_create1(EPOLL_CLOEXEC));

	need(epoll_ctl(epoll, EPOLL_CTL_ADD, queue, &event));
	return epoll;
}

/* The events that one epoll_wait() without waiting reports. */
static int epolled(int epoll)
{
	struct epoll_event event = {0};

	need(epoll_wait(epoll, &event, 1, 0));
	return (int)event.events;
}

CASE(posix_mq, notify, epoll_level_triggered_repeats,
	.claim = "a level-triggered epoll watch reports EPOLLIN again and again until the queue "
		 "is empty",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Polling message queue descriptors; epoll(7), Level-triggered")
{
	const mqd_t queue = queue_made("q", O_RDWR);
	const int epoll = epoll_of(queue, EPOLLIN);

	ck_assert_int_eq(epolled(epoll), 0);
	queue_put(queue, "x", 0);
	queue_put(queue, "y", 0);
	ck_assert_int_eq(epolled(epoll), EPOLLIN);
	ck_assert_int_eq(epolled(epoll), EPOLLIN);
	must_receive(queue, "x");
	ck_assert_int_eq(epolled(epoll), EPOLLIN);
	must_receive(queue, "y");
	ck_assert_int_eq(epolled(epoll), 0);
}

/* A receive is an edge, too (6.18), so nothing is received here. */
CASE(posix_mq, notify, epoll_edge_triggered_per_arrival,
	.claim = "with EPOLLET each message gives one EPOLLIN, and a queue left alone gives none",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Polling message queue descriptors; epoll(7), Edge-triggered")
{
	const mqd_t queue = queue_made("q", O_RDWR);
	const int epoll = epoll_of(queue, EPOLLIN | EPOLLET);

	for (int i = 0; i < 2; i++) {
		queue_put(queue, "x", 0);
		ck_assert_int_eq(epolled(epoll), EPOLLIN);
		ck_assert_int_eq(epolled(epoll), 0);
	}
}

static void receive_one(void *arg)
{
	const mqd_t queue = queue_opened("q", O_RDONLY);
	char got[QUEUE_BYTES];

	(void)arg;
	must_move(mq_receive(queue, got, sizeof(got), NULL), 1);
}

CASE(posix_mq, notify, poll_silent_when_message_handed_over,
	.claim = "a message that a blocked mq_receive() takes leaves nothing for poll() to report "
		 "as POLLIN",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Polling message queue descriptors; mq_receive(3), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	struct peer receiver = peer_start(receive_one, NULL);
	peer_wait_blocked(&receiver, "mq_receive");

	queue_put(queue, "x", 0);
	ck_assert_int_eq(polled(queue, POLLIN), 0);
	peer_join(&receiver);
}

static void hold_open(void *arg)
{
	(void)arg;
	(void)queue_opened("q", O_RDWR);
	peer_rest();
}

CASE(posix_mq, notify, poll_has_no_hangup_on_unlink,
	.claim = "neither the death of all others who had the queue open nor its unlinking makes "
		 "poll() report POLLHUP or POLLERR",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Polling message queue descriptors; poll(2)")
{
	const mqd_t queue = queue_made("q", O_RDWR);
	struct peer holder = peer_start(hold_open, NULL);
	peer_wait_resting(&holder);

	peer_kill(&holder, SIGKILL);
	ck_assert_int_eq(polled(queue, POLLIN | POLLOUT), POLLOUT);
	need(mq_unlink(own_name("q")));
	ck_assert_int_eq(polled(queue, POLLIN | POLLOUT), POLLOUT);
}

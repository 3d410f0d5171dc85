/*
 * posix_mq/limits, those of a process: the bytes of all queues of its user together
 * (RLIMIT_MSGQUEUE), and its descriptors.
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <sys/resource.h>
#include <unistd.h>

#include "assay.h"
#include "budget.h"
#include "queue.h"

CASE(posix_mq, limits, rlimit_msgqueue_gives_emfile,
	.claim = "mq_open() of a new queue that takes more bytes than RLIMIT_MSGQUEUE has "
		 "left fails with EMFILE",
	.level = LEVEL_LINUX,
	.spec = "getrlimit(2), RLIMIT_MSGQUEUE; mq_open(3), ERRORS EMFILE",
	.needs = NEED_NAMESPACES, .alone = "user-mqueue-bytes")
{
	limit_set(RLIMIT_MSGQUEUE, LARGE);

	must_fail(queue_tried("q", 1, LARGE), EMFILE);
	must_fail(mq_open(own_name("q"), O_RDONLY), ENOENT);
}

static const struct {
	const char *name;
	long depth, bytes;
} attributes[] = {{"1-of-1", 1, 1}, {"2-of-1", 2, 1}, {"3-of-8", 3, 8}};

/* The least RLIMIT_MSGQUEUE under which a queue of DEPTH messages of BYTES can be made. */
static long least_limit(long depth, long bytes)
{
	mqd_t queue = (mqd_t)-1;
	long limit = 0;

	while (queue == (mqd_t)-1 && limit < LARGE) {
		limit_set(RLIMIT_MSGQUEUE, (unsigned long long)++limit);
		queue = queue_tried("q", depth, bytes);
		if (queue == (mqd_t)-1)
			ck_assert_int_eq(errno, EMFILE);
	}
	return limit;
}

CASE_EACH(posix_mq, limits, rlimit_msgqueue_exact_boundary, attributes,
	.claim = "a queue can be made from exactly that RLIMIT_MSGQUEUE on which getrlimit(2) "
		 "gives for its attributes, and under none below",
	.level = LEVEL_LINUX,
	.spec = "getrlimit(2), RLIMIT_MSGQUEUE: mq_maxmsg * (mq_msgsize + sizeof(struct "
		"msg_msg) + sizeof(struct posix_msg_tree_node))",
	.needs = NEED_NAMESPACES, .alone = "user-mqueue-bytes")
{
	const long least = least_limit(row->depth, row->bytes);
	const long overhead = least / row->depth - row->bytes;

	/* Six pointers and numbers of the kernel's width in either struct. */
	note("overhead", "%ld", overhead);
	ck_assert_int_eq(least, row->depth * (row->bytes + overhead));
	ck_assert_msg(overhead == 12 * 8 || (sizeof(long) == 4 && overhead == 12 * 4),
		"each message is counted with %ld bytes beside its text", overhead);
}

static void make_and_exit(void *arg)
{
	(void)arg;
	need(queue_tried("first", 1, LARGE));
}

CASE(posix_mq, limits, rlimit_msgqueue_counts_all_queues_of_user,
	.claim = "the bytes of a queue that another process of the user made count against "
		 "RLIMIT_MSGQUEUE of this one until the queue is gone",
	.level = LEVEL_LINUX,
	.spec = "getrlimit(2), RLIMIT_MSGQUEUE: for the real user ID of the calling process",
	.needs = NEED_NAMESPACES, .alone = "user-mqueue-bytes")
{
	struct peer maker = peer_start(make_and_exit, NULL);

	peer_join(&maker);
	limit_set(RLIMIT_MSGQUEUE, ROOM_FOR_ONE);
	must_fail(queue_tried("second", 1, LARGE), EMFILE);
	need(mq_unlink(own_name("first")));
	must_succeed(queue_tried("second", 1, LARGE));
}

CASE(posix_mq, limits, rlimit_msgqueue_held_by_unlinked_open_queue,
	.claim = "the bytes of an unlinked queue count against RLIMIT_MSGQUEUE until its last "
		 "descriptor is closed, and no longer",
	.level = LEVEL_LINUX,
	.spec = "getrlimit(2), RLIMIT_MSGQUEUE; mq_unlink(3): destroyed once closed",
	.needs = NEED_NAMESPACES, .alone = "user-mqueue-bytes")
{
	limit_set(RLIMIT_MSGQUEUE, ROOM_FOR_ONE);
	const mqd_t queue = need(queue_tried("q", 1, LARGE));
	const mqd_t second = need(mq_open(own_name("q"), O_RDWR));

	need(mq_unlink(own_name("q")));
	must_fail(queue_tried("next", 1, LARGE), EMFILE);
	need(mq_close(queue));
	must_fail(queue_tried("next", 1, LARGE), EMFILE);
	need(mq_close(second));
	must_succeed(queue_tried("next", 1, LARGE));
}

CASE(posix_mq, limits, rlimit_msgqueue_not_charged_for_opening,
	.claim = "mq_open() of an existing queue succeeds with RLIMIT_MSGQUEUE at 0, also with "
		 "O_CREAT",
	.level = LEVEL_LINUX,
	.spec = "getrlimit(2), RLIMIT_MSGQUEUE: each queue that the user creates counts")
{
	struct mq_attr other = {.mq_maxmsg = 1, .mq_msgsize = 1};

	need(queue_made("q", O_RDWR));
	limit_set(RLIMIT_MSGQUEUE, 0);

	must_succeed(mq_open(own_name("q"), O_RDWR));
	must_succeed(mq_open(own_name("q"), O_RDWR | O_CREAT, 0600, &other));
}

CASE(posix_mq, limits, rlimit_nofile_gives_emfile,
	.claim = "mq_open() in a process without a free descriptor fails with EMFILE, for an "
		 "existing queue and for a new one, which is not made",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), ERRORS EMFILE")
{
	const char *existing = own_name("q"), *absent = own_name("new");
	struct mq_attr tiny = {.mq_maxmsg = 1, .mq_msgsize = 1};
	struct rlimit usual;

	need(queue_made("q", O_RDWR));
	need(getrlimit(RLIMIT_NOFILE, &usual));
	const int lowest_free = need(dup(0));
	need(close(lowest_free));
	limit_set(RLIMIT_NOFILE, (unsigned long long)lowest_free);
	must_fail(mq_open(existing, O_RDWR), EMFILE);
	must_fail(mq_open(absent, O_RDWR | O_CREAT | O_EXCL, 0600, &tiny), EMFILE);

	limit_set(RLIMIT_NOFILE, usual.rlim_cur);
	must_fail(mq_open(absent, O_RDONLY), ENOENT);
}

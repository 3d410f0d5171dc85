/*
 * queue: the few steps that most message queue cases take.  They are steps, not claims: what
 * goes wrong in them makes the case `broken`.  Only must_receive() is a claim.
 *
 * Queues are tiny on purpose: RLIMIT_MSGQUEUE counts the bytes of all queues of a user, in
 * every IPC namespace.
 */
#ifndef ASSAY_SUITES_POSIX_MQ_QUEUE_H
#define ASSAY_SUITES_POSIX_MQ_QUEUE_H

#include <mqueue.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#include "assay.h"

enum {
	QUEUE_DEPTH = 4,       /* mq_maxmsg of queue_made() */
	QUEUE_BYTES = 16,      /* its mq_msgsize */
	QUEUE_BYTES_MAX = 128, /* the largest mq_msgsize that must_receive() takes */
};

/** Creates the queue own_name(TAG), mode 0600, of QUEUE_DEPTH messages of QUEUE_BYTES (or of
 *  DEPTH messages of BYTES), with O_CREAT | O_EXCL | OFLAG; returns its descriptor. */
mqd_t queue_made(const char *tag, int oflag);
mqd_t queue_made_of(const char *tag, int oflag, long depth, long bytes);

/** The attributes of queue_made(). */
struct mq_attr queue_tiny(void);

/** What mq_open() gives, O_CREAT | O_EXCL | O_RDWR, for such a queue: its descriptor, or -1
 *  with errno, which is for the case to judge. */
mqd_t queue_tried(const char *tag, long depth, long bytes);

/** Opens the existing queue own_name(TAG) with OFLAG. */
mqd_t queue_opened(const char *tag, int oflag);

/** What mq_getattr() says of QUEUE; and its mq_curmsgs alone. */
struct mq_attr queue_attributes(mqd_t queue);
long queue_messages(mqd_t queue);

/** Sends TEXT, without its final zero byte, at PRIORITY; never waits. */
void queue_put(mqd_t queue, const char *text, unsigned priority);

/** What an mq_open() that may be refused came to, right after it: "accepted", or the name of
 *  its error.  For notes. */
static inline const char *queue_outcome(mqd_t queue)
{
	return queue != (mqd_t)-1 ? "accepted" : errno_name(errno);
}

/** A name like those of own_name() whose part after the slash has BYTES bytes.  Its queue is a
 *  leftover unless the case unlinks it.  Valid until the case ends. */
const char *queue_name_of(size_t bytes);

/** Mounts the file system of the queues at own_path(TAG) and returns that path.  Wants
 *  NEED_PRIVATE_MOUNT. */
const char *queues_mounted(const char *tag);

/** The path of the queue own_name(TAG) below DIRECTORY, where they are mounted. */
const char *queue_below(const char *directory, const char *tag);

/** How many queues DIRECTORY, where they are mounted, lists. */
int queues_listed(const char *directory);

/** A time that has passed: with it a timed call never waits. */
static inline struct timespec long_ago(void)
{
	return (struct timespec){.tv_sec = 1};
}

/** The claim: the next message of QUEUE is there and is TEXT.  Takes it, and never waits. */
#define must_receive(queue, text)                                               \
	do {                                                                    \
		const struct timespec long_ago_ = long_ago();                   \
		const char *const wanted_ = (text);                             \
		char got_[QUEUE_BYTES_MAX + 1] = "";                            \
		must_move(mq_timedreceive((queue), got_, QUEUE_BYTES_MAX, NULL, \
				  &long_ago_),                                  \
			strlen(wanted_));                                       \
		ck_assert_str_eq(got_, wanted_);                                \
	} while (0)

#endif

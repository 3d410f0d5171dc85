/*
 * paths: the ways on which a message can go from sender to receiver.  To a receiver that
 * waits already, and from a sender that has to wait, a message need not pass through the
 * queue as others do: an implementation has code of its own for these.
 */
#ifndef ASSAY_SUITES_POSIX_MQ_PATHS_H
#define ASSAY_SUITES_POSIX_MQ_PATHS_H

#include <mqueue.h>
#include <stddef.h>

enum {
	MESSAGE_BYTES = 8192, /* the largest that every user may send by default */
	MESSAGE_POISON = 0xa5,
};

/** A message as it is sent, or as it came. */
struct message {
	unsigned priority;
	size_t length;
	unsigned char bytes[MESSAGE_BYTES];
};

/** The ways, as rows; for those but the first a case says NEED_BLOCK_PROOF. */
enum passing {
	PASSING_QUEUED,      /* sent, then received */
	PASSING_HANDED_OVER, /* sent when a thread waits to receive it */
	PASSING_ADMITTED,    /* sent by a thread that waits for room, then received */
};
struct path {
	const char *name;
	enum passing passing;
};
enum { PATHS = 3 };
extern const struct path queue_paths[PATHS];

/** Sends SENT through QUEUE, empty and for one message, and receives it as GOT, on PATH.  The
 *  claim: both calls succeed.  What the receiving call does not write is MESSAGE_POISON in
 *  GOT's bytes, and UINT_MAX in its priority. */
void message_pass(mqd_t queue, const struct path *path, const struct message *sent,
	struct message *got);

/** Makes the message of LENGTH bytes, with PRIORITY: every value of a byte in an order of its own.
 *  No part of it looks like another. */
void message_make(struct message *message, size_t length, unsigned priority);

/** The claim: GOT is SENT, in priority, length and bytes. */
#define must_be_same(got, sent) must_be_same_at((got), (sent), __FILE__, __LINE__)
void must_be_same_at(const struct message *got, const struct message *sent,
	const char *file, int line);

#endif

/*
 * delivery: a message that one process sends and another must get, as the argument of the
 * peers who do it, and what a queue must hold in the end.
 */
#ifndef ASSAY_SUITES_SYSV_MSG_DELIVERY_H
#define ASSAY_SUITES_SYSV_MSG_DELIVERY_H

#include "assay.h"
#include "queue.h"

/** A message of the queue .id, and the arguments of the call that sends or receives it. */
struct delivery {
	int id;
	long type;
	const char *text; /* up to 63 bytes */
	long selects;     /* msgtyp of the receiver */
	int flags;        /* msgflg */
};

/** For peers, with a struct delivery.  The claim: msgsnd() puts the message into the queue;
 *  msgrcv() gives exactly that message. */
void send_delivery(void *delivery);
void take_delivery(void *delivery);

/** The same, and then the peer rests. */
void send_and_rest(void *delivery);
void take_and_rest(void *delivery);

/** For peers, with a struct delivery.  The claim: msgsnd(), or msgrcv(), fails with EIDRM. */
void send_until_removed(void *delivery);
void take_until_removed(void *delivery);

/** A new queue of own_key(N), mode 0600, with msg_qbytes BYTES. */
int queue_limited(int n, msglen_t bytes);

/** IPC_SET with another msg_qbytes, or other permission bits. */
void queue_set_bytes(int id, msglen_t bytes);
void queue_set_mode(int id, int mode);

/** A message of a queue. */
struct held {
	long type;
	const char *text;
};

/** queue_must_hold(id, {type, "text"}, ...): the claim that msgrcv() for any type takes these
 *  messages from the queue, in this order, and then finds it empty. */
#define queue_must_hold(id, ...)                                                  \
	queue_must_hold_at((id), (const struct held[]){__VA_ARGS__},              \
		sizeof((const struct held[]){__VA_ARGS__}) / sizeof(struct held), \
		__FILE__, __LINE__)
#define queue_must_be_empty(id) queue_must_hold_at((id), NULL, 0, __FILE__, __LINE__)
void queue_must_hold_at(int id, const struct held *held, size_t count, const char *file,
	int line);

/** queue_put(id, {type, "text"}, ...): sends these messages, in this order. */
#define queue_put(id, ...)                                      \
	queue_put_all((id), (const struct held[]){__VA_ARGS__}, \
		sizeof((const struct held[]){__VA_ARGS__}) / sizeof(struct held))
void queue_put_all(int id, const struct held *held, size_t count);

/** must_take(id, selects, flags, type, "text"): the claim that msgrcv() with this msgtyp and
 *  these flags, and IPC_NOWAIT, gives exactly this message. */
#define must_take(id, selects, flags, ...)                                           \
	must_take_at((id), (selects), (flags), (struct held){__VA_ARGS__}, __FILE__, \
		__LINE__)
void must_take_at(int id, long selects, int flags, struct held wanted, const char *file,
	int line);

/** The claim: COUNT peers, whom nobody will wake any more, come out of the call, and end
 *  well.  Joins them. */
#define peers_must_return(peers, count, call) \
	peers_must_return_at((peers), (count), (call), __FILE__, __LINE__)
void peers_must_return_at(struct peer *peers, int count, const char *call,
	const char *file, int line);

#endif

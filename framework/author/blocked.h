/*
 * blocked: the proof that a peer waits, from what the kernel shows of it.
 *
 * CALL is the name of a family of system calls, as in shared/call.h: "read" is read,
 * "open" is open, openat and openat2, "poll" is poll, ppoll and ppoll_time64.
 */
#ifndef ASSAY_AUTHOR_BLOCKED_H
#define ASSAY_AUTHOR_BLOCKED_H

#include "call.h" /* struct call */

#include <stddef.h>

struct peer;

/** Waits until P is inside a call of the family CALL, asleep.  The case ends `fail` when P
 *  ends instead.  Wants NEED_BLOCK_PROOF. */
#define peer_wait_blocked(p, call) peer_wait_blocked_at((p), (call), __FILE__, __LINE__)
void peer_wait_blocked_at(struct peer *p, const char *call, const char *file, int line);

/** The claim: P, seen blocked before, still is: it sits asleep in a call of the family
 *  CALL, read after what the caller did last.  A wake-up that went back to sleep is allowed.
 *  The case ends `fail` when P ended, rests, or is asleep in another call. */
#define peer_still_blocked(p, call) peer_still_blocked_at((p), (call), __FILE__, __LINE__)
void peer_still_blocked_at(struct peer *p, const char *call, const char *file, int line);

/** The same two for a futex: P sleeps on a word of *OBJECT.  Only for peers that have the
 * object at the caller's address: threads and forks. */
#define peer_wait_blocked_on(p, object) \
	peer_wait_blocked_on_at((p), (object), sizeof(*(object)), __FILE__, __LINE__)
#define peer_still_blocked_on(p, object) \
	peer_still_blocked_on_at((p), (object), sizeof(*(object)), __FILE__, __LINE__)
void peer_wait_blocked_on_at(struct peer *p, const volatile void *address, size_t size,
	const char *file, int line);
void peer_still_blocked_on_at(struct peer *p, const volatile void *address, size_t size,
	const char *file, int line);

/** The system call in which P, proven blocked before, is asleep.  The case ends `broken` when
 *  P is not.  Wants NEED_CALL_ARGUMENTS. */
#define peer_call(p) peer_call_at((p), __FILE__, __LINE__)
struct call peer_call_at(const struct peer *p, const char *file, int line);

#endif

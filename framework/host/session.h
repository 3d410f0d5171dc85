/*
 * session: the first worker of a target: it says hello and lists its cases.
 */
#ifndef ASSAY_HOST_SESSION_H
#define ASSAY_HOST_SESSION_H

#include "catalog.h"
#include "conversation.h"
#include "problem.h"
#include "report.h"
#include "target.h"

#include <stdbool.h>

enum { SESSION_HELLO_MS = 10000 }; /* of a target that says nothing else */

/** How long a worker of TARGET may take to say hello. */
int session_hello_ms(const struct target *target);

struct session {
	struct process process;
	struct conversation talk;
	const struct target *target;
	int64_t started_us;
	struct report_target about;
	struct catalog catalog;
};

/** Starts a worker of TARGET, which the session keeps pointing to.  Closed with
 *  session_close() in every case. */
bool session_start(struct session *session, const struct target *target,
	struct problem *why);

/** Reads the hello and the list of a started worker.  False and *WHY as for
 *  session_open(). */
bool session_greet(struct session *session, int interrupt_fd, struct problem *why);

/** Measures how quick the target is (.about.speed): the shortest request, and a case without
 *  a body.  The scale is TARGET's own if it has one, 1 for a worker that knows no such
 *  request.  False as for session_open(). */
bool session_measure(struct session *session, int interrupt_fd, struct problem *why);

/** session_start() and session_greet().  False when the worker cannot be started, ends, says nothing for SESSION_HELLO_MS, breaks the protocol or has no cases;
 *  what it wrote to standard error is in .talk then.  False with an empty *WHY when a signal
 *  came on INTERRUPT_FD (-1: none is watched).  Closed with session_close() in every
 *  case. */
bool session_open(struct session *session, const struct target *target, int interrupt_fd,
	struct problem *why);

/** Lets the worker quit, and ends it when it does not. */
void session_dismiss(struct session *session);

/** Ends the worker at once if it is still the session's, and releases everything. */
void session_close(struct session *session);

#endif

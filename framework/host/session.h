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

enum { SESSION_HELLO_MS = 10000 };

struct session {
	struct process process;
	struct conversation talk;
	struct report_target about;
	struct catalog catalog;
};

/** Starts a worker of TARGET and reads its hello and its list.  False when it cannot be
 *  started, ends, says nothing for SESSION_HELLO_MS, breaks the protocol or has no cases;
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

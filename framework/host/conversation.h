/*
 * conversation: the line protocol with one worker (docs/protocol.md).  It bounds and parses
 * lines; what a message means is for its callers, and a worker is believed nothing.
 */
#ifndef ASSAY_HOST_CONVERSATION_H
#define ASSAY_HOST_CONVERSATION_H

#include "findings.h"
#include "problem.h"
#include "target.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum {
	CONVERSATION_PROTOCOL = 1,
	CONVERSATION_LINE_BYTES = 1 << 20, /* longest line, without its end */
	CONVERSATION_ERRORS_BYTES = 4096,  /* kept of the worker's standard error */
};

/** What a worker has said and not been asked about yet. */
struct conversation {
	char *buffer;
	size_t size, start, used; /* buffer[start..used) is not consumed */
	size_t scanned;           /* no line end in buffer[start..scanned) */
	bool ended;               /* its output is at its end */
	char errors[CONVERSATION_ERRORS_BYTES];
	size_t errors_used;
	struct findings *findings; /* or NULL: what valgrind reported meanwhile */
};

enum conversation_event {
	CONVERSATION_NOTHING,  /* no whole line yet */
	CONVERSATION_MESSAGE,  /* one object */
	CONVERSATION_NONSENSE, /* a line that breaks the protocol */
	CONVERSATION_END,      /* nothing more will come */
};

/** Releases what the conversation holds; it can be used again. */
void conversation_free(struct conversation *talk);

/** Reads from PROCESS what there is, without waiting, a bounded amount a call.  An end of
 *  output sets .ended; an end of standard error closes .errors. */
void conversation_read_answers(struct conversation *talk, struct process *process);
void conversation_read_errors(struct conversation *talk, struct process *process);
void conversation_read_findings(struct conversation *talk, struct process *process);

/** Takes the next message.  *MESSAGE is set for CONVERSATION_MESSAGE only, the caller
 *  releases it; it is an object with a string "type".  *WHY is set for nonsense. */
enum conversation_event conversation_next(struct conversation *talk, json_t **message,
	struct problem *why);

/** Whether output is waiting that conversation_next() has not taken. */
bool conversation_has_more(const struct conversation *talk);

/** The message's type ("result"). */
const char *conversation_type(const json_t *message);

/** Sends one request line, REQUEST with its line break.  False when the worker is gone or
 *  does not read. */
bool conversation_ask(struct process *process, const char *request, struct problem *why);

/** Waits for the next message until DUE_US (clock_now_us; INT64_MAX: for ever) or until
 *  INTERRUPT_FD (-1: none) becomes readable.  CONVERSATION_NOTHING means that neither a
 *  message nor an end came in time. */
enum conversation_event conversation_await(struct conversation *talk,
	struct process *process, int interrupt_fd, int64_t due_us, json_t **message,
	struct problem *why);

/** What is kept of standard error, printable, line breaks kept, no final one; freed by the
 *  caller. */
char *conversation_errors(const struct conversation *talk);

/** The last line of standard error, printable; "" when there was none.  Freed by the
 *  caller. */
char *conversation_last_words(const struct conversation *talk);

#endif

/*
 * conversation: a worker at the other end of two pipes, spoken to one line at a time.
 * It is written apart from the runner, so that a mistake of the runner cannot hide one of
 * the worker.
 */
#ifndef ASSAY_SELFTEST_CONVERSATION_H
#define ASSAY_SELFTEST_CONVERSATION_H

#include <jansson.h>
#include <stdbool.h>
#include <sys/types.h>

enum {
	LINE_BYTES_MAX = 1 << 20, /* docs/protocol.md */
	ANSWER_MS_MAX = 60000,    /* far beyond the deadline of any planted case */
};

struct conversation {
	pid_t pid;
	int to, from;
	size_t used;
	char buffer[LINE_BYTES_MAX + 2];
};

/** Starts COMMAND with its standard input and output at C; its standard error stays the
 *  caller's.  Ends the process when that is impossible. */
void conversation_start(struct conversation *c, char *const *command);

/** Sends one line made of FORMAT.  False when the worker is gone. */
bool conversation_send(struct conversation *c, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** The next object.  The caller releases it.  NULL when none came, with the reason in
 * *WHY: the worker is gone, says nothing, or what it says is no JSON object of one line.
 */
json_t *conversation_next(struct conversation *c, const char **why);

/** Closes the pipes, kills the worker unless it ends by itself, and reaps it.  Returns
 * its wait status. */
int conversation_end(struct conversation *c);

#endif

#include "conversation.h"

#include "clock.h"
#include "memory.h"
#include "printable.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	FIRST_BYTES = 16 << 10,
	SHOWN_BYTES = 60, /* of a bad line, in a message */
	READS_MAX = 16,   /* of standard error in one go: more than a pipe holds */
};

void conversation_free(struct conversation *talk)
{
	free(talk->buffer);
	findings_free(talk->findings);
	*talk = (struct conversation){0};
}

/* Makes room at the end of the buffer.  A line of the longest size and its end always fit. */
static void make_room(struct conversation *talk)
{
	if (talk->start > 0) {
		memmove(talk->buffer, talk->buffer + talk->start,
			talk->used - talk->start);
		talk->used -= talk->start;
		talk->scanned -= talk->start;
		talk->start = 0;
	}
	if (talk->used < talk->size)
		return;
	talk->size = talk->size == 0 ? FIRST_BYTES : talk->size * 2;
	talk->buffer = memory_resize(talk->buffer, talk->size, 1);
}

void conversation_read_answers(struct conversation *talk, struct process *process)
{
	/* A full buffer is a line too long, or lines not yet taken: no reason to read on. */
	if (talk->used - talk->start > CONVERSATION_LINE_BYTES || talk->ended)
		return;
	make_room(talk);
	const ssize_t got = read(process->answers, talk->buffer + talk->used,
		talk->size - talk->used);
	if (got > 0)
		talk->used += (size_t)got;
	else if (got == 0 || (errno != EAGAIN && errno != EINTR))
		talk->ended = true;
}

/* Keeps the last CONVERSATION_ERRORS_BYTES. */
static void keep_errors(struct conversation *talk, const char *bytes, size_t count)
{
	const size_t room = sizeof(talk->errors) - talk->errors_used;

	if (count > room) {
		const size_t kept = sizeof(talk->errors) - count;
		memmove(talk->errors, talk->errors + talk->errors_used - kept, kept);
		talk->errors_used = kept;
	}
	memcpy(talk->errors + talk->errors_used, bytes, count);
	talk->errors_used += count;
}

void conversation_read_errors(struct conversation *talk, struct process *process)
{
	char bytes[CONVERSATION_ERRORS_BYTES];

	if (process->errors < 0)
		return;
	ssize_t got = 0;
	for (int i = 0; i < READS_MAX; i++) {
		got = read(process->errors, bytes, sizeof(bytes));
		if (got <= 0)
			break;
		keep_errors(talk, bytes, (size_t)got);
	}
	if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
		(void)close(process->errors); /* a pipe: nothing can be lost by it */
		process->errors = -1;
	}
}

void conversation_read_findings(struct conversation *talk, struct process *process)
{
	findings_read(&talk->findings, &process->findings);
}

const char *conversation_type(const json_t *message)
{
	const char *type = json_string_value(json_object_get(message, "type"));

	return type != NULL ? type : "";
}

static enum conversation_event parse_line(const char *line, size_t length,
	json_t **message, struct problem *why)
{
	char shown[SHOWN_BYTES * 4 + 1];
	struct text text = TEXT_OVER(shown);
	json_error_t error;

	text_add_printable(&text, line, length < SHOWN_BYTES ? length : SHOWN_BYTES);
	json_t *parsed = json_loadb(line, length, JSON_REJECT_DUPLICATES, &error);
	if (parsed == NULL) {
		problem_set(why, "it said '%s%s', which is no JSON object", shown,
			length > SHOWN_BYTES ? "..." : "");
		return CONVERSATION_NONSENSE;
	}
	if (!json_is_string(json_object_get(parsed, "type"))) {
		json_decref(parsed);
		problem_set(why, "it said '%s%s', which has no type", shown,
			length > SHOWN_BYTES ? "..." : "");
		return CONVERSATION_NONSENSE;
	}
	*message = parsed;
	return CONVERSATION_MESSAGE;
}

/* Before the end of output nothing may be missing from the last line. */
static enum conversation_event at_end(const struct conversation *talk,
	struct problem *why)
{
	if (talk->used == talk->start)
		return CONVERSATION_END;
	problem_set(why, "its last line has no end");
	return CONVERSATION_END;
}

enum conversation_event conversation_next(struct conversation *talk, json_t **message,
	struct problem *why)
{
	const char *end = talk->used == talk->scanned
		? NULL
		: memchr(talk->buffer + talk->scanned, '\n', talk->used - talk->scanned);
	const size_t length =
		(end ? (size_t)(end - talk->buffer) : talk->used) - talk->start;

	if (length > CONVERSATION_LINE_BYTES) {
		problem_set(why, "it sent a line longer than 1 MiB");
		return CONVERSATION_NONSENSE;
	}
	if (end == NULL) {
		talk->scanned = talk->used;
		return talk->ended ? at_end(talk, why) : CONVERSATION_NOTHING;
	}
	const char *line = talk->buffer + talk->start;
	talk->start += length + 1;
	talk->scanned = talk->start;
	return parse_line(line, length, message, why);
}

bool conversation_has_more(const struct conversation *talk)
{
	return talk->used > talk->start;
}

bool conversation_ask(struct process *process, const char *request, struct problem *why)
{
	const size_t length = strlen(request);
	ssize_t sent;

	do {
		sent = write(process->requests, request, length);
	} while (sent < 0 && errno == EINTR);
	if (sent == (ssize_t)length)
		return true;
	return sent >= 0 || errno == EAGAIN
		? problem_set(why, "it does not read its requests")
		: problem_set(why, "it closed its standard input");
}

static void read_what_is_there(struct conversation *talk, struct process *process,
	const struct pollfd *watched)
{
	if (watched[0].revents != 0)
		conversation_read_answers(talk, process);
	if (watched[1].revents != 0)
		conversation_read_errors(talk, process);
	if (watched[2].revents != 0)
		conversation_read_findings(talk, process);
}

enum conversation_event conversation_await(struct conversation *talk,
	struct process *process, int interrupt_fd, int64_t due_us, json_t **message,
	struct problem *why)
{
	for (;;) {
		const enum conversation_event event =
			conversation_next(talk, message, why);
		if (event != CONVERSATION_NOTHING)
			return event;

		const int64_t now_us = clock_now_us();
		struct pollfd watched[] = {
			{.fd = process->answers, .events = POLLIN},
			{.fd = process->errors, .events = POLLIN},
			{.fd = process->findings, .events = POLLIN},
			{.fd = interrupt_fd, .events = POLLIN},
		};
		if (poll(watched, 4, clock_poll_ms(now_us, due_us)) == 0 &&
			due_us <= now_us)
			return CONVERSATION_NOTHING;
		if (watched[3].revents != 0)
			return CONVERSATION_NOTHING;
		read_what_is_there(talk, process, watched);
	}
}

static char *errors_from(const struct conversation *talk, size_t from, size_t to)
{
	return printable_copy(talk->errors + from, to - from);
}

/* Without the final line breaks. */
static size_t errors_length(const struct conversation *talk)
{
	size_t length = talk->errors_used;

	while (length > 0 && talk->errors[length - 1] == '\n')
		length--;
	return length;
}

char *conversation_errors(const struct conversation *talk)
{
	const size_t length = errors_length(talk);
	char *all = memory_text("");

	for (size_t from = 0; from < length;) {
		const char *end = memchr(talk->errors + from, '\n', length - from);
		const size_t to = end != NULL ? (size_t)(end - talk->errors) : length;
		char *line = errors_from(talk, from, to);
		char *longer = memory_format("%s%s%s", all, from > 0 ? "\n" : "", line);

		free(line);
		free(all);
		all = longer;
		from = to + 1;
	}
	return all;
}

char *conversation_last_words(const struct conversation *talk)
{
	const size_t length = errors_length(talk);
	const char *before = memrchr(talk->errors, '\n', length);

	return errors_from(talk, before != NULL ? (size_t)(before - talk->errors) + 1 : 0,
		length);
}

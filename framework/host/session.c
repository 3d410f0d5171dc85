#include "session.h"

#include "clock.h"
#include "hello.h"

#include <string.h>

enum {
	END_MS = 500,
	MESSAGE_MS = 10000,    /* for the next line of the list */
	OTHER_MESSAGES = 1000, /* of unknown types, in a list */
};

/* Says how the worker ended.  It may have closed its output and live on. */
static void explain_end(struct session *session, const char *moment, struct problem *why)
{
	char how[80] = "closed its output";
	int status;

	if (process_ended(&session->process, END_MS, &status))
		process_describe(status, how, sizeof(how));
	conversation_read_errors(&session->talk, &session->process);
	problem_set(why, "the worker %s %s", how, moment);
}

struct moment {
	const char *name; /* for a person: "before its hello" */
	int64_t due_us;
};

static struct moment moment_for(const char *name, int limit_ms)
{
	return (struct moment){name, clock_now_us() + limit_ms * INT64_C(1000)};
}

/* Waits for the next message. */
static bool await(struct session *session, int interrupt_fd, const struct moment *moment,
	json_t **message, struct problem *why)
{
	const enum conversation_event event = conversation_await(&session->talk,
		&session->process, interrupt_fd, moment->due_us, message, why);

	switch (event) {
	case CONVERSATION_MESSAGE:
		return true;
	case CONVERSATION_NOTHING:
		if (clock_now_us() < moment->due_us)
			why->text[0] = '\0';
		else
			problem_set(why, "the worker took too long %s", moment->name);
		return false;
	case CONVERSATION_END:
		explain_end(session, moment->name, why);
		return false;
	case CONVERSATION_NONSENSE:
		break;
	}
	return problem_prefix(why, "the worker broke the protocol %s", moment->name);
}

static bool read_hello(struct session *session, int interrupt_fd, struct problem *why)
{
	const struct moment moment = moment_for("before its hello", SESSION_HELLO_MS);
	json_t *message;

	if (!await(session, interrupt_fd, &moment, &message, why))
		return false;
	const bool done = hello_read(message, &session->about, why);
	json_decref(message);
	return done || problem_prefix(why, "the worker's hello");
}

/* Takes one message of the list.  OTHERS counts what is no case;
 * *IS_LAST is set by the end of the list. */
static bool take_listed(struct session *session, const json_t *message, int *others,
	bool *is_last, struct problem *why)
{
	const char *type = conversation_type(message);

	*is_last = strcmp(type, "list-end") == 0;
	if (strcmp(type, "case") == 0)
		return catalog_add(&session->catalog, message, why);
	if (strcmp(type, "error") == 0)
		return problem_set(why, "it cannot list its cases");
	if (!*is_last && ++*others > OTHER_MESSAGES)
		return problem_set(why, "it sent %d lines of other types", *others);
	const json_int_t count = json_integer_value(json_object_get(message, "cases"));
	if (*is_last && count != (json_int_t)session->catalog.count)
		return problem_set(why, "it announced %lld cases and listed %zu",
			(long long)count, session->catalog.count);
	return true;
}

static bool read_list(struct session *session, int interrupt_fd, struct problem *why)
{
	bool done = conversation_ask(&session->process, "list\n", why), is_last = false;
	int others = 0;

	while (done && !is_last) {
		const struct moment moment =
			moment_for("while listing its cases", MESSAGE_MS);
		json_t *message;

		if (!await(session, interrupt_fd, &moment, &message, why))
			return false;
		done = take_listed(session, message, &others, &is_last, why);
		json_decref(message);
	}
	done = done && catalog_close(&session->catalog, why);
	if (done && session->catalog.count == 0)
		done = problem_set(why, "it has no cases");
	return done || problem_prefix(why, "the worker's list");
}

bool session_open(struct session *session, const struct target *target, int interrupt_fd,
	struct problem *why)
{
	*session = (struct session){.process = PROCESS_NONE};
	if (!target_start(target, &session->process, why))
		return false;
	why->text[0] = '\0';
	if (read_hello(session, interrupt_fd, why) &&
		read_list(session, interrupt_fd, why))
		return true;
	return why->text[0] != '\0' && problem_prefix(why, "target %s", target->name);
}

/* A worker that is asked to quit can tell whatever stands between (ssh, docker) to end. */
void session_dismiss(struct session *session)
{
	struct problem why;
	int status;

	if (session->process.pid > 0 &&
		conversation_ask(&session->process, "quit\n", &why)) {
		process_hang_up(&session->process);
		(void)process_ended(&session->process, END_MS, &status);
	}
	process_kill(&session->process);
}

void session_close(struct session *session)
{
	process_kill(&session->process);
	conversation_free(&session->talk);
	hello_free(&session->about);
	catalog_free(&session->catalog);
}

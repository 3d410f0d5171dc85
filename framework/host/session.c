#include "session.h"

#include "clock.h"
#include "hello.h"
#include "valgrind.h"

#include <string.h>

enum {
	END_MS = 500,
	MESSAGE_MS = 10000,    /* for the next line of the list */
	OTHER_MESSAGES = 1000, /* of unknown types, in a list */
	EMPTY_RUNS = 3,        /* the quickest of them counts */
	EMPTY_US = 5000,       /* an empty case up to this long needs no scale */
	SCALE_MAX = 100,
};

int session_hello_ms(const struct target *target)
{
	if (target->hello_ms > 0)
		return target->hello_ms;
	return target->valgrind != NULL ? VALGRIND_HELLO_MS : SESSION_HELLO_MS;
}

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
	const struct moment moment =
		moment_for("before its hello", session_hello_ms(session->target));
	json_t *message;

	if (!await(session, interrupt_fd, &moment, &message, why))
		return false;
	const bool done = hello_read(message, &session->about, why);
	session->about.speed.ready_us = (long)(clock_now_us() - session->started_us);
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

/* Has the worker run its empty case.  *SPEED keeps the quickest; a worker that knows no
 * such request leaves it as it is. */
static bool run_empty(struct session *session, int interrupt_fd,
	struct report_speed *speed, struct problem *why)
{
	const struct moment moment = moment_for("while its speed was measured",
		session_hello_ms(session->target));
	const int64_t asked_us = clock_now_us();
	json_t *message;

	if (!conversation_ask(&session->process, "empty\n", why) ||
		!await(session, interrupt_fd, &moment, &message, why))
		return false;
	const long took_us = (long)(clock_now_us() - asked_us);
	const long inside_us =
		(long)json_integer_value(json_object_get(message, "duration_us"));
	const bool is_result = strcmp(conversation_type(message), "result") == 0;
	const long around_us =
		inside_us > 0 && inside_us < took_us ? took_us - inside_us : took_us;
	json_decref(message);
	if (!is_result)
		return true;
	if (speed->empty_case_us == 0 || took_us < speed->empty_case_us)
		speed->empty_case_us = took_us;
	if (speed->round_trip_us == 0 || around_us < speed->round_trip_us)
		speed->round_trip_us = around_us;
	return true;
}

bool session_measure(struct session *session, int interrupt_fd, struct problem *why)
{
	struct report_speed *speed = &session->about.speed;

	why->text[0] = '\0';
	speed->scale = 1;
	for (int i = 0; i < EMPTY_RUNS; i++)
		if (!run_empty(session, interrupt_fd, speed, why))
			return why->text[0] != '\0' &&
				problem_prefix(why, "target %s", session->target->name);
	if (session->target->scale > 0)
		speed->scale = session->target->scale;
	else if (speed->empty_case_us > EMPTY_US)
		speed->scale = (double)speed->empty_case_us / EMPTY_US;
	if (speed->scale > SCALE_MAX && session->target->scale <= 0)
		speed->scale = SCALE_MAX;
	return true;
}

bool session_start(struct session *session, const struct target *target,
	struct problem *why)
{
	*session = (struct session){.process = PROCESS_NONE, .target = target};
	session->started_us = clock_now_us();
	return target_start(target, &session->process, why);
}

bool session_greet(struct session *session, int interrupt_fd, struct problem *why)
{
	why->text[0] = '\0';
	if (read_hello(session, interrupt_fd, why) &&
		read_list(session, interrupt_fd, why))
		return true;
	return why->text[0] != '\0' &&
		problem_prefix(why, "target %s", session->target->name);
}

bool session_open(struct session *session, const struct target *target, int interrupt_fd,
	struct problem *why)
{
	return session_start(session, target, why) &&
		session_greet(session, interrupt_fd, why);
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

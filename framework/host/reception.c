#include "reception.h"

#include "blame.h"
#include "clock.h"
#include "hello.h"
#include "memory.h"
#include "record.h"
#include "valgrind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void take_hello(struct run *run, struct worker *worker, const json_t *message)
{
	struct report_target about = {0};
	struct problem why;

	if (hello_read(message, &about, &why)) {
		worker->state = WORKER_IDLE;
		worker->due_us = INT64_MAX;
	} else {
		blame_protocol(run, worker, &why);
	}
	hello_free(&about);
}

static bool is_for(const json_t *message, const char *id)
{
	const char *named = json_string_value(json_object_get(message, "id"));

	return named != NULL && strcmp(named, id) == 0;
}

/* All processes of the case are gone, so that nothing more of it can come. */
static void judge_findings(struct run *run, struct worker *worker,
	struct outcome *outcome)
{
	conversation_read_findings(&worker->talk, &worker->process);
	valgrind_judge(run->schedule->target->valgrind, worker->talk.findings, outcome);
}

void reception_tell_findings(struct run *run, struct worker *worker)
{
	conversation_read_findings(&worker->talk, &worker->process);
	char *line = valgrind_tell(worker->talk.findings);

	if (line != NULL)
		record_trouble(run->report, "worker %d, between cases: %s",
			worker->number, line);
	free(line);
}

static void take_result(struct run *run, struct worker *worker, const json_t *message)
{
	const bool is_busy = worker->state == WORKER_BUSY;
	const char *id = is_busy ? run_case(run, worker->position)->id : "";
	struct outcome outcome;
	struct problem why;

	if (!is_for(message, id) && worker->has_answered &&
		is_for(message, run_case(run, worker->answered)->id)) {
		blame_second_answer(run, worker);
		return;
	}
	if (!is_busy)
		problem_set(&why, "it answered without being asked");
	if (!is_busy || !outcome_read(message, id, &outcome, &why)) {
		blame_protocol(run, worker, &why);
		return;
	}
	judge_findings(run, worker, &outcome);
	blame_none(run, worker, &outcome);
}

/* A worker that waits for a budget has not begun: its time starts again. */
static void take_waiting(struct run *run, struct worker *worker)
{
	const int64_t now_us = clock_now_us();
	char reason[120];

	if (now_us < worker->patience_us) {
		worker->due_us = now_us + run_patience_us(run, worker->position);
		return;
	}
	(void)snprintf(reason, sizeof(reason),
		"waited %d s for a budget that another run holds",
		SCHEDULE_WAIT_MS / 1000);
	blame_worker(run, worker, VERDICT_BROKEN, reason);
}

/* The worker knows no such case any more; it may go on. */
static void take_refusal(struct run *run, struct worker *worker, const json_t *message)
{
	const char *text = json_string_value(json_object_get(message, "text"));
	char *reason = memory_format("refused it: %.200s", text != NULL ? text : "");

	blame_refusal(run, worker, reason);
	free(reason);
}

static void take_message(struct run *run, struct worker *worker, const json_t *message)
{
	static const char *const known[] = {
		"hello", "case", "list-end", "bye", "waiting", "error"};
	const char *type = conversation_type(message);
	const bool is_busy = worker->state == WORKER_BUSY;
	struct problem why;

	if (worker->state == WORKER_STARTING) {
		take_hello(run, worker, message);
	} else if (strcmp(type, "result") == 0) {
		take_result(run, worker, message);
	} else if (strcmp(type, "waiting") == 0 && is_busy &&
		is_for(message, run_case(run, worker->position)->id)) {
		take_waiting(run, worker);
	} else if (strcmp(type, "error") == 0 && is_busy) {
		take_refusal(run, worker, message);
	} else if (strcmp(type, "bye") != 0 || worker->state != WORKER_LEAVING) {
		for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
			if (strcmp(type, known[i]) != 0)
				continue;
			problem_set(&why, "it sent '%s' without being asked", type);
			blame_protocol(run, worker, &why);
			return;
		}
	}
}

static void take_end(struct run *run, struct worker *worker, const struct problem *why)
{
	char how[80];

	worker_describe_end(worker, how, sizeof(how));
	if (worker->state == WORKER_LEAVING) {
		worker_kill(worker);
		return;
	}
	char *reason = memory_format("%s%s%s%s", how,
		worker->state == WORKER_STARTING ? " before its hello" : "",
		why->text[0] != '\0' ? "; " : "", why->text);
	blame_worker(run, worker, VERDICT_BROKEN, reason);
	free(reason);
}

/* Takes all that WORKER has said; the last of it may end the worker. */
void reception_listen(struct run *run, struct worker *worker)
{
	while (worker->state != WORKER_ABSENT) {
		struct problem why = {""};
		json_t *message;

		switch (conversation_next(&worker->talk, &message, &why)) {
		case CONVERSATION_NOTHING:
			return;
		case CONVERSATION_MESSAGE:
			take_message(run, worker, message);
			json_decref(message);
			break;
		case CONVERSATION_NONSENSE:
			blame_protocol(run, worker, &why);
			break;
		case CONVERSATION_END:
			take_end(run, worker, &why);
			break;
		}
	}
}

/* Ends WORKER if its time is over and it has said nothing: the runner itself may have been
 * stopped, so its pipe is looked at first. */
void reception_expire(struct run *run, struct worker *worker)
{
	char reason[80];

	if (worker->state == WORKER_ABSENT || clock_now_us() < worker->due_us)
		return;
	conversation_read_answers(&worker->talk, &worker->process);
	reception_listen(run, worker);
	const int64_t now_us = clock_now_us();
	if (worker->state == WORKER_ABSENT || now_us < worker->due_us)
		return;
	if (worker->state == WORKER_LEAVING) {
		worker_kill(worker);
	} else if (worker->state == WORKER_STARTING) {
		blame_worker(run, worker, VERDICT_TIMEOUT, "did not say hello in time");
	} else {
		(void)snprintf(reason, sizeof(reason), "gave no answer for %.1f s",
			(double)(now_us - worker->asked_us) / 1e6);
		blame_worker(run, worker, VERDICT_TIMEOUT, reason);
	}
}

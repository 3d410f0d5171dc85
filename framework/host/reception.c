#include "reception.h"

#include "clock.h"
#include "hello.h"
#include "memory.h"
#include "record.h"
#include "result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Adds or replaces one run of the case at POSITION, and takes OUTCOME. */
static void conclude(struct run *run, struct worker *worker, size_t position,
	struct outcome *outcome, bool again)
{
	const struct schedule *schedule = run->schedule;
	struct report_case *c = &run->report->cases[position];
	const enum verdict verdict = outcome->verdict;

	outcome->worker = worker->number;
	if (again)
		result_replace(c, worker->verdict, outcome, schedule->expected);
	else
		result_add(c, outcome, schedule->expected);
	worker->has_answered = true;
	worker->answered = position;
	worker->verdict = verdict;
	progress_case(schedule->progress, c, again);
	if (schedule->fail_fast && report_case_is_unexpected(c))
		run->is_stopping = true;
}

/* Costs the case at POSITION its run, for what WORKER did. */
static void charge(struct run *run, struct worker *worker, size_t position,
	enum verdict verdict, const char *reason)
{
	const bool again = worker->state != WORKER_BUSY || worker->position != position;
	char *errors = conversation_errors(&worker->talk);
	char *text = memory_format("the worker %s", reason);
	struct outcome outcome;

	outcome_judge(&outcome, &run->report->cases[position], verdict, text, errors);
	outcome.duration_us = again ? 0 : (long)(clock_now_us() - worker->asked_us);
	conclude(run, worker, position, &outcome, again);
	free(text);
	free(errors);
}

/* Ends WORKER, which did what REASON says, and names it; POSITION is of the case that it
 * had, or QUEUE_NONE.  The hand-out replaces it. */
static void drop(struct run *run, struct worker *worker, size_t position,
	const char *reason)
{
	char *words = conversation_last_words(&worker->talk);
	const bool had_case = position != QUEUE_NONE;

	record_trouble(run->report, "worker %d %s%s%s%s%s", worker->number, reason,
		had_case ? ", while it had " : "",
		had_case ? run_case(run, position)->id : "",
		words[0] != '\0' ? "; it wrote: " : "", words);
	free(words);
	worker_kill(worker);
	run->failures++;
	/* With nothing left to hand out there is nothing to give up. */
	if (run->failures >= SCHEDULE_FAILURES_MAX && !queue_is_empty(&run->queue))
		run->end = SCHEDULE_GAVE_UP;
}

/* WORKER broke: the case that it has, if any, ends with VERDICT. */
static void fail(struct run *run, struct worker *worker, enum verdict verdict,
	const char *reason)
{
	const size_t position =
		worker->state == WORKER_BUSY ? worker->position : QUEUE_NONE;

	if (position != QUEUE_NONE) {
		charge(run, worker, position, verdict, reason);
		queue_done(&run->queue, position);
	}
	drop(run, worker, position, reason);
}

/* WORKER gave a second answer for the case before: that one is charged, whenever it comes,
 * and the case that it has now is run again. */
static void fail_twice(struct run *run, struct worker *worker)
{
	const char *id = run_case(run, worker->answered)->id;
	char *reason = memory_format("answered twice for %s", id);

	if (worker->state == WORKER_BUSY)
		queue_put_back(&run->queue, worker->position);
	worker->state = WORKER_IDLE;
	charge(run, worker, worker->answered, VERDICT_BROKEN, "answered twice");
	drop(run, worker, QUEUE_NONE, reason);
	free(reason);
}

static void fail_protocol(struct run *run, struct worker *worker,
	const struct problem *why)
{
	char *reason = memory_format("broke the protocol: %s", why->text);

	fail(run, worker, VERDICT_BROKEN, reason);
	free(reason);
}

static void take_hello(struct run *run, struct worker *worker, const json_t *message)
{
	struct report_target about = {0};
	struct problem why;

	if (hello_read(message, &about, &why)) {
		worker->state = WORKER_IDLE;
		worker->due_us = INT64_MAX;
	} else {
		fail_protocol(run, worker, &why);
	}
	hello_free(&about);
}

static bool is_for(const json_t *message, const char *id)
{
	const char *named = json_string_value(json_object_get(message, "id"));

	return named != NULL && strcmp(named, id) == 0;
}

static void take_result(struct run *run, struct worker *worker, const json_t *message)
{
	struct outcome outcome;
	struct problem why;
	const char *id =
		worker->state == WORKER_BUSY ? run_case(run, worker->position)->id : "";

	if (!is_for(message, id) && worker->has_answered &&
		is_for(message, run_case(run, worker->answered)->id)) {
		fail_twice(run, worker);
		return;
	}
	if (worker->state != WORKER_BUSY) {
		problem_set(&why, "it answered without being asked");
		fail_protocol(run, worker, &why);
		return;
	}
	if (!outcome_read(message, id, &outcome, &why)) {
		fail_protocol(run, worker, &why);
		return;
	}
	run->failures = 0;
	worker->due_us = INT64_MAX;
	conclude(run, worker, worker->position, &outcome, false);
	worker->state = WORKER_IDLE;
	queue_done(&run->queue, worker->position);
}

/* A worker that waits for a budget has not begun: its time starts again. */
static void take_waiting(struct run *run, struct worker *worker)
{
	const int64_t now_us = clock_now_us();

	if (now_us < worker->patience_us)
		worker->due_us = now_us + run_patience_us(run, worker->position);
}

/* The worker knows no such case any more; it may go on. */
static void take_refusal(struct run *run, struct worker *worker, const json_t *message)
{
	const char *text = json_string_value(json_object_get(message, "text"));
	char *reason = memory_format("refused it: %.200s", text != NULL ? text : "");

	charge(run, worker, worker->position, VERDICT_BROKEN, reason);
	free(reason);
	worker->has_answered = false;
	worker->due_us = INT64_MAX;
	worker->state = WORKER_IDLE;
	queue_done(&run->queue, worker->position);
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
			fail_protocol(run, worker, &why);
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
	fail(run, worker, VERDICT_BROKEN, reason);
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
			fail_protocol(run, worker, &why);
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
		fail(run, worker, VERDICT_TIMEOUT, "did not say hello in time");
	} else {
		(void)snprintf(reason, sizeof(reason), "gave no answer for %.1f s",
			(double)(now_us - worker->asked_us) / 1e6);
		fail(run, worker, VERDICT_TIMEOUT, reason);
	}
}

void reception_fail(struct run *run, struct worker *worker, const struct problem *why)
{
	fail(run, worker, VERDICT_BROKEN, why->text);
}

#include "blame.h"

#include "clock.h"
#include "memory.h"
#include "record.h"

#include <stdlib.h>

/* Adds one run to the case at POSITION, or replaces one that counted as *COUNTED, and takes
 * OUTCOME. */
static void conclude(struct run *run, size_t position, struct outcome *outcome,
	const enum verdict *counted)
{
	const struct schedule *schedule = run->schedule;
	struct report_case *c = &run->report->cases[position];

	if (counted != NULL)
		result_replace(c, *counted, outcome, schedule->expected);
	else
		result_add(c, outcome, schedule->expected);
	progress_case(schedule->progress, run->report, c, counted != NULL);
	if (schedule->fail_fast && report_case_is_unexpected(c))
		run->is_stopping = true;
}

/* Costs the case that WORKER has its run. */
static void charge(struct run *run, struct worker *worker, enum verdict verdict,
	const char *reason)
{
	const size_t position = worker->position;
	char *errors = conversation_errors(&worker->talk);
	char *text = memory_format("the worker %s", reason);
	struct outcome outcome;

	outcome_judge(&outcome, &run->report->cases[position], verdict, text, errors);
	outcome.duration_us = (long)(clock_now_us() - worker->asked_us);
	outcome.worker = worker->number;
	conclude(run, position, &outcome, NULL);
	free(text);
	free(errors);
}

/* Costs a case a run that was counted already. */
static void charge_again(struct run *run, const struct suspicion *suspicion)
{
	struct outcome outcome;

	outcome_judge(&outcome, &run->report->cases[suspicion->position], VERDICT_BROKEN,
		"the worker answered twice", "");
	outcome.worker = suspicion->worker;
	conclude(run, suspicion->position, &outcome, &suspicion->verdict);
}

/* The run of the case at POSITION has ended, with an answer of its own if IS_ANSWERED: the
 * case that was suspected until then is charged, or free. */
static void settle(struct run *run, size_t position, bool is_answered)
{
	struct suspicion *suspicion = &run->suspicions[position];

	queue_done(&run->queue, position);
	if (suspicion->is_open && is_answered)
		charge_again(run, suspicion);
	suspicion->is_open = false;
}

/* Ends WORKER, which did what REASON says, and names it. */
static void drop(struct run *run, struct worker *worker, const char *reason)
{
	char *words = conversation_last_words(&worker->talk);
	const bool had_case = worker->state == WORKER_BUSY;

	record_trouble(run->report, "worker %d %s%s%s%s%s", worker->number, reason,
		had_case ? ", while it had " : "",
		had_case ? run_case(run, worker->position)->id : "",
		words[0] != '\0' ? "; it wrote: " : "", words);
	free(words);
	worker_kill(worker);
	run->failures++;
	/* With nothing left to hand out there is nothing to give up. */
	if (run->failures >= SCHEDULE_FAILURES_MAX && !queue_is_empty(&run->queue))
		run->end = SCHEDULE_GAVE_UP;
}

void blame_none(struct run *run, struct worker *worker, struct outcome *outcome)
{
	run->failures = 0;
	worker->state = WORKER_IDLE;
	worker->due_us = INT64_MAX;
	worker->has_answered = true;
	worker->answered = worker->position;
	worker->verdict = outcome->verdict;
	outcome->worker = worker->number;
	conclude(run, worker->position, outcome, NULL);
	settle(run, worker->position, true);
}

void blame_worker(struct run *run, struct worker *worker, enum verdict verdict,
	const char *reason)
{
	if (worker->state == WORKER_BUSY) {
		charge(run, worker, verdict, reason);
		settle(run, worker->position, false);
	}
	drop(run, worker, reason);
}

void blame_protocol(struct run *run, struct worker *worker, const struct problem *why)
{
	char *reason = memory_format("broke the protocol: %s", why->text);

	blame_worker(run, worker, VERDICT_BROKEN, reason);
	free(reason);
}

void blame_refusal(struct run *run, struct worker *worker, const char *reason)
{
	charge(run, worker, VERDICT_BROKEN, reason);
	worker->state = WORKER_IDLE;
	worker->due_us = INT64_MAX;
	worker->has_answered = false;
	settle(run, worker->position, true);
}

/* Either it answered the case before twice, or it mistook the case that it has.  This one
 * is run again by another worker; when it is answered there, the one before is charged. */
void blame_second_answer(struct run *run, struct worker *worker)
{
	const struct suspicion suspicion = {
		.is_open = true,
		.position = worker->answered,
		.verdict = worker->verdict,
		.worker = worker->number,
	};
	char *reason = memory_format("answered twice for %s",
		run_case(run, worker->answered)->id);

	if (worker->state == WORKER_BUSY) {
		run->suspicions[worker->position] = suspicion;
		queue_put_back(&run->queue, worker->position);
	} else {
		charge_again(run, &suspicion);
	}
	drop(run, worker, reason);
	free(reason);
}

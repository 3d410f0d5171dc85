#include "schedule.h"

#include "blame.h"
#include "clock.h"
#include "interrupt.h"
#include "memory.h"
#include "reception.h"
#include "run.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

const struct catalog_case *run_case(const struct run *run, size_t position)
{
	return &run->schedule->catalog->cases[run->schedule->plan->cases[position]];
}

static int deadline_ms(const struct run *run, size_t position)
{
	const int timeout_ms = run->schedule->timeout_ms;

	if (timeout_ms > 0)
		return timeout_ms;
	return run_case(run, position)->deadline_ms *
		(run->schedule->exhaustive ? SCHEDULE_EXHAUSTIVE : 1);
}

/* Workers that share a processor answer later. */
int64_t run_patience_us(const struct run *run, size_t position)
{
	const int64_t cpus = run->report->target.cpus > 0 ? run->report->target.cpus : 1;
	const int64_t share = ((int64_t)run->worker_count + cpus - 1) / cpus;

	return (deadline_ms(run, position) + SCHEDULE_GRACE_MS * share) * INT64_C(1000);
}

static void start(struct run *run, struct worker *worker)
{
	struct problem why;

	if (worker_start(worker, run->schedule->target, &why)) {
		worker->due_us = clock_now_us() + SESSION_HELLO_MS * INT64_C(1000);
		return;
	}
	blame_worker(run, worker, VERDICT_BROKEN, why.text);
}

void schedule_request(const struct schedule *schedule, const char *id, int deadline_ms,
	char request[SCHEDULE_REQUEST_BYTES])
{
	char deadline[40] = "";

	if (deadline_ms >= 0)
		(void)snprintf(deadline, sizeof(deadline), " deadline_ms=%d",
			deadline_ms);
	(void)snprintf(request, SCHEDULE_REQUEST_BYTES, "run %s%s%s%s%s\n", id, deadline,
		schedule->at != NULL ? " at=" : "",
		schedule->at != NULL ? schedule->at : "",
		schedule->exhaustive ? " exhaustive=1" : "");
}

/* Gives WORKER, which is idle, its next case, if there is one for it. */
static void ask(struct run *run, struct worker *worker)
{
	const size_t position = queue_take(&run->queue);
	char request[SCHEDULE_REQUEST_BYTES];
	struct problem why;

	if (position == QUEUE_NONE)
		return;
	schedule_request(run->schedule, run_case(run, position)->id,
		run->schedule->timeout_ms > 0 ? run->schedule->timeout_ms : -1, request);
	worker->state = WORKER_BUSY;
	worker->position = position;
	worker->asked_us = clock_now_us();
	worker->due_us = worker->asked_us + run_patience_us(run, position);
	worker->patience_us = worker->asked_us + SCHEDULE_WAIT_MS * INT64_C(1000);
	if (!conversation_ask(&worker->process, request, &why)) {
		/* Its end says more than the failed write, if it has come. */
		conversation_read_answers(&worker->talk, &worker->process);
		reception_listen(run, worker);
		if (worker->state == WORKER_BUSY)
			blame_protocol(run, worker, &why);
	}
}

static void hand_out(struct run *run)
{
	for (size_t i = 0; i < run->worker_count && run->end == SCHEDULE_DONE; i++) {
		struct worker *worker = &run->workers[i];

		if (run->is_stopping || queue_is_empty(&run->queue))
			return;
		if (worker->state == WORKER_ABSENT)
			start(run, worker);
		else if (worker->state == WORKER_IDLE)
			ask(run, worker);
	}
}

/* Whether every case that was handed out is back and no more will be. */
static bool is_over(const struct run *run)
{
	if (run->end != SCHEDULE_DONE)
		return true;
	for (size_t i = 0; i < run->worker_count; i++)
		if (run->workers[i].state == WORKER_BUSY)
			return false;
	return run->is_stopping || queue_is_empty(&run->queue);
}

static int64_t next_due_us(const struct run *run)
{
	int64_t due_us = progress_due_us(run->schedule->progress);

	for (size_t i = 0; i < run->worker_count; i++) {
		const struct worker *worker = &run->workers[i];

		if (worker->state != WORKER_ABSENT && worker->due_us < due_us)
			due_us = worker->due_us;
	}
	return due_us;
}

/* Waits for the next event and deals with all that have come. */
static void turn(struct run *run, struct pollfd *watched)
{
	const size_t count = run->worker_count;

	for (size_t i = 0; i < count; i++) {
		const struct process *process = &run->workers[i].process;

		watched[2 * i] =
			(struct pollfd){.fd = process->answers, .events = POLLIN};
		watched[2 * i + 1] =
			(struct pollfd){.fd = process->errors, .events = POLLIN};
	}
	watched[2 * count] =
		(struct pollfd){.fd = run->schedule->interrupt_fd, .events = POLLIN};
	(void)poll(watched, 2 * count + 1,
		clock_poll_ms(clock_now_us(), next_due_us(run)));
	if (watched[2 * count].revents != 0) {
		const int signal = interrupt_take(run->schedule->interrupt_fd);

		run->report->interrupted = interrupt_name(signal);
		run->end = SCHEDULE_INTERRUPTED;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		struct worker *worker = &run->workers[i];

		if (watched[2 * i + 1].revents != 0)
			conversation_read_errors(&worker->talk, &worker->process);
		if (watched[2 * i].revents == 0)
			continue;
		conversation_read_answers(&worker->talk, &worker->process);
		reception_listen(run, worker);
	}
	for (size_t i = 0; i < count; i++)
		reception_expire(run, &run->workers[i]);
	progress_draw(run->schedule->progress, clock_now_us());
}

/* Tells the idle workers to quit.  Their output is still read: a second answer may come. */
static void dismiss(struct run *run)
{
	for (size_t i = 0; i < run->worker_count; i++) {
		struct worker *worker = &run->workers[i];
		struct problem why;

		if (worker->state == WORKER_IDLE &&
			conversation_ask(&worker->process, "quit\n", &why)) {
			worker->state = WORKER_LEAVING;
			worker->due_us = clock_now_us() + SCHEDULE_END_MS * INT64_C(1000);
		} else if (worker->state != WORKER_ABSENT) {
			worker_kill(worker);
		}
	}
}

static bool is_anybody_there(const struct run *run)
{
	for (size_t i = 0; i < run->worker_count; i++)
		if (run->workers[i].state != WORKER_ABSENT)
			return true;
	return false;
}

/* The end of its input makes a worker kill its case and clean up after it. */
static void disperse(struct run *run)
{
	for (size_t i = 0; i < run->worker_count; i++) {
		struct worker *worker = &run->workers[i];

		if (worker->state == WORKER_ABSENT)
			continue;
		worker->state = WORKER_LEAVING;
		process_hang_up(&worker->process);
	}
	workers_end(run->workers, run->worker_count, SCHEDULE_END_MS);
}

static void loop(struct run *run)
{
	struct pollfd *watched = memory_new(2 * run->worker_count + 1, sizeof(*watched));

	for (;;) {
		hand_out(run);
		if (is_over(run))
			break;
		turn(run, watched);
	}
	if (run->end == SCHEDULE_DONE)
		dismiss(run);
	while (run->end == SCHEDULE_DONE && is_anybody_there(run))
		turn(run, watched);
	free(watched);
}

enum schedule_end schedule_run(const struct schedule *schedule, struct session *session)
{
	const size_t cases = schedule->plan->count;
	const size_t jobs = (size_t)schedule->jobs;
	struct run run = {
		.schedule = schedule,
		.report = schedule->report,
		.worker_count = jobs < cases || cases == 0 ? jobs : cases,
	};

	queue_open(&run.queue, schedule->catalog, schedule->plan, &schedule->rules);
	run.suspicions = memory_new(cases, sizeof(run.suspicions[0]));
	run.workers = memory_new(run.worker_count, sizeof(run.workers[0]));
	for (size_t i = 0; i < run.worker_count; i++) {
		run.workers[i].number = (int)i + 1;
		run.workers[i].process = (struct process)PROCESS_NONE;
	}
	run.workers[0].state = WORKER_IDLE;
	run.workers[0].due_us = INT64_MAX;
	run.workers[0].process = session->process;
	run.workers[0].talk = session->talk;
	session->process = (struct process)PROCESS_NONE;
	session->talk = (struct conversation){0};

	const int64_t started_us = clock_now_us();
	loop(&run);
	schedule->report->wall_us = (long)(clock_now_us() - started_us);
	disperse(&run);
	schedule->report->workers = (int)run.worker_count;
	free(run.suspicions);
	free(run.workers);
	queue_close(&run.queue);
	return run.end;
}

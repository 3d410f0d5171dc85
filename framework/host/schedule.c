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

static void start(struct run *run, struct worker *worker)
{
	struct problem why;

	if (worker_start(worker, run->schedule->target, &why)) {
		worker->due_us = clock_now_us() +
			session_hello_ms(run->schedule->target) * INT64_C(1000);
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
	reception_tell_findings(run, worker);
	schedule_request(run->schedule, run_case(run, position)->id,
		run_told_deadline_ms(run, position), request);
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
	int64_t due_us = INT64_MAX;

	for (size_t i = 0; i < run->worker_count; i++) {
		const struct worker *worker = &run->workers[i];

		if (worker->state != WORKER_ABSENT && worker->due_us < due_us)
			due_us = worker->due_us;
	}
	return due_us;
}

/* What is watched of a worker. */
enum watched { WATCHED_ANSWERS, WATCHED_ERRORS, WATCHED_FINDINGS, WATCHED };

/* What the turn of all runs waits for. */
struct watch {
	struct run *runs;
	size_t run_count;
	struct pollfd *fds; /* WATCHED for each worker, and the interrupt's */
};

static void interrupt(const struct watch *watch, int signal)
{
	for (size_t i = 0; i < watch->run_count; i++) {
		struct run *run = &watch->runs[i];

		if (run->phase == RUN_OVER)
			continue;
		run->report->interrupted = interrupt_name(signal);
		run->end = SCHEDULE_INTERRUPTED;
	}
}

/* Deals with what FDS, WATCHED for each worker, say has come. */
static void serve(struct run *run, const struct pollfd *fds)
{
	for (size_t i = 0; i < run->worker_count; i++) {
		struct worker *worker = &run->workers[i];
		const struct pollfd *its = &fds[WATCHED * i];

		if (its[WATCHED_ERRORS].revents != 0)
			conversation_read_errors(&worker->talk, &worker->process);
		if (its[WATCHED_FINDINGS].revents != 0)
			conversation_read_findings(&worker->talk, &worker->process);
		if (its[WATCHED_ANSWERS].revents == 0)
			continue;
		conversation_read_answers(&worker->talk, &worker->process);
		reception_listen(run, worker);
	}
	for (size_t i = 0; i < run->worker_count; i++)
		reception_expire(run, &run->workers[i]);
}

/* Waits for the next event of any run and deals with all that have come. */
static void turn(const struct watch *watch)
{
	const struct schedule *first = watch->runs[0].schedule;
	int64_t due_us = progress_due_us(first->progress);
	size_t used = 0;

	for (size_t i = 0; i < watch->run_count; i++) {
		const struct run *run = &watch->runs[i];
		const int64_t run_due_us = next_due_us(run);

		due_us = run_due_us < due_us ? run_due_us : due_us;
		for (size_t k = 0; k < run->worker_count; k++) {
			const struct process *process = &run->workers[k].process;

			const int fds[WATCHED] = {
				process->answers, process->errors, process->findings};

			for (size_t n = 0; n < WATCHED; n++)
				watch->fds[used++] =
					(struct pollfd){.fd = fds[n], .events = POLLIN};
		}
	}
	watch->fds[used] = (struct pollfd){.fd = first->interrupt_fd, .events = POLLIN};
	(void)poll(watch->fds, used + 1, clock_poll_ms(clock_now_us(), due_us));
	if (watch->fds[used].revents != 0) {
		interrupt(watch, interrupt_take(first->interrupt_fd));
		return;
	}
	const struct pollfd *fds = watch->fds;
	for (size_t i = 0; i < watch->run_count; i++) {
		serve(&watch->runs[i], fds);
		fds += WATCHED * watch->runs[i].worker_count;
	}
	progress_draw(first->progress, clock_now_us());
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

/* Hands out, or goes on to the next phase. */
static void advance(struct run *run)
{
	if (run->phase == RUN_WORKING) {
		hand_out(run);
		if (!is_over(run))
			return;
		run->report->wall_us = (long)(clock_now_us() - run->started_us);
		run->phase = RUN_LEAVING;
		if (run->end == SCHEDULE_DONE)
			dismiss(run);
	}
	if (run->phase == RUN_OVER ||
		(run->end == SCHEDULE_DONE && is_anybody_there(run)))
		return;
	disperse(run);
	run->phase = RUN_OVER;
}

/* With --fail-fast one unexpected verdict stops all targets. */
static void stop_all_if_one_does(const struct watch *watch)
{
	bool is_stopping = false;

	for (size_t i = 0; i < watch->run_count; i++)
		is_stopping = is_stopping || watch->runs[i].is_stopping;
	for (size_t i = 0; i < watch->run_count; i++)
		watch->runs[i].is_stopping = is_stopping;
}

static void loop(const struct watch *watch)
{
	for (;;) {
		bool is_any_left = false;

		stop_all_if_one_does(watch);
		for (size_t i = 0; i < watch->run_count; i++) {
			advance(&watch->runs[i]);
			is_any_left = is_any_left || watch->runs[i].phase != RUN_OVER;
		}
		if (!is_any_left)
			return;
		turn(watch);
	}
}

static void open_run(struct run *run, struct schedule *schedule)
{
	const size_t cases = schedule->plan->count;
	const size_t jobs = (size_t)schedule->jobs;
	struct session *session = schedule->session;

	*run = (struct run){
		.schedule = schedule,
		.report = schedule->report,
		.worker_count = jobs < cases || cases == 0 ? jobs : cases,
		.started_us = clock_now_us(),
	};
	queue_open(&run->queue, schedule->catalog, schedule->plan, &schedule->rules);
	run->suspicions = memory_new(cases, sizeof(run->suspicions[0]));
	run->workers = memory_new(run->worker_count, sizeof(run->workers[0]));
	for (size_t i = 0; i < run->worker_count; i++) {
		run->workers[i].number = (int)i + 1;
		run->workers[i].process = (struct process)PROCESS_NONE;
	}
	run->workers[0].state = WORKER_IDLE;
	run->workers[0].due_us = INT64_MAX;
	run->workers[0].process = session->process;
	run->workers[0].talk = session->talk;
	session->process = (struct process)PROCESS_NONE;
	session->talk = (struct conversation){0};
}

static void close_run(struct run *run)
{
	run->report->workers = (int)run->worker_count;
	run->schedule->end = run->end;
	free(run->suspicions);
	free(run->workers);
	queue_close(&run->queue);
}

void schedule_run(struct schedule *schedules, size_t count)
{
	struct watch watch = {
		.runs = memory_new(count, sizeof(*watch.runs)),
		.run_count = count,
	};
	size_t workers = 0;

	for (size_t i = 0; i < count; i++) {
		open_run(&watch.runs[i], &schedules[i]);
		workers += watch.runs[i].worker_count;
	}
	run_set_shares(watch.runs, count);
	watch.fds = memory_new(WATCHED * workers + 1, sizeof(*watch.fds));
	loop(&watch);
	for (size_t i = 0; i < count; i++)
		close_run(&watch.runs[i]);
	free(watch.fds);
	free(watch.runs);
}

/*
 * sweep_visit: the poll loop of a sweep.  Each worker is given a few points ahead, so that it
 * never waits for the runner.
 */
#include "clock.h"
#include "interrupt.h"
#include "memory.h"
#include "screen.h"
#include "sweep.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DRAW_US = 200000 };

static size_t next_point(struct sweep *sweep)
{
	if (sweep->again_count > 0)
		return sweep->again[--sweep->again_count];
	return sweep->pending[sweep->next++];
}

static bool has_more(const struct sweep *sweep)
{
	return sweep->again_count > 0 || sweep->next < sweep->pending_count;
}

static int64_t patience_us(const struct sweep *sweep)
{
	return (int64_t)(sweep->record.limit_ms + SWEEP_GRACE_MS) * 1000;
}

/* What a worker that is gone had been given is given to others; WORST, the one that it was
 * running, is not tried again. */
static void give_back(struct sweep *sweep, struct sweep_worker *worker, const char *worst)
{
	for (size_t i = 0; i < worker->asked_count; i++) {
		struct sweep_point *point = &sweep->report.points[worker->asked[i]];

		if (i == 0 && worst != NULL && worker->is_ready) {
			point->class = SWEEP_BROKEN;
			point->text = memory_text(worst);
			sweep->done++;
			continue;
		}
		sweep->again = memory_append(sweep->again, sweep->again_count,
			sizeof(sweep->again[0]));
		sweep->again[sweep->again_count++] = worker->asked[i];
	}
	worker->asked_count = 0;
}

/* Replaces a worker that is of no use, REASON being why. */
static bool replace(struct sweep *sweep, size_t number, const char *reason,
	struct problem *why)
{
	struct sweep_worker *worker = &sweep->workers[number];
	struct problem problem;

	conversation_read_errors(&worker->talk, &worker->process);
	give_back(sweep, worker, reason);
	sweep_worker_end(worker);
	if (++sweep->failures >= SWEEP_FAILURES_MAX)
		return problem_set(why, "gave up: %s", reason);
	return sweep_worker_start(sweep, number, &problem) ||
		problem_set(why, "%s", problem.text);
}

static bool give(struct sweep *sweep, struct sweep_worker *worker)
{
	while (worker->is_ready && worker->asked_count < SWEEP_ASKED_MAX &&
		has_more(sweep)) {
		char request[SWEEP_RULE_BYTES + 16];
		struct problem ignored;
		const size_t index = next_point(sweep);

		if (worker->asked_count == 0)
			worker->due_us = clock_now_us() + patience_us(sweep);
		worker->asked[worker->asked_count++] = index;
		(void)snprintf(request, sizeof(request), "run\t%s\n",
			sweep->report.points[index].rule);
		/* A worker that is gone shows at its output. */
		if (!conversation_ask(&worker->process, request, &ignored))
			return false;
	}
	return true;
}

static bool take_answer(struct sweep *sweep, struct sweep_worker *worker,
	const json_t *answer, struct problem *why)
{
	const char *type = conversation_type(answer);

	if (strcmp(type, "foreign-hello") == 0) {
		worker->is_ready = true;
		return true;
	}
	if (worker->asked_count == 0)
		return true;
	struct sweep_point *point = &sweep->report.points[worker->asked[0]];
	worker->asked_count--;
	memmove(worker->asked, worker->asked + 1,
		worker->asked_count * sizeof(worker->asked[0]));
	worker->due_us = clock_now_us() + patience_us(sweep);
	sweep->done++;
	if (strcmp(type, "foreign-run") == 0) {
		sweep->failures = 0;
		sweep_judge(sweep, answer, point);
	} else {
		const char *text = json_string_value(json_object_get(answer, "text"));

		point->class = SWEEP_BROKEN;
		point->text = memory_text(text != NULL ? text : "no answer");
	}
	return sweep_resume_add(sweep, point, why);
}

/* Takes all that WORKER has said.  False with *WHY when the sweep has to end. */
static bool listen_to(struct sweep *sweep, size_t number, struct problem *why)
{
	struct sweep_worker *worker = &sweep->workers[number];
	struct problem nonsense = {"the worker ended"};
	json_t *answer;

	for (;;) {
		switch (conversation_next(&worker->talk, &answer, &nonsense)) {
		case CONVERSATION_NOTHING:
			return true;
		case CONVERSATION_MESSAGE: {
			const bool done = take_answer(sweep, worker, answer, why);
			json_decref(answer);
			if (!done)
				return false;
			break;
		}
		default:
			return replace(sweep, number, nonsense.text, why);
		}
	}
}

static void draw(const struct sweep *sweep, int64_t *drawn_us)
{
	const int64_t now_us = clock_now_us();

	if (now_us - *drawn_us < DRAW_US)
		return;
	*drawn_us = now_us;
	(void)fprintf(stderr, "\r%zu of %zu points\033[K", sweep->done,
		sweep->pending_count);
}

static bool is_busy(const struct sweep *sweep)
{
	for (size_t i = 0; i < sweep->worker_count; i++)
		if (sweep->workers[i].asked_count > 0)
			return true;
	return has_more(sweep);
}

static bool attend(struct sweep *sweep, const struct pollfd *watched, struct problem *why)
{
	for (size_t i = 0; i < sweep->worker_count; i++) {
		struct sweep_worker *worker = &sweep->workers[i];

		if (!worker->is_alive)
			continue;
		if (watched[2 * i].revents != 0)
			conversation_read_answers(&worker->talk, &worker->process);
		if (watched[2 * i + 1].revents != 0)
			conversation_read_errors(&worker->talk, &worker->process);
		if (!listen_to(sweep, i, why))
			return false;
		const bool waits = worker->asked_count > 0 || !worker->is_ready;
		if (waits && clock_now_us() > worker->due_us &&
			!replace(sweep, i, "the worker does not answer", why))
			return false;
		(void)give(sweep, worker);
	}
	return true;
}

/* False when the sweep is at its end, *WHY tells a bad one. */
static bool step(struct sweep *sweep, struct pollfd *watched, struct problem *why)
{
	const size_t last = 2 * sweep->worker_count;

	for (size_t i = 0; i < sweep->worker_count; i++) {
		watched[2 * i] = (struct pollfd){
			.fd = sweep->workers[i].process.answers, .events = POLLIN};
		watched[2 * i + 1] = (struct pollfd){
			.fd = sweep->workers[i].process.errors, .events = POLLIN};
	}
	watched[last] = (struct pollfd){.fd = sweep->interrupt_fd, .events = POLLIN};
	(void)poll(watched, last + 1, 200);
	if (watched[last].revents != 0) {
		sweep->report.interrupted =
			interrupt_name(interrupt_take(sweep->interrupt_fd));
		return false;
	}
	return attend(sweep, watched, why);
}

bool sweep_visit(struct sweep *sweep, struct problem *why)
{
	struct pollfd *watched =
		memory_new(2 * sweep->worker_count + 1, sizeof(*watched));
	const bool draws = screen_can_draw() && !sweep->options->quiet;
	int64_t drawn_us = 0;
	bool done = true;

	why->text[0] = '\0';
	for (size_t i = 0; done && i < sweep->worker_count; i++)
		done = sweep_worker_start(sweep, i, why);
	while (done && is_busy(sweep)) {
		done = step(sweep, watched, why);
		if (draws)
			draw(sweep, &drawn_us);
	}
	if (draws)
		(void)fprintf(stderr, "\r\033[K");
	for (size_t i = 0; i < sweep->worker_count; i++)
		sweep_worker_end(&sweep->workers[i]);
	free(watched);
	return why->text[0] == '\0';
}

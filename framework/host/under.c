#include "under.h"

#include "clock.h"
#include "hello.h"
#include "interrupt.h"
#include "memory.h"
#include "record.h"
#include "result.h"
#include "worker.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One case under a debugger. */
struct guest {
	const struct schedule *schedule;
	struct worker worker;
	const char *id;
	bool was_interrupted;
};

/* The next message, however long it takes.  NULL with *WHY when there is none. */
static json_t *await(struct guest *guest, struct problem *why)
{
	const int interrupt_fd = guest->schedule->interrupt_fd;

	for (;;) {
		json_t *message = NULL;
		const enum conversation_event event =
			conversation_await(&guest->worker.talk, &guest->worker.process,
				interrupt_fd, INT64_MAX, &message, why);

		if (event == CONVERSATION_MESSAGE)
			return message;
		if (event == CONVERSATION_NONSENSE)
			return NULL;
		if (event == CONVERSATION_END) {
			worker_describe_end(&guest->worker, why->text, sizeof(why->text));
			return NULL;
		}
		const int signal = interrupt_take(interrupt_fd);
		if (signal == 0 || signal == SIGINT)
			continue;
		guest->schedule->report->interrupted = interrupt_name(signal);
		guest->was_interrupted = true;
		return NULL;
	}
}

static bool greet(struct guest *guest, struct problem *why)
{
	struct report_target about = {0};
	json_t *message = await(guest, why);

	if (message == NULL)
		return false;
	const bool done = hello_read(message, &about, why);
	json_decref(message);
	hello_free(&about);
	return done;
}

static bool get_result(struct guest *guest, struct outcome *outcome, struct problem *why)
{
	char request[SCHEDULE_REQUEST_BYTES];

	schedule_request(guest->schedule, guest->id, 0, request);
	if (!conversation_ask(&guest->worker.process, request, why))
		return false;
	for (;;) {
		json_t *message = await(guest, why);

		if (message == NULL)
			return false;
		const bool is_answer = strcmp(conversation_type(message), "waiting") != 0;
		const bool done =
			is_answer && outcome_read(message, guest->id, outcome, why);
		json_decref(message);
		if (is_answer)
			return done;
	}
}

/* The debugger may want to stay after the worker's end: it is waited for. */
static void part(struct guest *guest)
{
	struct problem why;
	json_t *message;

	if (!conversation_ask(&guest->worker.process, "quit\n", &why))
		return;
	process_hang_up(&guest->worker.process);
	while ((message = await(guest, &why)) != NULL)
		json_decref(message);
	int status;
	while (!guest->was_interrupted && guest->worker.process.pid > 0)
		(void)process_ended(&guest->worker.process, 1000, &status);
}

static enum schedule_end converse(struct guest *guest, struct outcome *outcome)
{
	const struct schedule *schedule = guest->schedule;
	struct report_case *c = &schedule->report->cases[0];
	struct problem why = {""};

	if (!greet(guest, &why)) {
		if (!guest->was_interrupted)
			record_trouble(schedule->report, "worker 1 %s before its hello",
				why.text);
		return SCHEDULE_GAVE_UP;
	}
	if (get_result(guest, outcome, &why)) {
		part(guest);
	} else if (!guest->was_interrupted) {
		char *text = memory_format("the worker %s", why.text);

		outcome_judge(outcome, c, VERDICT_BROKEN, text, "");
		record_trouble(schedule->report, "worker 1 %s", why.text);
		free(text);
	}
	if (outcome->text == NULL)
		return SCHEDULE_INTERRUPTED;
	outcome->worker = 1;
	result_add(c, outcome, schedule->expected);
	progress_case(schedule->progress, schedule->report, c, false);
	return SCHEDULE_DONE;
}

enum schedule_end under_run(const struct schedule *schedule)
{
	struct guest guest = {
		.schedule = schedule,
		.worker = {.number = 1, .process = PROCESS_NONE},
		.id = schedule->catalog->cases[schedule->plan->cases[0]].id,
	};
	const int64_t started_us = clock_now_us();
	struct outcome outcome = {.text = NULL};
	struct problem why;

	schedule->report->workers = 1;
	if (!worker_start(&guest.worker, schedule->target, &why)) {
		record_trouble(schedule->report, "%s", why.text);
		return SCHEDULE_GAVE_UP;
	}
	const enum schedule_end end = converse(&guest, &outcome);
	worker_kill(&guest.worker);
	schedule->report->wall_us = (long)(clock_now_us() - started_us);
	return guest.was_interrupted ? SCHEDULE_INTERRUPTED : end;
}

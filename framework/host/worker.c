#include "worker.h"

#include "clock.h"

#include <stdio.h>

enum { END_MS = 500 };

bool worker_start(struct worker *worker, const struct target *target, struct problem *why)
{
	if (!target_start(target, &worker->process, why))
		return false;
	worker->state = WORKER_STARTING;
	worker->has_answered = false;
	return true;
}

void worker_kill(struct worker *worker)
{
	process_kill(&worker->process);
	conversation_free(&worker->talk);
	worker->state = WORKER_ABSENT;
	worker->has_answered = false;
}

void worker_describe_end(struct worker *worker, char *buffer, size_t size)
{
	int status;

	(void)snprintf(buffer, size, "closed its output");
	if (process_ended(&worker->process, END_MS, &status))
		process_describe(status, buffer, size);
	conversation_read_errors(&worker->talk, &worker->process);
}

void workers_end(struct worker *workers, size_t count, int limit_ms)
{
	const int64_t due_us = clock_now_us() + limit_ms * INT64_C(1000);

	for (size_t i = 0; i < count; i++) {
		struct worker *worker = &workers[i];
		const int wait_ms = clock_poll_ms(clock_now_us(), due_us);
		int status;

		if (worker->state == WORKER_LEAVING)
			(void)process_ended(&worker->process, wait_ms, &status);
		worker_kill(worker);
	}
}

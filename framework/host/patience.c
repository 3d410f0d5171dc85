/*
 * How long a run waits: for a case to end, and for a worker to say how it did.
 */
#include "deadline.h"
#include "run.h"

#include <unistd.h>

/* Waiting long for what is known to hang costs much and tells nothing. */
static bool is_expected_to_hang(const struct run *run, size_t position)
{
	const struct expectation *line =
		expected_find(run->schedule->expected, run_case(run, position)->id);

	return line != NULL && line->verdicts & 1u << VERDICT_TIMEOUT;
}

/* How many times longer than on a machine of its own a case may take: the target may be slow,
 * and workers that share a processor all answer later. */
static double slowness(const struct run *run)
{
	const double scale = run->report->target.speed.scale;

	return (scale > 1 ? scale : 1) * run->share;
}

static double own_deadline_ms(const struct run *run, size_t position)
{
	return (double)run_case(run, position)->deadline_ms *
		(run->schedule->exhaustive ? DEADLINE_EXHAUSTIVE : 1);
}

int run_told_deadline_ms(const struct run *run, size_t position)
{
	const bool hangs = is_expected_to_hang(run, position);
	const double ms = own_deadline_ms(run, position) * slowness(run) /
		(hangs ? SCHEDULE_HANG_DIVISOR : 1);

	if (run->schedule->timeout_ms > 0)
		return run->schedule->timeout_ms;
	if (slowness(run) <= 1 && !hangs)
		return -1;
	return ms < SCHEDULE_DEADLINE_MAX_MS ? (int)ms : SCHEDULE_DEADLINE_MAX_MS;
}

static int64_t deadline_ms(const struct run *run, size_t position)
{
	const int told_ms = run_told_deadline_ms(run, position);

	return told_ms >= 0 ? told_ms : (int64_t)own_deadline_ms(run, position);
}

/* A worker may take longer than the deadline: see DEADLINE_STARVED. */
int64_t run_patience_us(const struct run *run, size_t position)
{
	const int64_t grace_ms = (int64_t)(SCHEDULE_GRACE_MS * slowness(run));

	return (deadline_ms(run, position) * DEADLINE_STARVED + grace_ms) * INT64_C(1000);
}

void run_set_shares(struct run *runs, size_t count)
{
	size_t workers = 0;
	const long processors = sysconf(_SC_NPROCESSORS_ONLN);
	const size_t here = processors > 0 ? (size_t)processors : 1;

	for (size_t i = 0; i < count; i++)
		workers += runs[i].worker_count;
	for (size_t i = 0; i < count; i++) {
		struct run *run = &runs[i];
		const size_t cpus = run->report->target.cpus > 0
			? (size_t)run->report->target.cpus
			: 1;
		const size_t own =
			run->worker_count > cpus ? run->worker_count / cpus : 1;
		const size_t all = count > 1 ? (workers + here - 1) / here : 0;

		run->share = (int)(own > all ? own : all);
	}
}

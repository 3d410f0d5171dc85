/*
 * sweep_points: the points of a sweep: each chosen occurrence of each call, with each error or
 * with a short transfer, and the rules of the command line.  The same record gives the same points in the same order, so shards fit together.
 */
#include "errno_name.h"
#include "memory.h"
#include "sweep.h"
#include "sweep_calls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of a call that comes more often than STRATA_IN_ALL a sample is visited: the first, where
 * programs begin, the last, where they end, and some at equal distances between. */
enum {
	FIRST_FEW = 12,
	LAST_FEW = 4,
	BETWEEN = 8,
	STRATA_IN_ALL = FIRST_FEW + LAST_FEW + BETWEEN
};

static unsigned long occurrence_at(unsigned long seen, bool all, unsigned long index)
{
	if (all || seen <= STRATA_IN_ALL || index < FIRST_FEW)
		return index + 1;
	if (index >= FIRST_FEW + BETWEEN)
		return seen - (STRATA_IN_ALL - 1 - index);
	/* The middle of one of BETWEEN equal parts. */
	const unsigned long middle = seen - FIRST_FEW - LAST_FEW;
	return FIRST_FEW + 1 +
		middle * (2 * (index - FIRST_FEW) + 1) / (2 * (unsigned long)BETWEEN);
}

/* RULE becomes the report's. */
static void add_point(struct sweep *sweep, size_t call, unsigned long occurrence,
	int error, char *rule)
{
	struct sweep_report *report = &sweep->report;

	report->points = memory_append(report->points, report->point_count,
		sizeof(report->points[0]));
	report->points[report->point_count++] = (struct sweep_point){
		.call = call,
		.occurrence = occurrence,
		.error = error,
		.rule = rule,
		.class = SWEEP_NOT_RUN,
	};
}

/* The OCCURRENCE-th call fails with each of COUNT errors, or moves one byte. */
static void add_occurrence(struct sweep *sweep, size_t index, unsigned long occurrence,
	const int *errors, size_t count)
{
	const char *name = sweep->report.calls[index].name;

	if (sweep->options->shortens)
		add_point(sweep, index, occurrence, 0,
			memory_format("shorten:%s#%lu=1", name, occurrence));
	for (size_t i = 0; !sweep->options->shortens && i < count; i++)
		add_point(sweep, index, occurrence, errors[i],
			memory_format("fail:%s#%lu=%s", name, occurrence,
				errno_name(errors[i])));
}

static void add_call(struct sweep *sweep, size_t index)
{
	const struct sweep_options *options = sweep->options;
	struct sweep_call *call = &sweep->report.calls[index];
	int documented[ERRNO_OF_CALL_MAX];
	const bool is_given = options->error_count > 0;
	const size_t count = is_given
		? options->error_count
		: sweep_calls_errors(call->name, options->all_errors, documented);
	const bool all = options->exhaustive || call->seen <= STRATA_IN_ALL;

	call->chosen = all ? call->seen : STRATA_IN_ALL;
	for (unsigned long i = 0; i < call->chosen; i++)
		add_occurrence(sweep, index,
			occurrence_at(call->seen, options->exhaustive, i),
			is_given ? options->errors : documented, count);
}

/* A rule stands in the report where a call does. */
static void add_rule(struct sweep *sweep, const char *rule)
{
	struct sweep_report *report = &sweep->report;

	report->calls[report->call_count] = (struct sweep_call){
		.name = rule, .is_rule = true, .seen = 1, .chosen = 1};
	add_point(sweep, report->call_count++, 1, 0, memory_text(rule));
}

bool sweep_points(struct sweep *sweep, struct problem *why)
{
	struct sweep_report *report = &sweep->report;
	size_t sampled = 0;

	for (size_t i = 0; i < report->call_count; i++) {
		add_call(sweep, i);
		sampled += report->calls[i].chosen < report->calls[i].seen;
	}
	for (size_t i = 0; i < sweep->options->rule_count; i++)
		add_rule(sweep, sweep->options->rules[i]);
	if (sampled > 0)
		sweep_remark(sweep,
			"%zu call%s came so often that a sample was visited: "
			"--exhaustive "
			"visits all",
			sampled, sampled == 1 ? "" : "s");
	return report->point_count > 0 ||
		problem_set(why, "the program makes none of these calls");
}

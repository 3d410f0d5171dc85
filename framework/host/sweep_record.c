/*
 * sweep_record: what the program does without faults.
 */
#include "memory.h"
#include "sweep.h"
#include "sweep_calls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	RULES_IN_A_RUN = 48,
	FIRST_LIMIT_MS = 60000, /* of a run that nobody knows yet */
	LEAST_LIMIT_MS = 2000,
	LIMIT_FACTOR = 20,
};

/* Calls after which a process that sleeps may be woken although no other one is left. */
static const char *const timers[] = {
	"alarm", "setitimer", "timer_settime", "timerfd_settime"};

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text != NULL ? text : "";
}

static long number_of(const json_t *object, const char *key)
{
	return (long)json_integer_value(json_object_get(object, key));
}

static bool is_same_end(const json_t *a, const json_t *b)
{
	return strcmp(text_of(a, "end"), text_of(b, "end")) == 0 &&
		number_of(a, "status") == number_of(b, "status");
}

static bool is_fit(const json_t *first, const json_t *second, struct problem *why)
{
	const char *end = text_of(first, "end");

	if (strcmp(end, "exit") != 0)
		return problem_set(why, "without any fault the program ends by %s%s%s",
			strcmp(end, "signal") == 0 ? "a signal" : "no end of its own",
			text_of(first, "text")[0] != '\0' ? ": " : "",
			text_of(first, "text"));
	return is_same_end(first, second) ||
		problem_set(why, "two runs without any fault end differently");
}

/* What differs between RUN, one more without faults, and the first is not to be compared. */
static bool compare(struct sweep *sweep, const json_t *run, struct problem *why)
{
	struct sweep_record *record = &sweep->record;

	record->same_output = record->same_output &&
		strcmp(text_of(record->run, "output"), text_of(run, "output")) == 0;
	record->same_files = record->same_files &&
		json_equal(json_object_get(record->run, "changes"),
			json_object_get(run, "changes"));
	return is_fit(record->run, run, why);
}

static void remark_differences(struct sweep *sweep)
{
	if (!sweep->record.same_output)
		sweep_remark(sweep,
			"its output differs between two runs without faults: "
			"it is not compared%s",
			sweep->options->oracle != NULL ? ", only the oracle asked" : "");
	if (!sweep->record.same_files)
		sweep_remark(sweep,
			"its files differ between two runs without faults: they "
			"are not compared");
}

/* Runs once, counting the COUNT calls at CALLS; SEEN gets how often each came. */
static bool count_calls(struct sweep *sweep, const char *const *calls, size_t count,
	unsigned long *seen, struct problem *why)
{
	char request[CONVERSATION_ERRORS_BYTES] = "run";
	size_t used = strlen(request);
	json_t *answer;

	for (size_t i = 0; i < count; i++)
		used += (size_t)snprintf(request + used, sizeof(request) - used,
			"\tcount:%s", calls[i]);
	if (used + 2 > sizeof(request))
		return problem_set(why, "the names of the calls are too long");
	(void)snprintf(request + used, sizeof(request) - used, "\n");
	if (!sweep_worker_ask(sweep, &sweep->workers[0], request, "foreign-run", &answer,
		    why))
		return false;
	const json_t *rules = json_object_get(answer, "rules");
	for (size_t i = 0; i < count; i++)
		seen[i] = (unsigned long)number_of(json_array_get(rules, i), "seen");
	const bool done = compare(sweep, answer, why);
	json_decref(answer);
	return done;
}

static void choose_calls(const struct sweep *sweep, const char *calls[SWEEP_CALLS_MAX],
	size_t *count)
{
	*count = sweep->options->call_count;
	if (*count > 0) {
		memcpy(calls, sweep->options->calls, *count * sizeof(calls[0]));
		return;
	}
	const char *(*name)(size_t index) =
		sweep->options->shortens ? sweep_calls_transfer : sweep_calls_name;
	while (*count < SWEEP_CALLS_MAX && name(*count) != NULL) {
		calls[*count] = name(*count);
		++*count;
	}
}

/* A rule that the worker does not take is no point. */
static bool check_rules(struct sweep *sweep, struct problem *why)
{
	const struct sweep_options *options = sweep->options;

	for (size_t i = 0; i < options->rule_count; i++) {
		char *request = memory_format("check\t%s\n", options->rules[i]);
		json_t *answer = NULL;
		const bool done = sweep_worker_ask(sweep, &sweep->workers[0], request,
			"foreign-check", &answer, why);

		json_decref(answer);
		free(request);
		if (!done) {
			sweep->is_misused = why->text[0] != '\0';
			return problem_prefix(why, "--rule");
		}
	}
	return true;
}

static bool count_all(struct sweep *sweep, struct problem *why)
{
	const char *calls[SWEEP_CALLS_MAX];
	unsigned long seen[SWEEP_CALLS_MAX] = {0}, timed[4];
	struct sweep_report *report = &sweep->report;
	size_t count;

	count = 0;
	if (sweep_options_has_calls(sweep->options))
		choose_calls(sweep, calls, &count);
	for (size_t from = 0; from < count; from += RULES_IN_A_RUN) {
		const size_t left = count - from;

		if (!count_calls(sweep, calls + from,
			    left < RULES_IN_A_RUN ? left : RULES_IN_A_RUN, seen + from,
			    why))
			return false;
	}
	if (!count_calls(sweep, timers, 4, timed, why))
		return false;
	sweep->record.has_timers = timed[0] + timed[1] + timed[2] + timed[3] > 0;
	report->calls = memory_new(count + sweep->options->rule_count + 1,
		sizeof(report->calls[0]));
	for (size_t i = 0; i < count; i++)
		if (seen[i] > 0)
			report->calls[report->call_count++] =
				(struct sweep_call){.name = calls[i], .seen = seen[i]};
	return true;
}

static char *describe(const json_t *run)
{
	const size_t changes = json_array_size(json_object_get(run, "changes"));
	const long bytes = number_of(run, "output_bytes");
	const char *processes = text_of(run, "processes");

	return memory_format("exit %ld, %ld byte%s of output, %zu file%s made or "
			     "changed%s%s",
		number_of(run, "status"), bytes, bytes == 1 ? "" : "s", changes,
		changes == 1 ? "" : "s", processes[0] != '\0' ? ", left running: " : "",
		processes);
}

static void set_limit(struct sweep *sweep)
{
	const long run_ms = number_of(sweep->record.run, "duration_us") / 1000;

	sweep->record.limit_ms = sweep->options->limit_ms > 0
		? sweep->options->limit_ms
		: LEAST_LIMIT_MS + LIMIT_FACTOR * (int)run_ms;
	if (sweep->record.has_timers)
		sweep_remark(sweep,
			"it sets timers: that all of it sleeps proves no hang, only the "
			"limit of %d ms does",
			sweep->record.limit_ms);
}

bool sweep_record(struct sweep *sweep, struct problem *why)
{
	struct sweep_worker *worker = &sweep->workers[0];
	json_t *hello = NULL, *second = NULL;

	sweep->record.limit_ms = FIRST_LIMIT_MS;
	sweep->record.same_output = sweep->record.same_files = true;
	if (!sweep_worker_start(sweep, 0, why) ||
		!sweep_worker_ask(sweep, worker, NULL, "foreign-hello", &hello, why))
		return false;
	worker->is_ready = true;
	if (!json_is_true(json_object_get(hello, "own_tmp")))
		sweep_remark(sweep,
			"/tmp is not private: something the program was given "
			"lies there");
	json_decref(hello);
	bool done = check_rules(sweep, why) &&
		sweep_worker_ask(sweep, worker, "run\n", "foreign-run",
			&sweep->record.run, why) &&
		sweep_worker_ask(sweep, worker, "run\n", "foreign-run", &second, why) &&
		compare(sweep, second, why);
	if (done) {
		sweep->report.clean = describe(sweep->record.run);
		if (json_object_get(sweep->record.run, "oracle") != NULL &&
			number_of(sweep->record.run, "oracle") != 0)
			done = problem_set(why,
				"the oracle says no to the run without faults: status "
				"%ld",
				number_of(sweep->record.run, "oracle"));
	}
	json_decref(second);
	done = done && count_all(sweep, why);
	if (!done)
		return false;
	remark_differences(sweep);
	set_limit(sweep);
	return true;
}

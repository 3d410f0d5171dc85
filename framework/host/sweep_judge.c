/*
 * sweep_judge: what a run with a fault came to, measured by the run without.
 */
#include "memory.h"
#include "sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text != NULL ? text : "";
}

static long number_of(const json_t *object, const char *key)
{
	return (long)json_integer_value(json_object_get(object, key));
}

static const json_t *change_of(const json_t *run, const char *path)
{
	const json_t *changes = json_object_get(run, "changes");

	for (size_t i = 0; i < json_array_size(changes); i++) {
		const json_t *change = json_array_get(changes, i);

		if (strcmp(text_of(change, "path"), path) == 0)
			return change;
	}
	return NULL;
}

/* What RUN left that the run without faults does not leave, in memory that the caller
 * frees; NULL for nothing. */
static char *find_leftover(const struct sweep *sweep, const json_t *run)
{
	const json_t *changes = json_object_get(run, "changes");
	const char *processes = text_of(run, "processes");

	for (size_t i = 0; i < json_array_size(changes); i++) {
		const json_t *change = json_array_get(changes, i);
		const char *path = text_of(change, "path");

		if (strcmp(text_of(change, "what"), "new") == 0 &&
			sweep->record.same_files &&
			change_of(sweep->record.run, path) == NULL)
			return memory_format("left %s", path);
	}
	if (strcmp(processes, text_of(sweep->record.run, "processes")) != 0 &&
		processes[0] != '\0')
		return memory_format("left running: %s", processes);
	return NULL;
}

/* The first file that is not as the run without faults leaves it; new ones are leftovers. */
static char *find_wrong_file(const struct sweep *sweep, const json_t *run)
{
	const json_t *expected = json_object_get(sweep->record.run, "changes");
	const json_t *changes = json_object_get(run, "changes");

	for (size_t i = 0; i < json_array_size(expected); i++) {
		const json_t *change = json_array_get(expected, i);
		const char *path = text_of(change, "path");
		const json_t *got = change_of(run, path);

		if (got == NULL)
			return memory_format("%s is not %s", path,
				strcmp(text_of(change, "what"), "new") == 0 ? "made"
					: strcmp(text_of(change, "what"), "gone") == 0
					? "removed"
					: "changed");
		if (!json_equal(got, change))
			return memory_format("%s is different", path);
	}
	for (size_t i = 0; i < json_array_size(changes); i++) {
		const json_t *change = json_array_get(changes, i);
		const char *path = text_of(change, "path");

		if (strcmp(text_of(change, "what"), "new") != 0 &&
			change_of(sweep->record.run, path) == NULL)
			return memory_format("%s is %s", path, text_of(change, "what"));
	}
	return NULL;
}

/* What is wrong with the result of a run that ended as if all were well. */
static char *find_wrong(const struct sweep *sweep, const json_t *run)
{
	const struct sweep_record *record = &sweep->record;
	const long bytes = number_of(run, "output_bytes");

	if (json_object_get(run, "oracle") != NULL)
		return number_of(run, "oracle") == 0
			? NULL
			: memory_format("the oracle says no: status %ld",
				  number_of(run, "oracle"));
	if (record->same_output &&
		strcmp(text_of(run, "output"), text_of(record->run, "output")) != 0)
		return memory_format("%s output: %ld byte%s, %ld without the fault",
			bytes == 0 ? "no" : "other", bytes, bytes == 1 ? "" : "s",
			number_of(record->run, "output_bytes"));
	return record->same_files ? find_wrong_file(sweep, run) : NULL;
}

/* One line of what the program wrote to standard error. */
static char *first_line(const char *said)
{
	const size_t length = strcspn(said, "\n");

	return length > 0
		? memory_format("%.*s", (int)(length < 200 ? length : 200), said)
		: NULL;
}

static bool is_end(const json_t *run, const char *end)
{
	return strcmp(text_of(run, "end"), end) == 0;
}

static void judge_exit(const struct sweep *sweep, const json_t *run,
	struct sweep_point *point)
{
	const long status = number_of(run, "status");
	const long usual = number_of(sweep->record.run, "status");
	char *wrong = status == 0 || status == usual ? find_wrong(sweep, run) : NULL;

	if (status == 0 && usual != 0 && wrong == NULL)
		wrong = memory_format("exit 0, %ld without the fault", usual);
	if (status == 0 && wrong != NULL) {
		point->class = SWEEP_SILENT;
		point->text = wrong;
		return;
	}
	point->class = status != usual || wrong != NULL ? SWEEP_CLEAN_ERROR : SWEEP_SAME;
	free(wrong);
	char *left = find_leftover(sweep, run);
	if (left == NULL)
		return;
	point->class = SWEEP_LEFTOVER;
	point->text = memory_format("exit %ld, %s", status, left);
	free(left);
}

static const char *signal_text(long number)
{
	static char text[80];

	(void)snprintf(text, sizeof(text), "signal %ld, %s", number,
		strsignal((int)number));
	return text;
}

void sweep_judge(const struct sweep *sweep, const json_t *run, struct sweep_point *point)
{
	const json_t *rule = json_array_get(json_object_get(run, "rules"), 0);

	free(point->text);
	free(point->said);
	point->text = NULL;
	point->said = first_line(text_of(run, "said"));
	if (number_of(rule, "fired") == 0) {
		point->class = SWEEP_UNREACHED;
	} else if (is_end(run, "signal")) {
		point->class = SWEEP_CRASH;
		point->text = memory_text(signal_text(number_of(run, "status")));
	} else if (is_end(run, "hang")) {
		point->class = SWEEP_HANG;
		point->text = memory_text(text_of(run, "text"));
	} else if (is_end(run, "limit")) {
		point->class = SWEEP_HANG;
		point->text = memory_format("not at its end after %d ms",
			sweep->record.limit_ms);
	} else {
		judge_exit(sweep, run, point);
	}
}

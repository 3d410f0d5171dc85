#include "stored.h"

#include "catalog.h"
#include "field.h"
#include "hello.h"
#include "interrupt.h"
#include "memory.h"
#include "number.h"
#include "record.h"
#include "verdict.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The object NAME of OBJECT; an empty one when it is missing. */
static bool read_object(const json_t *object, const char *name, const json_t **out,
	struct problem *why)
{
	*out = json_object_get(object, name);
	return json_is_object(*out) || problem_set(why, "field '%s' is no object", name);
}

static bool read_level(const json_t *object, enum level *out, struct problem *why)
{
	const char *name = json_string_value(json_object_get(object, "level"));

	return (name != NULL && level_find(name, out)) ||
		problem_set(why, "'%.40s' is no level", name != NULL ? name : "");
}

static bool read_verdict(const json_t *object, enum verdict *out, struct problem *why)
{
	const char *name = json_string_value(json_object_get(object, "verdict"));

	return (name != NULL && verdict_find(name, out)) ||
		problem_set(why, "'%.40s' is no verdict", name != NULL ? name : "");
}

static bool read_overlay(const json_t *object, enum overlay *out, struct problem *why)
{
	static const struct {
		const char *word;
		enum overlay overlay;
	} words[] = {
		{"known", OVERLAY_KNOWN},
		{"fixed", OVERLAY_FIXED},
		{"unstable", OVERLAY_UNSTABLE},
	};
	const char *word = json_string_value(json_object_get(object, "word"));

	*out = OVERLAY_NONE;
	for (size_t i = 0; word != NULL && i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].word, word) == 0)
			*out = words[i].overlay;
	return word != NULL || problem_set(why, "field 'word' is missing");
}

static bool read_site(const json_t *object, const char *name, char **file, int *line,
	struct problem *why)
{
	const json_t *site = NULL;

	return read_object(object, name, &site, why) &&
		field_text(site, "file", file, why) &&
		field_number(site, "line", line, why);
}

static bool read_needs(const json_t *object, char **out, struct problem *why)
{
	char **needs = NULL;
	size_t count = 0;

	if (!field_texts(object, "needs", &needs, &count, why))
		return false;
	char *all = memory_text("");
	for (size_t i = 0; i < count; i++) {
		char *longer = memory_format("%s%s%s", all, i > 0 ? ", " : "", needs[i]);

		free(all);
		free(needs[i]);
		all = longer;
	}
	free(needs);
	*out = all;
	return true;
}

static bool read_notes(const json_t *object, struct report_case *c, struct problem *why)
{
	const json_t *array = NULL;

	if (!field_array(object, "notes", &array, why))
		return false;
	c->notes = memory_new(json_array_size(array), sizeof(c->notes[0]));
	for (size_t i = 0; i < json_array_size(array); i++) {
		const json_t *note = json_array_get(array, i);

		c->note_count++;
		if (!json_is_object(note))
			return problem_set(why, "a note is no object");
		if (!field_text(note, "key", &c->notes[i].key, why) ||
			!field_text(note, "value", &c->notes[i].value, why) ||
			!field_flag(note, "choice", &c->notes[i].is_choice, why))
			return false;
	}
	return true;
}

static bool read_runs(const json_t *object, struct report_case *c, struct problem *why)
{
	const json_t *counts = NULL;

	if (!field_number(object, "runs", &c->runs, why) ||
		!read_object(object, "verdict_runs", &counts, why))
		return false;
	for (int v = 0; v < VERDICT_COUNT; v++)
		if (!field_number(counts, verdict_name((enum verdict)v),
			    &c->verdict_runs[v], why))
			return false;
	return true;
}

static bool read_outcome(const json_t *object, struct report_case *c, struct problem *why)
{
	long dropped = 0;
	const bool done = read_verdict(object, &c->verdict, why) &&
		read_overlay(object, &c->overlay, why) &&
		field_flag(object, "announced", &c->announced, why) &&
		field_text(object, "text", &c->text, why) &&
		field_text(object, "got", &c->got, why) &&
		field_text(object, "wanted", &c->wanted, why) &&
		field_text(object, "who", &c->who, why) &&
		read_site(object, "site", &c->file, &c->line, why) &&
		read_notes(object, c, why) &&
		field_texts(object, "leftovers", &c->leftovers, &c->leftover_count,
			why) &&
		field_raw_text(object, "output", &c->output, why) &&
		field_text(object, "points", &c->points, why) &&
		field_count(object, "output_dropped", &dropped, why) &&
		field_text(object, "expectation", &c->expectation, why) &&
		field_number(object, "worker", &c->worker, why) &&
		field_count(object, "duration_us", &c->duration_us, why) &&
		read_runs(object, c, why);

	c->output_dropped = (size_t)dropped;
	return done;
}

static bool read_case(const json_t *object, struct report_case *c, struct problem *why)
{
	if (!json_is_object(object) || !field_raw_text(object, "id", &c->id, why) ||
		!catalog_id_is_valid(c->id))
		return problem_set(why, "a case has no id");
	const bool done = field_text(object, "claim", &c->claim, why) &&
		read_level(object, &c->level, why) &&
		field_text(object, "spec", &c->spec, why) &&
		read_needs(object, &c->needs, why) &&
		read_site(object, "declared", &c->declared_file, &c->declared_line,
			why) &&
		field_flag(object, "was_run", &c->was_run, why) &&
		(!c->was_run || read_outcome(object, c, why));

	return done || problem_prefix(why, "case %s", c->id);
}

/* Sets every text that is still NULL, as the contract of report.h wants it. */
static void complete_case(struct report_case *c)
{
	char **const texts[] = {&c->id, &c->claim, &c->spec, &c->needs, &c->declared_file,
		&c->text, &c->got, &c->wanted, &c->who, &c->file, &c->output, &c->points,
		&c->expectation};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (*texts[i] == NULL)
			*texts[i] = memory_text("");
}

static int by_id(const void *left, const void *right)
{
	const struct report_case *a = left, *b = right;

	return strcmp(a->id, b->id);
}

static bool read_cases(const json_t *root, struct report *r, struct problem *why)
{
	const json_t *array = json_object_get(root, "cases");
	const size_t count = json_array_size(array);
	bool done = json_is_array(array) || problem_set(why, "field 'cases' is no array");

	if (done && count > CATALOG_CASES_MAX)
		return problem_set(why, "it has more than %d cases", CATALOG_CASES_MAX);
	r->cases = memory_new(count, sizeof(r->cases[0]));
	for (size_t i = 0; done && i < count; i++) {
		r->case_count++;
		done = read_case(json_array_get(array, i), &r->cases[i], why);
	}
	for (size_t i = 0; i < r->case_count; i++)
		complete_case(&r->cases[i]);
	if (done && count > 0)
		qsort(r->cases, count, sizeof(r->cases[0]), by_id);
	for (size_t i = 1; done && i < count; i++)
		if (by_id(&r->cases[i - 1], &r->cases[i]) == 0)
			done = problem_set(why, "it has %s twice", r->cases[i].id);
	return done;
}

static bool read_pairs(const json_t *object, const char *name,
	struct report_refusal **out, size_t *count, struct problem *why)
{
	const json_t *array = NULL;

	if (!field_array(object, name, &array, why))
		return false;
	*out = memory_new(json_array_size(array), sizeof(**out));
	for (size_t i = 0; i < json_array_size(array); i++) {
		const json_t *pair = json_array_get(array, i);

		++*count;
		if (!json_is_object(pair) ||
			!field_text(pair, "what", &(*out)[i].what, why) ||
			!field_text(pair, "why", &(*out)[i].why, why))
			return problem_set(why, "field '%s' holds something else", name);
	}
	return true;
}

static bool read_speed(const json_t *target, struct report_speed *speed,
	struct problem *why)
{
	const json_t *object = json_object_get(target, "speed");

	speed->scale = json_number_value(json_object_get(object, "scale"));
	return object == NULL ||
		(field_count(object, "ready_us", &speed->ready_us, why) &&
			field_count(object, "empty_case_us", &speed->empty_case_us,
				why) &&
			field_count(object, "round_trip_us", &speed->round_trip_us, why));
}

static bool read_target(const json_t *root, struct report_target *target,
	struct problem *why)
{
	const json_t *object = NULL;
	long uid = 0;
	const bool done = read_object(root, "target", &object, why) &&
		field_text(object, "name", &target->name, why) &&
		field_text(object, "command", &target->command, why) &&
		field_text(object, "valgrind", &target->valgrind, why) &&
		field_text(object, "assay", &target->assay, why) &&
		field_text(object, "kernel", &target->kernel, why) &&
		field_text(object, "machine", &target->machine, why) &&
		field_text(object, "libc", &target->libc, why) &&
		field_text(object, "endian", &target->endian, why) &&
		field_text(object, "capabilities", &target->capabilities, why) &&
		field_text(object, "block_proof", &target->block_proof, why) &&
		field_number(object, "protocol", &target->protocol, why) &&
		field_number(object, "page_size", &target->page_size, why) &&
		field_number(object, "bits", &target->bits, why) &&
		field_number(object, "cpus", &target->cpus, why) &&
		field_count(object, "uid", &uid, why) &&
		read_speed(object, &target->speed, why) &&
		field_texts(object, "environment", &target->environment,
			&target->environment_count, why) &&
		field_texts(object, "isolation", &target->isolation,
			&target->isolation_count, why) &&
		read_pairs(object, "refused", &target->refused, &target->refused_count,
			why) &&
		read_pairs(object, "missing", &target->missing, &target->missing_count,
			why);

	target->uid = (int)(unsigned)uid;
	hello_complete(target);
	return done;
}

/* A seed has up to 64 bits and stands in a string; null: in the order of the ids. */
static bool read_seed(const json_t *root, struct report *r, struct problem *why)
{
	const json_t *value = json_object_get(root, "seed");
	char *end = NULL;

	r->shuffled = json_is_string(value);
	const char *const digits = r->shuffled ? json_string_value(value) : "0";
	errno = 0;
	r->seed = strtoul(digits, &end, 10);
	if (digits[0] < '0' || digits[0] > '9' || *end != '\0' || errno != 0)
		return problem_set(why, "field 'seed' is no number");
	return r->shuffled || value == NULL || json_is_null(value) ||
		problem_set(why, "field 'seed' is no string");
}

static bool read_shard(const json_t *root, struct report *r, struct problem *why)
{
	const json_t *shard = NULL;

	if (!read_object(root, "shard", &shard, why) ||
		!field_number(shard, "index", &r->shard_index, why) ||
		!field_number(shard, "count", &r->shard_count, why))
		return false;
	return (r->shard_index >= 1 && r->shard_index <= r->shard_count) ||
		problem_set(why, "%d/%d is no shard", r->shard_index, r->shard_count);
}

/* Only a signal that ends a run is one. */
static bool read_interrupted(const json_t *root, struct report *r, struct problem *why)
{
	const json_t *value = json_object_get(root, "interrupted");

	if (value == NULL || json_is_null(value))
		return true;
	r->interrupted =
		json_is_string(value) ? interrupt_known(json_string_value(value)) : NULL;
	return r->interrupted != NULL ||
		problem_set(why, "field 'interrupted' is no signal");
}

static bool read_run(const json_t *root, struct report *r, struct problem *why)
{
	const char *schema = json_string_value(json_object_get(root, "schema"));
	const bool done = schema != NULL && strcmp(schema, "assay-results/1") == 0;

	*r = (struct report){.shard_index = 1, .shard_count = 1};
	return (done || problem_set(why, "it is no json report of this assay")) &&
		field_text(root, "assay", &r->version, why) &&
		field_text(root, "command", &r->command_line, why) &&
		field_text(root, "started", &r->started, why) &&
		field_count(root, "wall_us", &r->wall_us, why) &&
		field_number(root, "workers", &r->workers, why) &&
		field_number(root, "repeat", &r->repeat, why) &&
		field_texts(root, "troubles", &r->troubles, &r->trouble_count, why) &&
		read_seed(root, r, why) && read_shard(root, r, why) &&
		read_interrupted(root, r, why) && read_target(root, &r->target, why) &&
		read_cases(root, r, why);
}

bool stored_parse(const json_t *root, struct report **runs, size_t *count,
	struct problem *why)
{
	const char *schema = json_string_value(json_object_get(root, "schema"));
	const json_t *array = json_object_get(root, "runs");
	const bool is_set = schema != NULL && strcmp(schema, "assay-results-set/1") == 0;
	const size_t size = is_set ? json_array_size(array) : 1;
	bool done = true;

	*count = 0;
	*runs = memory_new(size, sizeof(**runs));
	if (size < 1 || size > STORED_RUNS_MAX)
		return problem_set(why, "it has %zu runs", size);
	for (size_t i = 0; done && i < size; i++) {
		struct report *r = &(*runs)[(*count)++];

		done = read_run(is_set ? json_array_get(array, i) : root, r, why);
		char **const texts[] = {&r->version, &r->command_line, &r->started};
		for (size_t k = 0; k < sizeof(texts) / sizeof(texts[0]); k++)
			if (*texts[k] == NULL)
				*texts[k] = memory_text("");
		hello_complete(&r->target);
	}
	return done;
}

bool stored_read(const char *path, struct report **runs, size_t *count,
	struct problem *why)
{
	json_error_t error;
	json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
	bool done = root != NULL || problem_set(why, "%s", error.text);

	*runs = NULL;
	*count = 0;
	done = done && stored_parse(root, runs, count, why);
	json_decref(root);
	return done || problem_prefix(why, "cannot use %s", path);
}

void stored_free(struct report *runs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		record_free(&runs[i]);
	free(runs);
}

/*
 * json: everything that a run found, for programs; described by docs/results.schema.json.
 * The text is ASCII, so that no tool on its way changes it or is changed by it.
 */
#include "report.h"

#include <jansson.h>
#include <string.h>

#include "build_json.h"
#include "comparison.h"
#include "summary.h"

static bool set_refusals(json_t *object, const char *key,
	const struct report_refusal *list, size_t count)
{
	json_t *array = build_array(object, key);
	bool is_good = array != NULL;

	for (size_t i = 0; is_good && i < count; i++) {
		json_t *entry = build_appended(array);

		is_good = entry != NULL && build_text(entry, "what", list[i].what) &&
			build_text(entry, "why", list[i].why);
	}
	return is_good;
}

static bool set_speed(json_t *object, const struct report_speed *speed)
{
	json_t *inner = build_object(object, "speed");

	return inner != NULL && build_number(inner, "ready_us", speed->ready_us) &&
		build_number(inner, "empty_case_us", speed->empty_case_us) &&
		build_number(inner, "round_trip_us", speed->round_trip_us) &&
		build_set(inner, "scale", json_real(speed->scale));
}

static bool set_target(json_t *root, const struct report_target *target)
{
	json_t *object = build_object(root, "target");

	return object != NULL && build_text(object, "name", target->name) &&
		build_text(object, "command", target->command) &&
		build_text(object, "valgrind", target->valgrind) &&
		build_text(object, "assay", target->assay) &&
		build_number(object, "protocol", target->protocol) &&
		build_text(object, "kernel", target->kernel) &&
		build_text(object, "machine", target->machine) &&
		build_text(object, "libc", target->libc) &&
		build_number(object, "page_size", target->page_size) &&
		build_number(object, "bits", target->bits) &&
		build_text(object, "endian", target->endian) &&
		build_number(object, "cpus", target->cpus) &&
		build_number(object, "uid", target->uid) &&
		build_text(object, "capabilities", target->capabilities) &&
		build_text(object, "block_proof", target->block_proof) &&
		build_texts(object, "environment", target->environment,
			target->environment_count) &&
		set_speed(object, &target->speed) &&
		build_texts(object, "isolation", target->isolation,
			target->isolation_count) &&
		set_refusals(object, "refused", target->refused, target->refused_count) &&
		set_refusals(object, "missing", target->missing, target->missing_count);
}

static bool set_totals(json_t *root, const struct report *r)
{
	const struct totals totals = report_totals(r);
	json_t *object = build_object(root, "totals");
	bool is_good = object != NULL &&
		build_number(object, "cases", (long long)totals.cases) &&
		build_number(object, "passed", (long long)totals.passed) &&
		build_number(object, "failed", (long long)totals.failed) &&
		build_number(object, "skipped", (long long)totals.skipped);
	json_t *words = is_good ? build_object(object, "words") : NULL;
	is_good = words != NULL;
	for (int word = 0; is_good && word < WORD_COUNT; word++)
		is_good = build_number(words, word_name((enum word)word),
			(long long)totals.words[word]);
	return is_good;
}

static bool set_site(json_t *object, const char *key, const char *file, int line)
{
	json_t *site = build_object(object, key);

	return site != NULL && build_text(site, "file", file) &&
		build_number(site, "line", line);
}

static bool set_needs(json_t *object, const char *needs)
{
	json_t *array = build_array(object, "needs");
	bool is_good = array != NULL;

	while (is_good && *needs != '\0') {
		const size_t length = strcspn(needs, ",");

		is_good = json_array_append_new(array, json_stringn(needs, length)) == 0;
		needs += length;
		needs += strspn(needs, ", ");
	}
	return is_good;
}

static bool set_notes(json_t *object, const struct report_case *c)
{
	json_t *array = build_array(object, "notes");
	bool is_good = array != NULL;

	for (size_t i = 0; is_good && i < c->note_count; i++) {
		json_t *entry = build_appended(array);

		is_good = entry != NULL && build_text(entry, "key", c->notes[i].key) &&
			build_text(entry, "value", c->notes[i].value) &&
			(!c->notes[i].is_choice || build_bool(entry, "choice", true));
	}
	return is_good;
}

static bool set_runs(json_t *object, const struct report_case *c)
{
	json_t *counts = build_object(object, "verdict_runs");
	bool is_good = counts != NULL && build_number(object, "runs", c->runs);

	for (int v = 0; is_good && v < VERDICT_COUNT; v++)
		if (c->verdict_runs[v] > 0)
			is_good = build_number(counts, verdict_name((enum verdict)v),
				c->verdict_runs[v]);
	return is_good;
}

static bool set_case(json_t *object, const struct report *r, const struct report_case *c)
{
	char repeat[8192];

	report_repeat_line(r, c, repeat, sizeof(repeat));
	return build_text(object, "id", c->id) && build_text(object, "claim", c->claim) &&
		build_text(object, "level", level_name(c->level)) &&
		build_text(object, "spec", c->spec) && set_needs(object, c->needs) &&
		set_site(object, "declared", c->declared_file, c->declared_line) &&
		build_text(object, "repeat", repeat) &&
		build_text(object, "word", report_case_word(c)) &&
		build_bool(object, "was_run", c->was_run) &&
		build_bool(object, "unexpected", report_case_is_unexpected(c));
}

static bool set_result(json_t *object, const struct report_case *c)
{
	return build_text(object, "verdict", verdict_name(c->verdict)) &&
		build_bool(object, "announced", c->announced) &&
		build_text(object, "text", c->text) &&
		build_text(object, "got", c->got) &&
		build_text(object, "wanted", c->wanted) &&
		build_text(object, "who", c->who) &&
		set_site(object, "site", c->file, c->line) && set_notes(object, c) &&
		build_texts(object, "leftovers", c->leftovers, c->leftover_count) &&
		(c->points[0] == '\0' || build_text(object, "points", c->points)) &&
		build_text(object, "output", c->output) &&
		build_number(object, "output_dropped", (long long)c->output_dropped) &&
		build_text(object, "expectation", c->expectation) &&
		build_number(object, "worker", c->worker) &&
		build_number(object, "duration_us", c->duration_us) &&
		set_runs(object, c);
}

static bool set_cases(json_t *root, const struct report *r)
{
	json_t *array = build_array(root, "cases");
	bool is_good = array != NULL;

	for (size_t i = 0; is_good && i < r->case_count; i++) {
		const struct report_case *c = &r->cases[i];
		json_t *object = build_appended(array);

		is_good = object != NULL && set_case(object, r, c) &&
			(!c->was_run || set_result(object, c));
	}
	return is_good;
}

static bool set_shard(json_t *root, const struct report *r)
{
	json_t *shard = build_object(root, "shard");

	return shard != NULL && build_number(shard, "index", r->shard_index) &&
		build_number(shard, "count", r->shard_count);
}

/* A seed may have more bits than the numbers of many readers: it is a string. */
static bool set_run(json_t *root, const struct report *r)
{
	char seed[32];

	(void)snprintf(seed, sizeof(seed), "%lu", r->seed);
	return build_text(root, "assay", r->version) &&
		build_text(root, "command", r->command_line) &&
		build_text(root, "started", r->started) &&
		build_number(root, "wall_us", r->wall_us) &&
		build_number(root, "workers", r->workers) &&
		build_number(root, "repeat", r->repeat) &&
		build_set(root, "seed", r->shuffled ? json_string(seed) : json_null()) &&
		set_shard(root, r) &&
		build_set(root, "interrupted",
			r->interrupted != NULL ? build_string(r->interrupted)
					       : json_null()) &&
		build_texts(root, "troubles", r->troubles, r->trouble_count);
}

static bool set_whole_run(json_t *root, const struct report *r)
{
	return build_text(root, "schema", "assay-results/1") && set_run(root, r) &&
		set_target(root, &r->target) && set_totals(root, r) && set_cases(root, r);
}

static bool set_runs_of(json_t *root, const struct report_set *set)
{
	json_t *array = build_array(root, "runs");
	bool is_good = array != NULL && build_text(root, "schema", "assay-results-set/1");

	for (size_t i = 0; is_good && i < set->count; i++) {
		json_t *run = build_appended(array);

		is_good = run != NULL && set_whole_run(run, &set->runs[i]);
	}
	return is_good;
}

bool report_json(const struct report_set *set, FILE *out, struct problem *why)
{
	json_t *root = json_object();
	bool is_good = root != NULL &&
		(set->count == 1 ? set_whole_run(root, &set->runs[0])
				 : set_runs_of(root, set));

	if (is_good && json_dumpf(root, out, JSON_INDENT(1) | JSON_ENSURE_ASCII) != 0)
		is_good = ferror(out) != 0; /* an error of OUT is the caller's to see */
	json_decref(root);
	if (!is_good)
		return problem_set(why, "no memory for the report");
	(void)putc('\n', out);
	return true;
}

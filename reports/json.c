/*
 * json: everything that a run found, for programs; described by docs/results.schema.json.
 * The text is ASCII, so that no tool on its way changes it or is changed by it.
 */
#include "report.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "glyph.h"
#include "summary.h"

/* What is not valid UTF-8 is against the contract of report.h; it costs its bytes their
 * spelling (\xNN), never the whole report. */
static json_t *mended(const char *text)
{
	const size_t size = 4 * strlen(text) + 1;
	char *copy = malloc(size);
	size_t used = 0;

	if (copy == NULL)
		return NULL;
	while (*text != '\0') {
		const struct glyph glyph = glyph_at(text);

		if (glyph.value == GLYPH_INVALID)
			used += (size_t)snprintf(copy + used, size - used, "%s",
				glyph.shown);
		else
			memcpy(copy + used, text, glyph.bytes);
		used += glyph.value == GLYPH_INVALID ? 0 : glyph.bytes;
		text += glyph.bytes;
	}
	json_t *string = json_stringn(copy, used);
	free(copy);
	return string;
}

static json_t *string_of(const char *text)
{
	json_t *string = json_string(text);

	return string != NULL ? string : mended(text);
}

/* The setters pass a missing value (no memory) on, as json_object_set_new() refuses it.
 */
static bool set(json_t *object, const char *key, json_t *value)
{
	return json_object_set_new(object, key, value) == 0;
}

static bool set_text(json_t *object, const char *key, const char *text)
{
	return set(object, key, string_of(text));
}

static bool set_number(json_t *object, const char *key, long long number)
{
	return set(object, key, json_integer(number));
}

static bool set_bool(json_t *object, const char *key, bool value)
{
	return set(object, key, json_boolean(value));
}

/* A new array under KEY, owned by OBJECT; NULL without memory. */
static json_t *set_array(json_t *object, const char *key)
{
	json_t *array = json_array();

	return set(object, key, array) ? array : NULL;
}

/* A new object at the end of ARRAY, or under KEY of OBJECT. */
static json_t *append_object(json_t *array)
{
	json_t *object = json_object();

	return json_array_append_new(array, object) == 0 ? object : NULL;
}

static json_t *set_object(json_t *object, const char *key)
{
	json_t *inner = json_object();

	return set(object, key, inner) ? inner : NULL;
}

static bool set_texts(json_t *object, const char *key, char *const *texts, size_t count)
{
	json_t *array = set_array(object, key);
	bool is_good = array != NULL;

	for (size_t i = 0; is_good && i < count; i++)
		is_good = json_array_append_new(array, string_of(texts[i])) == 0;
	return is_good;
}

static bool set_refusals(json_t *object, const char *key,
	const struct report_refusal *list, size_t count)
{
	json_t *array = set_array(object, key);
	bool is_good = array != NULL;

	for (size_t i = 0; is_good && i < count; i++) {
		json_t *entry = append_object(array);

		is_good = entry != NULL && set_text(entry, "what", list[i].what) &&
			set_text(entry, "why", list[i].why);
	}
	return is_good;
}

static bool set_speed(json_t *object, const struct report_speed *speed)
{
	json_t *inner = set_object(object, "speed");

	return inner != NULL && set_number(inner, "ready_us", speed->ready_us) &&
		set_number(inner, "empty_case_us", speed->empty_case_us) &&
		set_number(inner, "round_trip_us", speed->round_trip_us) &&
		set(inner, "scale", json_real(speed->scale));
}

static bool set_target(json_t *root, const struct report_target *target)
{
	json_t *object = set_object(root, "target");

	return object != NULL && set_text(object, "name", target->name) &&
		set_text(object, "command", target->command) &&
		set_text(object, "assay", target->assay) &&
		set_number(object, "protocol", target->protocol) &&
		set_text(object, "kernel", target->kernel) &&
		set_text(object, "machine", target->machine) &&
		set_text(object, "libc", target->libc) &&
		set_number(object, "page_size", target->page_size) &&
		set_number(object, "bits", target->bits) &&
		set_text(object, "endian", target->endian) &&
		set_number(object, "cpus", target->cpus) &&
		set_number(object, "uid", target->uid) &&
		set_text(object, "capabilities", target->capabilities) &&
		set_text(object, "block_proof", target->block_proof) &&
		set_speed(object, &target->speed) &&
		set_texts(object, "isolation", target->isolation,
			target->isolation_count) &&
		set_refusals(object, "refused", target->refused, target->refused_count) &&
		set_refusals(object, "missing", target->missing, target->missing_count);
}

static bool set_totals(json_t *root, const struct report *r)
{
	const struct totals totals = report_totals(r);
	json_t *object = set_object(root, "totals");
	bool is_good = object != NULL &&
		set_number(object, "cases", (long long)totals.cases) &&
		set_number(object, "passed", (long long)totals.passed) &&
		set_number(object, "failed", (long long)totals.failed) &&
		set_number(object, "skipped", (long long)totals.skipped);
	json_t *words = is_good ? set_object(object, "words") : NULL;
	is_good = words != NULL;
	for (int word = 0; is_good && word < WORD_COUNT; word++)
		is_good = set_number(words, word_name((enum word)word),
			(long long)totals.words[word]);
	return is_good;
}

static bool set_site(json_t *object, const char *key, const char *file, int line)
{
	json_t *site = set_object(object, key);

	return site != NULL && set_text(site, "file", file) &&
		set_number(site, "line", line);
}

static bool set_needs(json_t *object, const char *needs)
{
	json_t *array = set_array(object, "needs");
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
	json_t *array = set_array(object, "notes");
	bool is_good = array != NULL;

	for (size_t i = 0; is_good && i < c->note_count; i++) {
		json_t *entry = append_object(array);

		is_good = entry != NULL && set_text(entry, "key", c->notes[i].key) &&
			set_text(entry, "value", c->notes[i].value);
	}
	return is_good;
}

static bool set_runs(json_t *object, const struct report_case *c)
{
	json_t *counts = set_object(object, "verdict_runs");
	bool is_good = counts != NULL && set_number(object, "runs", c->runs);

	for (int v = 0; is_good && v < VERDICT_COUNT; v++)
		if (c->verdict_runs[v] > 0)
			is_good = set_number(counts, verdict_name((enum verdict)v),
				c->verdict_runs[v]);
	return is_good;
}

static bool set_case(json_t *object, const struct report *r, const struct report_case *c)
{
	char repeat[8192];

	report_repeat_line(r, c, repeat, sizeof(repeat));
	return set_text(object, "id", c->id) && set_text(object, "claim", c->claim) &&
		set_text(object, "level", level_name(c->level)) &&
		set_text(object, "spec", c->spec) && set_needs(object, c->needs) &&
		set_site(object, "declared", c->declared_file, c->declared_line) &&
		set_text(object, "repeat", repeat) &&
		set_text(object, "word", report_case_word(c)) &&
		set_bool(object, "was_run", c->was_run) &&
		set_bool(object, "unexpected", report_case_is_unexpected(c));
}

static bool set_result(json_t *object, const struct report_case *c)
{
	return set_text(object, "verdict", verdict_name(c->verdict)) &&
		set_bool(object, "announced", c->announced) &&
		set_text(object, "text", c->text) && set_text(object, "got", c->got) &&
		set_text(object, "wanted", c->wanted) &&
		set_text(object, "who", c->who) &&
		set_site(object, "site", c->file, c->line) && set_notes(object, c) &&
		set_texts(object, "leftovers", c->leftovers, c->leftover_count) &&
		set_text(object, "output", c->output) &&
		set_number(object, "output_dropped", (long long)c->output_dropped) &&
		set_text(object, "expectation", c->expectation) &&
		set_number(object, "worker", c->worker) &&
		set_number(object, "duration_us", c->duration_us) && set_runs(object, c);
}

static bool set_cases(json_t *root, const struct report *r)
{
	json_t *array = set_array(root, "cases");
	bool is_good = array != NULL;

	for (size_t i = 0; is_good && i < r->case_count; i++) {
		const struct report_case *c = &r->cases[i];
		json_t *object = append_object(array);

		is_good = object != NULL && set_case(object, r, c) &&
			(!c->was_run || set_result(object, c));
	}
	return is_good;
}

static bool set_shard(json_t *root, const struct report *r)
{
	json_t *shard = set_object(root, "shard");

	return shard != NULL && set_number(shard, "index", r->shard_index) &&
		set_number(shard, "count", r->shard_count);
}

/* A seed may have more bits than the numbers of many readers: it is a string. */
static bool set_run(json_t *root, const struct report *r)
{
	char seed[32];

	(void)snprintf(seed, sizeof(seed), "%lu", r->seed);
	return set_text(root, "assay", r->version) &&
		set_text(root, "command", r->command_line) &&
		set_text(root, "started", r->started) &&
		set_number(root, "wall_us", r->wall_us) &&
		set_number(root, "workers", r->workers) &&
		set_number(root, "repeat", r->repeat) &&
		set(root, "seed", r->shuffled ? json_string(seed) : json_null()) &&
		set_shard(root, r) &&
		set(root, "interrupted",
			r->interrupted != NULL ? string_of(r->interrupted)
					       : json_null()) &&
		set_texts(root, "troubles", r->troubles, r->trouble_count);
}

static bool set_whole_run(json_t *root, const struct report *r)
{
	return set_text(root, "schema", "assay-results/1") && set_run(root, r) &&
		set_target(root, &r->target) && set_totals(root, r) && set_cases(root, r);
}

static bool set_runs_of(json_t *root, const struct report_set *set)
{
	json_t *array = set_array(root, "runs");
	bool is_good = array != NULL && set_text(root, "schema", "assay-results-set/1");

	for (size_t i = 0; is_good && i < set->count; i++) {
		json_t *run = append_object(array);

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

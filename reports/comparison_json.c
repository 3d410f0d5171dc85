/*
 * comparison_json: differences for programs; described by docs/comparison.schema.json.
 */
#include "comparison.h"

#include <jansson.h>

#include "build_json.h"

enum { TEXT_BYTES = 2048 };

static bool build_side(json_t *object, const char *key, const struct report *r)
{
	if (r == NULL)
		return build_set(object, key, json_null());
	json_t *side = build_object(object, key);

	return side != NULL && build_text(side, "target", r->target.name) &&
		build_text(side, "kernel", r->target.kernel) &&
		build_text(side, "machine", r->target.machine) &&
		build_text(side, "libc", r->target.libc) &&
		build_text(side, "assay", r->version) &&
		build_text(side, "started", r->started);
}

static bool build_verdict(json_t *object, const char *key, const struct report_case *c)
{
	return build_set(object, key,
		c != NULL && c->was_run ? json_string(verdict_name(c->verdict))
					: json_null());
}

static bool build_differences(json_t *object, const struct comparison *comparison)
{
	json_t *array = build_array(object, "differences");
	bool is_good = array != NULL;

	for (size_t i = 0; is_good && i < comparison->count; i++) {
		const struct difference *difference = &comparison->differences[i];
		json_t *entry = build_appended(array);
		char text[TEXT_BYTES];

		difference_text(difference, text, sizeof(text));
		is_good = entry != NULL &&
			build_text(entry, "id", difference_id(difference)) &&
			build_text(entry, "change", change_name(difference->change)) &&
			build_bool(entry, "bad", difference->is_bad) &&
			build_verdict(entry, "old", difference->old) &&
			build_verdict(entry, "new", difference->new) &&
			build_text(entry, "text", text);
	}
	return is_good;
}

static bool build_counts(json_t *object, const struct comparison *comparison)
{
	json_t *counts = build_object(object, "counts");
	bool is_good = counts != NULL &&
		build_number(counts, "equal", (long long)comparison->same) &&
		build_number(counts, "bad", (long long)comparison->bad);

	for (int i = 0; is_good && i < CHANGE_COUNT; i++)
		is_good = build_number(counts, change_name((enum change)i),
			(long long)comparison->counts[i]);
	return is_good;
}

static bool comparison_build(json_t *root, const struct comparison_set *set)
{
	json_t *array = build_array(root, "comparisons");
	bool is_good = array != NULL;

	for (size_t i = 0; is_good && i < set->count; i++) {
		json_t *object = build_appended(array);

		is_good = object != NULL && build_side(object, "old", set->all[i].old) &&
			build_side(object, "new", set->all[i].new) &&
			build_counts(object, &set->all[i]) &&
			build_differences(object, &set->all[i]);
	}
	return is_good;
}

bool comparison_json(const struct comparison_set *set, FILE *out, struct problem *why)
{
	json_t *root = json_object();
	bool is_good = root != NULL && build_text(root, "schema", "assay-comparison/1") &&
		build_text(root, "title", set->title) && comparison_build(root, set);

	if (is_good && json_dumpf(root, out, JSON_INDENT(1) | JSON_ENSURE_ASCII) != 0)
		is_good = ferror(out) != 0; /* an error of OUT is the caller's to see */
	json_decref(root);
	if (!is_good)
		return problem_set(why, "no memory for the comparison");
	(void)putc('\n', out);
	return true;
}

/*
 * html: a report for a browser, in one file that loads nothing.  The page draws itself from
 * data in it; what a target said is in that data only, and the page shows it as text.
 */
#include "report.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "build_json.h"
#include "comparison.h"
#include "page.h"
#include "summary.h"
#include "text.h"

enum { TEXT_BYTES = 8192 };

/* A pair [NAME, VALUE] at the end of ARRAY, unless VALUE is empty. */
static bool add_pair(json_t *array, const char *name, const char *value)
{
	if (value[0] == '\0')
		return true;
	json_t *pair = json_array();

	return json_array_append_new(array, pair) == 0 &&
		json_array_append_new(pair, build_string(name)) == 0 &&
		json_array_append_new(pair, build_string(value)) == 0;
}

static bool add_number(json_t *array, const char *name, long number, const char *unit)
{
	char text[64];

	(void)snprintf(text, sizeof(text), "%ld%s", number, unit);
	return add_pair(array, name, text);
}

static bool build_facts(json_t *object, const struct report *r)
{
	const struct report_target *target = &r->target;
	json_t *facts = build_array(object, "facts");
	char wall[32];

	duration_text(r->wall_us, wall, sizeof(wall));
	return facts != NULL && add_pair(facts, "kernel", target->kernel) &&
		add_pair(facts, "machine", target->machine) &&
		add_pair(facts, "C library", target->libc) &&
		add_pair(facts, "run", r->started) && add_pair(facts, "took", wall) &&
		add_pair(facts, "interrupted", r->interrupted ? r->interrupted : "");
}

static bool build_more(json_t *object, const struct report *r)
{
	const struct report_target *target = &r->target;
	json_t *more = build_array(object, "more");
	char isolation[256];
	struct text text = TEXT_OVER(isolation);

	isolation[0] = '\0';
	for (size_t i = 0; i < target->isolation_count; i++)
		text_add(&text, "%s%s", i > 0 ? ", " : "", target->isolation[i]);
	bool is_good = more != NULL && add_pair(more, "command", r->command_line) &&
		add_pair(more, "worker", target->command) &&
		add_pair(more, "assay", r->version) &&
		add_number(more, "bits", target->bits, "") &&
		add_pair(more, "endian", target->endian) &&
		add_number(more, "cpus", target->cpus, "") &&
		add_number(more, "page size", target->page_size, "") &&
		add_number(more, "uid", target->uid, "") &&
		add_pair(more, "capabilities", target->capabilities) &&
		add_pair(more, "isolation", isolation) &&
		add_pair(more, "block proof", target->block_proof) &&
		add_number(more, "empty case", target->speed.empty_case_us, " us") &&
		add_number(more, "workers", r->workers, "");
	for (size_t i = 0; is_good && i < target->refused_count; i++)
		is_good = add_pair(more, target->refused[i].what, target->refused[i].why);
	for (size_t i = 0; is_good && i < target->missing_count; i++)
		is_good = add_pair(more, target->missing[i].what, target->missing[i].why);
	return is_good;
}

static bool build_targets(json_t *root, const struct report_set *set)
{
	json_t *array = build_array(root, "targets");
	bool is_good = array != NULL;

	for (size_t i = 0; is_good && i < set->count; i++) {
		const struct report *r = &set->runs[i];
		json_t *object = build_appended(array);

		is_good = object != NULL && build_text(object, "name", r->target.name) &&
			build_facts(object, r) && build_more(object, r) &&
			build_texts(object, "troubles", r->troubles, r->trouble_count);
	}
	return is_good;
}

static bool build_unless_empty(json_t *object, const char *key, const char *text)
{
	return text[0] == '\0' || build_text(object, key, text);
}

static bool build_notes(json_t *object, const struct report_case *c)
{
	json_t *array = c->note_count > 0 ? build_array(object, "notes") : object;
	bool is_good = array != NULL;

	for (size_t i = 0; is_good && i < c->note_count; i++)
		is_good = add_pair(array, c->notes[i].key,
			c->notes[i].value[0] != '\0' ? c->notes[i].value : "(empty)");
	return is_good;
}

static bool build_run(json_t *object, const struct report *r, const struct report_case *c)
{
	const struct reason reason = case_reason(r, c);
	char text[TEXT_BYTES], repeat[TEXT_BYTES], at[512] = "";

	(void)snprintf(text, sizeof(text), "%s%s", reason.lead, reason.rest);
	report_repeat_line(r, c, repeat, sizeof(repeat));
	if (c->was_run && case_has_site(c))
		(void)snprintf(at, sizeof(at), "%s:%d (%s)", c->file, c->line, c->who);
	return build_text(object, "word", report_case_word(c)) &&
		build_bool(object, "unexpected", report_case_is_unexpected(c)) &&
		build_text(object, "verdict",
			c->was_run ? verdict_name(c->verdict) : "") &&
		build_text(object, "repeat", repeat) &&
		build_unless_empty(object, "text", text) &&
		build_unless_empty(object, "at", at) &&
		(!c->was_run ||
			(build_unless_empty(object, "got", c->got) &&
				build_unless_empty(object, "wanted", c->wanted) &&
				build_unless_empty(object, "expectation",
					c->expectation) &&
				build_unless_empty(object, "output", c->output) &&
				build_unless_empty(object, "points", c->points) &&
				build_number(object, "us", c->duration_us) &&
				build_notes(object, c) &&
				(c->leftover_count == 0 ||
					build_texts(object, "leftovers", c->leftovers,
						c->leftover_count))));
}

/* Where each run has come to: the cases of all runs are sorted by id. */
struct walk {
	const struct report_set *set;
	size_t *at;
};

/* The case that comes next in any run, or NULL. */
static const struct report_case *next_case(const struct walk *walk)
{
	const struct report_case *first = NULL;

	for (size_t i = 0; i < walk->set->count; i++) {
		const struct report *r = &walk->set->runs[i];

		if (walk->at[i] < r->case_count &&
			(first == NULL ||
				strcmp(r->cases[walk->at[i]].id, first->id) < 0))
			first = &r->cases[walk->at[i]];
	}
	return first;
}

/* C as every target has it; null where one has not. */
static bool build_runs(json_t *object, struct walk *walk, const struct report_case *c)
{
	json_t *runs = build_array(object, "runs");
	bool is_good = runs != NULL;

	for (size_t i = 0; is_good && i < walk->set->count; i++) {
		const struct report *r = &walk->set->runs[i];
		const bool has_it = walk->at[i] < r->case_count &&
			strcmp(r->cases[walk->at[i]].id, c->id) == 0;
		json_t *run = has_it ? json_object() : json_null();

		is_good = json_array_append_new(runs, run) == 0 &&
			(!has_it || build_run(run, r, &r->cases[walk->at[i]]));
		walk->at[i] += has_it;
	}
	return is_good;
}

static bool build_cases(json_t *root, const struct report_set *set)
{
	struct walk walk = {set, calloc(set->count, sizeof(*walk.at))};
	json_t *array = build_array(root, "cases");
	bool is_good = array != NULL && walk.at != NULL;
	const struct report_case *c;

	while (is_good && (c = next_case(&walk)) != NULL) {
		json_t *object = build_appended(array);
		char declared[512];

		(void)snprintf(declared, sizeof(declared), "%s:%d", c->declared_file,
			c->declared_line);
		is_good = object != NULL && build_text(object, "id", c->id) &&
			build_text(object, "claim", c->claim) &&
			build_text(object, "level", level_name(c->level)) &&
			build_text(object, "spec", c->spec) &&
			build_text(object, "needs", c->needs) &&
			build_text(object, "declared", declared) &&
			build_runs(object, &walk, c);
	}
	free(walk.at);
	return is_good;
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
			build_text(entry, "text", text);
	}
	return is_good;
}

static bool build_side(json_t *object, const char *key, const struct report *r)
{
	char text[TEXT_BYTES] = "nothing";

	if (r != NULL)
		comparison_side_text(r, text, sizeof(text));
	return build_text(object, key, text);
}

static bool build_changes(json_t *root, const struct comparison_set *set)
{
	json_t *object = build_object(root, "changes");
	json_t *array = object != NULL ? build_array(object, "comparisons") : NULL;
	bool is_good = array != NULL && build_text(object, "title", set->title);

	for (size_t i = 0; is_good && i < set->count; i++) {
		const struct comparison *comparison = &set->all[i];
		json_t *entry = build_appended(array);

		is_good = entry != NULL && build_side(entry, "old", comparison->old) &&
			build_side(entry, "new", comparison->new) &&
			build_number(entry, "equal", (long long)comparison->same) &&
			build_differences(entry, comparison);
	}
	return is_good;
}

static char *build_data(const struct report_set *set)
{
	json_t *root = json_object();
	char about[256];
	char *data = NULL;

	(void)snprintf(about, sizeof(about), "assay %s, %s", set->runs[0].version,
		set->runs[0].started);
	if (root != NULL && build_text(root, "about", about) &&
		build_targets(root, set) && build_cases(root, set) &&
		(set->changes == NULL || build_changes(root, set->changes)))
		data = json_dumps(root, JSON_COMPACT | JSON_ENSURE_ASCII);
	json_decref(root);
	return data;
}

/* Inside a script element '<' could begin its end, and in JSON these three stand in strings
 * only. */
static void put_data(const char *data, FILE *out)
{
	for (; *data != '\0'; data++) {
		if (strchr("<>&", *data) != NULL)
			(void)fprintf(out, "\\u%04x", (unsigned)(unsigned char)*data);
		else
			(void)putc(*data, out);
	}
}

bool report_html(const struct report_set *set, FILE *out, struct problem *why)
{
	static const char mark[] = "@DATA@";
	const char *place = strstr(page_html, mark);
	char *data = build_data(set);

	if (data == NULL || place == NULL) {
		free(data);
		return problem_set(why, "no memory for the report");
	}
	(void)fwrite(page_html, 1, (size_t)(place - page_html), out);
	put_data(data, out);
	(void)fputs(place + strlen(mark), out);
	free(data);
	return true;
}

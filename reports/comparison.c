#include "comparison.h"

#include <stdlib.h>
#include <string.h>

#include "summary.h"
#include "text.h"
#include "verdict.h"

static const struct {
	const char *name, *meaning;
} changes[CHANGE_COUNT] = {
	[CHANGE_REGRESSED] = {"regressed", "goes wrong and did not"},
	[CHANGE_FIXED] = {"fixed", "went wrong and is right"},
	[CHANGE_DIFFERS] = {"differs", "goes wrong or chooses otherwise"},
	[CHANGE_UNSUPPORTED] = {"unsupported now", "cannot be tried any more"},
	[CHANGE_SUPPORTED] = {"supported now", "could not be tried before"},
	[CHANGE_NEW] = {"new", "only in the new run"},
	[CHANGE_GONE] = {"gone", "only in the old run, or not reached"},
};

const char *change_name(enum change change)
{
	return changes[change].name;
}

const char *change_meaning(enum change change)
{
	return changes[change].meaning;
}

const char *difference_id(const struct difference *difference)
{
	return difference->new != NULL ? difference->new->id : difference->old->id;
}

static bool goes_wrong(const struct report_case *c)
{
	return c->verdict != VERDICT_PASS && c->verdict != VERDICT_UNSUPPORTED;
}

/* The value of C's choice KEY, or NULL. */
static const char *choice_of(const struct report_case *c, const char *key)
{
	for (size_t i = 0; i < c->note_count; i++)
		if (c->notes[i].is_choice && strcmp(c->notes[i].key, key) == 0)
			return c->notes[i].value;
	return NULL;
}

/* The first choice of NEW that OLD made otherwise, or NULL. */
static const struct report_note *other_choice(const struct report_case *old,
	const struct report_case *new)
{
	for (size_t i = 0; i < new->note_count; i++) {
		const struct report_note *note = &new->notes[i];
		const char *before = note->is_choice ? choice_of(old, note->key) : NULL;

		if (before != NULL && strcmp(before, note->value) != 0)
			return note;
	}
	return NULL;
}

/* Of two verdicts that are not the same. */
static enum change change_of_verdict(const struct report_case *old,
	const struct report_case *new)
{
	if (new->verdict == VERDICT_UNSUPPORTED)
		return CHANGE_UNSUPPORTED;
	if (!goes_wrong(new))
		return goes_wrong(old) ? CHANGE_FIXED : CHANGE_SUPPORTED;
	if (goes_wrong(old))
		return CHANGE_DIFFERS;
	return old->verdict == VERDICT_PASS || report_case_is_unexpected(new)
		? CHANGE_REGRESSED
		: CHANGE_SUPPORTED;
}

/* Fills *OUT for a case that is different.  At least one of OLD and NEW was run. */
static bool find_difference(const struct report_case *old, const struct report_case *new,
	struct difference *out)
{
	const bool was = old != NULL && old->was_run, is = new != NULL &&new->was_run;

	*out = (struct difference){.old = old, .new = new};
	if (!was && !is)
		return false;
	if (!was)
		out->change = CHANGE_NEW;
	else if (!is)
		out->change = CHANGE_GONE;
	else if (old->verdict != new->verdict)
		out->change = change_of_verdict(old, new);
	else if (other_choice(old, new) != NULL)
		out->change = CHANGE_DIFFERS;
	else
		return false;
	out->is_bad = out->change == CHANGE_REGRESSED ||
		(out->change == CHANGE_NEW && goes_wrong(new) &&
			report_case_is_unexpected(new)) ||
		(out->change == CHANGE_DIFFERS &&
			old->verdict != new->verdict &&report_case_is_unexpected(new));
	return true;
}

static int by_change(const void *left, const void *right)
{
	const struct difference *a = left, *b = right;

	return a->change != b->change ? (int)a->change - (int)b->change
				      : strcmp(difference_id(a), difference_id(b));
}

static void take(struct comparison *out, const struct report_case *old,
	const struct report_case *new)
{
	struct difference difference;

	if (!find_difference(old, new, &difference)) {
		out->same += old != NULL && new != NULL &&new->was_run;
		return;
	}
	out->differences[out->count++] = difference;
	out->counts[difference.change]++;
	out->bad += difference.is_bad;
}

bool comparison_make(const struct report *old, const struct report *new,
	struct comparison *out, struct problem *why)
{
	const size_t old_count = old != NULL ? old->case_count : 0;
	size_t i = 0, k = 0;

	*out = (struct comparison){.old = old, .new = new};
	out->differences =
		calloc(old_count + new->case_count + 1, sizeof(*out->differences));
	if (out->differences == NULL)
		return problem_set(why, "no memory for the comparison");
	while (i < old_count || k < new->case_count) {
		const struct report_case *a = i < old_count ? &old->cases[i] : NULL;
		const struct report_case *b = k < new->case_count ? &new->cases[k] : NULL;
		const int order = a == NULL ? 1 : b == NULL ? -1 : strcmp(a->id, b->id);

		take(out, order <= 0 ? a : NULL, order >= 0 ? b : NULL);
		i += order <= 0;
		k += order >= 0;
	}
	if (out->count > 0)
		qsort(out->differences, out->count, sizeof(out->differences[0]),
			by_change);
	return true;
}

void comparison_free(struct comparison *comparison)
{
	free(comparison->differences);
	*comparison = (struct comparison){.count = 0};
}

void comparison_set_free(struct comparison_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		comparison_free(&set->all[i]);
	free(set->all);
	*set = (struct comparison_set){.count = 0};
}

bool comparison_set_is_bad(const struct comparison_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		if (set->all[i].bad > 0)
			return true;
	return false;
}

void difference_text(const struct difference *difference, char *buffer, size_t size)
{
	const struct report_case *old = difference->old, *new = difference->new;
	struct text text = text_over(buffer, size);

	buffer[0] = '\0';
	if (difference->change == CHANGE_NEW) {
		text_add(&text, "%s", verdict_name(new->verdict));
	} else if (difference->change == CHANGE_GONE) {
		text_add(&text, "was %s%s", verdict_name(old->verdict),
			new != NULL ? ", was not run now" : "");
		return;
	} else if (old->verdict != new->verdict) {
		text_add(&text, "%s, now %s", verdict_name(old->verdict),
			verdict_name(new->verdict));
	} else {
		const struct report_note *note = other_choice(old, new);

		text_add(&text, "%s: %s, now %s", note->key, choice_of(old, note->key),
			note->value);
		return;
	}
	if (new->text[0] != '\0')
		text_add(&text, ": %s", new->text);
	else if (old != NULL && old->text[0] != '\0')
		text_add(&text, "; it was: %s", old->text);
}

void comparison_side_text(const struct report *r, char *buffer, size_t size)
{
	struct text text = text_over(buffer, size);
	char system[1024];
	const char *const items[] = {system, r->started};

	target_system(&r->target, system, sizeof(system));
	text_add(&text, "%s", r->target.name);
	for (size_t i = 0; i < 2; i++)
		if (items[i][0] != '\0')
			text_add(&text, ", %s", items[i]);
}

comparison_function comparison_format(const char *name)
{
	static const struct {
		const char *name;
		comparison_function write;
	} formats[] = {
		{"json", comparison_json},
		{"markdown", comparison_markdown},
		{"html", comparison_html},
	};

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(formats[i].name, name) == 0)
			return formats[i].write;
	return NULL;
}

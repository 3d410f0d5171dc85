#include "result.h"

#include "field.h"
#include "memory.h"
#include "text.h"
#include "verdict.h"

#include <stdlib.h>
#include <string.h>

static void free_texts(char **texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(texts[i]);
	free(texts);
}

static void free_notes(struct report_note *notes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(notes[i].key);
		free(notes[i].value);
	}
	free(notes);
}

void outcome_free(struct outcome *outcome)
{
	char *const texts[] = {outcome->text, outcome->got, outcome->wanted, outcome->who,
		outcome->file, outcome->output, outcome->points};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		free(texts[i]);
	free_notes(outcome->notes, outcome->note_count);
	free_texts(outcome->leftovers, outcome->leftover_count);
	*outcome = (struct outcome){0};
}

static bool read_verdict(const json_t *message, const char *id, enum verdict *out,
	struct problem *why)
{
	const char *answered = json_string_value(json_object_get(message, "id"));
	const char *verdict = json_string_value(json_object_get(message, "verdict"));

	if (answered == NULL || strcmp(answered, id) != 0)
		return problem_set(why, "it answered for %.80s, asked was %s",
			answered != NULL ? answered : "no case", id);
	if (verdict == NULL || !verdict_find(verdict, out))
		return problem_set(why, "'%.40s' is no verdict",
			verdict != NULL ? verdict : "");
	return true;
}

static bool read_notes(const json_t *message, struct outcome *out, struct problem *why)
{
	const json_t *array = NULL;

	if (!field_array(message, "notes", &array, why))
		return false;
	const size_t size = json_array_size(array);
	out->notes = memory_new(size, sizeof(out->notes[0]));
	for (size_t i = 0; i < size; i++) {
		const json_t *note = json_array_get(array, i);

		out->note_count++;
		if (!json_is_object(note))
			return problem_set(why,
				"field 'notes' is not an array of objects");
		if (!field_text(note, "key", &out->notes[i].key, why) ||
			!field_text(note, "value", &out->notes[i].value, why) ||
			!field_flag(note, "choice", &out->notes[i].is_choice, why))
			return false;
	}
	return true;
}

static bool read_numbers(const json_t *message, struct outcome *out, struct problem *why)
{
	long dropped = 0;

	if (!field_number(message, "line", &out->line, why) ||
		!field_count(message, "output_dropped", &dropped, why) ||
		!field_count(message, "duration_us", &out->duration_us, why))
		return false;
	out->output_dropped = (size_t)dropped;
	return true;
}

static bool read_fields(const json_t *message, struct outcome *out, struct problem *why)
{
	if (!field_flag(message, "announced", &out->announced, why) ||
		!field_text(message, "text", &out->text, why) ||
		!field_text(message, "got", &out->got, why) ||
		!field_text(message, "wanted", &out->wanted, why) ||
		!field_text(message, "who", &out->who, why) ||
		!field_text(message, "file", &out->file, why) ||
		!field_raw_text(message, "output", &out->output, why) ||
		!field_text(message, "points", &out->points, why) ||
		!field_texts(message, "leftovers", &out->leftovers, &out->leftover_count,
			why) ||
		!read_numbers(message, out, why) || !read_notes(message, out, why))
		return false;
	if (out->who[0] == '\0') {
		free(out->who);
		out->who = memory_text("body");
	}
	return true;
}

bool outcome_read(const json_t *message, const char *id, struct outcome *out,
	struct problem *why)
{
	*out = (struct outcome){0};
	if (!read_verdict(message, id, &out->verdict, why))
		return false;
	if (!read_fields(message, out, why)) {
		outcome_free(out);
		return false;
	}
	return true;
}

void outcome_judge(struct outcome *out, const struct report_case *c, enum verdict verdict,
	const char *text, const char *output)
{
	*out = (struct outcome){
		.verdict = verdict,
		.text = memory_text(text),
		.got = memory_text(""),
		.wanted = memory_text(""),
		.who = memory_text("worker"),
		.file = memory_text(c->declared_file),
		.line = c->declared_line,
		.output = memory_text(output),
		.points = memory_text(""),
		.notes = memory_new(0, sizeof(out->notes[0])),
		.leftovers = memory_new(0, sizeof(out->leftovers[0])),
	};
}

void result_begin(struct report_case *out, const struct catalog_case *c)
{
	*out = (struct report_case){
		.id = memory_text(c->id),
		.claim = memory_text(c->claim),
		.spec = memory_text(c->spec),
		.level = c->level,
		.needs = catalog_needs(c),
		.declared_file = memory_text(c->file),
		.declared_line = c->line,
		.text = memory_text(""),
		.got = memory_text(""),
		.wanted = memory_text(""),
		.who = memory_text(""),
		.file = memory_text(""),
		.output = memory_text(""),
		.points = memory_text(""),
		.expectation = memory_text(""),
	};
}

/* Releases what C tells of a run. */
static void forget(struct report_case *c)
{
	free(c->text);
	free(c->got);
	free(c->wanted);
	free(c->who);
	free(c->file);
	free(c->output);
	free(c->points);
	free_notes(c->notes, c->note_count);
	free_texts(c->leftovers, c->leftover_count);
}

static void tell(struct report_case *c, struct outcome *outcome)
{
	forget(c);
	c->verdict = outcome->verdict;
	c->announced = outcome->announced;
	c->text = outcome->text;
	c->got = outcome->got;
	c->wanted = outcome->wanted;
	c->who = outcome->who;
	c->file = outcome->file;
	c->line = outcome->line;
	c->output = outcome->output;
	c->points = outcome->points;
	c->output_dropped = outcome->output_dropped;
	c->notes = outcome->notes;
	c->note_count = outcome->note_count;
	c->leftovers = outcome->leftovers;
	c->leftover_count = outcome->leftover_count;
	c->worker = outcome->worker;
	*outcome = (struct outcome){0};
}

/* The verdicts that C had, as 1 << VERDICT_... bits. */
static unsigned verdicts_of(const struct report_case *c)
{
	unsigned seen = 0;

	for (int i = 0; i < VERDICT_COUNT; i++)
		if (c->verdict_runs[i] > 0)
			seen |= 1u << i;
	return seen;
}

static void set_expectation(struct report_case *c, enum overlay overlay,
	const char *reason)
{
	free(c->expectation);
	c->overlay = overlay;
	c->expectation = memory_text(reason);
}

static void judge(struct report_case *c, const struct expectation *line)
{
	const unsigned seen = verdicts_of(c);
	const bool changes = (seen & (seen - 1)) != 0;
	const unsigned passed = 1u << VERDICT_PASS;

	/* An expectation that names several verdicts announces the change too. */
	if (line != NULL && (seen & ~line->verdicts) == 0 && seen != passed)
		set_expectation(c, OVERLAY_KNOWN, line->reason);
	else if (changes)
		set_expectation(c, OVERLAY_UNSTABLE, "");
	else if (line != NULL && seen == passed && !(line->verdicts & passed))
		set_expectation(c, OVERLAY_FIXED, line->reason);
	else
		set_expectation(c, OVERLAY_NONE, "");
}

/* A deviation other than the expected one is shown with both. */
static void mention(struct outcome *outcome, const struct expectation *line)
{
	const bool is_expected = line == NULL || outcome->verdict == VERDICT_PASS ||
		outcome->announced || (line->verdicts & 1u << outcome->verdict) != 0;
	char names[128];
	struct text text = TEXT_OVER(names);

	if (is_expected)
		return;
	for (int i = 0; i < VERDICT_COUNT; i++)
		if (line->verdicts & 1u << i)
			text_add(&text, "%s%s", text.used > 0 ? " or " : "",
				verdict_name((enum verdict)i));
	char *longer = memory_format("%s; expected was %s: %s", outcome->text, names,
		line->reason);
	free(outcome->text);
	outcome->text = longer;
}

void result_add(struct report_case *c, struct outcome *outcome,
	const struct expectations *expected)
{
	const struct expectation *line = expected_find(expected, c->id);
	const bool is_first = !c->was_run;

	mention(outcome, line);
	c->was_run = true;
	c->runs++;
	c->verdict_runs[outcome->verdict]++;
	if (outcome->duration_us > c->duration_us)
		c->duration_us = outcome->duration_us;
	if (is_first || (c->verdict == VERDICT_PASS && outcome->verdict != VERDICT_PASS))
		tell(c, outcome);
	else
		outcome_free(outcome);
	judge(c, line);
}

void result_replace(struct report_case *c, enum verdict verdict, struct outcome *outcome,
	const struct expectations *expected)
{
	const struct expectation *line = expected_find(expected, c->id);

	mention(outcome, line);
	c->verdict_runs[verdict]--;
	c->verdict_runs[outcome->verdict]++;
	if (c->verdict == VERDICT_PASS || c->verdict_runs[c->verdict] == 0)
		tell(c, outcome);
	else
		outcome_free(outcome);
	judge(c, line);
}

void result_free(struct report_case *c)
{
	forget(c);
	free(c->id);
	free(c->claim);
	free(c->spec);
	free(c->needs);
	free(c->declared_file);
	free(c->expectation);
}

#include "summary.h"

#include <stdio.h>
#include <string.h>

#include "text.h"

static const char *const word_names[WORD_COUNT] = {
	[WORD_PASS] = "pass",
	[WORD_KNOWN] = "known",
	[WORD_FAIL] = "fail",
	[WORD_LEAK] = "leak",
	[WORD_TIMEOUT] = "timeout",
	[WORD_CRASH] = "crash",
	[WORD_BROKEN] = "broken",
	[WORD_FIXED] = "fixed",
	[WORD_UNSTABLE] = "unstable",
	[WORD_UNSUPPORTED] = "unsupported",
	[WORD_NOT_RUN] = "not run",
};

static enum word word_of_verdict(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_PASS:
		return WORD_PASS;
	case VERDICT_FAIL:
		return WORD_FAIL;
	case VERDICT_LEAK:
		return WORD_LEAK;
	case VERDICT_TIMEOUT:
		return WORD_TIMEOUT;
	case VERDICT_CRASH:
		return WORD_CRASH;
	case VERDICT_UNSUPPORTED:
		return WORD_UNSUPPORTED;
	case VERDICT_BROKEN:
	case VERDICT_COUNT:
		break;
	}
	return WORD_BROKEN;
}

enum word case_word(const struct report_case *c)
{
	if (!c->was_run)
		return WORD_NOT_RUN;
	switch (c->overlay) {
	case OVERLAY_KNOWN:
		return WORD_KNOWN;
	case OVERLAY_FIXED:
		return WORD_FIXED;
	case OVERLAY_UNSTABLE:
		return WORD_UNSTABLE;
	case OVERLAY_NONE:
		break;
	}
	return word_of_verdict(c->verdict);
}

const char *word_name(enum word word)
{
	return word_names[word];
}

void totals_add(struct totals *totals, const struct report_case *c)
{
	const enum word word = case_word(c);

	totals->cases++;
	totals->words[word]++;
	if (c->was_run) {
		totals->run++;
		totals->runs += c->runs > 0 ? (size_t)c->runs : 1;
	}
	if (report_case_is_unexpected(c))
		totals->failed++;
	else if (word == WORD_PASS || word == WORD_KNOWN)
		totals->passed++;
	else
		totals->skipped++;
	if (word == WORD_UNSUPPORTED && !c->announced)
		totals->unannounced++;
}

struct totals report_totals(const struct report *r)
{
	struct totals totals = {0};

	for (size_t i = 0; i < r->case_count; i++)
		totals_add(&totals, &r->cases[i]);
	return totals;
}

static struct part part_until_slash(const char **at)
{
	const struct part part = {.at = *at, .length = strcspn(*at, "/")};

	*at += part.length;
	if (**at == '/')
		(*at)++;
	return part;
}

struct place case_place(const struct report_case *c)
{
	const char *at = c->id;
	struct place place = {.mechanism = part_until_slash(&at)};

	place.dimension = part_until_slash(&at);
	place.slug = (struct part){.at = at, .length = strlen(at)};
	return place;
}

bool part_is_equal(struct part a, struct part b)
{
	return a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
}

static void say_unstable(struct text *lead, const struct report_case *c)
{
	const char *separator = "";

	text_add(lead, "the verdict changes: ");
	for (int v = 0; v < VERDICT_COUNT; v++) {
		if (c->verdict_runs[v] <= 0)
			continue;
		text_add(lead, "%s%d %s", separator, c->verdict_runs[v],
			verdict_name((enum verdict)v));
		separator = ", ";
	}
	text_add(lead, " in %d runs%s", c->runs, c->text[0] != '\0' ? "; " : "");
}

struct reason case_reason(const struct report *r, const struct report_case *c)
{
	struct reason reason = {.rest = c->text};
	struct text lead = TEXT_OVER(reason.lead);

	switch (case_word(c)) {
	case WORD_NOT_RUN:
		text_add(&lead, "not run: the run ended first%s",
			r->interrupted != NULL ? ", by " : "");
		reason.rest = r->interrupted != NULL ? r->interrupted : "";
		break;
	case WORD_KNOWN:
		text_add(&lead, "%s, as expected: ", verdict_name(c->verdict));
		reason.rest = c->expectation;
		break;
	case WORD_FIXED:
		text_add(&lead, "passes, but is expected not to: ");
		reason.rest = c->expectation;
		break;
	case WORD_UNSTABLE:
		say_unstable(&lead, c);
		break;
	case WORD_UNSUPPORTED:
		if (!c->announced)
			text_add(&lead, "not announced by the target: ");
		break;
	default:
		break;
	}
	return reason;
}

bool case_has_site(const struct report_case *c)
{
	return c->file[0] != '\0' &&
		(c->line != c->declared_line || strcmp(c->file, c->declared_file) != 0);
}

void duration_text(long microseconds, char *buffer, size_t size)
{
	const long us = microseconds > 0 ? microseconds : 0;
	struct text text = text_over(buffer, size);

	if (us < 1000)
		text_add(&text, "%ld us", us);
	else if (us < 1000000)
		text_add(&text, "%ld.%ld ms", us / 1000, us % 1000 / 100);
	else
		text_add(&text, "%ld.%02ld s", us / 1000000, us % 1000000 / 10000);
}

static void add_word(struct text *text, const char *word)
{
	if (word[0] != '\0')
		text_add(text, "%s%s", text->used > 0 ? ", " : "", word);
}

void target_system(const struct report_target *target, char *buffer, size_t size)
{
	struct text text = text_over(buffer, size);

	add_word(&text, target->kernel);
	add_word(&text, target->machine);
	add_word(&text, target->bits == 32 ? "32-bit" : "");
	add_word(&text, strcmp(target->endian, "big") == 0 ? "big-endian" : "");
	add_word(&text, target->libc);
	for (size_t i = 0; i < target->environment_count; i++)
		add_word(&text, target->environment[i]);
}

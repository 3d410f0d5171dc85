/*
 * tap: the Test Anything Protocol, version 14, with a YAML block under every point that
 * is not simply a pass or has notes.  A known deviation is marked as
 * work still to be done, so a harness expects it.
 */
#include "report.h"

#include <string.h>

#include "glyph.h"
#include "summary.h"

/* Text of a test point or a comment: one line, and no # that would start a directive. */
static void put_text(const char *text, FILE *out)
{
	while (*text != '\0') {
		const struct glyph glyph = glyph_at(text);

		for (const char *at = glyph.shown; *at != '\0'; at++) {
			if (*at == '#' || *at == '\\')
				(void)putc('\\', out);
			(void)putc(*at, out);
		}
		text += glyph.bytes;
	}
}

static void put_yaml_glyph(const char *text, const struct glyph *glyph, FILE *out)
{
	if (*text == '\n')
		(void)fputs("\\n", out);
	else if (*text == '\t')
		(void)fputs("\\t", out);
	else if (*text == '"' || *text == '\\')
		(void)fprintf(out, "\\%c", *text);
	else if (glyph->is_plain)
		(void)fputs(glyph->shown, out);
	else if (glyph->value == GLYPH_INVALID)
		(void)fprintf(out, "\\%s", glyph->shown); /* the four characters \xNN */
	else if (glyph->value <= 0xff)
		(void)fprintf(out, "\\x%02x", (unsigned)glyph->value);
	else if (glyph->value <= 0xffff)
		(void)fprintf(out, "\\u%04x", (unsigned)glyph->value);
	else
		(void)fprintf(out, "\\U%08x", (unsigned)glyph->value);
}

/* What stands inside the quotes of a double-quoted scalar, on one line. */
static void put_yaml(const char *text, FILE *out)
{
	while (*text != '\0') {
		const struct glyph glyph = glyph_at(text);

		put_yaml_glyph(text, &glyph, out);
		text += glyph.bytes;
	}
}

static void put_field(const char *key, const char *value, FILE *out)
{
	if (value[0] == '\0')
		return;
	(void)fprintf(out, "  %s: \"", key);
	put_yaml(value, out);
	(void)fputs("\"\n", out);
}

static void put_site(const struct report_case *c, FILE *out)
{
	if (case_has_site(c)) {
		(void)fputs("  at: \"", out);
		put_yaml(c->file, out);
		(void)fprintf(out, ":%d\"\n", c->line);
		put_field("who", c->who, out);
	}
	(void)fputs("  case: \"", out);
	put_yaml(c->declared_file, out);
	(void)fprintf(out, ":%d\"\n", c->declared_line);
}

static void put_lists(const struct report_case *c, FILE *out)
{
	if (c->leftover_count > 0)
		(void)fputs("  leftovers:\n", out);
	for (size_t i = 0; i < c->leftover_count; i++) {
		(void)fputs("    - \"", out);
		put_yaml(c->leftovers[i], out);
		(void)fputs("\"\n", out);
	}
	if (c->note_count > 0)
		(void)fputs("  notes:\n", out);
	for (size_t i = 0; i < c->note_count; i++) {
		(void)fputs("    - key: \"", out);
		put_yaml(c->notes[i].key, out);
		(void)fputs("\"\n      value: \"", out);
		put_yaml(c->notes[i].value, out);
		(void)fputs("\"\n", out);
	}
}

static void put_finding(const struct report *r, const struct report_case *c, FILE *out)
{
	const struct reason reason = case_reason(r, c);
	char number[32];

	if (reason.lead[0] != '\0' || reason.rest[0] != '\0') {
		(void)fputs("  message: \"", out);
		put_yaml(reason.lead, out);
		put_yaml(reason.rest, out);
		(void)fputs("\"\n", out);
	}
	put_field("word", report_case_word(c), out);
	put_field("verdict", verdict_name(c->verdict), out);
	put_site(c, out);
	put_field("claim", c->claim, out);
	put_field("level", level_name(c->level), out);
	put_field("spec", c->spec, out);
	put_field("found", c->got, out);
	put_field("wanted", c->wanted, out);
	put_field("output", c->output, out);
	if (c->output_dropped > 0) {
		(void)snprintf(number, sizeof(number), "%zu", c->output_dropped);
		put_field("output_dropped", number, out);
	}
}

/* A pass says only what it noted. */
static void put_diagnostics(const struct report *r, const struct report_case *c,
	FILE *out)
{
	char repeat[8192];

	(void)fputs("  ---\n", out);
	if (case_word(c) != WORD_PASS)
		put_finding(r, c, out);
	put_lists(c, out);
	(void)fprintf(out, "  duration_us: \"%ld\"\n", c->duration_us);
	report_repeat_line(r, c, repeat, sizeof(repeat));
	if (case_word(c) != WORD_PASS)
		put_field("repeat", repeat, out);
	(void)fputs("  ...\n", out);
}

/* The directive of a point that is expected to fail; no note to do something here. */
static const char expected_to_fail[] = "\124ODO";

static void put_directive(const char *name, const struct reason *reason, FILE *out)
{
	(void)fprintf(out, " # %s ", name);
	put_text(reason->lead, out);
	put_text(reason->rest, out);
}

/* NUMBER counts over all targets; with PREFIX the target's name stands before the id. */
static void put_point(const struct report *r, size_t index, size_t number, bool prefix,
	FILE *out)
{
	const struct report_case *c = &r->cases[index];
	const enum word word = case_word(c);
	const struct reason reason = case_reason(r, c);
	const bool is_ok = !report_case_is_unexpected(c) && word != WORD_KNOWN;

	(void)fprintf(out, "%s %zu - ", is_ok ? "ok" : "not ok", number);
	if (prefix) {
		put_text(r->target.name, out);
		(void)putc(' ', out);
	}
	put_text(c->id, out);
	if (word == WORD_KNOWN)
		put_directive(expected_to_fail, &reason, out);
	else if (is_ok && word != WORD_PASS)
		put_directive("SKIP", &reason, out);
	(void)putc('\n', out);
	if (c->was_run && (!is_ok || (word == WORD_PASS && c->note_count > 0)))
		put_diagnostics(r, c, out);
}

static void put_comment(const char *key, const char *value, FILE *out)
{
	if (value[0] == '\0')
		return;
	(void)fprintf(out, "# %s: ", key);
	put_text(value, out);
	(void)putc('\n', out);
}

static void put_head(const struct report *r, FILE *out)
{
	const struct report_target *target = &r->target;

	put_comment("assay", r->version, out);
	put_comment("command", r->command_line, out);
	put_comment("target", target->name, out);
	put_comment("worker", target->command, out);
	put_comment("kernel", target->kernel, out);
	put_comment("machine", target->machine, out);
	put_comment("libc", target->libc, out);
	for (size_t i = 0; i < target->environment_count; i++)
		put_comment("environment", target->environment[i], out);
	for (size_t i = 0; i < target->refused_count; i++) {
		(void)fputs("# not isolated: ", out);
		put_text(target->refused[i].what, out);
		(void)fputs(" (", out);
		put_text(target->refused[i].why, out);
		(void)fputs(")\n", out);
	}
	if (r->shuffled)
		(void)fprintf(out, "# seed: %lu\n", r->seed);
	if (r->shard_count > 1)
		(void)fprintf(out, "# shard: %d of %d\n", r->shard_index, r->shard_count);
}

/* The points of R, the first of which has the number after BEFORE. */
static void put_run(const struct report *r, size_t before, bool prefix, FILE *out)
{
	const struct totals totals = report_totals(r);

	put_head(r, out);
	for (size_t i = 0; i < r->case_count; i++)
		put_point(r, i, before + i + 1, prefix, out);
	for (size_t i = 0; i < r->trouble_count; i++)
		put_comment("trouble", r->troubles[i], out);
	(void)fprintf(out, "# %zu passed, %zu failed, %zu skipped\n", totals.passed,
		totals.failed, totals.skipped);
	if (r->interrupted != NULL) {
		(void)fputs("Bail out! interrupted by ", out);
		put_text(r->interrupted, out);
		(void)fprintf(out, " after %zu of %zu\n", totals.run, totals.cases);
	}
}

bool report_tap(const struct report_set *set, FILE *out, struct problem *why)
{
	size_t count = 0, before = 0;

	(void)why; /* everything can be shown */
	for (size_t i = 0; i < set->count; i++)
		count += set->runs[i].case_count;
	(void)fprintf(out, "TAP version 14\n1..%zu%s\n", count,
		count == 0 ? " # SKIP no cases" : "");
	for (size_t i = 0; i < set->count; i++) {
		put_run(&set->runs[i], before, set->count > 1, out);
		before += set->runs[i].case_count;
	}
	return true;
}

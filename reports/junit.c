/*
 * junit: the XML that Jenkins, GitLab and their like read.  A suite for each mechanism,
 * and "mechanism.dimension" as the class of a case.  Valid XML 1.0 whatever a case
 * printed.
 */
#include "report.h"

#include <string.h>

#include "glyph.h"
#include "summary.h"

static void put_char(char c, bool in_attribute, FILE *out)
{
	switch (c) {
	case '&':
		(void)fputs("&amp;", out);
		break;
	case '<':
		(void)fputs("&lt;", out);
		break;
	case '>':
		(void)fputs("&gt;", out);
		break;
	case '"':
		(void)fputs("&quot;", out);
		break;
	case '\'':
		(void)fputs("&apos;", out);
		break;
	case '\n':
	case '\t':
		/* In an attribute a reader turns the bare character into a space. */
		(void)fprintf(out, in_attribute ? "&#%d;" : "%c", c);
		break;
	default:
		(void)putc(c, out);
	}
}

/* LENGTH bytes of TEXT, or up to its end. */
static void put_part(const char *text, size_t length, bool in_attribute, FILE *out)
{
	for (size_t i = 0; i < length && text[i] != '\0';) {
		const struct glyph glyph = glyph_at(text + i);

		if (text[i] == '\n' || text[i] == '\t')
			put_char(text[i], in_attribute, out);
		else
			for (const char *at = glyph.shown; *at != '\0'; at++)
				put_char(*at, in_attribute, out);
		i += glyph.bytes;
	}
}

static void put_text(const char *text, FILE *out)
{
	put_part(text, strlen(text), false, out);
}

static void put_value(const char *text, FILE *out)
{
	put_part(text, strlen(text), true, out);
}

static void put_attribute(const char *name, const char *value, FILE *out)
{
	(void)fprintf(out, " %s=\"", name);
	put_value(value, out);
	(void)putc('"', out);
}

/* Seconds without the decimal comma of a locale. */
static void put_time(long microseconds, FILE *out)
{
	const long us = microseconds > 0 ? microseconds : 0;

	(void)fprintf(out, " time=\"%ld.%06ld\"", us / 1000000, us % 1000000);
}

static void put_property(const char *indent, const char *name, const char *value,
	FILE *out)
{
	(void)fprintf(out, "%s<property", indent);
	put_attribute("name", name, out);
	put_attribute("value", value, out);
	(void)fputs("/>\n", out);
}

/* A fact of the run, unless it has none of that name. */
static void put_fact(const char *name, const char *value, FILE *out)
{
	if (value[0] != '\0')
		put_property("   ", name, value, out);
}

static void put_run_properties(const struct report *r, FILE *out)
{
	char text[64];

	put_fact("command", r->command_line, out);
	(void)snprintf(text, sizeof(text), "%lu", r->seed);
	put_fact("seed", r->shuffled ? text : "", out);
	(void)snprintf(text, sizeof(text), "%d of %d", r->shard_index, r->shard_count);
	put_fact("shard", r->shard_count > 1 ? text : "", out);
	put_property("   ", "interrupted", r->interrupted != NULL ? r->interrupted : "",
		out);
	for (size_t i = 0; i < r->trouble_count; i++) {
		(void)snprintf(text, sizeof(text), "trouble %zu", i + 1);
		put_fact(text, r->troubles[i], out);
	}
}

static void put_properties(const struct report *r, FILE *out)
{
	const struct report_target *target = &r->target;

	(void)fputs("  <properties>\n", out);
	put_fact("assay", r->version, out);
	put_fact("target", target->name, out);
	put_fact("worker", target->command, out);
	put_fact("kernel", target->kernel, out);
	put_fact("machine", target->machine, out);
	put_fact("libc", target->libc, out);
	for (size_t i = 0; i < target->environment_count; i++)
		put_fact("environment", target->environment[i], out);
	put_fact("capabilities", target->capabilities, out);
	put_fact("block proof", target->block_proof, out);
	for (size_t i = 0; i < target->refused_count; i++) {
		(void)fputs("   <property name=\"not isolated: ", out);
		put_value(target->refused[i].what, out);
		(void)putc('"', out);
		put_attribute("value", target->refused[i].why, out);
		(void)fputs("/>\n", out);
	}
	put_run_properties(r, out);
	(void)fputs("  </properties>\n", out);
}

/* The element that a case is counted by, NULL for a pass. */
static const char *element_of(const struct report_case *c)
{
	switch (case_word(c)) {
	case WORD_PASS:
		return NULL;
	case WORD_FAIL:
	case WORD_LEAK:
	case WORD_FIXED:
	case WORD_UNSTABLE:
		return "failure";
	case WORD_UNSUPPORTED:
		/* One that the target did not announce ends the run with status 1: it
		 * must not look green. */
		return report_case_is_unexpected(c) ? "error" : "skipped";
	case WORD_KNOWN:
	case WORD_NOT_RUN:
		return "skipped";
	default:
		return "error";
	}
}

static void put_line(const char *label, const char *text, FILE *out)
{
	if (text[0] == '\0')
		return;
	(void)fprintf(out, "%s: ", label);
	put_text(text, out);
	(void)putc('\n', out);
}

static void put_details(const struct report *r, const struct report_case *c, FILE *out)
{
	char repeat[8192];

	if (case_has_site(c)) {
		(void)fputs("at: ", out);
		put_text(c->file, out);
		(void)fprintf(out, ":%d (", c->line);
		put_text(c->who, out);
		(void)fputs(")\n", out);
	}
	put_line("claim", c->claim, out);
	put_line(level_name(c->level), c->spec, out);
	put_line("got", c->got, out);
	put_line("wanted", c->wanted, out);
	for (size_t i = 0; i < c->leftover_count; i++)
		put_line("left", c->leftovers[i], out);
	report_repeat_line(r, c, repeat, sizeof(repeat));
	put_line("repeat", repeat, out);
}

static void put_outcome(const struct report *r, const struct report_case *c, FILE *out)
{
	const char *element = element_of(c);
	const struct reason reason = case_reason(r, c);

	if (element == NULL)
		return;
	(void)fprintf(out, "   <%s message=\"", element);
	put_value(reason.lead, out);
	put_value(reason.rest, out);
	(void)putc('"', out);
	if (strcmp(element, "skipped") == 0) {
		(void)fputs("/>\n", out);
		return;
	}
	put_attribute("type", report_case_word(c), out);
	(void)putc('>', out);
	put_details(r, c, out);
	(void)fprintf(out, "</%s>\n", element);
}

static void put_case(const struct report *r, const struct report_case *c, FILE *out)
{
	const struct place place = case_place(c);

	(void)fputs("  <testcase classname=\"", out);
	put_part(place.mechanism.at, place.mechanism.length, true, out);
	(void)putc('.', out);
	put_part(place.dimension.at, place.dimension.length, true, out);
	(void)fputs("\" name=\"", out);
	put_part(place.slug.at, place.slug.length, true, out);
	(void)putc('"', out);
	put_attribute("file", c->declared_file, out);
	(void)fprintf(out, " line=\"%d\"", c->declared_line);
	put_time(c->duration_us, out);
	(void)fputs(">\n", out);
	if (c->note_count > 0)
		(void)fputs("   <properties>\n", out);
	for (size_t i = 0; i < c->note_count; i++)
		put_property("    ", c->notes[i].key, c->notes[i].value, out);
	if (c->note_count > 0)
		(void)fputs("   </properties>\n", out);
	put_outcome(r, c, out);
	if (c->output[0] != '\0') {
		(void)fputs("   <system-out>", out);
		put_text(c->output, out);
		if (c->output_dropped > 0)
			(void)fprintf(out, "\n... and %zu bytes more, not kept",
				c->output_dropped);
		(void)fputs("</system-out>\n", out);
	}
	(void)fputs("  </testcase>\n", out);
}

struct suite {
	size_t first, end; /* its cases */
	size_t failures, errors, skipped;
	long duration_us;
};

static void suite_add(struct suite *suite, const struct report_case *c)
{
	const char *element = element_of(c);

	suite->duration_us += c->duration_us;
	if (element == NULL)
		return;
	suite->failures += strcmp(element, "failure") == 0;
	suite->errors += strcmp(element, "error") == 0;
	suite->skipped += strcmp(element, "skipped") == 0;
}

/* The cases from FIRST on that share a mechanism: ids are sorted, so they stand together.
 */
static struct suite suite_at(const struct report *r, size_t first)
{
	const struct part mechanism = case_place(&r->cases[first]).mechanism;
	struct suite suite = {.first = first, .end = first};

	for (; suite.end < r->case_count; suite.end++) {
		const struct report_case *c = &r->cases[suite.end];

		if (!part_is_equal(case_place(c).mechanism, mechanism))
			break;
		suite_add(&suite, c);
	}
	return suite;
}

static void put_counts(const struct suite *suite, FILE *out)
{
	(void)fprintf(out,
		" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\"",
		suite->end - suite->first, suite->failures, suite->errors,
		suite->skipped);
}

/* With PREFIX the suite is named after the target too. */
static void put_suite(const struct report *r, const struct suite *suite, bool prefix,
	FILE *out)
{
	const struct part mechanism = case_place(&r->cases[suite->first]).mechanism;

	(void)fputs(" <testsuite name=\"", out);
	if (prefix) {
		put_value(r->target.name, out);
		(void)putc(' ', out);
	}
	put_part(mechanism.at, mechanism.length, true, out);
	(void)putc('"', out);
	put_counts(suite, out);
	put_time(suite->duration_us, out);
	if (r->started[0] != '\0')
		put_attribute("timestamp", r->started, out);
	(void)fputs(">\n", out);
	put_properties(r, out);
	for (size_t i = suite->first; i < suite->end; i++)
		put_case(r, &r->cases[i], out);
	(void)fputs(" </testsuite>\n", out);
}

static void put_run(const struct report *r, bool prefix, FILE *out)
{
	for (size_t i = 0; i < r->case_count;) {
		const struct suite suite = suite_at(r, i);

		put_suite(r, &suite, prefix, out);
		i = suite.end;
	}
}

bool report_junit(const struct report_set *set, FILE *out, struct problem *why)
{
	struct suite all = {.first = 0};
	long wall_us = 0;

	(void)why; /* everything can be shown */
	for (size_t i = 0; i < set->count; i++) {
		const struct report *r = &set->runs[i];

		all.end += r->case_count;
		wall_us = r->wall_us > wall_us ? r->wall_us : wall_us;
		for (size_t k = 0; k < r->case_count; k++)
			suite_add(&all, &r->cases[k]);
	}
	(void)fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "
		    "name=\"assay\"",
		out);
	put_counts(&all, out);
	put_time(wall_us, out);
	(void)fputs(">\n", out);
	for (size_t i = 0; i < set->count; i++)
		put_run(&set->runs[i], set->count > 1, out);
	(void)fputs("</testsuites>\n", out);
	return true;
}

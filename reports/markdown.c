/*
 * markdown: a run, or what changed, for the summary page of a CI job and for pull requests.
 * It stays far below the megabyte that such a page may have; what a target said is escaped,
 * so that it is text wherever it stands.
 */
#include <string.h>

#include "comparison.h"
#include "glyph.h"
#include "report.h"
#include "summary.h"
#include "verdict.h"

enum {
	LISTED = 200,     /* cases in one list */
	TEXT_BYTES = 400, /* of one line about a case */
};

/* COUNT bytes of TEXT, or up to its end.  Marks become entities: no page makes a link, a
 * mention or an element of them. */
static void put_part(const char *text, size_t count, FILE *out)
{
	const char *end = text + strnlen(text, count);

	while (text < end) {
		const struct glyph glyph = glyph_at(text);
		const char *shown = glyph.is_plain ? glyph.shown : "";

		if (!glyph.is_plain)
			for (const char *at = glyph.shown; *at != '\0'; at++)
				(void)fprintf(out, *at == '\\' ? "&#92;" : "%c", *at);
		else if (shown[0] != '\0' && strchr("\\`*_{}[]<>#|!@&~$^", shown[0]))
			(void)fprintf(out, "&#%d;", shown[0]);
		else
			(void)fputs(shown, out);
		text += glyph.bytes;
	}
}

static void put(const char *text, FILE *out)
{
	put_part(text, TEXT_BYTES, out);
	if (strlen(text) > TEXT_BYTES)
		(void)fputs("...", out);
}

static void put_code(const char *text, FILE *out)
{
	(void)fputs("<code>", out);
	put(text, out);
	(void)fputs("</code>", out);
}

static void put_counts(const struct totals *totals, FILE *out)
{
	const char *separator = "";

	for (int word = 0; word < WORD_COUNT; word++) {
		if (totals->words[word] == 0)
			continue;
		(void)fprintf(out, "%s%zu %s", separator, totals->words[word],
			word_name((enum word)word));
		separator = ", ";
	}
	if (totals->cases == 0)
		(void)fputs("no case", out);
}

static void put_target(const struct report *r, FILE *out)
{
	const struct totals totals = report_totals(r);
	char text[512], wall[32];

	comparison_side_text(r, text, sizeof(text));
	duration_text(r->wall_us, wall, sizeof(wall));
	(void)fprintf(out, "| %s | ",
		totals.failed > 0 || r->interrupted != NULL || totals.cases == 0
			? ":x:"
			: ":white_check_mark:");
	put(text, out);
	(void)fputs(" | ", out);
	put_counts(&totals, out);
	(void)fprintf(out, " | %s |\n", wall);
}

static void put_case(const struct report *r, const struct report_case *c, FILE *out)
{
	const struct reason reason = case_reason(r, c);
	char repeat[1024];

	report_repeat_line(r, c, repeat, sizeof(repeat));
	(void)fprintf(out, "- **%s** ", report_case_word(c));
	put_code(c->id, out);
	(void)fputs(": ", out);
	put(reason.lead, out);
	put(reason.rest, out);
	(void)fputs("<br>", out);
	put(c->claim, out);
	(void)fputs(" (", out);
	put(c->spec, out);
	(void)fputs(")<br>", out);
	put_code(repeat, out);
	(void)fputs("\n", out);
}

static void put_unexpected(const struct report *r, FILE *out)
{
	size_t count = 0;

	for (size_t i = 0; i < r->case_count; i++) {
		if (!report_case_is_unexpected(&r->cases[i]))
			continue;
		if (count++ == 0) {
			(void)fputs("\n#### Unexpected on ", out);
			put(r->target.name, out);
			(void)fputs("\n\n", out);
		}
		if (count <= LISTED)
			put_case(r, &r->cases[i], out);
	}
	if (count > LISTED)
		(void)fprintf(out, "- and %zu more\n", count - LISTED);
	for (size_t i = 0; i < r->trouble_count && i < LISTED; i++) {
		(void)fputs(i == 0 ? "\nTrouble: " : "<br>", out);
		put(r->troubles[i], out);
	}
	if (r->trouble_count > 0)
		(void)fputs("\n", out);
}

static void put_differences(const struct comparison *comparison, FILE *out)
{
	size_t listed = 0;

	for (size_t i = 0; i < comparison->count; i++) {
		const struct difference *difference = &comparison->differences[i];
		char text[2 * TEXT_BYTES];

		if (++listed > LISTED)
			break;
		difference_text(difference, text, sizeof(text));
		(void)fprintf(out, "| %s%s%s | ", difference->is_bad ? "**" : "",
			change_name(difference->change), difference->is_bad ? "**" : "");
		put_code(difference_id(difference), out);
		(void)fputs(" | ", out);
		put(text, out);
		(void)fputs(" |\n", out);
	}
	if (comparison->count > LISTED)
		(void)fprintf(out, "| | and %zu more | |\n", comparison->count - LISTED);
}

static void put_comparison(const struct comparison *comparison, FILE *out)
{
	char text[512];

	(void)fputs("\nOld: ", out);
	if (comparison->old != NULL)
		comparison_side_text(comparison->old, text, sizeof(text));
	put(comparison->old != NULL ? text : "nothing", out);
	(void)fputs("<br>New: ", out);
	comparison_side_text(comparison->new, text, sizeof(text));
	put(text, out);
	(void)fprintf(out, "<br>%zu equal, %zu different, %zu bad\n\n", comparison->same,
		comparison->count, comparison->bad);
	if (comparison->count == 0)
		return;
	(void)fputs("| change | case | what |\n|---|---|---|\n", out);
	put_differences(comparison, out);
}

bool comparison_markdown(const struct comparison_set *set, FILE *out, struct problem *why)
{
	(void)why; /* everything can be shown */
	(void)fputs("### ", out);
	put(set->title, out);
	(void)fputs("\n", out);
	for (size_t i = 0; i < set->count; i++)
		put_comparison(&set->all[i], out);
	return true;
}

bool report_markdown(const struct report_set *set, FILE *out, struct problem *why)
{
	(void)fputs("### assay: inter-process communication\n\n"
		    "| | target | cases | time |\n|---|---|---|---|\n",
		out);
	for (size_t i = 0; i < set->count; i++)
		put_target(&set->runs[i], out);
	for (size_t i = 0; i < set->count; i++)
		put_unexpected(&set->runs[i], out);
	if (set->changes == NULL)
		return true;
	(void)fputs("\n", out);
	return comparison_markdown(set->changes, out, why);
}

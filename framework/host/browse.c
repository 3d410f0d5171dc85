#include "browse.h"

#include "memory.h"
#include "report.h"
#include "text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { ID_COLUMNS_MAX = 60 };

static const struct catalog_case *chosen(const struct catalog *catalog,
	const struct plan *plan, size_t i)
{
	return &catalog->cases[plan->cases[i]];
}

static size_t longest_id(const struct catalog *catalog, const struct plan *plan)
{
	size_t longest = 0;

	for (size_t i = 0; i < plan->count; i++) {
		const size_t length = strlen(chosen(catalog, plan, i)->id);

		if (length > longest && length <= ID_COLUMNS_MAX)
			longest = length;
	}
	return longest;
}

/* The bytes of the first COUNT characters of TEXT, or all. */
static size_t bytes_of(const char *text, size_t count)
{
	const size_t length = strlen(text);
	size_t bytes = 0;

	for (; count > 0 && bytes < length; count--)
		bytes += utf8_length(text + bytes, length - bytes);
	return bytes;
}

void browse_list(const struct catalog *catalog, const struct plan *plan, int columns,
	FILE *out)
{
	const size_t width = longest_id(catalog, plan);

	for (size_t i = 0; i < plan->count; i++) {
		const struct catalog_case *c = chosen(catalog, plan, i);
		const size_t length = strlen(c->id);
		const size_t used = (length > width ? length : width) + 2;
		const size_t room = (size_t)columns > used ? (size_t)columns - used : 0;
		const size_t shown =
			columns == 0 ? strlen(c->claim) : bytes_of(c->claim, room);

		if (shown > 0)
			(void)fprintf(out, "%-*s  %.*s\n", (int)width, c->id, (int)shown,
				c->claim);
		else
			(void)fprintf(out, "%s\n", c->id);
	}
}

static json_t *needs_of(const struct catalog_case *c)
{
	json_t *needs = json_array();

	for (size_t i = 0; i < c->need_count; i++)
		(void)json_array_append_new(needs, json_string(c->needs[i]));
	return needs;
}

void browse_list_json(const struct catalog *catalog, const struct plan *plan, FILE *out)
{
	(void)fputs("[", out);
	for (size_t i = 0; i < plan->count; i++) {
		const struct catalog_case *c = chosen(catalog, plan, i);
		json_t *object = json_pack("{ss ss ss ss so si ss ss si}", "id", c->id,
			"claim", c->claim, "level", level_name(c->level), "spec", c->spec,
			"needs", needs_of(c), "deadline_ms", c->deadline_ms, "alone",
			c->alone, "file", c->file, "line", c->line);

		if (object == NULL)
			abort(); /* no memory: the texts are valid UTF-8 */
		(void)fputs(i > 0 ? ",\n" : "\n", out);
		(void)json_dumpf(object, out,
			JSON_COMPACT); /* an error stays in ferror() */
		json_decref(object);
	}
	(void)fputs("\n]\n", out);
}

static void show_case(const struct catalog_case *c, const struct target *target,
	FILE *out)
{
	const struct report_case about = {.id = c->id};
	char line[8192];
	char *needs = catalog_needs(c);
	struct report report = {.target.name = memory_text(target->name)};

	report.target.valgrind = memory_text("");
	report.target.command =
		memory_text(target->command != NULL ? target->command : "");
	report_repeat_line(&report, &about, line, sizeof(line));
	(void)fprintf(out, "%s\n", c->id);
	(void)fprintf(out, "  claim     %s\n", c->claim);
	(void)fprintf(out, "  level     %s\n", level_name(c->level));
	(void)fprintf(out, "  source    %s\n", c->spec);
	(void)fprintf(out, "  needs     %s\n",
		needs[0] != '\0' ? needs : "nothing special");
	(void)fprintf(out, "  deadline  %d ms\n", c->deadline_ms);
	if (c->alone[0] != '\0')
		(void)fprintf(out, "  alone     one at a time per user: %s\n", c->alone);
	(void)fprintf(out, "  written   %s:%d\n", c->file, c->line);
	(void)fprintf(out, "  repeat    %s\n", line);
	free(report.target.name);
	free(report.target.command);
	free(report.target.valgrind);
	free(needs);
}

void browse_show(const struct catalog *catalog, const struct plan *plan,
	const struct target *target, FILE *out)
{
	for (size_t i = 0; i < plan->count; i++) {
		if (i > 0)
			(void)fputc('\n', out);
		show_case(chosen(catalog, plan, i), target, out);
	}
}

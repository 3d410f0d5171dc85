#include "catalog.h"

#include "field.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

bool catalog_id_is_valid(const char *text)
{
	const size_t length = strlen(text);

	for (size_t i = 0; i < length; i++)
		if (text[i] <= ' ' || text[i] > '~')
			return false;
	return length >= 1 && length <= CATALOG_ID_BYTES;
}

static void free_case(struct catalog_case *c)
{
	for (size_t i = 0; i < c->need_count; i++)
		free(c->needs[i]);
	free(c->needs);
	free(c->id);
	free(c->claim);
	free(c->spec);
	free(c->alone);
	free(c->file);
}

static bool read_level(const json_t *message, enum level *out, struct problem *why)
{
	const char *name = json_string_value(json_object_get(message, "level"));

	if (name == NULL || !level_find(name, out))
		return problem_set(why, "'%.40s' is no level", name != NULL ? name : "");
	return true;
}

static bool read_case(const json_t *message, struct catalog_case *c, struct problem *why)
{
	if (!field_raw_text(message, "id", &c->id, why))
		return false;
	if (!catalog_id_is_valid(c->id))
		return problem_set(why, "field 'id' is no id");
	if (!field_text(message, "claim", &c->claim, why) ||
		!read_level(message, &c->level, why) ||
		!field_text(message, "spec", &c->spec, why) ||
		!field_texts(message, "needs", &c->needs, &c->need_count, why) ||
		!field_text(message, "alone", &c->alone, why) ||
		!field_text(message, "file", &c->file, why) ||
		!field_number(message, "line", &c->line, why) ||
		!field_number(message, "deadline_ms", &c->deadline_ms, why))
		return problem_prefix(why, "case %s", c->id);
	if (c->deadline_ms == 0)
		c->deadline_ms = CATALOG_DEADLINE_MS;
	return true;
}

bool catalog_add(struct catalog *catalog, const json_t *message, struct problem *why)
{
	struct catalog_case c = {0};

	if (catalog->count == CATALOG_CASES_MAX)
		return problem_set(why, "it lists more than %d cases", CATALOG_CASES_MAX);
	if (!read_case(message, &c, why)) {
		free_case(&c);
		return false;
	}
	catalog->cases = memory_append(catalog->cases, catalog->count, sizeof(c));
	catalog->cases[catalog->count++] = c;
	return true;
}

static int by_id(const void *left, const void *right)
{
	const struct catalog_case *a = left, *b = right;

	return strcmp(a->id, b->id);
}

bool catalog_close(struct catalog *catalog, struct problem *why)
{
	if (catalog->count > 0)
		qsort(catalog->cases, catalog->count, sizeof(catalog->cases[0]), by_id);
	for (size_t i = 1; i < catalog->count; i++)
		if (by_id(&catalog->cases[i - 1], &catalog->cases[i]) == 0)
			return problem_set(why, "it lists %s twice",
				catalog->cases[i].id);
	return true;
}

size_t catalog_find(const struct catalog *catalog, const char *id)
{
	size_t low = 0, high = catalog->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = strcmp(catalog->cases[middle].id, id);

		if (order == 0)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return catalog->count;
}

char *catalog_needs(const struct catalog_case *c)
{
	char *all = memory_text("");

	for (size_t i = 0; i < c->need_count; i++) {
		char *longer =
			memory_format("%s%s%s", all, i > 0 ? ", " : "", c->needs[i]);

		free(all);
		all = longer;
	}
	return all;
}

void catalog_free(struct catalog *catalog)
{
	for (size_t i = 0; i < catalog->count; i++)
		free_case(&catalog->cases[i]);
	free(catalog->cases);
	*catalog = (struct catalog){0};
}

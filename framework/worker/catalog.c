#include "catalog.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Weak: a worker without a single case links, and says so (exit status 3). */
extern const struct case_entry *const __start_assay_cases[] __attribute__((weak));
extern const struct case_entry *const __stop_assay_cases[] __attribute__((weak));

static struct catalog_case *cases;
static size_t case_count;

static size_t rows_of(const struct case_entry *entry)
{
	return entry->rows ? entry->row_count : 1;
}

static bool fill_in(struct catalog_case *slot, const struct case_entry *entry, size_t row,
	struct problem *why)
{
	const char *name = NULL;

	slot->entry = entry;
	if (entry->rows) {
		slot->row = (const char *)entry->rows + row * entry->row_size;
		name = *(const char *const *)slot->row;
	}
	const int length =
		snprintf(slot->id, sizeof(slot->id), "%s/%s/%s%s%s", entry->mechanism,
			entry->dimension, entry->slug, name ? "." : "", name ? name : "");
	if (length < 0 || (size_t)length >= sizeof(slot->id))
		return problem_set(why, "%s:%d: the id is longer than %zu bytes",
			entry->file, entry->line, sizeof(slot->id) - 1);
	for (char *c = slot->id; *c; c++)
		if (*c == '_')
			*c = '-';
	return true;
}

static int by_id(const void *left, const void *right)
{
	return strcmp(((const struct catalog_case *)left)->id,
		((const struct catalog_case *)right)->id);
}

bool catalog_load(struct problem *why)
{
	const struct case_entry *const *at;

	for (at = __start_assay_cases;
		at && (uintptr_t)at < (uintptr_t)__stop_assay_cases; at++)
		case_count += rows_of(*at);
	cases = calloc(case_count ? case_count : 1, sizeof(*cases));
	if (!cases)
		return problem_set(why, "out of memory");
	size_t used = 0;
	for (at = __start_assay_cases;
		at && (uintptr_t)at < (uintptr_t)__stop_assay_cases; at++)
		for (size_t row = 0; row < rows_of(*at); row++)
			if (!fill_in(&cases[used++], *at, row, why))
				return false;
	qsort(cases, case_count, sizeof(*cases), by_id);
	for (size_t i = 1; i < case_count; i++)
		if (strcmp(cases[i - 1].id, cases[i].id) == 0)
			return problem_set(why, "%s:%d and %s:%d are both called %s",
				cases[i - 1].entry->file, cases[i - 1].entry->line,
				cases[i].entry->file, cases[i].entry->line, cases[i].id);
	return true;
}

size_t catalog_count(void)
{
	return case_count;
}

const struct catalog_case *catalog_at(size_t index)
{
	return &cases[index];
}

const struct catalog_case *catalog_find(const char *id)
{
	size_t low = 0, high = case_count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = strcmp(id, cases[middle].id);
		if (order == 0)
			return &cases[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

int catalog_deadline_ms(const struct case_entry *entry)
{
	if (entry->deadline_ms)
		return entry->deadline_ms;
	/* Hundreds of points, each of which may have to wait for a processor. */
	return entry->victim ? 20000 : 5000;
}

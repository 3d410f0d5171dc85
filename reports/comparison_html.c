/*
 * comparison_html: the page of html.c over the runs of a comparison, side by side, with what is
 * different at its top.
 */
#include "comparison.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 256 };

/* The runs to be shown: copies that share all but the name of their target. */
struct page {
	struct report *runs;
	char (*names)[NAME_BYTES];
	size_t count;
};

/* Adds RUN, unless there is none. */
static void add(struct page *page, const struct report *run, const char *side)
{
	if (run == NULL)
		return;
	(void)snprintf(page->names[page->count], NAME_BYTES, "%s%s", run->target.name,
		side);
	page->runs[page->count] = *run;
	page->runs[page->count].target.name = page->names[page->count];
	page->count++;
}

/* A run that several are held against is shown once; what has one name at two times is told
 * apart. */
static void collect(struct page *page, const struct comparison_set *set)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct report *const old = set->all[i].old,
					   *const new = set->all[i].new;
		const bool is_same =
			old != NULL && strcmp(old->target.name, new->target.name) == 0;

		if (i == 0 || old != set->all[i - 1].old)
			add(page, old, is_same ? ", old" : "");
		add(page, new, is_same ? ", new" : "");
	}
}

bool comparison_html(const struct comparison_set *set, FILE *out, struct problem *why)
{
	const size_t most = 2 * set->count + 1;
	struct page page = {
		.runs = calloc(most, sizeof(*page.runs)),
		.names = calloc(most, sizeof(*page.names)),
	};
	bool done = false;

	if (page.runs == NULL || page.names == NULL) {
		(void)problem_set(why, "no memory for the comparison");
	} else {
		collect(&page, set);
		const struct report_set runs = {
			.runs = page.runs, .count = page.count, .changes = set};
		done = report_html(&runs, out, why);
	}
	free(page.runs);
	free(page.names);
	return done;
}

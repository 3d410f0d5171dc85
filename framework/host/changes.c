#include "changes.h"

#include "compare.h"
#include "memory.h"
#include "result.h"
#include "stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool changes_open(struct changes *out, const char *path, struct problem *why)
{
	*out = (struct changes){.path = path};
	return path == NULL ||
		stored_read(path, &out->baseline, &out->baseline_count, why);
}

/* Takes from RUN of the baseline the cases that PART has and was not asked to run. */
static void leave_out_unchosen(struct report *run, const struct part *part)
{
	const struct catalog *catalog = &part->session.catalog;
	size_t kept = 0;

	for (size_t i = 0; i < run->case_count; i++) {
		const char *id = run->cases[i].id;
		const bool is_here = catalog_find(catalog, id) < catalog->count;

		if (is_here && !report_has(part->report, id))
			result_free(&run->cases[i]);
		else
			run->cases[kept++] = run->cases[i];
	}
	run->case_count = kept;
}

static bool hold_against_baseline(struct changes *changes, const struct part *parts,
	const struct report_set *set, struct problem *why)
{
	const struct report_set baseline = {
		.runs = changes->baseline, .count = changes->baseline_count};
	const bool are_single = baseline.count == 1 && set->count == 1;
	const struct report *gone = NULL;

	for (size_t i = 0; i < set->count; i++)
		for (size_t k = 0; k < baseline.count; k++)
			if (are_single ||
				strcmp(baseline.runs[k].target.name,
					parts[i].target->name) == 0)
				leave_out_unchosen(&changes->baseline[k], &parts[i]);
	changes->title = memory_format("Against the baseline %s", changes->path);
	if (!compare_runs(&baseline, set, &changes->found, &gone, why))
		return false;
	if (gone != NULL)
		(void)fprintf(stderr, "assay: target %s is only in the baseline\n",
			gone->target.name);
	changes->has_lost_target = gone != NULL;
	return true;
}

bool changes_find(struct changes *changes, const struct part *parts,
	struct report_set *set, struct problem *why)
{
	bool done = true;

	if (changes->path != NULL) {
		done = hold_against_baseline(changes, parts, set, why);
	} else if (set->count > 1) {
		changes->title = memory_format("Against %s", parts[0].target->name);
		done = compare_targets(set, &changes->found, why);
	} else {
		return true;
	}
	changes->found.title = changes->title;
	changes->found.is_judged = changes->path != NULL;
	set->changes = &changes->found;
	return done;
}

bool changes_are_bad(const struct changes *changes)
{
	return changes->has_lost_target || comparison_set_is_bad(&changes->found);
}

void changes_free(struct changes *changes)
{
	comparison_set_free(&changes->found);
	stored_free(changes->baseline, changes->baseline_count);
	free(changes->title);
	*changes = (struct changes){.path = NULL};
}

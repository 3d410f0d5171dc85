#include "merge.h"

#include "memory.h"
#include "outputs.h"
#include "perform.h"
#include "screen.h"
#include "stored.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One file. */
struct shard_file {
	const char *path;
	struct report *runs;
	size_t count;
};

struct merge {
	struct shard_file *files;
	size_t count;
};

/* A fact that all shards of a run share. */
struct fact {
	const char *name, *left, *right;
};

static bool check_facts(const struct shard_file *file, const struct report *left,
	const struct report *right, struct problem *why)
{
	const struct fact facts[] = {
		{"target", left->target.name, right->target.name},
		{"kernel", left->target.kernel, right->target.kernel},
		{"machine", left->target.machine, right->target.machine},
		{"C library", left->target.libc, right->target.libc},
		{"worker", left->target.assay, right->target.assay},
		{"assay", left->version, right->version},
	};

	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		if (strcmp(facts[i].left, facts[i].right) != 0)
			return problem_set(why, "%s is of another run: %s '%s', not '%s'",
				file->path, facts[i].name, facts[i].right, facts[i].left);
	if (left->shard_count != right->shard_count)
		return problem_set(why, "%s is of another run: a shard of %d, not of %d",
			file->path, right->shard_count, left->shard_count);
	return left->repeat == right->repeat ||
		problem_set(why, "%s is of another run: each case %d times, not %d",
			file->path, right->repeat, left->repeat);
}

/* Every shard once, each of the same run with the same targets. */
static bool check_files(const struct merge *merge, struct problem *why)
{
	const struct shard_file *first = &merge->files[0];
	const int shards = first->runs[0].shard_count;
	const char **paths = memory_new((size_t)shards, sizeof(*paths));
	bool done = true;

	for (size_t i = 0; done && i < merge->count; i++) {
		const struct shard_file *file = &merge->files[i];
		const char **place = NULL;

		if (file->count != first->count)
			done = problem_set(why,
				"%s is of another run: %zu targets, not %zu", file->path,
				file->count, first->count);
		for (size_t k = 0; done && k < file->count; k++)
			done = check_facts(file, &first->runs[k], &file->runs[k], why);
		if (!done)
			break;
		place = &paths[file->runs[0].shard_index - 1];
		if (*place != NULL)
			done = problem_set(why, "%s and %s are both shard %d of %d",
				*place, file->path, file->runs[0].shard_index, shards);
		*place = file->path;
	}
	for (int i = 0; done && i < shards; i++)
		if (paths[i] == NULL)
			done = problem_set(why, "shard %d of %d is missing", i + 1,
				shards);
	free(paths);
	return done;
}

static int by_id(const void *left, const void *right)
{
	const struct report_case *a = left, *b = right;

	return strcmp(a->id, b->id);
}

static void move_texts(char ***to, size_t *to_count, char **from, size_t *from_count)
{
	for (size_t i = 0; i < *from_count; i++) {
		*to = memory_append(*to, *to_count, sizeof(**to));
		(*to)[(*to_count)++] = from[i];
	}
	*from_count = 0;
}

/* Moves what FROM holds to the end of INTO. */
static void join(struct report *into, struct report *from)
{
	into->cases = memory_resize(into->cases, into->case_count + from->case_count + 1,
		sizeof(into->cases[0]));
	if (from->case_count > 0)
		memcpy(into->cases + into->case_count, from->cases,
			from->case_count * sizeof(from->cases[0]));
	into->case_count += from->case_count;
	from->case_count = 0;
	move_texts(&into->troubles, &into->trouble_count, from->troubles,
		&from->trouble_count);
	into->wall_us = from->wall_us > into->wall_us ? from->wall_us : into->wall_us;
	into->workers += from->workers;
	if (into->interrupted == NULL)
		into->interrupted = from->interrupted;
}

/* Sizes of shards differ by one case at most, the first ones having more. */
static bool check_sizes(const struct merge *merge, size_t run, struct problem *why)
{
	const size_t shards = merge->count;
	size_t all = 0;

	for (size_t i = 0; i < shards; i++)
		all += merge->files[i].runs[run].case_count;
	for (size_t i = 0; i < shards; i++) {
		const struct report *r = &merge->files[i].runs[run];
		const size_t fitting =
			all / shards + ((size_t)r->shard_index <= all % shards);

		if (r->case_count != fitting)
			return problem_set(why,
				"%s has %zu cases, shard %d of %zu would have %zu: "
				"the shards are of different choices",
				merge->files[i].path, r->case_count, r->shard_index,
				shards, fitting);
	}
	return true;
}

static bool join_all(struct merge *merge, struct problem *why)
{
	struct shard_file *first = &merge->files[0];

	for (size_t run = 0; run < first->count; run++) {
		struct report *r = &first->runs[run];

		if (!check_sizes(merge, run, why))
			return false;
		for (size_t i = 1; i < merge->count; i++)
			join(r, &merge->files[i].runs[run]);
		r->shard_index = r->shard_count = 1;
		if (r->case_count > 0)
			qsort(r->cases, r->case_count, sizeof(r->cases[0]), by_id);
		for (size_t i = 1; i < r->case_count; i++)
			if (by_id(&r->cases[i - 1], &r->cases[i]) == 0)
				return problem_set(why, "%s is in two shards",
					r->cases[i].id);
	}
	return true;
}

static int status_of(const struct report_set *set)
{
	for (size_t i = 0; i < set->count; i++) {
		if (set->runs[i].interrupted != NULL)
			return STATUS_UNABLE;
		for (size_t k = 0; k < set->runs[i].case_count; k++)
			if (report_case_is_unexpected(&set->runs[i].cases[k]))
				return STATUS_UNEXPECTED;
	}
	return STATUS_RIGHT;
}

/* What a run prints as it goes on, and then its reports. */
static bool write_all(const struct report_set *set, const struct options *options,
	struct problem *why)
{
	const struct report_style style = {
		.color = screen_has_color(STDOUT_FILENO, options->color),
		.quiet = options->quiet,
		.verbose = options->verbose,
		.columns = screen_columns(STDOUT_FILENO),
	};

	for (size_t i = 0; outputs_has_terminal(options) && i < set->count; i++)
		for (size_t k = 0; k < set->runs[i].case_count; k++)
			if (report_case_is_unexpected(&set->runs[i].cases[k]))
				report_terminal_case(&set->runs[i],
					&set->runs[i].cases[k], &style, stdout);
	return outputs_write_files(options, set, why) &&
		outputs_write_stdout(options, set, &style, why);
}

static int merge_files(struct merge *merge, const struct options *options,
	struct problem *why)
{
	for (size_t i = 0; i < merge->count; i++) {
		struct shard_file *file = &merge->files[i];

		file->path = options->patterns[i];
		if (!stored_read(file->path, &file->runs, &file->count, why))
			return STATUS_USAGE;
	}
	if (!check_files(merge, why) || !join_all(merge, why))
		return STATUS_USAGE;
	const struct report_set set = {
		.runs = merge->files[0].runs, .count = merge->files[0].count};
	if (!outputs_check(options, why) || !write_all(&set, options, why))
		return STATUS_UNABLE;
	return status_of(&set);
}

int merge_main(const struct options *options, struct problem *why)
{
	struct merge merge = {
		.files = memory_new(options->pattern_count, sizeof(*merge.files)),
		.count = options->pattern_count,
	};
	const int status = merge_files(&merge, options, why);

	for (size_t i = 0; i < merge.count; i++)
		stored_free(merge.files[i].runs, merge.files[i].count);
	free(merge.files);
	return status;
}

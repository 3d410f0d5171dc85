#include "compare.h"

#include "memory.h"
#include "outputs.h"
#include "perform.h"
#include "screen.h"
#include "stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct report *counterpart(const struct report_set *set, const char *name)
{
	for (size_t i = 0; i < set->count; i++)
		if (strcmp(set->runs[i].target.name, name) == 0)
			return &set->runs[i];
	return NULL;
}

static bool add(struct comparison_set *out, const struct report *old,
	const struct report *new, struct problem *why)
{
	return comparison_make(old, new, &out->all[out->count++], why);
}

bool compare_runs(const struct report_set *old, const struct report_set *new,
	struct comparison_set *out, const struct report **gone, struct problem *why)
{
	const bool are_single = old->count == 1 && new->count == 1;
	bool done = true;

	*gone = NULL;
	*out = (struct comparison_set){.all = memory_new(new->count, sizeof(*out->all))};
	for (size_t i = 0; done && i < new->count; i++)
		done = add(out,
			are_single ? &old->runs[0]
				   : counterpart(old, new->runs[i].target.name),
			&new->runs[i], why);
	for (size_t i = 0; !are_single && *gone == NULL && i < old->count; i++)
		if (counterpart(new, old->runs[i].target.name) == NULL)
			*gone = &old->runs[i];
	return done;
}

bool compare_targets(const struct report_set *set, struct comparison_set *out,
	struct problem *why)
{
	bool done = true;

	*out = (struct comparison_set){.all = memory_new(set->count, sizeof(*out->all))};
	for (size_t i = 1; done && i < set->count; i++)
		done = add(out, &set->runs[0], &set->runs[i], why);
	return done;
}

/* Renders SET as OUTPUT wants it, into its file or to standard output. */
static bool write_output(const struct comparison_set *set, const struct output *output,
	const struct report_style *style, struct problem *why)
{
	const comparison_function format = comparison_format(output->format);
	char *bytes = NULL;
	size_t size = 0;
	FILE *out = output->path != NULL ? open_memstream(&bytes, &size) : stdout;

	if (out == NULL)
		return problem_set(why, "no memory for the comparison");
	bool done = format != NULL ? format(set, out, why)
				   : comparison_terminal(set, style, out, why);
	if (output->path == NULL)
		return done;
	done = fclose(out) == 0 && done &&
		report_bytes_to_file(bytes, size, output->path, why);
	free(bytes);
	return done;
}

static bool write_all(const struct comparison_set *set, const struct options *options,
	struct problem *why)
{
	static char terminal[] = "terminal";
	const struct output usual = {.format = terminal};
	const struct report_style style = {
		.color = screen_has_color(STDOUT_FILENO, options->color),
		.quiet = options->quiet,
		.verbose = options->verbose,
		.columns = screen_columns(STDOUT_FILENO),
	};
	bool done = true;

	for (size_t i = 0; done && i < options->output_count; i++)
		done = write_output(set, &options->outputs[i], &style, why);
	if (options->output_count == 0)
		done = write_output(set, &usual, &style, why);
	return done && outputs_flush_stdout(why);
}

/* What was read, and what came of comparing it. */
struct files {
	struct report *old, *new;
	struct report_set old_set, new_set;
};

static bool read_files(const struct options *options, struct files *files,
	struct problem *why)
{
	size_t old = 0, new = 0;
	const bool done = stored_read(options->patterns[0], &files->old, &old, why) &&
		(options->pattern_count == 1 ||
			stored_read(options->patterns[1], &files->new, &new, why));

	files->old_set = (struct report_set){.runs = files->old, .count = old};
	files->new_set = (struct report_set){.runs = files->new, .count = new};
	if (done && options->pattern_count == 1 && old < 2)
		return problem_set(why,
			"%s holds one run: compare it with what other file?",
			options->patterns[0]);
	return done;
}

static int compare(const struct options *options, const struct files *files,
	struct problem *why)
{
	struct comparison_set set = {.count = 0};
	const struct report *gone = NULL;
	char *title = options->pattern_count == 1
		? memory_format("The targets of %s against %s", options->patterns[0],
			  files->old[0].target.name)
		: memory_format("%s against %s", options->patterns[1],
			  options->patterns[0]);
	bool done = options->pattern_count == 1
		? compare_targets(&files->old_set, &set, why)
		: compare_runs(&files->old_set, &files->new_set, &set, &gone, why);

	set.title = title;
	done = done && write_all(&set, options, why);
	if (done && gone != NULL)
		(void)fprintf(stderr, "assay: target %s is only in %s\n",
			gone->target.name, options->patterns[0]);
	const bool is_bad = comparison_set_is_bad(&set) || gone != NULL;
	comparison_set_free(&set);
	free(title);
	if (!done)
		return STATUS_UNABLE;
	return is_bad ? STATUS_UNEXPECTED : STATUS_RIGHT;
}

int compare_main(const struct options *options, struct problem *why)
{
	struct files files = {.old = NULL};
	int status = STATUS_USAGE;

	if (read_files(options, &files, why))
		status = outputs_check(options, why) ? compare(options, &files, why)
						     : STATUS_UNABLE;
	stored_free(files.old, files.old_set.count);
	stored_free(files.new, files.new_set.count);
	return status;
}

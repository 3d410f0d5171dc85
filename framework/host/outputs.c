#include "outputs.h"

#include "memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_terminal(const struct output *output)
{
	return strcmp(output->format, "terminal") == 0;
}

/* The format other than terminal that goes to standard output, or NULL. */
static const struct output *to_stdout(const struct options *options)
{
	for (size_t i = 0; i < options->output_count; i++)
		if (options->outputs[i].path == NULL &&
			!is_terminal(&options->outputs[i]))
			return &options->outputs[i];
	return NULL;
}

bool outputs_has_terminal(const struct options *options)
{
	bool has_file = false;

	for (size_t i = 0; i < options->output_count; i++) {
		const struct output *output = &options->outputs[i];

		if (is_terminal(output) && output->path == NULL)
			return true;
		has_file = has_file || is_terminal(output);
	}
	return !has_file && to_stdout(options) == NULL;
}

/* A file is replaced by renaming, which its directory must allow. */
static bool check_directory(const char *path, struct problem *why)
{
	const char *slash = strrchr(path, '/');
	char *directory = slash == NULL ? memory_text(".")
		: slash == path         ? memory_text("/")
				: memory_format("%.*s", (int)(slash - path), path);
	const int error = access(directory, W_OK | X_OK) == 0 ? 0 : errno;

	if (error != 0)
		problem_set(why, "cannot write %s: %s: %s", path, directory,
			strerror(error));
	free(directory);
	return error == 0;
}

bool outputs_check_file(const char *path, struct problem *why)
{
	struct stat about;

	if (stat(path, &about) != 0)
		return check_directory(path, why);
	if (S_ISDIR(about.st_mode))
		return problem_set(why, "cannot write %s: %s", path, strerror(EISDIR));
	if (S_ISREG(about.st_mode))
		return check_directory(path, why);
	return access(path, W_OK) == 0 ||
		problem_set(why, "cannot write %s: %s", path, strerror(errno));
}

bool outputs_check(const struct options *options, struct problem *why)
{
	for (size_t i = 0; i < options->output_count; i++)
		if (options->outputs[i].path != NULL &&
			!outputs_check_file(options->outputs[i].path, why))
			return false;
	return true;
}

bool outputs_write_files(const struct options *options, const struct report_set *set,
	struct problem *why)
{
	bool done = true;

	for (size_t i = 0; i < options->output_count; i++) {
		const struct output *output = &options->outputs[i];
		struct problem problem;

		if (output->path == NULL ||
			report_to_file(set, report_format(output->format), output->path,
				&problem))
			continue;
		if (done)
			*why = problem;
		done = false;
	}
	return done;
}

bool outputs_flush_stdout(struct problem *why)
{
	/* An earlier failure left its mark; its error number is gone by now. */
	const bool was_lost = ferror(stdout) != 0;
	if (fflush(stdout) != 0)
		return problem_set(why, "cannot write standard output: %s",
			strerror(errno));
	return !was_lost || problem_set(why, "cannot write standard output");
}

bool outputs_write_stdout(const struct options *options, const struct report_set *set,
	const struct report_style *style, struct problem *why)
{
	const struct output *output = to_stdout(options);

	if (output != NULL && !report_format(output->format)(set, stdout, why))
		return false;
	if (outputs_has_terminal(options) && !report_terminal(set, style, stdout, why))
		return false;
	return outputs_flush_stdout(why);
}

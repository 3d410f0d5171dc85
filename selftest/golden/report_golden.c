/*
 * report-golden: prints one rich report in a format, or writes it to a file, or reads a
 * JSON file back.  selftest/golden/reports.sh compares what it prints.
 *
 *   report-golden FORMAT [calm]      terminal, terminal-color, terminal-quiet,
 *                                    terminal-verbose, terminal-narrow, json, tap, junit
 *   report-golden write FORMAT PATH  report_to_file()
 *   report-golden load FILE          whether FILE is what a results file must be
 */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "report.h"
#include "report_golden_model.h"

static int say(const struct problem *why)
{
	(void)fprintf(stderr, "report-golden: %s\n", why->text);
	return 3;
}

static bool find_style(const char *name, struct report_style *style)
{
	static const struct {
		const char *name;
		struct report_style style;
	} styles[] = {
		{"terminal", {.columns = 80}},
		{"terminal-color", {.columns = 80, .color = true}},
		{"terminal-quiet", {.columns = 80, .quiet = true}},
		{"terminal-verbose", {.columns = 80, .verbose = true}},
		{"terminal-narrow", {.columns = 60}},
	};

	for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++) {
		if (strcmp(styles[i].name, name) == 0) {
			*style = styles[i].style;
			return true;
		}
	}
	return false;
}

/* As a run does: the unexpected cases while it goes on, the report at its end. */
static bool print_terminal(const struct report *r, const struct report_style *style,
	struct problem *why)
{
	for (size_t i = 0; i < r->case_count; i++)
		if (report_case_is_unexpected(&r->cases[i]))
			report_terminal_case(r, &r->cases[i], style, stdout);
	return report_terminal(&(struct report_set){.runs = r, .count = 1}, style, stdout,
		why);
}

static int print(const struct report *r, const char *name)
{
	struct problem why;
	struct report_style style;
	const report_function format = report_format(name);
	bool is_good;

	if (find_style(name, &style))
		is_good = print_terminal(r, &style, &why);
	else if (format != NULL)
		is_good =
			format(&(struct report_set){.runs = r, .count = 1}, stdout, &why);
	else
		is_good = problem_set(&why, "no format is called '%s'", name);
	if (is_good && fflush(stdout) != 0)
		is_good = problem_set(&why, "cannot write");
	return is_good ? 0 : say(&why);
}

static int write_file(const struct report *r, const char *name, const char *path)
{
	struct problem why;
	const report_function format = report_format(name);

	if (format == NULL)
		(void)problem_set(&why, "no format is called '%s'", name);
	return format != NULL &&
			report_to_file(&(struct report_set){.runs = r, .count = 1},
				format, path, &why)
		? 0
		: say(&why);
}

/* What a reader of the file relies on must be in every case. */
static bool is_results_case(json_t *c)
{
	return json_is_string(json_object_get(c, "id")) &&
		json_is_string(json_object_get(c, "word")) &&
		json_is_boolean(json_object_get(c, "was_run")) &&
		json_is_boolean(json_object_get(c, "unexpected"));
}

static int load(const struct report *r, const char *path)
{
	struct problem why;
	json_error_t error;
	json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
	json_t *list = json_object_get(root, "cases");
	const char *schema = json_string_value(json_object_get(root, "schema"));
	bool is_good = root != NULL || problem_set(&why, "%s", error.text);

	if (is_good && (schema == NULL || strcmp(schema, "assay-results/1") != 0))
		is_good = problem_set(&why, "%s: no schema assay-results/1", path);
	if (is_good && json_array_size(list) != r->case_count)
		is_good = problem_set(&why, "%s: not %zu cases", path, r->case_count);
	for (size_t i = 0; is_good && i < r->case_count; i++) {
		json_t *c = json_array_get(list, i);
		const char *output = json_string_value(json_object_get(c, "output"));

		if (!is_results_case(c))
			is_good =
				problem_set(&why, "%s: case %zu lacks a field", path, i);
		else if (r->cases[i].was_run &&
			(output == NULL || strcmp(output, r->cases[i].output) != 0))
			is_good = problem_set(&why, "%s: another output in %zu", path, i);
	}
	json_decref(root);
	return is_good ? 0 : say(&why);
}

int main(int argc, char **argv)
{
	const struct report rich = golden_report();

	if (argc == 4 && strcmp(argv[1], "write") == 0)
		return write_file(&rich, argv[2], argv[3]);
	if (argc == 3 && strcmp(argv[1], "load") == 0)
		return load(&rich, argv[2]);
	if (argc == 3 && strcmp(argv[2], "calm") == 0) {
		const struct report calm = golden_calm_report();

		return print(&calm, argv[1]);
	}
	if (argc == 2)
		return print(&rich, argv[1]);
	(void)fputs("usage: report-golden FORMAT [calm] | write FORMAT PATH | load "
		    "FILE\n",
		stderr);
	return 2;
}

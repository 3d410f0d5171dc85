/*
 * results: what a results file (docs/results.md) says, for shell scripts: one line a case,
 * "ID<tab>WORD", in the order of the file; the same with the verdict before expectations, where a
 * fact that does not hold is a fail; or the value of one member, by its path.
 *   results FILE [verdicts | MEMBER[/MEMBER...]]
 */
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool fact_is_false(const json_t *one)
{
	const json_t *notes = json_object_get(one, "notes");

	for (size_t i = 0; i < json_array_size(notes); i++) {
		const json_t *note = json_array_get(notes, i);
		const char *key = json_string_value(json_object_get(note, "key"));
		const char *value = json_string_value(json_object_get(note, "value"));
		if (key && value && strcmp(key, "fact") == 0)
			return strcmp(value, "holds") != 0;
	}
	return false;
}

static int print_cases(const json_t *results, const char *what)
{
	const json_t *cases = json_object_get(results, "cases");

	if (!json_is_array(cases)) {
		(void)fputs("results: no cases\n", stderr);
		return EXIT_FAILURE;
	}
	for (size_t i = 0; i < json_array_size(cases); i++) {
		const json_t *one = json_array_get(cases, i);
		const char *id = json_string_value(json_object_get(one, "id"));
		const char *word = json_string_value(json_object_get(one, what));
		(void)printf("%s\t%s\n", id ? id : "(no id)",
			!word ? "(no word)"
				: strcmp(what, "verdict") == 0 && fact_is_false(one)
				? "fail"
				: word);
	}
	return EXIT_SUCCESS;
}

static int print_member(const json_t *value, char *path)
{
	for (char *name = strtok(path, "/"); name && value; name = strtok(NULL, "/"))
		value = json_object_get(value, name);
	if (!value) {
		(void)fputs("results: no such member\n", stderr);
		return EXIT_FAILURE;
	}
	if (json_is_string(value))
		return puts(json_string_value(value)) < 0;
	(void)json_dumpf(value, stdout, JSON_ENCODE_ANY | JSON_COMPACT | JSON_SORT_KEYS);
	return puts("") < 0;
}

int main(int argc, char **argv)
{
	json_error_t error;

	if (argc < 2 || argc > 3) {
		(void)fputs("usage: results FILE [verdicts | MEMBER[/MEMBER...]]\n",
			stderr);
		return 2;
	}
	json_t *results = json_load_file(argv[1], JSON_REJECT_DUPLICATES, &error);
	if (!results) {
		(void)fprintf(stderr, "results: %s:%d: %s\n", argv[1], error.line,
			error.text);
		return EXIT_FAILURE;
	}
	int status;
	if (argc == 2)
		status = print_cases(results, "word");
	else if (strcmp(argv[2], "verdicts") == 0)
		status = print_cases(results, "verdict");
	else
		status = print_member(results, argv[2]);
	json_decref(results);
	return status;
}

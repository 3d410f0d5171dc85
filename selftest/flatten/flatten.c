/*
 * flatten: runs every case of a worker and prints one line a case, fields separated by
 * tabs, in a form that is the same for every run: what differs from run to run (numbers
 * of processes, durations) is masked.  Called by selftest/planted.sh and the groups that
 * compare verdicts.  What no run may do is printed as "violation: ..." on standard error
 * and makes the exit status 1: an answer out of order, a verdict that the case's .spec
 * does not allow, a non-pass without a reason.
 */
#include "conversation.h"
#include "mask.h"
#include "verdict.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OUTPUT_SHOWN_BYTES = 60 };

struct options {
	bool verdicts_only; /* id, verdict and its line, nothing else */
	bool any_spec;      /* the specs are not verdicts: the worker has real suites */
	bool is_reverse;    /* from the last case to the first */
	const char *prefix; /* of the ids to run */
	char **command;
};

static int violations;

static void violation(const char *id, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
static void violation(const char *id, const char *format, ...)
{
	va_list args;

	(void)fprintf(stderr, "violation: %s: ", id);
	va_start(args, format);
	(void)vfprintf(stderr, format, args);
	va_end(args);
	(void)fputc('\n', stderr);
	violations++;
}

static const char *string_of(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value ? value : "";
}

static bool is_type(const json_t *object, const char *type)
{
	return strcmp(string_of(object, "type"), type) == 0;
}

static void print_field(const json_t *result, const char *key)
{
	const json_t *value = json_object_get(result, key);

	(void)putchar('\t');
	if (json_is_string(value))
		mask_print(json_string_value(value), json_string_length(value));
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Leftovers sorted, each once: how many processes of a bomb are seen is chance. */
static void print_leftovers(const json_t *result)
{
	const json_t *list = json_object_get(result, "leftovers");
	const size_t count = json_array_size(list);
	const char **sorted = calloc(count + 1, sizeof(*sorted));

	if (!sorted)
		exit(3);
	for (size_t i = 0; i < count; i++) {
		const char *one = json_string_value(json_array_get(list, i));
		sorted[i] = one ? one : "(no string)";
	}
	qsort(sorted, count, sizeof(*sorted), by_text);
	(void)putchar('\t');
	const char *between = "";
	for (size_t i = 0; i < count; i++) {
		if ((i > 0 && strcmp(sorted[i], sorted[i - 1]) == 0) ||
			strcmp(sorted[i], "and more") == 0)
			continue;
		(void)fputs(between, stdout);
		between = "; ";
		mask_print(sorted[i], strlen(sorted[i]));
	}
	free(sorted);
}

/* Numbers of instructions, and what follows from them, belong to a compiler. */
static bool is_of_the_compiler(const char *key)
{
	return strcmp(key, "points") == 0 || strcmp(key, "visited") == 0 ||
		strcmp(key, "path-changed") == 0;
}

static void print_notes(const json_t *result)
{
	const json_t *list = json_object_get(result, "notes");

	(void)putchar('\t');
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *note = json_array_get(list, i);
		const char *key = string_of(note, "key");
		const char *value =
			is_of_the_compiler(key) ? "N" : string_of(note, "value");
		(void)printf("%s%s=", i > 0 ? "; " : "", key);
		mask_print(value, strlen(value));
	}
}

static void print_output(const json_t *result)
{
	const json_t *output = json_object_get(result, "output");
	const size_t length = json_string_length(output);
	const json_int_t dropped =
		json_integer_value(json_object_get(result, "output_dropped"));

	(void)putchar('\t');
	if (length == 0 && dropped == 0)
		return;
	mask_print(json_string_value(output),
		length < OUTPUT_SHOWN_BYTES ? length : OUTPUT_SHOWN_BYTES);
	(void)printf(" (%zu kept, %lld dropped)", length, (long long)dropped);
}

/* Compilers number the line of a declaration differently when it takes several, and a line
 * inside the framework changes with every edit there. */
static void print_site(const json_t *one, const json_t *result)
{
	const char *file = string_of(result, "file");
	const json_int_t line = json_integer_value(json_object_get(result, "line"));
	const json_int_t declared = json_integer_value(json_object_get(one, "line"));

	if (line == declared && strcmp(file, string_of(one, "file")) == 0)
		(void)printf("\t%s:case", file);
	else if (strncmp(file, "framework/", 10) == 0)
		(void)printf("\t%s", file);
	else
		(void)printf("\t%s:%lld", file, (long long)line);
}

static void print_result(const json_t *one, const json_t *result,
	const struct options *options)
{
	const bool is_announced = json_is_true(json_object_get(result, "announced"));

	(void)printf("%s\t%s%s", string_of(result, "id"), string_of(result, "verdict"),
		is_announced ? ", announced" : "");
	if (options->verdicts_only) {
		print_field(result, "text");
	} else {
		print_field(result, "who");
		print_site(one, result);
		print_field(result, "text");
		print_field(result, "got");
		print_field(result, "wanted");
		print_leftovers(result);
		print_notes(result);
		print_output(result);
	}
	(void)putchar('\n');
	(void)fflush(stdout);
}

static bool spec_allows(const char *spec, const char *verdict)
{
	const size_t length = strlen(verdict);

	for (const char *at = spec; *at; at += strcspn(at, " ")) {
		at += strspn(at, " ");
		if (strncmp(at, verdict, length) == 0 &&
			(at[length] == ' ' || !at[length]))
			return true;
	}
	return false;
}

static void judge(const json_t *c, const json_t *result, const struct options *options)
{
	const char *id = string_of(c, "id");
	const char *name = string_of(result, "verdict");
	enum verdict verdict;

	if (!verdict_find(name, &verdict)) {
		violation(id, "no verdict is called '%s'", name);
		return;
	}
	const bool is_announced = json_is_true(json_object_get(result, "announced"));
	if (is_announced && verdict != VERDICT_UNSUPPORTED)
		violation(id, "announced, but %s", name);
	if (!options->any_spec && !is_announced &&
		!spec_allows(string_of(c, "spec"), name))
		violation(id, "%s, must be: %s (%s)", name, string_of(c, "spec"),
			string_of(result, "text"));
	if ((verdict == VERDICT_PASS) != (*string_of(result, "text") == '\0'))
		violation(id, "%s with the text '%s'", name, string_of(result, "text"));
	if (strpbrk(string_of(result, "text"), "\n\r"))
		violation(id, "the text has more than one line");
	const bool has_leftovers =
		json_array_size(json_object_get(result, "leftovers")) > 0;
	if (verdict == VERDICT_LEAK && !has_leftovers)
		violation(id, "leak without a leftover");
	if (verdict == VERDICT_PASS && has_leftovers)
		violation(id, "pass with leftovers");
	if (verdict == VERDICT_FAIL && *string_of(result, "file") == '\0')
		violation(id, "fail without a site");
	if (json_integer_value(json_object_get(result, "duration_us")) <= 0 &&
		verdict != VERDICT_UNSUPPORTED && verdict != VERDICT_BROKEN)
		violation(id, "no duration");
}

static void start(struct conversation *c, const struct options *options)
{
	const char *why = NULL;

	conversation_start(c, options->command);
	json_t *hello = conversation_next(c, &why);
	if (!hello || !is_type(hello, "hello")) {
		violation("hello", "%s", hello ? "another object came first" : why);
		exit(3);
	}
	json_decref(hello);
}

static json_t *list_cases(struct conversation *c)
{
	json_t *cases = json_array();
	const char *why = NULL;
	json_t *object = NULL;

	if (!conversation_send(c, "list"))
		exit(3);
	while ((object = conversation_next(c, &why)) && is_type(object, "case")) {
		const json_t *last = json_array_get(cases, json_array_size(cases) - 1);
		if (strcmp(string_of(last, "id"), string_of(object, "id")) >= 0)
			violation(string_of(object, "id"), "listed out of order");
		(void)json_array_append_new(cases, object);
	}
	if (!object || !is_type(object, "list-end")) {
		violation("list", "%s", object ? "another object came" : why);
		exit(3);
	}
	if (json_integer_value(json_object_get(object, "cases")) !=
		(json_int_t)json_array_size(cases))
		violation("list", "list-end counts other than %zu",
			json_array_size(cases));
	json_decref(object);
	return cases;
}

/* Runs one case; a worker that misbehaves is replaced. */
static void run_case(struct conversation *c, const json_t *one,
	const struct options *options)
{
	const char *id = string_of(one, "id");
	const char *why = "it is gone";
	json_t *result = NULL;

	if (conversation_send(c, "run %s", id))
		result = conversation_next(c, &why);
	while (result && is_type(result, "waiting")) {
		json_decref(result);
		result = conversation_next(c, &why);
	}
	if (!result) {
		violation(id, "the worker gave %s", why);
		(void)printf("%s\tno answer\n", id);
		(void)conversation_end(c);
		start(c, options);
		return;
	}
	if (!is_type(result, "result") || strcmp(string_of(result, "id"), id) != 0)
		violation(id, "answered by %s %s: %s", string_of(result, "type"),
			string_of(result, "id"), string_of(result, "text"));
	else
		judge(one, result, options);
	print_result(one, result, options);
	json_decref(result);
}

static void finish(struct conversation *c)
{
	const char *why = NULL;
	json_t *bye = conversation_send(c, "quit") ? conversation_next(c, &why) : NULL;

	if (!bye || !is_type(bye, "bye"))
		violation("quit", "no bye");
	json_decref(bye);
	if (c->used > 0)
		violation("quit", "more after the bye");
	const int status = conversation_end(c);
	if (status != 0)
		violation("quit", "wait status %d", status);
}

static struct options options_of(int argc, char **argv)
{
	struct options options = {.prefix = ""};
	int i = 1;

	for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
		if (strcmp(argv[i], "--verdicts") == 0)
			options.verdicts_only = true;
		else if (strcmp(argv[i], "--any-spec") == 0)
			options.any_spec = true;
		else if (strcmp(argv[i], "--reverse") == 0)
			options.is_reverse = true;
		else if (strncmp(argv[i], "--prefix=", 9) == 0)
			options.prefix = argv[i] + 9;
	}
	options.command = argv + i;
	if (i >= argc) {
		(void)fputs("usage: flatten [--verdicts] [--any-spec] [--reverse] "
			    "[--prefix=P] "
			    "WORKER [ARGUMENT...]\n",
			stderr);
		exit(2);
	}
	return options;
}

int main(int argc, char **argv)
{
	static struct conversation c;
	const struct options options = options_of(argc, argv);

	start(&c, &options);
	json_t *cases = list_cases(&c);
	const size_t count = json_array_size(cases);
	for (size_t i = 0; i < count; i++) {
		const json_t *one =
			json_array_get(cases, options.is_reverse ? count - 1 - i : i);
		if (strncmp(string_of(one, "id"), options.prefix,
			    strlen(options.prefix)) == 0)
			run_case(&c, one, &options);
	}
	finish(&c);
	json_decref(cases);
	return violations > 0;
}

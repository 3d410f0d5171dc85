#include "sweep_options.h"

#include "errno_name.h"
#include "memory.h"
#include "number.h"
#include "sweep_calls.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { JOBS_MAX = 256 };

enum long_option {
	OPTION_CALLS = 256,
	OPTION_ERRNO,
	OPTION_ORACLE,
	OPTION_SHARD,
	OPTION_LIMIT,
	OPTION_EXHAUSTIVE,
	OPTION_RESUME,
	OPTION_RULE,
	OPTION_SHORT,
};

static const struct option long_options[] = {
	{"help", no_argument, NULL, 'h'},
	{"calls", required_argument, NULL, OPTION_CALLS},
	{"errno", required_argument, NULL, OPTION_ERRNO},
	{"rule", required_argument, NULL, OPTION_RULE},
	{"short", no_argument, NULL, OPTION_SHORT},
	{"jobs", required_argument, NULL, 'j'},
	{"oracle", required_argument, NULL, OPTION_ORACLE},
	{"shard", required_argument, NULL, OPTION_SHARD},
	{"limit", required_argument, NULL, OPTION_LIMIT},
	{"exhaustive", no_argument, NULL, OPTION_EXHAUSTIVE},
	{"resume", required_argument, NULL, OPTION_RESUME},
	{"output", required_argument, NULL, 'o'},
	{"quiet", no_argument, NULL, 'q'},
	{"verbose", no_argument, NULL, 'v'},
	{NULL, 0, NULL, 0},
};

/* Calls without a row in the table may be swept with --errno. */
static bool add_call(struct sweep_options *out, const char *word, struct problem *why)
{
	for (size_t i = 0; i < out->call_count; i++)
		if (strcmp(out->calls[i], word) == 0)
			return problem_set(why, "%s stands there twice", word);
	if (out->call_count == SWEEP_CALLS_MAX)
		return problem_set(why, "more than %d calls", SWEEP_CALLS_MAX);
	out->calls[out->call_count++] = word;
	return true;
}

static bool add_error(struct sweep_options *out, const char *word, struct problem *why)
{
	int error;

	if (!errno_find(word, &error))
		return problem_set(why, "'%s' is no error such as ENOSPC", word);
	if (out->error_count == SWEEP_ERRORS_MAX)
		return problem_set(why, "more than %d errors", SWEEP_ERRORS_MAX);
	for (size_t i = 0; i < out->error_count; i++)
		if (out->errors[i] == error)
			return problem_set(why, "%s stands there twice", word);
	out->errors[out->error_count++] = error;
	return true;
}

typedef bool (*adder)(struct sweep_options *out, const char *word, struct problem *why);

/* WORDS is cut at its commas and must stay. */
static bool add_list(struct sweep_options *out, char *words, adder add,
	struct problem *why)
{
	for (char *word = words; word != NULL;) {
		char *comma = strchr(word, ',');

		if (comma != NULL)
			*comma = '\0';
		if (word[0] == '\0')
			return problem_set(why, "a name is missing in the list");
		if (!add(out, word, why))
			return false;
		word = comma != NULL ? comma + 1 : NULL;
	}
	return true;
}

static bool set_output(struct sweep_options *out, const char *text, struct problem *why)
{
	const char **path = strncmp(text, "json:", 5) == 0 ? &out->json
		: strncmp(text, "junit:", 6) == 0          ? &out->junit
							   : NULL;

	if (path == NULL)
		return problem_set(why, "'%s' is neither json:FILE nor junit:FILE", text);
	if (*path != NULL)
		return problem_set(why, "'%s' is a second report of its kind", text);
	*path = strchr(text, ':') + 1;
	return (*path)[0] != '\0' ||
		problem_set(why, "a file is missing after '%s'", text);
}

static bool set_jobs(struct sweep_options *out, const char *text, struct problem *why)
{
	long jobs;

	if (!number_parse(text, 1, JOBS_MAX, &jobs))
		return problem_set(why, "'%s' is no number from 1 to %d", text, JOBS_MAX);
	out->jobs = (int)jobs;
	return true;
}

static bool set_errors(struct sweep_options *out, const char *text, struct problem *why)
{
	if (strcmp(text, "all") == 0) {
		out->all_errors = true;
		return out->error_count == 0 ||
			problem_set(why, "all, or a list of errors");
	}
	if (out->all_errors)
		return problem_set(why, "all, or a list of errors");
	char *words = memory_text(text);
	const bool done = add_list(out, words, add_error, why);

	free(words);
	return done;
}

/* What a rule means is the worker's to know. */
static bool add_rule(struct sweep_options *out, const char *rule, struct problem *why)
{
	if (rule[0] == '\0' || strpbrk(rule, "\t\n") != NULL)
		return problem_set(why, "'%s' is no rule", rule);
	for (size_t i = 0; i < out->rule_count; i++)
		if (strcmp(out->rules[i], rule) == 0)
			return problem_set(why, "'%s' stands there twice", rule);
	if (out->rule_count == SWEEP_RULES_MAX)
		return problem_set(why, "more than %d rules", SWEEP_RULES_MAX);
	out->rules[out->rule_count++] = rule;
	return true;
}

static bool set_option(struct sweep_options *out, int option, struct problem *why)
{
	switch (option) {
	case OPTION_RULE:
		return add_rule(out, optarg, why);
	case OPTION_SHORT:
		out->shortens = true;
		return true;
	case OPTION_CALLS:
		if (out->words != NULL)
			return problem_set(why, "one list, with commas");
		out->words = memory_text(optarg);
		return add_list(out, out->words, add_call, why);
	case OPTION_ERRNO:
		return set_errors(out, optarg, why);
	case OPTION_SHARD:
		return shard_parse(optarg, &out->shard, why);
	case OPTION_LIMIT:
		return number_parse_ms(optarg, &out->limit_ms) ||
			problem_set(why, "'%s' is no time such as 500ms or 2s", optarg);
	case 'j':
		return set_jobs(out, optarg, why);
	case 'o':
		return set_output(out, optarg, why);
	case OPTION_ORACLE:
		out->oracle = optarg;
		return optarg[strspn(optarg, " \t")] != '\0' ||
			problem_set(why, "a command is missing");
	case OPTION_RESUME:
		out->resume = optarg;
		return optarg[0] != '\0' || problem_set(why, "a file is missing");
	case OPTION_EXHAUSTIVE:
		out->exhaustive = true;
		return true;
	default:
		*(option == 'h'                 ? &out->help
				: option == 'q' ? &out->quiet
						: &out->verbose) = true;
		return true;
	}
}

static bool complain(int result, char **argv, struct problem *why)
{
	const char *word = argv[optind - 1];
	const char *what = result == ':' ? "needs an argument" : "is no option";

	if (strncmp(word, "--", 2) != 0)
		return problem_set(why, "-%c %s", optopt, what);
	if (result == '?' && optopt != 0)
		what = "takes no argument";
	return problem_set(why, "%s %s", word, what);
}

static const char *name_of(int option)
{
	const struct option *o = long_options;

	while (o->name != NULL && o->val != option)
		o++;
	return o->name;
}

static bool check_together(const struct sweep_options *out, struct problem *why)
{
	int errors[ERRNO_OF_CALL_MAX];

	if (out->command[0] == NULL)
		return problem_set(why,
			"which program?  Put -- and a command after the options");
	if (out->quiet && out->verbose)
		return problem_set(why, "-q and -v contradict each other");
	const bool has_errors = out->error_count > 0 || out->all_errors;
	if (out->shortens && has_errors)
		return problem_set(why, "--short and --errno contradict each other");
	for (size_t i = 0; !out->shortens && out->error_count == 0 && i < out->call_count;
		i++)
		if (sweep_calls_errors(out->calls[i], out->all_errors, errors) == 0)
			return problem_set(why,
				"--calls: which errors of '%s' is not known here: say "
				"--errno, or see assay help sweep",
				out->calls[i]);
	return true;
}

bool sweep_options_parse(int argc, char **argv, struct sweep_options *out,
	struct problem *why)
{
	*out = (struct sweep_options){.shard = {1, 1}};
	opterr = 0;
	optind = 0; /* a fresh start of glibc's and musl's getopt */
	for (;;) {
		/* The plus: options end where the program begins. */
		const int option =
			getopt_long(argc - 1, argv + 1, "+:hj:o:qv", long_options, NULL);

		if (option == -1)
			break;
		if (option == '?' || option == ':')
			return complain(option, argv + 1, why);
		if (!set_option(out, option, why))
			return problem_prefix(why, "--%s", name_of(option));
	}
	out->command = argv + 1 + optind;
	return out->help || check_together(out, why);
}

bool sweep_options_has_calls(const struct sweep_options *options)
{
	return options->rule_count == 0 || options->call_count > 0 ||
		options->error_count > 0 || options->all_errors || options->shortens;
}

void sweep_options_free(struct sweep_options *options)
{
	free(options->words);
	*options = (struct sweep_options){.help = false};
}

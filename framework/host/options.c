#include "options.h"

#include "comparison.h"
#include "help.h"
#include "memory.h"
#include "number.h"
#include "option_table.h"
#include "report.h"
#include "valgrind.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
	JOBS_MAX = 256,
	REPEAT_MAX = 1000000,
	AT_BYTES = 128, /* longest rule, and its end */
};

static void add_target(struct options *out, const char *word)
{
	out->asked.words =
		memory_append(out->asked.words, out->asked.count, sizeof(word));
	out->asked.words[out->asked.count++] = word;
}

static bool is_same_place(const struct output *a, const struct output *b)
{
	if (a->path == NULL || b->path == NULL)
		return a->path == b->path;
	return strcmp(a->path, b->path) == 0;
}

static bool add_output(struct options *out, const char *text, struct problem *why)
{
	const size_t length = strcspn(text, ":");
	struct output output = {
		.format = memory_format("%.*s", (int)length, text),
		.path = text[length] == ':' ? text + length + 1 : NULL,
	};

	out->outputs = memory_append(out->outputs, out->output_count, sizeof(output));
	out->outputs[out->output_count++] = output;
	if (strcmp(output.format, "terminal") != 0 &&
		report_format(output.format) == NULL)
		return problem_set(why,
			"'%s' is no format: terminal, json, tap, junit, markdown, html",
			output.format);
	if (output.path != NULL && output.path[0] == '\0')
		return problem_set(why, "a file is missing after '%s'", text);
	for (size_t i = 0; i + 1 < out->output_count; i++)
		if (is_same_place(&out->outputs[i], &output))
			return problem_set(why, "two reports would go to %s",
				output.path != NULL ? output.path : "standard output");
	return true;
}

static bool set_color(struct options *out, const char *text, struct problem *why)
{
	static const char *const names[] = {"auto", "always", "never"};

	for (int i = 0; i < 3; i++) {
		if (strcmp(names[i], text) == 0) {
			out->color = (enum when)i;
			return true;
		}
	}
	return problem_set(why, "'%s' is not auto, always or never", text);
}

static bool set_number(int *out, const char *text, int high, struct problem *why)
{
	long value;

	if (!number_parse(text, 1, high, &value))
		return problem_set(why, "'%s' is no number from 1 to %d", text, high);
	*out = (int)value;
	return true;
}

static bool set_shuffle(struct options *out, const char *text, struct problem *why)
{
	long seed = 0;

	out->shuffle = true;
	out->has_seed = text != NULL;
	if (text != NULL && !number_parse(text, 0, LONG_MAX, &seed))
		return problem_set(why, "'%s' is no seed from 0 to %ld", text, LONG_MAX);
	out->seed = (unsigned long)seed;
	return true;
}

static bool set_under(struct options *out, const char *text, struct problem *why)
{
	if (text[strspn(text, " \t")] == '\0')
		return problem_set(why, "a command is missing");
	out->under = text;
	return true;
}

/* A rule travels as one word of a request. */
static bool set_at(struct options *out, const char *text, struct problem *why)
{
	const size_t length = strlen(text);

	out->at = text;
	for (size_t i = 0; i < length; i++)
		if (!isgraph((unsigned char)text[i]))
			return problem_set(why, "'%s' is no rule without blanks", text);
	return (length > 0 && length < AT_BYTES) ||
		problem_set(why, "a rule has 1 to %d characters", AT_BYTES - 1);
}

static void add_expect(struct options *out, const char *path)
{
	out->expect = memory_append(out->expect, out->expect_count, sizeof(path));
	out->expect[out->expect_count++] = path;
}

/* The options of run that need no more than a word. */
static void set_flag(struct options *out, int option)
{
	switch (option) {
	case 'h':
		out->command = COMMAND_HELP;
		break;
	case 't':
		add_target(out, optarg);
		break;
	case OPTION_TARGETS:
		out->asked.file = optarg;
		break;
	case 'q':
		out->quiet = true;
		break;
	case 'v':
		out->verbose = true;
		break;
	case OPTION_FAIL_FAST:
		out->fail_fast = true;
		break;
	case OPTION_EXHAUSTIVE:
		out->exhaustive = true;
		break;
	case OPTION_FAILED:
		out->failed = optarg;
		break;
	case OPTION_BASELINE:
		out->baseline = optarg;
		break;
	case OPTION_EXPECT:
		add_expect(out, optarg);
		break;
	case OPTION_JSON:
		out->json = true;
		break;
	}
}

static bool set_option(struct options *out, int option, struct problem *why)
{
	switch (option) {
	case 'j':
		return set_number(&out->jobs, optarg, JOBS_MAX, why);
	case 'o':
		return add_output(out, optarg, why);
	case OPTION_REPEAT:
		return set_number(&out->repeat, optarg, REPEAT_MAX, why);
	case OPTION_SHUFFLE:
		return set_shuffle(out, optarg, why);
	case OPTION_SHARD:
		out->has_shard = true;
		return shard_parse(optarg, &out->shard, why);
	case OPTION_TIMEOUT:
		return number_parse_ms(optarg, &out->timeout_ms) ||
			problem_set(why, "'%s' is no time such as 500ms or 2s", optarg);
	case OPTION_LEVEL:
		return levels_parse(optarg, &out->levels, why);
	case OPTION_AT:
		return set_at(out, optarg, why);
	case OPTION_UNDER:
		return set_under(out, optarg, why);
	case OPTION_VALGRIND:
		return (out->valgrind = valgrind_tool(optarg, why)) != NULL;
	case OPTION_COLOR:
		return set_color(out, optarg, why);
	default:
		set_flag(out, option);
		return true;
	}
}

/* Names the option that ARGV holds at the place where getopt stopped. */
static bool complain(int result, char **argv, struct problem *why)
{
	const char *word = argv[optind - 1];
	/* After a bad letter in "-qz" WORD is still the word before it. */
	const bool is_long = optopt == 0 || optopt >= 256 ||
		(strncmp(word, "--", 2) == 0 && (result == ':' || strchr(word, '=')));
	const char *what = result == ':' ? "needs an argument" : "is no option";

	if (result == '?' && is_long && optopt != 0)
		what = "takes no argument";
	return is_long ? problem_set(why, "%s %s", word, what)
		       : problem_set(why, "-%c %s", optopt, what);
}

/* The option as it was named: "--level", "-j". */
static const char *option_name(const struct subcommand *sub, int option, char letter[3])
{
	for (const struct option *o = sub->options; option >= 256 && o->name != NULL; o++)
		if (o->val == option)
			return o->name;
	letter[0] = (char)option;
	letter[1] = '\0';
	return letter;
}

static bool parse_words(int argc, char **argv, const struct subcommand *sub,
	struct options *out, struct problem *why)
{
	opterr = 0;
	optind = 0; /* a fresh start of glibc's and musl's getopt */
	for (;;) {
		const int option =
			getopt_long(argc, argv, sub->letters, sub->options, NULL);
		char letter[3];

		if (option == -1)
			break;
		if (option == '?' || option == ':')
			return complain(option, argv, why);
		if (!set_option(out, option, why))
			return problem_prefix(why, "%s%s", option >= 256 ? "--" : "-",
				option_name(sub, option, letter));
	}
	out->patterns = (const char *const *)(argv + optind);
	out->pattern_count = (size_t)(argc - optind);
	return true;
}

static bool check_files(const struct options *out, struct problem *why)
{
	const bool is_comparison = out->command == COMMAND_COMPARE;

	if (out->pattern_count == 0)
		return problem_set(why, "which files?");
	if (is_comparison && out->pattern_count > 2)
		return problem_set(why, "compares two files, OLD and NEW, not %zu",
			out->pattern_count);
	for (size_t i = 0; is_comparison && i < out->output_count; i++)
		if (strcmp(out->outputs[i].format, "terminal") != 0 &&
			comparison_format(out->outputs[i].format) == NULL)
			return problem_set(why,
				"'%s' is no format of a comparison: terminal, json, "
				"markdown, html",
				out->outputs[i].format);
	return true;
}

/* What single options cannot know. */
static bool check_together(const struct options *out, struct problem *why)
{
	if (out->under != NULL && out->repeat > 1)
		return problem_set(why, "--under runs a case once, without --repeat");
	if (out->under != NULL && out->timeout_ms > 0)
		return problem_set(why, "--under runs a case without --timeout");
	if ((out->command == COMMAND_LIST || out->command == COMMAND_SHOW) &&
		out->targets.count > 1)
		return problem_set(why, "lists the cases of one target");
	if (out->under != NULL && out->targets.count > 1)
		return problem_set(why, "--under runs on one target");
	if (out->under != NULL && out->valgrind != NULL)
		return problem_set(why, "--under and --valgrind contradict each other");
	if (out->at != NULL && out->exhaustive)
		return problem_set(why, "--at visits one point, --exhaustive all");
	if (out->quiet && out->verbose)
		return problem_set(why, "-q and -v contradict each other");
	if (out->command == COMMAND_SHOW && out->pattern_count == 0)
		return problem_set(why, "which case?");
	if (out->command == COMMAND_COMPARE || out->command == COMMAND_MERGE)
		return check_files(out, why);
	return true;
}

bool options_parse(int argc, char **argv, struct options *out, struct problem *why)
{
	const char *word = argc > 1 ? argv[1] : "";

	*out = (struct options){
		.command = COMMAND_HELP,
		.repeat = 1,
		.shard = {1, 1},
		.levels = (1u << LEVEL_COUNT) - 1,
	};
	if (strcmp(word, "--version") == 0) {
		out->command = COMMAND_VERSION;
		return true;
	}
	if (strcmp(word, "help") == 0 && argc > 2) {
		out->help_about = argv[2];
		return help_is_about(argv[2]) ||
			problem_set(why, "'%s' is no command", argv[2]);
	}
	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 ||
		strcmp(word, "help") == 0)
		return true;
	const struct subcommand *sub = option_table_find(word);
	if (sub == NULL && word[0] == '\0')
		return problem_set(why, "what is to be done?");
	if (sub == NULL)
		return problem_set(why, "'%s' is no %s", word,
			word[0] == '-' ? "option" : "command");
	out->command = sub->command;
	out->help_about = sub->name;
	if (!parse_words(argc - 1, argv + 1, sub, out, why))
		return false;
	if (out->command == COMMAND_HELP)
		return true;
	return targets_resolve(&out->asked, &out->targets, why) &&
		check_together(out, why);
}

void options_free(struct options *options)
{
	for (size_t i = 0; i < options->output_count; i++)
		free(options->outputs[i].format);
	free(options->outputs);
	free(options->expect);
	free(options->asked.words);
	targets_free(&options->targets);
	*options = (struct options){0};
}

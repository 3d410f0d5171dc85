#include "options.h"
#include "number.h"
#include "unit.h"

#include <string.h>

enum { WORDS_MAX = 20 };

/* Parses LINE, words separated by blanks; an empty word is "''". */
static bool parse(const char *line, struct options *out, struct problem *why)
{
	static char copy[512];
	static char *argv[WORDS_MAX + 1];
	int argc = 0;

	strcpy(copy, line);
	for (char *word = strtok(copy, " "); word; word = strtok(NULL, " ")) {
		ck_assert_int_lt(argc, WORDS_MAX);
		argv[argc++] = strcmp(word, "''") == 0 ? word + 2 : word;
	}
	argv[argc] = NULL;
	return options_parse(argc, argv, out, why);
}

START_TEST(a_run_has_defaults)
{
	struct options options;
	struct problem why;

	ck_assert(parse("assay run", &options, &why));
	ck_assert_int_eq(options.command, COMMAND_RUN);
	ck_assert_str_eq(options.targets.all[0].name, "local");
	ck_assert_ptr_null(options.targets.all[0].command);
	ck_assert_int_eq(options.repeat, 1);
	ck_assert_int_eq(options.shard.count, 1);
	ck_assert_uint_eq(options.levels, (1u << LEVEL_COUNT) - 1);
	ck_assert(!options.shuffle && !options.fail_fast && !options.quiet);
	ck_assert_uint_eq(options.pattern_count, 0);
	options_free(&options);
}
END_TEST

START_TEST(every_option_is_understood)
{
	struct options options;
	struct problem why;

	ck_assert_msg(parse("assay run -t x=true -j3 --repeat=4 --shuffle=5 -v "
			    "--fail-fast "
			    "--timeout=2s --shard=2/3 --valgrind=drd pipe",
			      &options, &why),
		"%s", why.text);
	ck_assert_str_eq(options.targets.all[0].name, "x");
	ck_assert_str_eq(options.targets.all[0].command, "true");
	ck_assert_int_eq(options.jobs, 3);
	ck_assert_int_eq(options.repeat, 4);
	ck_assert(options.shuffle && options.has_seed);
	ck_assert_uint_eq(options.seed, 5);
	ck_assert_int_eq(options.timeout_ms, 2000);
	ck_assert_int_eq(options.shard.index, 2);
	ck_assert_str_eq(options.valgrind, "drd");
	ck_assert_str_eq(options.patterns[0], "pipe");
	options_free(&options);

	ck_assert(parse("assay run -t b=true -t local -t a=true", &options, &why));
	ck_assert_uint_eq(options.targets.count, 3);
	ck_assert_str_eq(options.targets.all[0].name, "b");
	ck_assert_str_eq(options.targets.all[1].name, "local");
	ck_assert_ptr_null(options.targets.all[1].command);
	ck_assert_str_eq(options.targets.all[2].name, "a");
	options_free(&options);

	ck_assert(parse("assay run --shuffle -o json:f -o tap --color never --level fact "
			"-- -j",
		&options, &why));
	ck_assert(options.shuffle && !options.has_seed);
	ck_assert_uint_eq(options.output_count, 2);
	ck_assert_str_eq(options.outputs[0].path, "f");
	ck_assert_ptr_null(options.outputs[1].path);
	ck_assert_int_eq(options.color, WHEN_NEVER);
	ck_assert_uint_eq(options.levels, 1u << LEVEL_FACT);
	ck_assert_str_eq(options.patterns[0], "-j");
	options_free(&options);
}
END_TEST

START_TEST(commands_are_told_apart)
{
	static const struct {
		const char *line;
		enum command command;
	} rows[] = {
		{"assay list pipe", COMMAND_LIST},
		{"assay show pipe/open/x", COMMAND_SHOW},
		{"assay targets -t local -t x=true", COMMAND_TARGETS},
		{"assay --help", COMMAND_HELP},
		{"assay help", COMMAND_HELP},
		{"assay help run", COMMAND_HELP},
		{"assay run --help", COMMAND_HELP},
		{"assay --version", COMMAND_VERSION},
	};
	struct options options;
	struct problem why;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ck_assert_msg(parse(rows[i].line, &options, &why), "%s", rows[i].line);
		ck_assert_int_eq(options.command, rows[i].command);
		options_free(&options);
	}
}
END_TEST

static const struct {
	const char *line, *named;
} refused[] = {
	{"assay", "what"},
	{"assay dance", "'dance'"},
	{"assay --dance", "'--dance'"},
	{"assay help dance", "'dance'"},
	{"assay show", "which case"},
	{"assay run --dance", "--dance"},
	{"assay run -z", "-z"},
	{"assay run -j", "-j"},
	{"assay run -j 0", "-j"},
	{"assay run -j 99999", "-j"},
	{"assay run --repeat 0", "--repeat"},
	{"assay run --repeat ''", "--repeat"},
	{"assay run --shuffle=x", "--shuffle"},
	{"assay run --shard 3/2", "--shard"},
	{"assay run --timeout 0", "--timeout"},
	{"assay run --timeout 1h", "--timeout"},
	{"assay run --level iso", "--level"},
	{"assay run --color blue", "--color"},
	{"assay run --under ''", "--under"},
	{"assay run -o yaml", "'yaml'"},
	{"assay run -o json:", "json:"},
	{"assay run -o json:f -o tap:f", "f"},
	{"assay run -o json -o tap", "standard output"},
	{"assay run -t x", "'x'"},
	{"assay run -t x=", "'x='"},
	{"assay run -t =x", "'=x'"},
	{"assay run -t x/y=true", "'x/y'"},
	{"assay run -t x=true -t x=false", "target x comes twice"},
	{"assay run -t local -t local", "target local comes twice"},
	{"assay run -t x=true -t local --under gdb", "--under"},
	{"assay run --targets /none/such", "/none/such"},
	{"assay run --targets", "--targets"},
	{"assay list -t local -t x=true", "one target"},
	{"assay targets -j 2", "-j"},
	{"assay run -q -v", "-q"},
	{"assay run --under gdb --repeat 2", "--under"},
	{"assay run --under gdb --valgrind", "--valgrind"},
	{"assay run --valgrind=lackey", "'lackey'"},
	{"assay run --fail-fast=yes", "--fail-fast"},
	{"assay run --at", "--at"},
	{"assay run --at ''", "--at"},
	{"assay run --at kill:insn=1 --exhaustive", "--at"},
	{"assay run --exhaustive=yes", "--exhaustive"},
	{"assay list --repeat 2", "--repeat"},
	{"assay list -j 2", "-j"},
	{"assay show --json x", "--json"},
};

START_TEST(bad_lines_are_refused_by_name)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		struct options options;
		struct problem why = {.text = ""};
		ck_assert_msg(!parse(refused[i].line, &options, &why), "%s",
			refused[i].line);
		ck_assert_msg(strstr(why.text, refused[i].named), "%s: %s",
			refused[i].line, why.text);
		options_free(&options);
	}
}
END_TEST

START_TEST(numbers_are_digits)
{
	static const char *const bad[] = {"", "-1", "+1", " 1", "1 ", "1x", "0x1", "1e3",
		"101", "99999999999999999999"};
	long value = 7;

	ck_assert(number_parse("0", 0, 100, &value));
	ck_assert_int_eq(value, 0);
	ck_assert(number_parse("100", 0, 100, &value));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!number_parse(bad[i], 0, 100, &value), "'%s'", bad[i]);
	ck_assert_int_eq(value, 100);
}
END_TEST

START_TEST(times_have_units)
{
	static const char *const bad[] = {"", "0", "0s", "ms", "s", "1m", "1.5s", "-1s",
		"1 s", "86400001", "86401s", "99999999999999999999s"};
	int ms = 0;

	ck_assert(number_parse_ms("1500", &ms));
	ck_assert_int_eq(ms, 1500);
	ck_assert(number_parse_ms("15ms", &ms));
	ck_assert_int_eq(ms, 15);
	ck_assert(number_parse_ms("86400s", &ms));
	ck_assert_int_eq(ms, 86400000);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!number_parse_ms(bad[i], &ms), "'%s'", bad[i]);
}
END_TEST

Suite *suite_of_options(void)
{
	return suite_with("options", a_run_has_defaults, every_option_is_understood,
		commands_are_told_apart, bad_lines_are_refused_by_name,
		numbers_are_digits, times_have_units, NULL);
}

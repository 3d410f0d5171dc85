/*
 * The command line of `assay sweep`.
 */
#include "sweep_options.h"
#include "unit.h"

#include <errno.h>
#include <string.h>

/* Parses LINE, words separated by blanks; an empty word is "''". */
static bool parse(const char *line, struct sweep_options *out, struct problem *why)
{
	static char copy[2048];
	static char *argv[512];
	int argc = 0;

	ck_assert_uint_lt(strlen(line), sizeof(copy));
	strcpy(copy, line);
	for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
		argv[argc++] = strcmp(word, "''") == 0 ? word + 2 : word;
	argv[argc] = NULL;
	why->text[0] = '\0';
	return sweep_options_parse(argc, argv, out, why);
}

START_TEST(a_sweep_has_defaults)
{
	struct sweep_options options;
	struct problem why;

	ck_assert(parse("assay sweep -- true -v x", &options, &why));
	ck_assert_str_eq(options.command[0], "true");
	ck_assert_str_eq(options.command[1], "-v");
	ck_assert_ptr_null(options.command[3]);
	ck_assert_uint_eq(options.call_count + options.error_count + options.rule_count,
		0);
	ck_assert_int_eq(options.shard.index, 1);
	ck_assert_int_eq(options.shard.count, 1);
	ck_assert(!options.verbose && !options.shortens && !options.all_errors);
	ck_assert(sweep_options_has_calls(&options));
	sweep_options_free(&options);
}
END_TEST

START_TEST(every_option_of_a_sweep_is_understood)
{
	struct sweep_options options;
	struct problem why;

	ck_assert_msg(
		parse("assay sweep --calls open,mq_open,getpid --errno ENOSPC,EINTR -j 3 "
		      "--oracle false --limit 2s --exhaustive --shard 2/3 --resume r "
		      "-o json:j -o junit:x -v --rule fill:fds --rule limit:nofile=3 "
		      "-- cmd",
			&options, &why),
		"%s", why.text);
	ck_assert_uint_eq(options.call_count, 3);
	ck_assert_str_eq(options.calls[1], "mq_open");
	ck_assert_uint_eq(options.error_count, 2);
	ck_assert_int_eq(options.errors[1], EINTR);
	ck_assert_int_eq(options.jobs, 3);
	ck_assert_str_eq(options.oracle, "false");
	ck_assert_int_eq(options.limit_ms, 2000);
	ck_assert(options.exhaustive && options.verbose);
	ck_assert_int_eq(options.shard.index, 2);
	ck_assert_str_eq(options.resume, "r");
	ck_assert_str_eq(options.json, "j");
	ck_assert_str_eq(options.junit, "x");
	ck_assert_uint_eq(options.rule_count, 2);
	ck_assert_str_eq(options.rules[1], "limit:nofile=3");
	ck_assert(sweep_options_has_calls(&options));
	sweep_options_free(&options);
}
END_TEST

START_TEST(rules_alone_leave_no_calls)
{
	struct sweep_options options;
	struct problem why;

	ck_assert(parse("assay sweep --rule fill:fds -- cmd", &options, &why));
	ck_assert(!sweep_options_has_calls(&options));
	sweep_options_free(&options);
	ck_assert(parse("assay sweep --rule fill:fds --short -- cmd", &options, &why));
	ck_assert(options.shortens && sweep_options_has_calls(&options));
	sweep_options_free(&options);
	ck_assert(parse("assay sweep --rule fill:fds --errno all -- cmd", &options,
		&why));
	ck_assert(options.all_errors && sweep_options_has_calls(&options));
	sweep_options_free(&options);
	/* A call without errors of the system has some of its arguments. */
	ck_assert(parse("assay sweep --calls ioctl --errno all -- cmd", &options, &why));
	sweep_options_free(&options);
	ck_assert(parse("assay sweep --calls getpid --short -- cmd", &options, &why));
	sweep_options_free(&options);
}
END_TEST

static const struct {
	const char *line, *named;
} refused[] = {
	{"assay sweep", "which program"},
	{"assay sweep -v", "which program"},
	{"assay sweep --", "which program"},
	{"assay sweep --dance -- true", "--dance"},
	{"assay sweep -z -- true", "-z"},
	{"assay sweep --calls", "--calls needs an argument"},
	{"assay sweep --calls '' -- true", "a name is missing"},
	{"assay sweep --calls open, -- true", "a name is missing"},
	{"assay sweep --calls ,open -- true", "a name is missing"},
	{"assay sweep --calls open,,read -- true", "a name is missing"},
	{"assay sweep --calls open,open -- true", "open stands there twice"},
	{"assay sweep --calls open --calls read -- true", "one list"},
	{"assay sweep --calls dance -- true", "'dance' is not known"},
	{"assay sweep --calls ioctl -- true", "'ioctl' is not known"},
	{"assay sweep --errno EFOO -- true", "'EFOO'"},
	{"assay sweep --errno 28 -- true", "'28'"},
	{"assay sweep --errno EIO,EIO -- true", "EIO stands there twice"},
	{"assay sweep --errno EIO --errno all -- true", "all, or a list"},
	{"assay sweep --errno all --errno EIO -- true", "all, or a list"},
	{"assay sweep --errno all,EIO -- true", "'all'"},
	{"assay sweep --short --errno EIO -- true", "contradict"},
	{"assay sweep --short --errno all -- true", "contradict"},
	{"assay sweep --short=1 -- true", "--short=1 takes no argument"},
	{"assay sweep --rule '' -- true", "no rule"},
	{"assay sweep --rule a\tb -- true", "no rule"},
	{"assay sweep --rule a --rule a -- true", "'a' stands there twice"},
	{"assay sweep -j 0 -- true", "--jobs"},
	{"assay sweep -j 257 -- true", "--jobs"},
	{"assay sweep -j x -- true", "--jobs"},
	{"assay sweep --shard 3/2 -- true", "--shard"},
	{"assay sweep --shard 0/2 -- true", "--shard"},
	{"assay sweep --limit 0 -- true", "--limit"},
	{"assay sweep --limit 1h -- true", "--limit"},
	{"assay sweep --oracle '' -- true", "a command is missing"},
	{"assay sweep --resume '' -- true", "a file is missing"},
	{"assay sweep -o tap:x -- true", "neither json:FILE nor junit:FILE"},
	{"assay sweep -o json -- true", "'json'"},
	{"assay sweep -o json: -- true", "a file is missing"},
	{"assay sweep -o json:a -o json:b -- true", "second report of its kind"},
	{"assay sweep -q -v -- true", "-q and -v"},
};

START_TEST(bad_lines_of_a_sweep_are_refused_by_name)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		struct sweep_options options;
		struct problem why;
		ck_assert_msg(!parse(refused[i].line, &options, &why), "%s",
			refused[i].line);
		ck_assert_msg(strstr(why.text, refused[i].named), "%s: %s",
			refused[i].line, why.text);
		sweep_options_free(&options);
	}
}
END_TEST

START_TEST(what_has_a_bound_is_refused_beyond)
{
	struct sweep_options options;
	struct problem why;
	char line[2048] = "assay sweep";

	for (int i = 0; i <= SWEEP_RULES_MAX; i++)
		(void)snprintf(line + strlen(line), sizeof(line) - strlen(line),
			" --rule r%d", i);
	(void)snprintf(line + strlen(line), sizeof(line) - strlen(line), " -- true");
	ck_assert(!parse(line, &options, &why));
	ck_assert_ptr_nonnull(strstr(why.text, "more than 64 rules"));
	sweep_options_free(&options);
}
END_TEST

Suite *suite_of_sweep_options(void)
{
	return suite_with("sweep options", a_sweep_has_defaults,
		every_option_of_a_sweep_is_understood, rules_alone_leave_no_calls,
		bad_lines_of_a_sweep_are_refused_by_name,
		what_has_a_bound_is_refused_beyond, NULL);
}

/*
 * What a sweep makes of its calls, of what its workers answer, and of a file to resume from.
 */
#include "sweep.h"
#include "errno_name.h"
#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct sweep_options options;

/* A sweep of one call, seen so often. */
static struct sweep sweep_over(const char *call, unsigned long seen)
{
	struct sweep sweep = {.options = &options, .resume_fd = -1};

	options = (struct sweep_options){.shard = {1, 1}};
	sweep.report.command = strdup("cmd");
	sweep.report.calls = calloc(8, sizeof(sweep.report.calls[0]));
	sweep.report.calls[0] = (struct sweep_call){.name = call, .seen = seen};
	sweep.report.call_count = seen > 0;
	return sweep;
}

static void add_error(int error)
{
	options.errors[options.error_count++] = error;
}

static void make_points(struct sweep *sweep)
{
	struct problem why = {""};

	ck_assert_msg(sweep_points(sweep, &why), "%s", why.text);
}

START_TEST(points_are_occurrences_and_errors)
{
	struct sweep sweep = sweep_over("mkdir", 2);

	add_error(ENOSPC);
	add_error(EIO);
	make_points(&sweep);
	ck_assert_uint_eq(sweep.report.point_count, 4);
	ck_assert_str_eq(sweep.report.points[0].rule, "fail:mkdir#1=ENOSPC");
	ck_assert_str_eq(sweep.report.points[3].rule, "fail:mkdir#2=EIO");
	ck_assert_int_eq(sweep.report.points[3].class, SWEEP_NOT_RUN);
}
END_TEST

START_TEST(frequent_calls_are_sampled_with_both_ends)
{
	struct sweep sweep = sweep_over("read", 1000);
	unsigned long last = 0;

	add_error(EIO);
	make_points(&sweep);
	ck_assert_uint_eq(sweep.report.point_count, 24);
	ck_assert_uint_eq(sweep.report.remark_count, 1);
	ck_assert_uint_eq(sweep.report.points[0].occurrence, 1);
	ck_assert_uint_eq(sweep.report.points[23].occurrence, 1000);
	for (size_t i = 0; i < 24; i++) {
		ck_assert_uint_gt(sweep.report.points[i].occurrence, last);
		last = sweep.report.points[i].occurrence;
	}
	struct sweep all = sweep_over("read", 1000);
	add_error(EIO);
	options.exhaustive = true;
	make_points(&all);
	ck_assert_uint_eq(all.report.point_count, 1000);
}
END_TEST

START_TEST(short_transfers_and_rules_are_points)
{
	struct sweep sweep = sweep_over("write", 2);

	options.shortens = true;
	options.rules[options.rule_count++] = "fill:fds";
	make_points(&sweep);
	ck_assert_uint_eq(sweep.report.point_count, 3);
	ck_assert_str_eq(sweep.report.points[1].rule, "shorten:write#2=1");
	ck_assert_int_eq(sweep.report.points[1].error, 0);
	ck_assert_str_eq(sweep.report.points[2].rule, "fill:fds");
	ck_assert(sweep.report.calls[sweep.report.points[2].call].is_rule);
}
END_TEST

START_TEST(no_point_is_refused)
{
	struct sweep sweep = sweep_over("", 0);
	struct problem why;

	ck_assert(!sweep_points(&sweep, &why));
	ck_assert_ptr_nonnull(strstr(why.text, "none of these calls"));
}
END_TEST

static const char usual[] =
	"{\"end\":\"exit\",\"status\":0,\"output\":\"aa\","
	"\"output_bytes\":4,\"processes\":\"\",\"changes\":[{\"what\":"
	"\"new\",\"digest\":\"1\",\"path\":\"out\"}]}";

/* An answer like the usual one, but for END, and what CHANGES says of files. */
#define RUN(end, output, changes)                                                 \
	"{\"end\":" end ",\"output\":\"" output "\",\"output_bytes\":4,\"text\":" \
	"\"cat asleep in read\",\"said\":\"cat: no\\nmore\",\"processes\":\"\","  \
	"\"rules\":[{\"seen\":1,\"fired\":1}],\"changes\":[" changes "]}"
#define SAME_FILE "{\"what\":\"new\",\"digest\":\"1\",\"path\":\"out\"}"
#define OTHER_FILE "{\"what\":\"new\",\"digest\":\"2\",\"path\":\"out\"}"
#define MORE_FILES SAME_FILE ",{\"what\":\"new\",\"digest\":\"3\",\"path\":\"tmp\"}"

static const struct {
	const char *run;
	enum sweep_class class;
	const char *text;
} judged[] = {
	{RUN("\"exit\",\"status\":0", "aa", SAME_FILE), SWEEP_SAME, NULL},
	{RUN("\"exit\",\"status\":1", "aa", SAME_FILE), SWEEP_CLEAN_ERROR, NULL},
	{RUN("\"exit\",\"status\":1", "", ""), SWEEP_CLEAN_ERROR, NULL},
	{RUN("\"exit\",\"status\":0", "bb", SAME_FILE), SWEEP_SILENT, "other output"},
	{RUN("\"exit\",\"status\":0", "aa", OTHER_FILE), SWEEP_SILENT,
		"out is different"},
	{RUN("\"exit\",\"status\":0", "aa", ""), SWEEP_SILENT, "out is not made"},
	{RUN("\"exit\",\"status\":1", "aa", MORE_FILES), SWEEP_LEFTOVER, "left tmp"},
	{RUN("\"signal\",\"status\":11", "aa", SAME_FILE), SWEEP_CRASH, "signal 11"},
	{RUN("\"hang\",\"status\":0", "aa", SAME_FILE), SWEEP_HANG, "asleep in read"},
	{RUN("\"limit\",\"status\":0", "aa", SAME_FILE), SWEEP_HANG, "not at its end"},
	{"{\"end\":\"exit\",\"status\":0,\"rules\":[{\"seen\":0,\"fired\":0}]}",
		SWEEP_UNREACHED, NULL},
	{"{\"end\":\"exit\",\"status\":0,\"rules\":[]}", SWEEP_UNREACHED, NULL},
	{"{}", SWEEP_UNREACHED, NULL},
};

START_TEST(runs_are_judged_by_the_one_without_faults)
{
	struct sweep sweep = sweep_over("open", 1);

	sweep.record = (struct sweep_record){.run = json_loads(usual, 0, NULL),
		.same_output = true,
		.same_files = true,
		.limit_ms = 2000};
	for (size_t i = 0; i < sizeof(judged) / sizeof(judged[0]); i++) {
		struct sweep_point point = {.rule = NULL};
		json_t *run = json_loads(judged[i].run, 0, NULL);

		ck_assert_ptr_nonnull(run);
		sweep_judge(&sweep, run, &point);
		ck_assert_msg(point.class == judged[i].class, "%s: %s", judged[i].run,
			sweep_class_name(point.class));
		if (judged[i].text)
			ck_assert_msg(strstr(point.text, judged[i].text), "%s: %s",
				judged[i].run, point.text);
		json_decref(run);
	}
}
END_TEST

static char left_in_file[512];

/* Writes TEXT into a file and resumes from it. */
static bool resume(struct sweep *sweep, const char *text, struct problem *why)
{
	static char path[] = "/tmp/assay-unit-XXXXXX";

	strcpy(path + strlen(path) - 6, "XXXXXX");
	const int file = mkstemp(path);
	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
	ck_assert_int_eq(close(file), 0);
	options.resume = path;
	why->text[0] = '\0';
	const bool done = sweep_resume_open(sweep, why);
	FILE *left = fopen(path, "re");
	ck_assert_ptr_nonnull(left);
	left_in_file[fread(left_in_file, 1, sizeof(left_in_file) - 1, left)] = '\0';
	(void)fclose(left);
	(void)unlink(path);
	if (sweep->resume_fd >= 0)
		(void)close(sweep->resume_fd);
	sweep->resume_fd = -1;
	return done;
}

static void two_points(struct sweep *sweep)
{
	*sweep = sweep_over("mkdir", 2);
	add_error(EIO);
	make_points(sweep);
}

static const struct {
	const char *text, *named;
} not_resumed[] = {
	{"nonsense\n", "no file of a sweep"},
	{"{}\n", "no file of a sweep"},
	{"[]\n", "no file of a sweep"},
	{"{\"command\":7,\"points\":\"x\"}\n", "no file of a sweep"},
	{"{\"command\":\"cmd\"}\n", "no file of a sweep"},
	{"{\"command\":\"other\",\"points\":\"x\"}\n", "another program: other"},
	{"{\"command\":\"cmd\",\"points\":\"0\"}\n", "other points"},
};

START_TEST(files_of_other_sweeps_are_refused)
{
	for (size_t i = 0; i < sizeof(not_resumed) / sizeof(not_resumed[0]); i++) {
		struct problem why;
		struct sweep sweep;

		two_points(&sweep);
		ck_assert_msg(!resume(&sweep, not_resumed[i].text, &why), "%s",
			not_resumed[i].text);
		ck_assert_msg(strstr(why.text, not_resumed[i].named), "%s: %s",
			not_resumed[i].text, why.text);
	}
}
END_TEST

static const struct {
	const char *line;
	size_t taken;
} lines[] = {
	{"", 0},
	{"{\"rule\":\"fail:mkdir#1=EIO\",\"class\":\"crash\"}\n", 1},
	{"{\"rule\":\"fail:mkdir#1=EIO\",\"class\":\"crash\"}\n"
	 "{\"rule\":\"fail:mkdir#1=EIO\",\"class\":\"hang\"}\n",
		1},
	{"{\"rule\":\"fail:mkdir#1=EIO\",\"class\":\"crash\"}", 0},
	{"{\"rule\":\"fail:mkdir#9=EIO\",\"class\":\"crash\"}\n", 0},
	{"{\"rule\":\"fail:mkdir#1=EIO\",\"class\":\"splendid\"}\n", 0},
	{"{\"rule\":\"fail:mkdir#1=EIO\",\"class\":\"broken\"}\n", 0},
	{"{\"rule\":7,\"class\":\"crash\"}\n", 0},
	{"{\"class\":\"crash\"}\n", 0},
	{"nonsense\n{\"rule\":\"fail:mkdir#2=EIO\",\"class\":\"hang\"}\n", 1},
};

START_TEST(lines_of_a_resumed_file_are_taken_when_they_are_whole)
{
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct problem why;
		struct sweep sweep;
		char text[1024];

		/* An empty file gets the first line. */
		two_points(&sweep);
		ck_assert_msg(resume(&sweep, "", &why), "%s", why.text);
		(void)snprintf(text, sizeof(text), "%s%s", left_in_file, lines[i].line);
		two_points(&sweep);
		ck_assert_msg(resume(&sweep, text, &why), "%s", why.text);
		ck_assert_msg(sweep.report.resumed == lines[i].taken, "%s: %zu",
			lines[i].line, sweep.report.resumed);
		ck_assert_msg(left_in_file[strlen(left_in_file) - 1] == '\n', "%s",
			left_in_file);
	}
}
END_TEST

Suite *suite_of_sweep(void)
{
	return suite_with("sweep", points_are_occurrences_and_errors,
		frequent_calls_are_sampled_with_both_ends,
		short_transfers_and_rules_are_points, no_point_is_refused,
		runs_are_judged_by_the_one_without_faults,
		files_of_other_sweeps_are_refused,
		lines_of_a_resumed_file_are_taken_when_they_are_whole, NULL);
}

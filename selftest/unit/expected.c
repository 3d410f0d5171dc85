#include "expected.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool parse(struct expectations *expected, const char *text, struct problem *why)
{
	return expected_parse(expected, "file.txt", text, strlen(text), why);
}

START_TEST(good_lines_are_kept)
{
	struct expectations expected = {.count = 0};
	struct problem why;

	ck_assert_msg(parse(&expected,
			      "# a comment\n\n   # another\n"
			      "pipe/open/x fail because of this  https://example.org/1\n"
			      "\tpipe/limits/*\tfail,timeout\ttwo\r\n"
			      "pipe/open/y leak no line break at the end",
			      &why),
		"%s", why.text);
	ck_assert_uint_eq(expected.count, 3);
	ck_assert_str_eq(expected.lines[0].pattern, "pipe/open/x");
	ck_assert_uint_eq(expected.lines[0].verdicts, 1u << VERDICT_FAIL);
	ck_assert_str_eq(expected.lines[0].reason,
		"because of this  https://example.org/1");
	ck_assert_int_eq(expected.lines[0].line, 4);
	ck_assert_str_eq(expected.lines[0].file, "file.txt");
	ck_assert_uint_eq(expected.lines[1].verdicts,
		1u << VERDICT_FAIL | 1u << VERDICT_TIMEOUT);
	ck_assert_str_eq(expected.lines[1].reason, "two");
	expected_free(&expected);
}
END_TEST

START_TEST(every_verdict_can_be_expected)
{
	for (int i = 0; i < VERDICT_COUNT; i++) {
		struct expectations expected = {.count = 0};
		struct problem why;
		char line[64] = "a/b/c ";
		strcat(strcat(line, verdict_name((enum verdict)i)), " reason");
		ck_assert(parse(&expected, line, &why));
		expected_free(&expected);
	}
}
END_TEST

static const struct {
	const char *line, *reason;
} bad_lines[] = {
	{"a/b/c", "verdict"},
	{"a/b/c fail", "reason"},
	{"a/b/c fail \t ", "reason"},
	{"a/b/c wrong reason", "'wrong'"},
	{"a/b/c FAIL reason", "'FAIL'"},
	{"a/b/c fail, reason", "comma"},
	{"a/b/c ,fail reason", "''"},
	{"a/b/c fail,,leak reason", "''"},
	{"a/b/c failfailfailfailfailfailfailfailfailfail reason", "no verdict"},
	{"a/b/c fail \xff", "UTF-8"},
	{"a/b/\x01 fail reason", "UTF-8"},
	{"a/b/c fail reason\na/b/c leak another", "already"},
};

START_TEST(bad_lines_are_refused_by_file_and_line)
{
	for (size_t i = 0; i < sizeof(bad_lines) / sizeof(bad_lines[0]); i++) {
		struct expectations expected = {.count = 0};
		struct problem why = {.text = ""};
		ck_assert_msg(!parse(&expected, bad_lines[i].line, &why), "row %zu", i);
		ck_assert_msg(strncmp(why.text, "file.txt:", 9) == 0 &&
				strstr(why.text, bad_lines[i].reason),
			"row %zu: %s", i, why.text);
		expected_free(&expected);
	}
}
END_TEST

START_TEST(a_nul_is_refused)
{
	static const char line[] = "a/b/c fail rea\0son";
	struct expectations expected = {.count = 0};
	struct problem why;

	ck_assert(!expected_parse(&expected, "f", line, sizeof(line) - 1, &why));
	expected_free(&expected);
}
END_TEST

START_TEST(lines_have_a_longest_length)
{
	static char line[EXPECTED_LINE_BYTES + 2];
	struct expectations expected = {.count = 0};
	struct problem why;

	memset(line, 'r', sizeof(line) - 1);
	memcpy(line, "a/b/c fail ", 11);
	ck_assert(!parse(&expected, line, &why));
	line[EXPECTED_LINE_BYTES] = '\0';
	ck_assert_msg(parse(&expected, line, &why), "%s", why.text);
	expected_free(&expected);
}
END_TEST

START_TEST(the_very_id_comes_before_a_glob)
{
	struct expectations expected = {.count = 0};
	struct problem why;

	ck_assert(parse(&expected,
		"a/b/* fail first\na/b/c leak the very\na/* crash last\n", &why));
	ck_assert_str_eq(expected_find(&expected, "a/b/c")->reason, "the very");
	ck_assert_str_eq(expected_find(&expected, "a/b/d")->reason, "last");
	ck_assert_ptr_null(expected_find(&expected, "b/b/d"));
	ck_assert_ptr_null(expected_find(&expected, "a"));
	expected_free(&expected);
}
END_TEST

/* A later file replaces what an earlier one says of a case. */
START_TEST(the_last_of_equals_counts)
{
	struct expectations expected = {.count = 0};
	struct problem why;

	ck_assert(expected_parse(&expected, "one", "a/b/c fail one", 14, &why));
	ck_assert(expected_parse(&expected, "two", "a/b/c leak two", 14, &why));
	ck_assert_str_eq(expected_find(&expected, "a/b/c")->reason, "two");
	expected_free(&expected);
}
END_TEST

START_TEST(pass_takes_a_line_back)
{
	struct expectations expected = {.count = 0};
	struct problem why;

	ck_assert(parse(&expected, "a/b/* fail general\na/b/c pass here it works\n",
		&why));
	ck_assert_ptr_null(expected_find(&expected, "a/b/c"));
	ck_assert_str_eq(expected_find(&expected, "a/b/d")->reason, "general");
	expected_free(&expected);
}
END_TEST

START_TEST(files_that_are_not_there)
{
	struct expectations expected = {.count = 0};
	struct problem why;

	ck_assert(expected_read(&expected, "/no/such/file", true, &why));
	ck_assert(!expected_read(&expected, "/no/such/file", false, &why));
	ck_assert_ptr_nonnull(strstr(why.text, "/no/such/file"));
	ck_assert(!expected_read(&expected, "/", true, &why));
	ck_assert_uint_eq(expected.count, 0);
	expected_free(&expected);
}
END_TEST

static void write_expectation(const char *folder, const char *file)
{
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/%s", folder, file);
	FILE *const out = fopen(path, "w");
	ck_assert_ptr_nonnull(out);
	(void)fprintf(out, "m/d/%s fail because\n", file);
	ck_assert_int_eq(fclose(out), 0);
}

/* The files of a folder that hold where FACTS, up to NULL, are true, as "a b c". */
static void holding(const char *folder, const char *const *facts, char text[512])
{
	size_t count = 0;
	struct expectations expected = {.count = 0};
	struct problem why;

	while (facts[count] != NULL)
		count++;
	ck_assert_msg(expected_read_folder(&expected, folder, facts, count, &why), "%s",
		why.text);
	text[0] = '\0';
	for (size_t i = 0; i < expected.count; i++) {
		(void)strcat(text, i ? " " : "");
		(void)strcat(text, expected.lines[i].pattern + strlen("m/d/"));
	}
	expected_free(&expected);
}

#define FACTS(...)                \
	(const char *const[])     \
	{                         \
		__VA_ARGS__, NULL \
	}

START_TEST(files_hold_from_and_up_to_a_version)
{
	static const char *const files[] = {"linux.txt", "linux-since-6.15.txt",
		"linux-before-6.15.txt", "glibc.txt", "glibc-since-2.4.txt", "musl.txt",
		"linuxes.txt", "linux.text", "linux-until-6.txt", "qemu-user.txt",
		"qemu-user+aarch64.txt", "linux-since-6.15+musl.txt"};
	char folder[] = "/tmp/assay-unit-XXXXXX", text[512], path[128];
	struct expectations expected = {.count = 0};
	struct problem why;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		write_expectation(folder, files[i]);
	holding(folder, FACTS("Linux 6.15.0-rc1", "glibc 2.36", "aarch64"), text);
	ck_assert_str_eq(text,
		"glibc-since-2.4.txt glibc.txt linux-since-6.15.txt linux.txt");
	holding(folder, FACTS("Linux 6.2.9", "musl"), text);
	ck_assert_str_eq(text, "linux-before-6.15.txt linux.txt musl.txt");
	holding(folder, FACTS("Linux 10", "glibc 2.3.9"), text);
	ck_assert_str_eq(text, "glibc.txt linux-since-6.15.txt linux.txt");
	holding(folder, FACTS("Linux 6.15", "musl", "qemu-user"), text);
	ck_assert_str_eq(text,
		"linux-since-6.15.txt linux.txt musl.txt qemu-user.txt "
		"linux-since-6.15+musl.txt");
	holding(folder, FACTS("qemu-user", "aarch64"), text);
	ck_assert_str_eq(text, "qemu-user.txt qemu-user+aarch64.txt");
	holding(folder, FACTS("SunOS 5.11", ""), text);
	ck_assert_str_eq(text, "");
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, files[i]);
		ck_assert_int_eq(unlink(path), 0);
	}
	ck_assert_int_eq(rmdir(folder), 0);
	ck_assert(!expected_read_folder(&expected, folder, FACTS("Linux 6", "musl"), 2,
		&why));
	ck_assert_ptr_nonnull(strstr(why.text, folder));
}
END_TEST

Suite *suite_of_expected(void)
{
	return suite_with("expected", good_lines_are_kept, every_verdict_can_be_expected,
		bad_lines_are_refused_by_file_and_line, a_nul_is_refused,
		lines_have_a_longest_length, the_very_id_comes_before_a_glob,
		the_last_of_equals_counts, pass_takes_a_line_back,
		files_that_are_not_there, files_hold_from_and_up_to_a_version, NULL);
}

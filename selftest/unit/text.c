#include "text.h"
#include "problem.h"
#include "unit.h"

#include <string.h>

START_TEST(adds_up_to_its_size)
{
	char buffer[8];
	struct text text = TEXT_OVER(buffer);

	ck_assert_str_eq(text.at, "");
	text_add(&text, "%d", 1234);
	text_add(&text, "%s", "567");
	ck_assert_str_eq(text.at, "1234567");
	ck_assert(!text.cut);
	text_add(&text, "8");
	ck_assert_str_eq(text.at, "1234567");
	ck_assert_uint_eq(text.used, 7);
	ck_assert(text.cut);
}
END_TEST

START_TEST(stays_cut_and_terminated)
{
	char buffer[4];
	struct text text = TEXT_OVER(buffer);

	text_add(&text, "%s", "abcdefgh");
	ck_assert_str_eq(text.at, "abc");
	text_add(&text, "%s", "");
	ck_assert(text.cut);
	ck_assert_str_eq(text.at, "abc");
}
END_TEST

static const struct {
	const char *bytes;
	size_t count, length;
} sequences[] = {
	{"a", 1, 1},
	{"", 0, 0},
	{"\0", 1, 1},
	{"\x7f", 1, 1},
	{"\x80", 1, 0},
	{"\xc3\xa9", 2, 2},
	{"\xc3\xa9", 1, 0},         /* cut */
	{"\xc3(", 2, 0},            /* no continuation */
	{"\xc0\xaf", 2, 0},         /* overlong '/' */
	{"\xc1\xbf", 2, 0},         /* overlong 0x7f */
	{"\xc2\x80", 2, 2},         /* smallest of two */
	{"\xe0\x9f\xbf", 3, 0},     /* overlong of two */
	{"\xe0\xa0\x80", 3, 3},     /* smallest of three */
	{"\xed\x9f\xbf", 3, 3},     /* last before the surrogates */
	{"\xed\xa0\x80", 3, 0},     /* first surrogate */
	{"\xed\xbf\xbf", 3, 0},     /* last surrogate */
	{"\xee\x80\x80", 3, 3},     /* first behind them */
	{"\xf0\x8f\xbf\xbf", 4, 0}, /* overlong of three */
	{"\xf0\x90\x80\x80", 4, 4}, /* smallest of four */
	{"\xf4\x8f\xbf\xbf", 4, 4}, /* U+10FFFF */
	{"\xf4\x90\x80\x80", 4, 0}, /* behind it */
	{"\xf8\x88\x80\x80\x80", 5, 0},
	{"\xff", 1, 0},
	{"\xfe", 1, 0},
};

START_TEST(knows_utf8)
{
	for (size_t i = 0; i < sizeof(sequences) / sizeof(sequences[0]); i++) {
		const size_t got = utf8_length(sequences[i].bytes, sequences[i].count);
		ck_assert_msg(got == sequences[i].length, "sequence %zu: %zu, wanted %zu",
			i, got, sequences[i].length);
	}
}
END_TEST

static const char *json_of(const char *bytes, size_t count)
{
	static char buffer[256];
	struct text text = TEXT_OVER(buffer);

	text_add_json(&text, bytes, count);
	return text.at;
}

START_TEST(writes_json_strings)
{
	ck_assert_str_eq(json_of("", 0), "\"\"");
	ck_assert_str_eq(json_of("plain", 5), "\"plain\"");
	ck_assert_str_eq(json_of("\"\\\n\t", 4), "\"\\\"\\\\\\n\\t\"");
	ck_assert_str_eq(json_of("\0\x01\x1f\x7f\r", 5),
		"\"\\\\x00\\u0001\\u001f\\u007f\\u000d\"");
	ck_assert_str_eq(json_of("\xc3\xa9", 2), "\"\xc3\xa9\"");
}
END_TEST

START_TEST(writes_invalid_bytes_as_text)
{
	ck_assert_str_eq(json_of("\xff", 1), "\"\\\\xff\"");
	ck_assert_str_eq(json_of("a\xc3", 2), "\"a\\\\xc3\"");
	ck_assert_str_eq(json_of("\xc0\xaf", 2), "\"\\\\xc0\\\\xaf\"");
}
END_TEST

START_TEST(cuts_json_and_says_so)
{
	char buffer[8];
	struct text text = TEXT_OVER(buffer);

	text_add_json(&text, "0123456789", 10);
	ck_assert(text.cut);
	ck_assert_uint_eq(strlen(text.at), 7);
}
END_TEST

Suite *suite_of_text(void)
{
	return suite_with("text", adds_up_to_its_size, stays_cut_and_terminated,
		knows_utf8, writes_json_strings, writes_invalid_bytes_as_text,
		cuts_json_and_says_so, NULL);
}

START_TEST(problem_is_false_and_told)
{
	struct problem why;

	ck_assert(!problem_set(&why, "%s: %d", "file", 3));
	ck_assert_str_eq(why.text, "file: 3");
	ck_assert(!problem_prefix(&why, "%s", "reading"));
	ck_assert_str_eq(why.text, "reading: file: 3");
}
END_TEST

START_TEST(problem_is_cut_at_its_size)
{
	char text[3000];
	struct problem why;

	memset(text, 'p', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	(void)problem_set(&why, "%s", text);
	ck_assert_uint_eq(strlen(why.text), sizeof(why.text) - 1);
	(void)problem_prefix(&why, "%s", text);
	ck_assert_uint_eq(strlen(why.text), sizeof(why.text) - 1);
}
END_TEST

Suite *suite_of_problem(void)
{
	return suite_with("problem", problem_is_false_and_told,
		problem_is_cut_at_its_size, NULL);
}

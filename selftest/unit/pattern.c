#include "pattern.h"
#include "printable.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *pattern, *id;
	bool is_selected;
} selections[] = {
	{"pipe/open/x", "pipe/open/x", true},
	{"pipe/open/x", "pipe/open/xy", false},
	{"pipe/open", "pipe/open/x", true},
	{"pipe/open/", "pipe/open/x", true},
	{"pipe", "pipe/open/x", true},
	{"pipe/", "pipe/open/x", true},
	{"pip", "pipe/open/x", false},
	{"pipe/op", "pipe/open/x", false},
	{"open", "pipe/open/x", false},
	{"/pipe", "pipe/open/x", false},
	{"PIPE", "pipe/open/x", false},
	{"", "pipe/open/x", false},
	{"/", "pipe/open/x", false},
	{"*", "pipe/open/x", true},
	{"pipe/*", "pipe/open/x", true},
	{"*/open/*", "pipe/open/x", true},
	{"*/x", "pipe/open/x", true},
	{"pipe/*/y", "pipe/open/x", false},
	{"pipe/op?n/x", "pipe/open/x", true},
	{"pipe/op?/x", "pipe/open/x", false},
	{"[pf]ip*", "pipe/open/x", true},
	{"[!p]ip*", "pipe/open/x", false},
	{"pipe*", "pipe/open/x", true},
	{"pipe/open/x", "pipe/open/x.row", true},
	{"pipe/open/x.row", "pipe/open/x.row", true},
	{"pipe/open/x.ro", "pipe/open/x.row", false},
	{"pipe/open/x.row", "pipe/open/x", false},
	{"pipe/open", "pipe/open", true},
};

START_TEST(patterns_select)
{
	for (size_t i = 0; i < sizeof(selections) / sizeof(selections[0]); i++)
		ck_assert_msg(pattern_matches(selections[i].pattern, selections[i].id) ==
				selections[i].is_selected,
			"'%s' and '%s'", selections[i].pattern, selections[i].id);
}
END_TEST

START_TEST(exact_patterns_select_one)
{
	ck_assert(pattern_matches_exactly("pipe/open/x", "pipe/open/x"));
	ck_assert(!pattern_matches_exactly("pipe/open", "pipe/open/x"));
	ck_assert(!pattern_matches_exactly("pipe/open/x", "pipe/open/x.row"));
	ck_assert(pattern_matches_exactly("pipe/open/*", "pipe/open/x"));
}
END_TEST

START_TEST(globs_are_seen)
{
	ck_assert(pattern_is_glob("a*"));
	ck_assert(pattern_is_glob("a?"));
	ck_assert(pattern_is_glob("a[b]"));
	ck_assert(!pattern_is_glob("pipe/open.x-y"));
	ck_assert(!pattern_is_glob(""));
}
END_TEST

Suite *suite_of_pattern(void)
{
	return suite_with("pattern", patterns_select, exact_patterns_select_one,
		globs_are_seen, NULL);
}

static const struct {
	const char *bytes, *shown;
} shows[] = {
	{"plain \xc3\xa9", "plain \xc3\xa9"},
	{"a\nb\r\t", "a\\x0ab\\x0d\\x09"},
	{"\033[31m", "\\x1b[31m"},
	{"\x7f", "\\x7f"},
	{"\xff", "\\xff"},
	{"\xc2\x9b"
	 "31m",
		"\\xc2\\x9b31m"}, /* U+009B starts a terminal sequence, too */
	{"\xc2\xa0", "\xc2\xa0"},
	{"\xe2\x82", "\\xe2\\x82"},
};

START_TEST(foreign_bytes_are_made_safe)
{
	for (size_t i = 0; i < sizeof(shows) / sizeof(shows[0]); i++) {
		char *shown = printable_copy(shows[i].bytes, strlen(shows[i].bytes));
		ck_assert_str_eq(shown, shows[i].shown);
		free(shown);
	}
}
END_TEST

START_TEST(a_nul_is_shown)
{
	char *shown = printable_copy("a\0b", 3);

	ck_assert_str_eq(shown, "a\\x00b");
	free(shown);
}
END_TEST

Suite *suite_of_printable(void)
{
	return suite_with("printable", foreign_bytes_are_made_safe, a_nul_is_shown, NULL);
}

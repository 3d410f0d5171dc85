/*
 * What valgrind writes, as a process writes it: in any pieces, from the middle, not to the end.
 */
#include "valgrind_xml.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#define FRAME(object, function, folder, file, line)                                 \
	"<frame><ip>0x1</ip><obj>" object "</obj><fn>" function "</fn><dir>" folder \
	"</dir><file>" file "</file><line>" line "</line></frame>"

#define STACK                                                                            \
	"<stack>" FRAME("/lib/libc.so.6", "write", "/glibc", "write.c", "26")            \
		FRAME("/w", "word", "/w/framework/author", "word.c", "5")                \
			FRAME("/w", "queue_made", "/w/suites/q", "queue.c", "41")        \
				FRAME("/w", "run_body", "/w/framework/worker", "body.c", \
					"9") "</stack>"

#define HEAD                                                                             \
	"<error><unique>0x0</unique><kind>InvalidRead</kind><what>Invalid read of size " \
	"4</what>"
#define ERROR HEAD STACK "<auxwhat>Address 0x0 is &lt;nowhere&gt;</auxwhat></error>"
#define PROLOG "<?xml version=\"1.0\"?>"

/* The findings of a test. */
static struct finding found[8];
static size_t found_count;

static void keep(void *to, const struct finding *finding)
{
	ck_assert_ptr_eq(to, found);
	ck_assert_uint_lt(found_count, sizeof(found) / sizeof(found[0]));
	found[found_count++] = *finding;
}

/* Reads TEXT in pieces of SIZE bytes. */
static void read_in_pieces(const char *text, size_t size)
{
	struct valgrind_xml *xml = valgrind_xml_open(keep, found);

	found_count = 0;
	for (size_t left = strlen(text); left > 0;) {
		const size_t count = left < size ? left : size;

		valgrind_xml_feed(xml, text, count);
		text += count;
		left -= count;
	}
	valgrind_xml_close(xml);
}

static void forget(void)
{
	while (found_count > 0)
		finding_free(&found[--found_count]);
}

static void require_the_error(const struct finding *finding)
{
	ck_assert_str_eq(finding->kind, "InvalidRead");
	ck_assert_str_eq(finding->what, "Invalid read of size 4");
	ck_assert_str_eq(finding->where, "queue_made");
	ck_assert_str_eq(finding->file, "/w/suites/q/queue.c");
	ck_assert_int_eq(finding->line, 41);
}

START_TEST(place_is_that_of_the_case)
{
	read_in_pieces(PROLOG "<valgrindoutput>" ERROR "</valgrindoutput>", 1 << 20);
	ck_assert_uint_eq(found_count, 1);
	require_the_error(&found[0]);
	ck_assert_str_eq(found[0].about, "Address 0x0 is <nowhere>");
	ck_assert_str_eq(found[0].story,
		"Invalid read of size 4\n   at write (write.c:26)\n   by word "
		"(word.c:5)\n"
		"   by queue_made (queue.c:41)\nAddress 0x0 is <nowhere>\n");
	forget();
}
END_TEST

START_TEST(any_pieces_give_the_same)
{
	for (size_t size = sizeof(PROLOG); size < 40; size++) {
		read_in_pieces(PROLOG "<valgrindoutput>" ERROR ERROR, size);
		ck_assert_uint_eq(found_count, 2);
		require_the_error(&found[1]);
		forget();
	}
}
END_TEST

START_TEST(forked_process_begins_in_the_middle)
{
	read_in_pieces(ERROR ERROR "\n</valgrindoutput>\n", 1);
	ck_assert_uint_eq(found_count, 2);
	require_the_error(&found[1]);
	forget();
}
END_TEST

START_TEST(death_in_a_report_is_said)
{
	read_in_pieces(HEAD STACK "<auxwh", 1 << 20);
	ck_assert_uint_eq(found_count, 1);
	require_the_error(&found[0]);
	ck_assert_ptr_nonnull(strstr(found[0].story, "ended before all was told"));
	forget();
	read_in_pieces(HEAD, 1 << 20);
	ck_assert_uint_eq(found_count, 0);
}
END_TEST

START_TEST(executed_program_begins_anew)
{
	struct valgrind_xml *xml = valgrind_xml_open(keep, found);
	const char *const pieces[] = {HEAD, PROLOG, "<valgrindoutput>", ERROR};

	found_count = 0;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
		valgrind_xml_feed(xml, pieces[i], strlen(pieces[i]));
	valgrind_xml_close(xml);
	ck_assert_uint_eq(found_count, 1);
	require_the_error(&found[0]);
	forget();
}
END_TEST

START_TEST(what_is_no_xml_is_passed_over)
{
	read_in_pieces(ERROR "<<<>>> & \xff" ERROR, 7);
	ck_assert_uint_eq(found_count, 1);
	forget();
	read_in_pieces("</valgrindoutput>" ERROR, 7);
	ck_assert_uint_eq(found_count, 0);
}
END_TEST

START_TEST(long_words_are_cut)
{
	static char text[70000];

	memset(text, 'x', sizeof(text) - 1);
	memcpy(text, "<error><what>", 13);
	memcpy(text + sizeof(text) - 20, "</what></error>", 16);
	read_in_pieces(text, 4096);
	ck_assert_uint_eq(found_count, 1);
	ck_assert_uint_gt(strlen(found[0].what), 100);
	ck_assert_uint_lt(strlen(found[0].what), 2000);
	forget();
}
END_TEST

Suite *suite_of_valgrind_xml(void)
{
	if (!valgrind_xml_is_readable())
		return suite_create("valgrind_xml");
	return suite_with("valgrind_xml", place_is_that_of_the_case,
		any_pieces_give_the_same, forked_process_begins_in_the_middle,
		death_in_a_report_is_said, executed_program_begins_anew,
		what_is_no_xml_is_passed_over, long_words_are_cut, NULL);
}

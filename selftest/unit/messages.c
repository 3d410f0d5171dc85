/*
 * What the runner makes of a worker's objects: hello, case, result.  A worker is believed
 * nothing.
 */
#include "catalog.h"
#include "hello.h"
#include "result.h"
#include "unit.h"

#include <string.h>

static json_t *object(const char *text)
{
	json_error_t error;
	json_t *parsed = json_loads(text, 0, &error);

	ck_assert_msg(parsed != NULL, "%s: %s", text, error.text);
	return parsed;
}

static bool is_result(const char *text, struct outcome *out, struct problem *why)
{
	json_t *message = object(text);
	const bool good = outcome_read(message, "a/b/c", out, why);

	json_decref(message);
	return good;
}

START_TEST(a_result_is_read)
{
	struct outcome outcome;
	struct problem why;

	ck_assert_msg(is_result("{\"type\":\"result\",\"id\":\"a/b/"
				"c\",\"verdict\":\"fail\","
				"\"text\":\"x\\ny\",\"got\":\"1\",\"wanted\":\"2\","
				"\"file\":\"f.c\","
				"\"line\":7,\"notes\":[{\"key\":\"k\",\"value\":\"v\"}],"
				"\"leftovers\":[\"queue /x\"],\"output\":\"one\\ntwo\","
				"\"output_dropped\":9,\"duration_us\":1200,\"new\":[{}]}",
			      &outcome, &why),
		"%s", why.text);
	ck_assert_int_eq(outcome.verdict, VERDICT_FAIL);
	ck_assert_ptr_null(strchr(outcome.text, '\n'));
	ck_assert_str_eq(outcome.output, "one\ntwo");
	ck_assert_str_eq(outcome.who, "body");
	ck_assert_str_eq(outcome.notes[0].value, "v");
	ck_assert_str_eq(outcome.leftovers[0], "queue /x");
	ck_assert_int_eq(outcome.line, 7);
	ck_assert_uint_eq(outcome.output_dropped, 9);
	ck_assert_int_eq(outcome.duration_us, 1200);
	outcome_free(&outcome);
}
END_TEST

START_TEST(missing_fields_have_their_values)
{
	struct outcome outcome;
	struct problem why;

	ck_assert(is_result("{\"id\":\"a/b/c\",\"verdict\":\"pass\"}", &outcome, &why));
	ck_assert_str_eq(outcome.text, "");
	ck_assert_str_eq(outcome.who, "body");
	ck_assert(!outcome.announced);
	ck_assert_uint_eq(outcome.note_count, 0);
	outcome_free(&outcome);
}
END_TEST

static const char *const bad_results[] = {
	"{}",
	"{\"id\":\"a/b/c\"}",
	"{\"verdict\":\"pass\"}",
	"{\"id\":\"a/b/d\",\"verdict\":\"pass\"}",
	"{\"id\":7,\"verdict\":\"pass\"}",
	"{\"id\":\"a/b/c\",\"verdict\":\"Pass\"}",
	"{\"id\":\"a/b/c\",\"verdict\":\"known\"}",
	"{\"id\":\"a/b/c\",\"verdict\":1}",
	"{\"id\":\"a/b/c\",\"verdict\":\"pass\",\"text\":1}",
	"{\"id\":\"a/b/c\",\"verdict\":\"pass\",\"line\":-1}",
	"{\"id\":\"a/b/c\",\"verdict\":\"pass\",\"line\":1.5}",
	"{\"id\":\"a/b/c\",\"verdict\":\"pass\",\"line\":99999999999}",
	"{\"id\":\"a/b/c\",\"verdict\":\"pass\",\"announced\":1}",
	"{\"id\":\"a/b/c\",\"verdict\":\"pass\",\"notes\":{}}",
	"{\"id\":\"a/b/c\",\"verdict\":\"pass\",\"notes\":[1]}",
	"{\"id\":\"a/b/c\",\"verdict\":\"pass\",\"notes\":[{\"key\":1}]}",
	"{\"id\":\"a/b/c\",\"verdict\":\"pass\",\"leftovers\":\"x\"}",
	"{\"id\":\"a/b/c\",\"verdict\":\"pass\",\"leftovers\":[null]}",
	"{\"id\":\"a/b/c\",\"verdict\":\"pass\",\"duration_us\":-5}",
	"{\"id\":\"a/b/c\",\"verdict\":\"pass\",\"output_dropped\":\"many\"}",
};

START_TEST(bad_results_are_refused)
{
	for (size_t i = 0; i < sizeof(bad_results) / sizeof(bad_results[0]); i++) {
		struct outcome outcome;
		struct problem why = {.text = ""};
		ck_assert_msg(!is_result(bad_results[i], &outcome, &why), "%s",
			bad_results[i]);
		ck_assert_str_ne(why.text, "");
	}
}
END_TEST

static const char *const bad_hellos[] = {
	"{\"type\":\"hello\"}",
	"{\"type\":\"bye\",\"protocol\":1}",
	"{\"type\":\"hello\",\"protocol\":0}",
	"{\"type\":\"hello\",\"protocol\":2}",
	"{\"type\":\"hello\",\"protocol\":\"1\"}",
	"{\"type\":\"hello\",\"protocol\":1.0}",
	"{\"type\":\"hello\",\"protocol\":-1}",
	"{\"type\":\"hello\",\"protocol\":1,\"uid\":-1}",
	"{\"type\":\"hello\",\"protocol\":1,\"kernel\":7}",
	"{\"type\":\"hello\",\"protocol\":1,\"isolation\":\"user\"}",
	"{\"type\":\"hello\",\"protocol\":1,\"isolation\":[7]}",
	"{\"type\":\"hello\",\"protocol\":1,\"environment\":\"qemu-user\"}",
	"{\"type\":\"hello\",\"protocol\":1,\"missing\":[7]}",
	"{\"type\":\"hello\",\"protocol\":1,\"refused\":[{\"what\":7}]}",
};

START_TEST(bad_hellos_are_refused)
{
	for (size_t i = 0; i < sizeof(bad_hellos) / sizeof(bad_hellos[0]); i++) {
		struct report_target target = {0};
		struct problem why = {.text = ""};
		json_t *message = object(bad_hellos[i]);
		ck_assert_msg(!hello_read(message, &target, &why), "%s", bad_hellos[i]);
		ck_assert_str_ne(why.text, "");
		json_decref(message);
		hello_free(&target);
	}
}
END_TEST

START_TEST(a_hello_is_read)
{
	struct report_target target = {0};
	struct problem why;
	json_t *message =
		object("{\"type\":\"hello\",\"protocol\":1,\"kernel\":\"Linux\\u001b["
		       "31m\","
		       "\"isolation\":[\"ipc\",\"shm\",\"mqueue\",\"tmp\",\"pid\"],"
		       "\"environment\":[\"qemu-user\"],"
		       "\"missing\":[{\"need\":\"second-uid\",\"reason\":\"one id\"}],"
		       "\"uid\":4294967294,\"surprise\":{}}");

	ck_assert_msg(hello_read(message, &target, &why), "%s", why.text);
	ck_assert_str_eq(target.kernel, "Linux\\x1b[31m");
	ck_assert_uint_eq(target.environment_count, 1);
	ck_assert_str_eq(target.environment[0], "qemu-user");
	ck_assert_str_eq(target.missing[0].what, "second-uid");
	ck_assert(hello_is_isolated(&target));
	target.isolation_count--;
	ck_assert(!hello_is_isolated(&target));
	target.isolation_count++;
	json_decref(message);
	hello_free(&target);
}
END_TEST

static const char *const bad_cases[] = {
	"{\"type\":\"case\"}",
	"{\"type\":\"case\",\"id\":\"\"}",
	"{\"type\":\"case\",\"id\":\"a b\"}",
	"{\"type\":\"case\",\"id\":\"a/\\u00e9\"}",
	"{\"type\":\"case\",\"id\":\"a/b/c\\n\"}",
	"{\"type\":\"case\",\"id\":7}",
	"{\"type\":\"case\",\"id\":\"a/b/c\",\"level\":\"iso\"}",
	"{\"type\":\"case\",\"id\":\"a/b/c\",\"level\":\"linux\",\"needs\":\"proc\"}",
	"{\"type\":\"case\",\"id\":\"a/b/c\",\"level\":\"linux\",\"deadline_ms\":-1}",
	"{\"type\":\"case\",\"id\":\"a/b/c\",\"level\":\"linux\",\"line\":\"one\"}",
};

START_TEST(bad_cases_are_refused)
{
	for (size_t i = 0; i < sizeof(bad_cases) / sizeof(bad_cases[0]); i++) {
		struct catalog catalog = {.count = 0};
		struct problem why = {.text = ""};
		json_t *message = object(bad_cases[i]);
		ck_assert_msg(!catalog_add(&catalog, message, &why), "%s", bad_cases[i]);
		ck_assert_str_ne(why.text, "");
		json_decref(message);
		catalog_free(&catalog);
	}
}
END_TEST

START_TEST(an_id_can_be_there_once)
{
	struct catalog catalog = {.count = 0};
	struct problem why;
	json_t *message =
		object("{\"type\":\"case\",\"id\":\"a/b/c\",\"level\":\"linux\"}");

	ck_assert_msg(catalog_add(&catalog, message, &why), "%s", why.text);
	(void)catalog_add(&catalog, message, &why);
	ck_assert(!catalog_close(&catalog, &why));
	ck_assert_ptr_nonnull(strstr(why.text, "a/b/c"));
	json_decref(message);
	catalog_free(&catalog);
}
END_TEST

START_TEST(ids_are_visible_and_short)
{
	char id[CATALOG_ID_BYTES + 2];

	memset(id, 'i', sizeof(id) - 1);
	id[sizeof(id) - 1] = '\0';
	ck_assert(!catalog_id_is_valid(id));
	id[CATALOG_ID_BYTES] = '\0';
	ck_assert(catalog_id_is_valid(id));
	ck_assert(catalog_id_is_valid("pipe/open/x.row-1"));
	ck_assert(!catalog_id_is_valid(""));
	ck_assert(!catalog_id_is_valid("a b"));
	ck_assert(!catalog_id_is_valid("a\x7f"));
	ck_assert(!catalog_id_is_valid("a\tb"));
}
END_TEST

/* One case that ran; its overlay by the expectation LINE and the verdicts of its runs. */
static enum overlay overlay_of(const char *line, const enum verdict *verdicts, int count)
{
	struct expectations expected = {.count = 0};
	struct catalog_case c = {.id = (char *)"a/b/c",
		.claim = (char *)"",
		.spec = (char *)"",
		.alone = (char *)"",
		.file = (char *)"f.c"};
	struct report_case result;
	struct problem why;

	ck_assert(expected_parse(&expected, "f", line, strlen(line), &why));
	result_begin(&result, &c);
	for (int i = 0; i < count; i++) {
		struct outcome outcome;
		outcome_judge(&outcome, &result, verdicts[i], "why", "");
		result_add(&result, &outcome, &expected);
	}
	const enum overlay overlay = result.overlay;
	ck_assert_int_eq(result.runs, count);
	result_free(&result);
	expected_free(&expected);
	return overlay;
}

START_TEST(expectations_and_repetition_overlay_a_verdict)
{
	static const enum verdict fail[] = {VERDICT_FAIL}, pass[] = {VERDICT_PASS},
				  both[] = {VERDICT_PASS, VERDICT_FAIL},
				  unsupported[] = {VERDICT_UNSUPPORTED},
				  twice[] = {VERDICT_FAIL, VERDICT_FAIL};

	ck_assert_int_eq(overlay_of("", fail, 1), OVERLAY_NONE);
	ck_assert_int_eq(overlay_of("", pass, 1), OVERLAY_NONE);
	ck_assert_int_eq(overlay_of("a/b/c fail r", fail, 1), OVERLAY_KNOWN);
	ck_assert_int_eq(overlay_of("a/* fail r", fail, 1), OVERLAY_KNOWN);
	ck_assert_int_eq(overlay_of("a/b/c leak r", fail, 1), OVERLAY_NONE);
	ck_assert_int_eq(overlay_of("a/b/c fail r", pass, 1), OVERLAY_FIXED);
	ck_assert_int_eq(overlay_of("a/b/c pass r", pass, 1), OVERLAY_NONE);
	ck_assert_int_eq(overlay_of("a/b/c pass,fail r", pass, 1), OVERLAY_NONE);
	ck_assert_int_eq(overlay_of("", both, 2), OVERLAY_UNSTABLE);
	ck_assert_int_eq(overlay_of("a/b/c fail r", both, 2), OVERLAY_UNSTABLE);
	ck_assert_int_eq(overlay_of("a/b/c fail r", twice, 2), OVERLAY_KNOWN);
	ck_assert_int_ne(overlay_of("a/b/c fail r", unsupported, 1), OVERLAY_FIXED);
}
END_TEST

Suite *suite_of_messages(void)
{
	return suite_with("messages", a_result_is_read, missing_fields_have_their_values,
		bad_results_are_refused, bad_hellos_are_refused, a_hello_is_read,
		bad_cases_are_refused, an_id_can_be_there_once, ids_are_visible_and_short,
		expectations_and_repetition_overlay_a_verdict, NULL);
}

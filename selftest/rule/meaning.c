/*
 * What a rule means: the fields it fills, which occurrences it names, which arguments meet
 * its conditions.
 */
#include "rule.h"
#include "suites.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static struct rule parsed(const char *text)
{
	struct rule rule;
	struct problem why;

	ck_assert_msg(rule_parse(text, &rule, &why), "%s: %s", text, why.text);
	return rule;
}

START_TEST(fields_are_filled)
{
	struct rule rule = parsed("fail:open#2..5 if path^/x and flags&O_CREAT=ENOSPC");

	ck_assert_int_eq(rule.verb, RULE_FAIL);
	ck_assert_str_eq(rule.call, "open");
	ck_assert_uint_eq(rule.which.first, 2);
	ck_assert_uint_eq(rule.which.last, 5);
	ck_assert_uint_eq(rule.which.step, 1);
	ck_assert_int_eq(rule.error, ENOSPC);
	ck_assert_uint_eq(rule.condition_count, 2);
	ck_assert_int_eq(rule.conditions[0].operator, RULE_PREFIX);
	ck_assert_str_eq(rule.conditions[0].prefix, "/x");
	ck_assert_int_eq(rule.conditions[1].operator, RULE_HAS_BITS);
	ck_assert_str_eq(rule.conditions[1].argument, "flags");
	ck_assert_uint_eq(rule.conditions[1].value, O_CREAT);

	rule = parsed("kill:read#3:exit");
	ck_assert_int_eq(rule.point, RULE_POINT_CALL);
	ck_assert_int_eq(rule.place, RULE_AT_EXIT);
	ck_assert_uint_eq(rule.which.first, 3);
	rule = parsed("kill:call=4");
	ck_assert_int_eq(rule.point, RULE_POINT_ANY_CALL);
	ck_assert_int_eq(rule.place, RULE_AT_ENTRY);
	ck_assert_str_eq(rule.call, "");
	rule = parsed("kill:insn=5");
	ck_assert_int_eq(rule.point, RULE_POINT_INSTRUCTION);
	ck_assert_uint_eq(rule.which.first, 5);

	rule = parsed("stall:futex#1=2s");
	ck_assert_int_eq(rule.event, RULE_EVENT_TIME);
	ck_assert_int_eq(rule.stall_ms, 2000);
	rule = parsed("stall:futex#1=until:blocked(reader,poll)");
	ck_assert_int_eq(rule.event, RULE_EVENT_BLOCKED);
	ck_assert_str_eq(rule.event_peer, "reader");
	ck_assert_str_eq(rule.event_call, "poll");
	rule = parsed("interrupt:read#1=SIGRTMIN+2");
	ck_assert_int_eq(rule.signal, SIGRTMIN + 2);
	rule = parsed("interrupt:read#1=SIGRTMAX-1");
	ck_assert_int_eq(rule.signal, SIGRTMAX - 1);
	rule = parsed("shorten:read#1=7");
	ck_assert_uint_eq(rule.bytes, 7);
	rule = parsed("limit:nofile=12");
	ck_assert_str_eq(rule.resource, "nofile");
	ck_assert_uint_eq(rule.limit, 12);
	rule = parsed("fill:fds");
	ck_assert_str_eq(rule.resource, "fds");
}
END_TEST

static const struct {
	const char *rule, *named; /* of the occurrences 1 to 9 */
} which[] = {
	{"fail:read=EIO", "123456789"},
	{"fail:read#3=EIO", "3"},
	{"fail:read#3..5=EIO", "345"},
	{"fail:read#3+1=EIO", "3456789"},
	{"fail:read#2+3=EIO", "258"},
	{"fail:read#9+9=EIO", "9"},
	{"kill:read#4", "4"},
};

START_TEST(occurrences_are_named)
{
	const struct rule rule = parsed(which[_i].rule);
	char named[10] = "";
	size_t used = 0;

	for (unsigned number = 0; number <= 9; number++)
		if (rule_names(&rule, number))
			named[used++] = (char)('0' + number);
	ck_assert_str_eq(named, which[_i].named);
}
END_TEST

static const struct {
	const char *condition, *call;
	uint64_t value;
	bool holds;
} conditions[] = {
	{"fd=3", "write", 3, true},
	{"fd=3", "write", 4, false},
	{"fd=3", "write", UINT64_C(0xdeadbeef00000003), true},
	{"fd=-1", "write", UINT64_MAX, true},
	{"fd=-1", "write", UINT32_MAX, true},
	{"fd!=3", "write", 4, true},
	{"fd!=3", "write", UINT64_C(1) << 32 | 3, false},
	{"fd<3", "write", 2, true},
	{"fd<3", "write", 3, false},
	{"fd<3", "write", UINT32_MAX, true},
	{"fd<0", "write", UINT32_MAX, true},
	{"fd<0", "write", 0, false},
	{"fd>=0", "write", UINT32_MAX, false},
	{"fd>=-1", "write", UINT32_MAX, true},
	{"fd>=3", "write", 3, true},
	{"fd>=3", "write", 2, false},
	{"size=3", "write", UINT64_C(1) << 32 | 3, false},
	{"size<4096", "write", 4095, true},
	{"size<4096", "write", UINT64_MAX, false},
	{"size>=4096", "write", UINT64_MAX, true},
	{"size>=4096", "write", 4095, false},
	{"size=-1", "write", UINT64_MAX, true},
	{"arg0=3", "write", UINT64_C(1) << 32 | 3, false},
	{"mode&6", "open", 7, true},
	{"mode&6", "open", 5, false},
	{"flags&O_CREAT|O_EXCL", "open", O_CREAT | O_EXCL | O_RDWR, true},
	{"flags&O_CREAT|O_EXCL", "open", O_CREAT | O_RDWR, false},
	{"flags&0x80000000", "open", UINT64_C(0x80000000), true},
};

START_TEST(conditions_hold)
{
	char text[100];
	struct call_argument argument;

	(void)snprintf(text, sizeof(text), "count:%s if %s", conditions[_i].call,
		conditions[_i].condition);
	const struct rule rule = parsed(text);
	ck_assert(call_argument_find(conditions[_i].call, rule.conditions[0].argument,
		&argument));
	ck_assert_msg(rule_condition_holds(&rule.conditions[0], &argument,
			      conditions[_i].value) == conditions[_i].holds,
		"%s, %#llx", text, (unsigned long long)conditions[_i].value);
}
END_TEST

START_TEST(prefixes_hold)
{
	const struct rule rule = parsed("count:open if path^/dev/");
	const struct rule_condition *const condition = &rule.conditions[0];

	ck_assert(rule_prefix_holds(condition, "/dev/shm", 8));
	ck_assert(rule_prefix_holds(condition, "/dev/", 5));
	ck_assert(!rule_prefix_holds(condition, "/dev/shm", 4));
	ck_assert(!rule_prefix_holds(condition, "/dex/shm", 8));
	ck_assert(!rule_prefix_holds(condition, "", 0));
}
END_TEST

/* The path of a family is found at the place of each member; a member without such an
 * argument has none. */
START_TEST(arguments_are_those_of_each_member)
{
	const struct rule rule = parsed("count:open if flags&O_CREAT and path^/x");
	const char *names[CALL_FAMILY_MAX];
	struct call_argument argument;

	ck_assert_uint_eq(rule_call_names(&rule, names), 3);
	ck_assert_str_eq(names[0], "open");
	ck_assert(call_argument_find(names[0], "path", &argument) && argument.index == 0);
	ck_assert_str_eq(names[1], "openat");
	ck_assert(call_argument_find(names[1], "path", &argument) && argument.index == 1);
	ck_assert_str_eq(names[2], "openat2");
	ck_assert(!call_argument_find(names[2], "flags", &argument));

	const struct rule single = parsed("count:openat");
	ck_assert_uint_eq(rule_call_names(&single, names), 1);
	ck_assert_str_eq(names[0], "openat");
	const struct rule none = parsed("kill:call=1");
	ck_assert_uint_eq(rule_call_names(&none, names), 0);
}
END_TEST

Suite *suite_of_meaning(void)
{
	Suite *const suite = suite_create("meaning");
	TCase *const tests = tcase_create("meaning");

	tcase_add_test(tests, fields_are_filled);
	tcase_add_loop_test(tests, occurrences_are_named, 0, COUNT(which));
	tcase_add_loop_test(tests, conditions_hold, 0, COUNT(conditions));
	tcase_add_test(tests, prefixes_hold);
	tcase_add_test(tests, arguments_are_those_of_each_member);
	suite_add_tcase(suite, tests);
	return suite;
}

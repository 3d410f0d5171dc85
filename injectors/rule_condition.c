#include "rule_condition.h"

#include "constant.h"
#include "printable.h"

#include <string.h>

static const struct {
	const char *text;
	enum rule_operator operator;
} operators[] = {
	{"=", RULE_EQUAL},
	{"!=", RULE_NOT_EQUAL},
	{"<", RULE_LESS},
	{">=", RULE_AT_LEAST},
	{"&", RULE_HAS_BITS},
};

enum { OPERATOR_COUNT = sizeof(operators) / sizeof(operators[0]) };

/* Names of signals hold signs, names of flags do not: op=F_SETFL-1 is refused at the -. */
static const char *name_bytes(const struct call_argument *argument)
{
	return argument->names == CONSTANT_SIGNAL ? SCAN_WORD "+-" : SCAN_WORD;
}

/* One TERM that is not negative. */
static bool take_term(struct scan *scan, const struct call_argument *argument,
	uint64_t *value)
{
	const bool is_int = argument->kind == CALL_ARGUMENT_INT;
	const char *const example = constant_example(argument->names);
	const size_t start = scan->at;
	char name[40], wanted[80];
	struct text text = TEXT_OVER(wanted);

	text_add(&text, "a number%s%s%s", is_int ? " of at most 32 bits" : "",
		example ? " or a name such as " : "", example ? example : "");
	if (scan_digit(*scan_rest(scan)) < 10)
		return scan_number(scan,
			(struct scan_range){0, is_int ? UINT32_MAX : UINT64_MAX, wanted},
			value);
	if (scan_word(scan, name_bytes(argument), name, sizeof(name)) &&
		constant_find(argument->names, name, value))
		return true;
	return scan_refuse(scan, start, wanted);
}

static bool take_value(struct scan *scan, const struct call_argument *argument,
	uint64_t *value)
{
	const bool is_int = argument->kind == CALL_ARGUMENT_INT;

	if (scan_take(scan, "-")) {
		if (!scan_number(scan,
			    (struct scan_range){1,
				    (uint64_t)(is_int ? INT32_MAX : INT64_MAX) + 1,
				    is_int ? "a number of at most 32 bits" : "a number"},
			    value))
			return false;
		*value = 0 - *value;
		scan->also = "' and ' or ";
		return true;
	}
	*value = 0;
	do {
		uint64_t term;
		if (!take_term(scan, argument, &term))
			return false;
		*value |= term;
	} while (scan_take(scan, "|"));
	scan->also = "'|', ' and ' or ";
	if (is_int)
		*value = (uint64_t)(int64_t)(int32_t)(uint32_t)*value;
	return true;
}

/* What a backslash stands before: a quote, a backslash, or xNN. */
static bool take_escaped(struct scan *scan, char *byte)
{
	const char *const rest = scan_rest(scan);
	const int high = rest[0] == 'x' ? scan_digit(rest[1]) : 16;
	const int low = high < 16 ? scan_digit(rest[2]) : 16;

	*byte = rest[0];
	if (scan_take(scan, "\"") || scan_take(scan, "\\"))
		return true;
	*byte = (char)(high * 16 + low);
	if (low == 16 || *byte == '\0')
		return scan_refuse(scan, scan->at,
			"\", \\ or xNN (not x00) after the \\");
	scan->at += 3;
	return true;
}

static bool take_prefix(struct scan *scan, char *prefix, size_t size)
{
	const size_t start = scan->at;
	const bool is_quoted = scan_take(scan, "\"");
	const char *const end = is_quoted ? "\"" : " =\"\\";
	size_t length = 0;

	while (*scan_rest(scan) != '\0' && !strchr(end, *scan_rest(scan))) {
		char byte = scan->text[scan->at++];
		if (is_quoted && byte == '\\' && !take_escaped(scan, &byte))
			return false;
		if (length == size - 1)
			return scan_refuse(scan, start, "at most 127 bytes of a path");
		prefix[length++] = byte;
	}
	prefix[length] = '\0';
	scan->also = "' and ' or ";
	if (is_quoted && !scan_demand(scan, "\"", "'\"' after the path"))
		return false;
	return length > 0 || scan_refuse(scan, start, "the beginning of a path");
}

static bool take_operator(struct scan *scan, const struct call_argument *argument,
	struct rule_condition *condition)
{
	if (argument->kind == CALL_ARGUMENT_PATH) {
		condition->operator= RULE_PREFIX;
		return scan_demand(scan, "^", "'^' and the beginning of a path");
	}
	for (size_t i = 0; i < OPERATOR_COUNT; i++) {
		if (!scan_take(scan, operators[i].text))
			continue;
		condition->operator= operators[i].operator;
		return true;
	}
	return scan_refuse(scan, scan->at, "one of = != < >= &");
}

static bool take_argument(struct scan *scan, const char *call,
	struct rule_condition *condition, struct call_argument *argument)
{
	const size_t start = scan->at;
	char names[300] = "", wanted[400];
	struct text listed = TEXT_OVER(names), text = TEXT_OVER(wanted);

	if (scan_word(scan, SCAN_WORD, condition->argument,
		    sizeof(condition->argument)) &&
		call_argument_find_any(call, condition->argument, argument))
		return true;
	call_argument_list(&listed, call);
	text_add(&text, "an argument of %s: %s%sarg0 .. arg5", call, names,
		listed.used > 0 ? ", " : "");
	return scan_refuse(scan, start, wanted);
}

static bool take_condition(struct scan *scan, struct rule *rule)
{
	struct rule_condition *const condition = &rule->conditions[rule->condition_count];
	struct call_argument argument;

	if (rule->condition_count == RULE_CONDITIONS)
		return scan_refuse(scan, scan->at, "at most 4 conditions");
	if (!take_argument(scan, rule->call, condition, &argument) ||
		!take_operator(scan, &argument, condition))
		return false;
	rule->condition_count++;
	if (condition->operator== RULE_PREFIX)
		return take_prefix(scan, condition->prefix, sizeof(condition->prefix));
	const size_t start = scan->at;
	if (!take_value(scan, &argument, &condition->value))
		return false;
	/* 0 is part of every value: the condition would always hold. */
	return condition->operator!= RULE_HAS_BITS || condition->value != 0 ||
		scan_refuse(scan, start, "a value with a bit set");
}

bool rule_take_conditions(struct scan *scan, struct rule *rule)
{
	if (!scan_take(scan, " if "))
		return true;
	do {
		if (!take_condition(scan, rule))
			return false;
	} while (scan_take(scan, " and "));
	return true;
}

static void add_value(struct text *text, const struct rule *rule,
	const struct rule_condition *condition)
{
	struct call_argument argument = {.kind = CALL_ARGUMENT_WORD};
	const uint64_t value = condition->value;

	/* Found, since it was found when the rule was parsed. */
	(void)call_argument_find_any(rule->call, condition->argument, &argument);
	if (argument.names != CONSTANT_NONE && constant_add(text, argument.names, value))
		return;
	if (value > INT64_MAX)
		text_add(text, "-%llu", (unsigned long long)(0 - value));
	else
		text_add(text, "%llu", (unsigned long long)value);
}

/* One byte of a quoted prefix, or a whole character of more bytes; returns how many. */
static size_t add_quoted(struct text *text, const char *bytes)
{
	const size_t length = utf8_length(bytes, strlen(bytes));

	if (*bytes == '"' || *bytes == '\\')
		text_add(text, "\\");
	text_add_printable(text, bytes, length > 0 ? length : 1);
	return length > 0 ? length : 1;
}

static bool is_plain(const char *prefix)
{
	char shown[sizeof(((struct rule_condition *)0)->prefix) * 4];
	struct text text = TEXT_OVER(shown);

	text_add_printable(&text, prefix, strlen(prefix));
	return strcmp(shown, prefix) == 0 && !strpbrk(prefix, " =\"\\");
}

static void add_prefix(struct text *text, const char *prefix)
{
	if (is_plain(prefix)) {
		text_add(text, "^%s", prefix);
		return;
	}
	text_add(text, "^\"");
	for (const char *at = prefix; *at;)
		at += add_quoted(text, at);
	text_add(text, "\"");
}

static const char *operator_text(enum rule_operator operator)
{
	for (size_t i = 0; i < OPERATOR_COUNT; i++)
		if (operators[i].operator== operator)
			return operators[i].text;
	return "?";
}

void rule_add_conditions(struct text *text, const struct rule *rule)
{
	for (size_t i = 0; i < rule->condition_count; i++) {
		const struct rule_condition *const condition = &rule->conditions[i];
		text_add(text, "%s%s", i == 0 ? " if " : " and ", condition->argument);
		if (condition->operator== RULE_PREFIX) {
			add_prefix(text, condition->prefix);
			continue;
		}
		text_add(text, "%s", operator_text(condition->operator));
		add_value(text, rule, condition);
	}
}

/* VALUE of ARGUMENT so that the order of ints and of words is that of uint64_t: the sign bit
 * is the smallest. */
static uint64_t ordered(const struct call_argument *argument, uint64_t value)
{
	if (argument->kind != CALL_ARGUMENT_INT)
		return value;
	return (uint64_t)(int64_t)(int32_t)(uint32_t)value ^ UINT64_C(1) << 63;
}

bool rule_condition_holds(const struct rule_condition *condition,
	const struct call_argument *argument, uint64_t value)
{
	const bool is_int = argument->kind == CALL_ARGUMENT_INT;
	const uint64_t mask = is_int ? UINT32_MAX : UINT64_MAX;
	const uint64_t wanted = condition->value & mask;

	value &= mask;
	switch (condition->operator) {
	case RULE_EQUAL:
		return value == wanted;
	case RULE_NOT_EQUAL:
		return value != wanted;
	case RULE_LESS:
		return ordered(argument, value) < ordered(argument, wanted);
	case RULE_AT_LEAST:
		return ordered(argument, value) >= ordered(argument, wanted);
	case RULE_HAS_BITS:
		return (value & wanted) == wanted;
	case RULE_PREFIX:
		break;
	}
	return false;
}

bool rule_prefix_holds(const struct rule_condition *condition, const char *path,
	size_t length)
{
	const size_t wanted = strlen(condition->prefix);

	return length >= wanted && memcmp(path, condition->prefix, wanted) == 0;
}

/*
 * Rules of faults: what is accepted has a canonical form, which is the same rule; what is
 * refused says where, within the text.
 */
#include "rule.h"

#include "fuzz.h"

static void check_accepted(const char *text, const struct rule *rule)
{
	struct rule again;
	struct problem why;
	char canonical[RULE_TEXT_BYTES], second[RULE_TEXT_BYTES];

	MUST(strcmp(rule->text, text) == 0);
	rule_format(rule, canonical, sizeof(canonical));
	MUST(rule_parse(canonical, &again, &why));
	MUST(rule_is_same(rule, &again));
	rule_format(&again, second, sizeof(second));
	MUST(strcmp(canonical, second) == 0);
	MUST(!rule_names(rule, 0));
}

static void check_refused(const char *text, const struct problem *why)
{
	size_t at = 0;
	char after = '\0';

	MUST(sscanf(why->text, "at %zu: expected%c", &at, &after) == 2);
	MUST(after == ' ' && at >= 1 && at <= strlen(text) + 1);
	MUST(strchr(why->text, '\n') == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *const text = fuzz_string(data, size);
	struct problem why = {.text = ""};
	struct rule rule;

	if (rule_parse(text, &rule, &why))
		check_accepted(text, &rule);
	else
		check_refused(text, &why);
	free(text);
	return 0;
}

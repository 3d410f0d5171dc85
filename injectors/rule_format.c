/*
 * The other direction of rule.c: from a rule to text; and what can be asked of a rule.
 */
#include "errno_name.h"
#include "rule.h"
#include "rule_condition.h"
#include "text.h"

#include <string.h>

static void add_which(struct text *text, const struct rule_which *which)
{
	const unsigned long long first = which->first, last = which->last,
				 step = which->step;

	if (last != UINT64_MAX && last == first)
		text_add(text, "#%llu", first);
	else if (last != UINT64_MAX)
		text_add(text, "#%llu..%llu", first, last);
	else if (first != 1 || step != 1)
		text_add(text, "#%llu+%llu", first, step);
}

static void add_selection(struct text *text, const struct rule *rule)
{
	text_add(text, "%s", rule->call);
	add_which(text, &rule->which);
	rule_add_conditions(text, rule);
	text_add(text, "=");
}

static void add_kill(struct text *text, const struct rule *rule)
{
	text_add(text, "%s",
		rule->point == RULE_POINT_CALL               ? rule->call
			: rule->point == RULE_POINT_ANY_CALL ? "call="
							     : "insn=");
	text_add(text, "%s%llu%s", rule->point == RULE_POINT_CALL ? "#" : "",
		(unsigned long long)rule->which.first,
		rule->place == RULE_AT_EXIT ? ":exit" : "");
	rule_add_conditions(text, rule);
}

static void add_stall(struct text *text, const struct rule *rule)
{
	add_selection(text, rule);
	if (rule->event == RULE_EVENT_BLOCKED)
		text_add(text, "until:blocked(%s,%s)", rule->event_peer,
			rule->event_call);
	else if (rule->event == RULE_EVENT_EXIT)
		text_add(text, "until:exit(%s)", rule->event_peer);
	else if (rule->stall_ms % 1000 == 0)
		text_add(text, "%lds", rule->stall_ms / 1000);
	else
		text_add(text, "%ldms", rule->stall_ms);
}

void rule_format(const struct rule *rule, char *text, size_t size)
{
	struct text out = text_over(text, size);

	text_add(&out, "%s:", rule_verb_name(rule->verb));
	switch (rule->verb) {
	case RULE_FAIL:
		add_selection(&out, rule);
		text_add(&out, "%s", errno_name(rule->error));
		break;
	case RULE_KILL:
		add_kill(&out, rule);
		break;
	case RULE_STALL:
		add_stall(&out, rule);
		break;
	case RULE_INTERRUPT:
		add_selection(&out, rule);
		text_add(&out, "%s", signal_name(rule->signal));
		break;
	case RULE_SHORTEN:
		add_selection(&out, rule);
		text_add(&out, "%llu", (unsigned long long)rule->bytes);
		break;
	case RULE_LIMIT:
		text_add(&out, "%s=%llu", rule->resource,
			(unsigned long long)rule->limit);
		break;
	case RULE_FILL:
		text_add(&out, "%s", rule->resource);
		break;
	case RULE_COUNT:
		text_add(&out, "%s", rule->call);
		rule_add_conditions(&out, rule);
		break;
	case RULE_VERB_COUNT:
		break;
	}
}

bool rule_names(const struct rule *rule, uint64_t number)
{
	const struct rule_which *const which = &rule->which;

	return number >= which->first && number <= which->last &&
		(number - which->first) % which->step == 0;
}

static bool is_same_condition(const struct rule_condition *a,
	const struct rule_condition *b)
{
	return strcmp(a->argument, b->argument) == 0 &&
		a->operator== b->operator&& a->value == b->value &&
		strcmp(a->prefix, b->prefix) == 0;
}

static bool is_same_call(const struct rule *a, const struct rule *b)
{
	if (strcmp(a->call, b->call) != 0 || a->which.first != b->which.first ||
		a->which.last != b->which.last || a->which.step != b->which.step ||
		a->condition_count != b->condition_count)
		return false;
	for (size_t i = 0; i < a->condition_count; i++)
		if (!is_same_condition(&a->conditions[i], &b->conditions[i]))
			return false;
	return true;
}

bool rule_is_same(const struct rule *a, const struct rule *b)
{
	return a->verb == b->verb && is_same_call(a, b) && a->error == b->error &&
		a->point == b->point && a->place == b->place && a->event == b->event &&
		a->stall_ms == b->stall_ms && a->signal == b->signal &&
		a->bytes == b->bytes && a->limit == b->limit &&
		strcmp(a->event_peer, b->event_peer) == 0 &&
		strcmp(a->event_call, b->event_call) == 0 &&
		strcmp(a->resource, b->resource) == 0;
}

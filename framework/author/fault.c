#include "fault.h"

#include "arena.h"
#include "errno_name.h"
#include "fail.h"
#include "fill.h"
#include "ledger.h"
#include "limit.h"
#include "supervisor.h"
#include "word_site.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define HERE ledger_site(file, line)
#define BROKEN(...) ledger_end(VERDICT_BROKEN, HERE, "", "", __VA_ARGS__)

void(fault_fail)(const char *call, int error)
{
	struct problem why;

	if (!fail_always(call, error, &why))
		word_broken("fault_fail(\"%s\"): %s", call, why.text);
}

void(fault_fail_if)(const char *call, struct fail_condition condition, int error)
{
	struct problem why;

	if (!fail_always_if(call, condition, error, &why))
		word_broken("fault_fail_if(\"%s\"): %s", call, why.text);
}

static size_t count_of(const char *const *rules)
{
	size_t count = 0;

	while (rules[count])
		count++;
	return count;
}

/* A place for one more arming, with room for COUNT rules. */
static struct ledger_arming *new_arming(size_t count, const char *file, int line)
{
	const unsigned index = atomic_fetch_add(&ledger->arming_count, 1);

	if (index >= LEDGER_ARMINGS) {
		atomic_store(&ledger->arming_count, LEDGER_ARMINGS);
		BROKEN("fault_arm() is called more than %d times", LEDGER_ARMINGS);
	}
	struct ledger_arming *const arming = &ledger->armings[index];
	arming->slot = ledger_self();
	arming->site = HERE;
	arming->rules_at =
		(size_t)((char *)arena(count * sizeof(struct rule)) - (char *)ledger);
	arming->tallies_at =
		(size_t)((char *)arena(count * sizeof(struct supervisor_tally)) -
			(char *)ledger);
	return arming;
}

static bool acts_at_once(const struct rule *rule)
{
	return rule->verb == RULE_LIMIT || rule->verb == RULE_FILL;
}

/* Carries out TEXT if it is a rule that is not about calls. */
static void act_at_once(const char *text, const char *file, int line)
{
	struct rule rule;
	struct problem why;

	if (!rule_parse(text, &rule, &why) || !acts_at_once(&rule))
		return;
	ledger_word_begins();
	if (rule.verb == RULE_LIMIT ? !limit_named(rule.resource, rule.limit, &why)
				    : !fill_named(rule.resource, &why))
		BROKEN("fault_arm(): '%s': %s", text, why.text);
	ledger_word_ends();
}

/* Parses RULES into ARMING, without those that act at once. */
static void read_rules(struct ledger_arming *arming, const char *const *rules,
	const char *file, int line)
{
	struct rule *const kept = (struct rule *)((char *)ledger + arming->rules_at);
	struct problem why;

	for (; *rules; rules++) {
		struct rule *const rule = &kept[arming->rule_count];
		if (!rule_parse(*rules, rule, &why))
			BROKEN("fault_arm(): '%s': %s", *rules, why.text);
		if (acts_at_once(rule))
			continue;
		if (!supervisor_can(rule, &why))
			BROKEN("fault_arm(): %s", why.text);
		arming->rule_count++;
	}
}

/* Lets the keeper supervise the caller by the rules of ARMING. */
static void arm(struct ledger_arming *arming, const char *file, int line)
{
	const uint64_t one = 1;
	struct problem why;

	/* The keeper is told before there is a filter: then nothing of this can be filtered. */
	if (write(LEDGER_WAKE_FD, &one, sizeof(one)) != sizeof(one))
		BROKEN("fault_arm(): the keeper cannot be woken: %s", errno_name(errno));
	if (supervisor_enter(&arming->gate, ledger_rules(arming), arming->rule_count,
		    false, &why))
		return;
	atomic_store(&arming->gate.state, SUPERVISOR_OFF);
	BROKEN("fault_arm(): %s", why.text);
}

void fault_arm_at(const char *const *rules, const char *file, int line)
{
	const size_t count = count_of(rules);

	if (count > LEDGER_RULES)
		BROKEN("fault_arm(): more than %d rules", LEDGER_RULES);
	struct ledger_arming *const arming = new_arming(count, file, line);
	read_rules(arming, rules, file, line);
	if (arming->rule_count > 0)
		arm(arming, file, line);
	else
		atomic_store(&arming->gate.state, SUPERVISOR_OFF);
	/* Last: a full table has no room for what arming needs. */
	for (; *rules; rules++)
		act_at_once(*rules, file, line);
}

static unsigned long fired_in(int slot)
{
	const unsigned count = atomic_load(&ledger->arming_count);
	unsigned long fired = 0;

	for (unsigned i = 0; i < count && i < LEDGER_ARMINGS; i++) {
		const struct ledger_arming *const arming = &ledger->armings[i];
		for (size_t rule = 0; arming->slot == slot && rule < arming->rule_count;
			rule++)
			fired += (unsigned long)
				atomic_load(&ledger_tallies(arming)[rule].fired);
	}
	return fired;
}

unsigned long fault_fired(void)
{
	return fired_in(ledger_self());
}

unsigned long fault_fired_in(const struct peer *p)
{
	return fired_in(p->slot);
}

unsigned long fault_seen_at(const char *rule, const char *file, int line)
{
	const unsigned count = atomic_load(&ledger->arming_count);
	unsigned long seen = 0;
	bool is_armed = false;

	for (unsigned i = 0; i < count && i < LEDGER_ARMINGS; i++) {
		const struct ledger_arming *const arming = &ledger->armings[i];
		for (size_t at = 0; at < arming->rule_count; at++) {
			if (strcmp(ledger_rules(arming)[at].text, rule) != 0)
				continue;
			is_armed = true;
			seen += (unsigned long)
				atomic_load(&ledger_tallies(arming)[at].seen);
		}
	}
	if (!is_armed)
		BROKEN("fault_seen(\"%s\"): no such rule is armed", rule);
	return seen;
}

/*
 * rule_condition: the conditions of a rule, from text and to text.  For the parser of rules
 * only; rule.h says what they mean.
 */
#ifndef ASSAY_INJECTORS_RULE_CONDITION_H
#define ASSAY_INJECTORS_RULE_CONDITION_H

#include "rule.h"
#include "rule_scan.h"
#include "text.h"

/** Takes CONDITIONS of the grammar in rule.c into RULE, whose call is known; none is fine. */
bool rule_take_conditions(struct scan *scan, struct rule *rule);

/** Appends the conditions of RULE, " if " first; nothing when it has none. */
void rule_add_conditions(struct text *text, const struct rule *rule);

#endif

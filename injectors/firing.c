/*
 * firing: what a rule has done to a call, in words for logs and reports.
 */
#include "errno_name.h"
#include "held.h"

#include <stdio.h>

void firing_describe(const struct rule *rule, char *text, size_t size)
{
	switch (rule->verb) {
	case RULE_FAIL:
		(void)snprintf(text, size, "failed with %s", errno_name(rule->error));
		break;
	case RULE_KILL:
		(void)snprintf(text, size, "killed");
		break;
	case RULE_INTERRUPT:
		(void)snprintf(text, size, "interrupted by %s",
			signal_name(rule->signal));
		break;
	case RULE_STALL:
		if (rule->event == RULE_EVENT_TIME)
			(void)snprintf(text, size, "stalled %ld ms", rule->stall_ms);
		else if (rule->event == RULE_EVENT_EXIT)
			(void)snprintf(text, size, "stalled until %.40s ended",
				rule->event_peer);
		else
			(void)snprintf(text, size, "stalled until %.40s blocked in %.32s",
				rule->event_peer, rule->event_call);
		break;
	default:
		(void)snprintf(text, size, "counted");
		break;
	}
}

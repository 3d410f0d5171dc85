#include "sweep_attack.h"

#include "call.h"
#include "sweep_errors.h"

#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool prepare_traced(struct recording *recording)
{
	(void)recording;
	return tracer_be_traced();
}

static struct rule_which only(uint64_t number)
{
	return (struct rule_which){number, number, 1};
}

static bool record_instructions(pid_t victim, struct recording *recording, int *status,
	struct problem *why)
{
	recording->instructions = (struct tracer_record){
		.points = recording->points, .size = SWEEP_INSTRUCTIONS_MAX};
	return tracer_record(victim, &recording->instructions, status, why);
}

static size_t count_instructions(const struct recording *recording)
{
	return recording->instructions.count;
}

static void name_instruction(const struct recording *recording, size_t index,
	struct point_name *out)
{
	const struct tracer_point *const point = &recording->points[index];

	const struct rule rule = {.verb = RULE_KILL,
		.point = RULE_POINT_INSTRUCTION,
		.which = only(index + 1)};

	*out = (struct point_name){.also = ""};
	rule_format(&rule, out->rule, sizeof(out->rule));
	out->address = point->address;
}

static enum tracer_end strike_instruction(pid_t victim, struct recording *recording,
	size_t index, bool surely, int *status)
{
	*status = 0;
	return tracer_kill_at_instruction(victim, &recording->instructions, index + 1,
		surely);
}

static bool record_calls(pid_t victim, struct recording *recording, int *status,
	struct problem *why)
{
	return tracer_record_calls(victim, recording->calls, SWEEP_CALLS_MAX,
		&recording->call_count, status, why);
}

/* The name that rules use: the family, or else the call's own. */
static void call_name(long number, char name[32])
{
	const char *const family = call_family_of(number);
	char *const own = family
		? NULL
		: seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, (int)number);

	(void)snprintf(name, 32, "%s", family ? family : own ? own : "?");
	free(own);
}

/* Which occurrence of its name call INDEX is, from 1. */
size_t sweep_occurrence(const struct recording *recording, size_t index, char name[32])
{
	size_t count = 1;
	char other[32];

	call_name(recording->calls[index].number, name);
	for (size_t i = 0; i < index; i++) {
		call_name(recording->calls[i].number, other);
		count += strcmp(other, name) == 0;
	}
	return count;
}

/* Two points a call: its entry, its exit. */
static size_t count_call_ends(const struct recording *recording)
{
	return recording->call_count * 2;
}

static void name_call_end(const struct recording *recording, size_t index,
	struct point_name *out)
{
	const bool is_exit = index % 2 != 0;
	struct rule rule = {.verb = RULE_KILL,
		.point = RULE_POINT_CALL,
		.place = is_exit ? RULE_AT_EXIT : RULE_AT_ENTRY};

	*out = (struct point_name){.also = ""};
	rule.which = only(sweep_occurrence(recording, index / 2, rule.call));
	rule_format(&rule, out->rule, sizeof(out->rule));
	if (!is_exit) {
		const struct rule any = {.verb = RULE_KILL,
			.point = RULE_POINT_ANY_CALL,
			.which = only(index / 2 + 1)};
		rule_format(&any, out->also, sizeof(out->also));
	}
	(void)snprintf(out->place, sizeof(out->place), "%s of call#%zu",
		is_exit ? "exit" : "entry", index / 2 + 1);
}

static enum tracer_end strike_call_end(pid_t victim, struct recording *recording,
	size_t index, bool surely, int *status)
{
	struct rule rule = {.verb = RULE_KILL,
		.point = surely ? RULE_POINT_CALL : RULE_POINT_ANY_CALL,
		.place = index % 2 ? RULE_AT_EXIT : RULE_AT_ENTRY};
	const size_t number = sweep_occurrence(recording, index / 2, rule.call);

	rule.which = only(surely ? number : index / 2 + 1);
	*status = 0;
	return tracer_kill_at_call(victim, &rule);
}

/* The lengths to which a transfer of BYTES is cut: one byte, half, all but one. */
static size_t cuts_of(uint64_t bytes, uint64_t cuts[3])
{
	size_t count = 0;

	if (bytes > 1)
		cuts[count++] = 1;
	if (bytes / 2 > 1)
		cuts[count++] = bytes / 2;
	if (bytes > 2 && bytes - 1 > bytes / 2)
		cuts[count++] = bytes - 1;
	return count;
}

/* Finds cut INDEX over all calls; gives the call, or call_count with the sum in *INDEX. */
static size_t find_cut(const struct recording *recording, size_t *index, uint64_t *bytes)
{
	const size_t wanted = *index;
	size_t seen = 0;

	for (size_t call = 0; call < recording->call_count; call++) {
		uint64_t cuts[3];
		const size_t count = cuts_of(recording->calls[call].bytes, cuts);
		if (wanted < seen + count) {
			*bytes = cuts[wanted - seen];
			return call;
		}
		seen += count;
	}
	*index = seen;
	return recording->call_count;
}

static size_t count_cuts(const struct recording *recording)
{
	size_t index = SIZE_MAX;
	uint64_t bytes;

	(void)find_cut(recording, &index, &bytes);
	return index;
}

static void name_cut(const struct recording *recording, size_t index,
	struct point_name *out)
{
	struct rule rule = {.verb = RULE_SHORTEN};
	const size_t call = find_cut(recording, &index, &rule.bytes);

	*out = (struct point_name){.also = ""};
	rule.which = only(sweep_occurrence(recording, call, rule.call));
	rule_format(&rule, out->rule, sizeof(out->rule));
	(void)snprintf(out->place, sizeof(out->place), "call#%zu, of %llu bytes",
		call + 1, (unsigned long long)recording->calls[call].bytes);
}

static enum tracer_end strike_cut(pid_t victim, struct recording *recording, size_t index,
	bool surely, int *status)
{
	struct rule rule = {.verb = RULE_SHORTEN};
	const size_t call = find_cut(recording, &index, &rule.bytes);
	uint64_t fired;

	(void)surely; /* there is one way */
	rule.which = only(sweep_occurrence(recording, call, rule.call));
	*status = tracer_shorten(victim, &rule, &fired);
	if (*status == -1)
		return TRACER_FAILED;
	return fired ? TRACER_KILLED : TRACER_ENDED;
}

static const struct sweep_attack attacks[ATTACK_COUNT] = {
	[ATTACK_EVERY_INSTRUCTION] = {"every instruction", NULL, prepare_traced,
		record_instructions, count_instructions, name_instruction, NULL, NULL,
		strike_instruction, true},
	[ATTACK_EVERY_CALL] = {"every call", NULL, prepare_traced, record_calls,
		count_call_ends, name_call_end, NULL, NULL, strike_call_end, true},
	[ATTACK_SHORT] = {"short transfers", NULL, prepare_traced, record_calls,
		count_cuts, name_cut, NULL, NULL, strike_cut, false},
};

const struct sweep_attack *sweep_attack_find(enum attack attack)
{
	if (attack == ATTACK_ERRNO)
		return &sweep_every_error;
	if (attack == ATTACK_EINTR)
		return &sweep_interrupts;
	return (int)attack > ATTACK_NONE && attack < ATTACK_COUNT ? &attacks[attack]
								  : NULL;
}

#include "tracer.h"

#include "tracer_stop.h"

#include <stdlib.h>
#include <sys/wait.h>

struct visits {
	uintptr_t address;
	uint32_t count;
};

static struct visits *slot_of(struct visits *table, size_t mask, uintptr_t address)
{
	size_t at = (address * 0x9e3779b97f4a7c15ULL >> 20) & mask;

	while (table[at].count != 0 && table[at].address != address)
		at = (at + 1) & mask;
	return &table[at];
}

/* Numbers the visits of each address. */
static bool number_visits(struct tracer_record *record)
{
	size_t size = 64;

	while (size < record->count * 2)
		size *= 2;
	struct visits *const table = calloc(size, sizeof(*table));
	if (!table)
		return false;
	for (size_t i = 0; i < record->count; i++) {
		struct tracer_point *const point = &record->points[i];
		struct visits *const slot = slot_of(table, size - 1, point->address);
		slot->address = point->address;
		/* A breakpoint does not stop the further rounds of one instruction. */
		if (i == 0 || point[-1].address != point->address)
			slot->count++;
		point->visit = slot->count;
	}
	free(table);
	return true;
}

/* Steps T, which stands at its first mark, to the second. */
static bool step_and_record(struct tracee *t, struct tracer_record *record,
	struct problem *why)
{
	enum stop stop = STOP_STEP;

	for (record->count = 0; stop == STOP_STEP;) {
		if (record->count == record->size)
			return problem_set(why, "the victim takes more than %zu steps",
				record->size);
		record->points[record->count++].address = tracee_address(t);
		stop = tracee_advance(t, PTRACE_SINGLESTEP);
	}
	if (stop == STOP_MARK)
		return true;
	return problem_set(why,
		stop == STOP_ENDED ? "the victim ended before its second mark"
				   : "the victim cannot be stepped here");
}

static bool begin(struct tracee *t, pid_t victim, struct problem *why)
{
	return tracee_begin(t, victim) ||
		problem_set(why,
			"the victim ended before its first mark, or cannot be traced");
}

bool tracer_record(pid_t victim, struct tracer_record *record, int *status,
	struct problem *why)
{
	struct tracee t;
	bool done = begin(&t, victim, why) && step_and_record(&t, record, why);

	if (done && !number_visits(record))
		done = problem_set(why, "out of memory");
	if (done)
		tracee_release(&t);
	else
		tracee_kill(&t);
	*status = t.status;
	return done;
}

enum {
	STOP_COST = 3, /* of a stop at a breakpoint, in steps */
	ANCHORS =
		256, /* how far before the point a better place for the breakpoint is sought */
};

/* Where to put the breakpoint for boundary INDEX: there, or before it where the address was
 * visited less often; the rest is stepped. */
static size_t anchor_of(const struct tracer_record *record, size_t index)
{
	const struct tracer_point *const points = record->points;
	size_t best = 0;
	uint64_t best_cost = index; /* stepping from the first boundary */

	for (size_t back = 0; back < ANCHORS && back < index; back++) {
		const size_t at = index - back;
		const uint64_t cost = (uint64_t)points[at].visit * STOP_COST + back;
		if (cost < best_cost && points[at - 1].address != points[at].address) {
			best = at;
			best_cost = cost;
		}
	}
	return best;
}

/* Runs T from its first mark to boundary ANCHOR. */
static enum tracer_end run_to(struct tracee *t, const struct tracer_point *anchor)
{
	if (!tracee_break_at(t, anchor->address))
		return TRACER_FAILED;
	for (uint32_t visit = 0; visit < anchor->visit; visit++) {
		const enum stop stop = tracee_advance(t, PTRACE_CONT);
		if (stop != STOP_BREAKPOINT)
			return TRACER_PATH_CHANGED;
	}
	return tracee_address(t) == anchor->address ? TRACER_KILLED : TRACER_PATH_CHANGED;
}

bool tracer_breaks(pid_t victim, const struct tracer_record *record, struct problem *why)
{
	struct tracee t;
	const struct tracer_point *const last = &record->points[record->count - 1];
	const bool begun = begin(&t, victim, why);
	const bool stops =
		begun && (!tracee_has_breakpoint() || run_to(&t, last) == TRACER_KILLED);

	tracee_kill(&t);
	return stops ||
		(begun && problem_set(why, "a breakpoint does not stop anything"));
}

static enum tracer_end go_to(struct tracee *t, const struct tracer_record *record,
	size_t index)
{
	const size_t anchor = anchor_of(record, index);
	const enum tracer_end reached =
		anchor == 0 ? TRACER_KILLED : run_to(t, &record->points[anchor]);

	if (reached != TRACER_KILLED)
		return reached;
	for (size_t at = anchor;; at++) {
		if (tracee_address(t) != record->points[at].address)
			return TRACER_PATH_CHANGED;
		if (at == index)
			return TRACER_KILLED;
		if (tracee_advance(t, PTRACE_SINGLESTEP) != STOP_STEP)
			return TRACER_PATH_CHANGED;
	}
}

static enum tracer_end step_to(struct tracee *t, size_t index)
{
	for (size_t at = 0; at < index; at++) {
		const enum stop stop = tracee_advance(t, PTRACE_SINGLESTEP);
		if (stop == STOP_ERROR)
			return TRACER_FAILED;
		if (stop != STOP_STEP)
			return TRACER_ENDED;
	}
	return TRACER_KILLED;
}

enum tracer_end tracer_kill_at_instruction(pid_t victim,
	const struct tracer_record *record, size_t k, bool by_stepping)
{
	struct tracee t;
	enum tracer_end end = TRACER_FAILED;

	if (tracee_begin(&t, victim) && k >= 1 && k <= record->count)
		end = by_stepping || !tracee_has_breakpoint() ? step_to(&t, k - 1)
							      : go_to(&t, record, k - 1);
	tracee_kill(&t);
	return end;
}

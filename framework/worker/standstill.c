#include "standstill.h"

#include "author/ledger.h"
#include "processes.h"
#include "tracer.h"
#include "waiting.h"

#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Stepping costs more than to wait for the end of one that has just begun. */
enum { BUSY_NS = 2 * 1000 * 1000, BUSY_FACTOR = 4 };

/* A peer that rests looks again every 50 ms at a word that only its own case changes. */
static bool rests(const struct waiting *waiting)
{
	const uintptr_t at = waiting->arguments[0];

	return waiting->family && strcmp(waiting->family, "futex") == 0 &&
		at >= (uintptr_t)ledger && at < (uintptr_t)ledger + sizeof(*ledger);
}

static const char *name_of(pid_t tid)
{
	const unsigned count = atomic_load(&ledger->peer_count);

	for (unsigned slot = 1; slot < count && slot < LEDGER_PEERS; slot++)
		if (atomic_load(&ledger->peers[slot].tid) == tid)
			return ledger->peers[slot].name;
	if (atomic_load(&ledger->point.victim) == tid)
		return "victim";
	return atomic_load(&ledger->point.process) == tid ? "survivor" : "another";
}

static void describe(struct standstill *out, pid_t tid, const char *what)
{
	const size_t used = strlen(out->text);

	(void)snprintf(out->text + used, sizeof(out->text) - used, "%s%s %s",
		used ? ", " : "", name_of(tid), what);
}

/* A second one that runs could change what the first one waits for. */
static void look_at_running(pid_t pid, pid_t tid, struct standstill *out)
{
	const long long before = atomic_load(&ledger->point.attacked_ns);
	const long long on_processor = waiting_processor(pid, tid).on_ns;

	/* The tracer, at work on a victim, is not stuck. */
	if (out->stillness != STILL_ASLEEP || before == 0 || on_processor < 0) {
		out->stillness = STILL_MOVING;
		return;
	}
	out->stillness = STILL_BUSY;
	out->busy = tid;
	out->busy_ns =
		on_processor - (tid == atomic_load(&ledger->point.process) ? before : 0);
}

static struct process_list list; /* of the look that is being taken */

static bool look_at_thread(void *context, pid_t pid, pid_t tid)
{
	struct standstill *const out = context;
	struct waiting waiting;
	char what[64];

	waiting_look(pid, tid, seccomp_arch_native(), &waiting);
	/* The end of a whole process is news to somebody. */
	if (waiting.state == WAITING_ENDED && pid != tid)
		return true;
	if (waiting.state == WAITING_RUNS)
		look_at_running(pid, tid, out);
	else if ((waiting.state != WAITING_FOR_EVER && !rests(&waiting)) ||
		waiting_is_over(&waiting, pid, &list))
		out->stillness = STILL_MOVING;
	if (waiting.state == WAITING_RUNS || out->stillness == STILL_MOVING)
		return out->stillness != STILL_MOVING;
	(void)snprintf(what, sizeof(what), "asleep in %s", waiting.family);
	describe(out, tid, what);
	waiting_add(pid, tid, &waiting, &out->picture);
	return true;
}

void standstill_look(struct standstill *out)
{
	*out = (struct standstill){
		.stillness = STILL_ASLEEP, .picture = WAITING_NO_PICTURE};
	processes_below(getpid(), &list);
	for (size_t i = 0; i < list.count && out->stillness != STILL_MOVING; i++)
		if (list.processes[i].state != 'Z')
			(void)waiting_visit_threads(list.processes[i].pid, look_at_thread,
				out);
	if (list.count == 0)
		out->stillness = STILL_MOVING;
}

bool standstill_is_proven(const struct standstill *first, struct standstill *second)
{
	if (first->stillness != second->stillness || first->picture != second->picture)
		return false;
	if (second->stillness != STILL_BUSY)
		return second->stillness == STILL_ASLEEP;
	const pid_t busy = second->busy;
	if (first->busy != busy || second->busy_ns < BUSY_NS ||
		second->busy_ns < atomic_load(&ledger->point.next_proof_ns))
		return false;
	/* A failed proof costs time, so each waits longer than the one before. */
	atomic_store(&ledger->point.next_proof_ns, second->busy_ns * BUSY_FACTOR);
	const enum tracer_loop loop = tracer_find_loop(busy, &second->status);
	second->has_ended = loop == TRACER_LOOP_ENDED;
	if (loop != TRACER_LOOP)
		return false;
	/* Those who slept still do, so nothing has changed what it sees. */
	standstill_look(second);
	if (second->stillness != STILL_BUSY || second->busy != busy ||
		second->picture != first->picture)
		return false;
	describe(second, busy, "in an endless loop");
	return true;
}

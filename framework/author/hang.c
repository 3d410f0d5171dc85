#include "hang.h"

#include "call.h"
#include "ledger.h"
#include "observe.h"
#include "peer.h"

#include <sched.h>
#include <unistd.h>

enum stance { STANCE_DONE, STANCE_ASLEEP, STANCE_MOVING };

static enum stance stance_of(struct peer *p, const char *call)
{
	_Atomic int *const state = &ledger->peers[p->slot].state;

	if (atomic_load(&ledger->peers[p->slot].settled) || peer_has_ended(p) ||
		atomic_load(state) == PEER_RESTING)
		return STANCE_DONE;
	const enum sight sight =
		observe(p->pid, p->tid, call, (enum proof)ledger->proof, NULL);
	if (sight != SIGHT_BLOCKED)
		return STANCE_MOVING;
	/* The call may be the one inside peer_rest(), entered since. */
	return atomic_load(state) == PEER_RUNNING ? STANCE_ASLEEP : STANCE_MOVING;
}

/* How many sleep; -1 while one of them moves. */
static int count_asleep(struct peer *peers, int count, const char *call)
{
	int asleep = 0;

	for (int i = 0; i < count; i++) {
		const enum stance stance = stance_of(&peers[i], call);
		if (stance == STANCE_MOVING)
			return -1;
		asleep += stance == STANCE_ASLEEP;
	}
	return asleep;
}

int peers_asleep_at(struct peer *peers, int count, const char *call, const char *file,
	int line)
{
	long numbers[CALL_FAMILY_MAX];
	int asleep = -1, before;
	int tries = 0;

	if (call_family(call, numbers) == 0)
		ledger_end(VERDICT_BROKEN, ledger_site(file, line), "", "",
			"no system call family is called '%s'", call);
	ledger_waits(file, line, "peers to end, rest or sleep in %s", call);
	/* One that was seen asleep may have been woken by another that was seen done after
	 * it: only the same count twice in a row is a state that stays. */
	do {
		if (++tries < 1000)
			(void)sched_yield();
		else
			(void)usleep(50); /* polls; orders nothing */
		before = asleep;
		asleep = count_asleep(peers, count, call);
	} while (asleep == -1 || asleep != before);
	ledger_waits_no_more();
	return asleep;
}

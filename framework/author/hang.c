#include "hang.h"

#include "call.h"
#include "ledger.h"
#include "observe.h"
#include "peer.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

/* How often P has gone to sleep so far; 0 where the kernel does not count. */
static unsigned long long sleeps_of(const struct peer *p)
{
	static const char field[] = "\nvoluntary_ctxt_switches:";
	char path[64], text[4096];

	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/status", (int)p->pid,
		(int)p->tid);
	if (observe_read_file(path, text, sizeof(text)) <= 0)
		return 0;
	const char *const at = strstr(text, field);
	return at ? strtoull(at + strlen(field), NULL, 10) : 0;
}

/* One look at each peer in turn. */
struct look {
	int asleep;                /* how many; -1 while one of them moves */
	unsigned long long sleeps; /* of those, so far */
};

static struct look look_at(struct peer *peers, int count, const char *call)
{
	struct look look = {0};

	for (int i = 0; i < count; i++) {
		const enum stance stance = stance_of(&peers[i], call);
		if (stance == STANCE_MOVING)
			return (struct look){.asleep = -1};
		if (stance == STANCE_DONE)
			continue;
		look.asleep++;
		look.sleeps += sleeps_of(&peers[i]);
	}
	return look;
}

int peers_asleep_at(struct peer *peers, int count, const char *call, const char *file,
	int line)
{
	long numbers[CALL_FAMILY_MAX];
	struct look before, now = {.asleep = -1};
	int tries = 0;

	if (call_family(call, numbers) == 0)
		ledger_end(VERDICT_BROKEN, ledger_site(file, line), "", "",
			"no system call family is called '%s'", call);
	ledger_waits(file, line, "peers to end, rest or sleep in %s", call);
	/* Each was asleep when it was looked at, but perhaps no two at once.  When none has
	 * gone to sleep anew by the second look, all of them slept between the two. */
	do {
		if (++tries < 1000)
			(void)sched_yield();
		else
			(void)usleep(50); /* polls; orders nothing */
		before = now;
		now = look_at(peers, count, call);
	} while (now.asleep == -1 || now.asleep != before.asleep ||
		now.sleeps != before.sleeps);
	ledger_waits_no_more();
	return now.asleep;
}

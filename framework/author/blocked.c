#include "blocked.h"

#include "ledger.h"
#include "observe.h"
#include "peer.h"

#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

#define HERE ledger_site(file, line)

/* Where a peer is to be asleep: in a call of FAMILY; with a SIZE, one whose first argument
 * lies in the SIZE bytes from ADDRESS. */
struct place {
	const char *family;
	const volatile void *address;
	size_t size;
};

static bool is_at(const struct place *place, const struct call *call)
{
	const unsigned long long first = (uintptr_t)place->address;

	/* Without the number there is no address either: the weaker proof has to do. */
	return place->size == 0 || call->number == -1 ||
		(call->arguments[0] >= first && call->arguments[0] - first < place->size);
}

/* Watches P until it is blocked at PLACE.  Ends the case when P ended; when SETTLED, also
 * when it rests or sleeps in another call. */
static void watch(struct peer *p, const struct place *place, bool settled,
	const char *file, int line)
{
	const char *const family = place->family;
	long numbers[CALL_FAMILY_MAX];

	if (call_family(family, numbers) == 0)
		ledger_end(VERDICT_BROKEN, HERE, "", "",
			"no system call family is called '%s'", family);
	for (int tries = 0;; tries++) {
		struct call call;
		enum sight sight =
			observe(p->pid, p->tid, family, (enum proof)ledger->proof, &call);
		if (sight == SIGHT_BLOCKED && !is_at(place, &call))
			sight = SIGHT_ELSEWHERE;
		if (sight == SIGHT_BLOCKED)
			return;
		if (sight == SIGHT_ENDED || peer_has_ended(p))
			ledger_end(VERDICT_FAIL, HERE, "ended", family,
				"%s ended, wanted it blocked in %s", ledger_who(p->slot),
				family);
		if (settled && atomic_load(&ledger->peers[p->slot].state) == PEER_RESTING)
			ledger_end(VERDICT_FAIL, HERE, "returned", family,
				"%s left %s, wanted it still blocked",
				ledger_who(p->slot), family);
		if (settled && sight == SIGHT_ELSEWHERE &&
			call_is_in_family(call.number, family))
			ledger_end(VERDICT_FAIL, HERE, "elsewhere", family,
				"%s left the %s and sleeps on another",
				ledger_who(p->slot), family);
		if (settled && sight == SIGHT_ELSEWHERE)
			ledger_end(VERDICT_FAIL, HERE, "elsewhere", family,
				"%s left %s and sleeps in system call %ld",
				ledger_who(p->slot), family, call.number);
		if (tries < 1000)
			(void)sched_yield();
		else
			(void)usleep(
				50); /* polls what the kernel shows; orders nothing */
	}
}

void peer_wait_blocked_at(struct peer *p, const char *call, const char *file, int line)
{
	ledger_waits(file, line, "%s to block in %s", ledger_who(p->slot), call);
	watch(p, &(struct place){.family = call}, false, file, line);
	ledger_waits_no_more();
}

void peer_still_blocked_at(struct peer *p, const char *call, const char *file, int line)
{
	ledger_waits(file, line, "%s to be blocked in %s again", ledger_who(p->slot),
		call);
	watch(p, &(struct place){.family = call}, true, file, line);
	ledger_waits_no_more();
}

void peer_wait_blocked_on_at(struct peer *p, const volatile void *address, size_t size,
	const char *file, int line)
{
	const struct place place = {"futex", address, size};

	ledger_waits(file, line, "%s to block on the futex it is to wait for",
		ledger_who(p->slot));
	watch(p, &place, false, file, line);
	ledger_waits_no_more();
}

void peer_still_blocked_on_at(struct peer *p, const volatile void *address, size_t size,
	const char *file, int line)
{
	const struct place place = {"futex", address, size};

	ledger_waits(file, line, "%s to be blocked on the same futex again",
		ledger_who(p->slot));
	watch(p, &place, true, file, line);
	ledger_waits_no_more();
}

struct call peer_call_at(const struct peer *p, const char *file, int line)
{
	struct call call = {.number = -1};

	if (ledger->proof != PROOF_SYSCALL)
		ledger_end(VERDICT_BROKEN, HERE, "", "",
			"the target does not show the arguments of system calls");
	ledger_word_begins();
	const enum sight sight = observe(p->pid, p->tid, "", PROOF_SYSCALL, &call);
	ledger_word_ends();
	if (sight != SIGHT_ELSEWHERE)
		ledger_end(VERDICT_BROKEN, HERE, "", "",
			"peer_call(): %s is not blocked in a call", ledger_who(p->slot));
	return call;
}

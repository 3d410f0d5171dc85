#include "supervise.h"

#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

static struct {
	struct supervisor *supervisor; /* NULL: not yet taken, or done with */
	bool is_over;
} armed[LEDGER_ARMINGS];

static unsigned announced(void)
{
	const unsigned count = atomic_load(&ledger->arming_count);

	return count < LEDGER_ARMINGS ? count : LEDGER_ARMINGS;
}

void supervise_prepare(void)
{
	const int made = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);

	(void)dup3(made, LEDGER_WAKE_FD, O_CLOEXEC);
	(void)close(made);
}

static bool find_peer(void *context, const char *name, pid_t *pid, pid_t *tid)
{
	const unsigned count = atomic_load(&ledger->peer_count);

	(void)context;
	*pid = *tid = atomic_load(&ledger->body);
	if (strcmp(name, "body") == 0)
		return *pid > 0;
	for (unsigned slot = 1; slot < count && slot < LEDGER_PEERS; slot++) {
		const struct ledger_peer *const peer = &ledger->peers[slot];
		*pid = atomic_load(&peer->pid);
		*tid = atomic_load(&peer->tid);
		if (*tid > 0 && strcmp(peer->name, name) == 0)
			return true;
	}
	return false;
}

/* The framework's own waiting and looking on behalf of a word is none of the case's calls.  Of
 * two peers with one id the earlier is gone. */
static bool is_in_word(void *context, pid_t tid)
{
	const unsigned count = atomic_load(&ledger->peer_count);

	(void)context;
	if (atomic_load(&ledger->faults_off))
		return true;
	if (tid == atomic_load(&ledger->body))
		return atomic_load(&ledger->peers[0].in_word) > 0;
	for (unsigned slot = count < LEDGER_PEERS ? count : LEDGER_PEERS; slot-- > 1;)
		if (atomic_load(&ledger->peers[slot].tid) == tid)
			return atomic_load(&ledger->peers[slot].in_word) > 0;
	return false;
}

/* Takes arming INDEX when it is offered.  Returns whether it is still to come. */
static bool take(unsigned index)
{
	struct ledger_arming *const arming = &ledger->armings[index];
	struct problem why;

	switch (atomic_load(&arming->gate.state)) {
	case SUPERVISOR_ABSENT:
		return true;
	case SUPERVISOR_OFFERED:
		break;
	default:
		armed[index].is_over = true;
		return false;
	}
	struct supervisor *const made = supervisor_take(&arming->gate,
		ledger_rules(arming), arming->rule_count, &why);
	armed[index].supervisor = made;
	armed[index].is_over = !made;
	if (!made) {
		(void)ledger_settle(VERDICT_BROKEN, ledger_who(arming->slot),
			arming->site, "", "",
			"fault_arm(): the keeper cannot supervise: %s", why.text);
		return false;
	}
	supervisor_tally_in(made, ledger_tallies(arming));
	supervisor_find_peers(made, find_peer, NULL);
	supervisor_exempt(made, is_in_word, NULL);
	return false;
}

nfds_t supervise_poll(struct pollfd *fds)
{
	nfds_t count = 0;

	fds[count++] = (struct pollfd){.fd = LEDGER_WAKE_FD, .events = POLLIN};
	for (unsigned i = 0; i < announced(); i++)
		if (armed[i].supervisor)
			fds[count++] =
				(struct pollfd){.fd = supervisor_fd(armed[i].supervisor),
					.events = POLLIN};
	return count;
}

/* What poll said of FD. */
static short news_of(const struct pollfd *fds, nfds_t count, int fd)
{
	for (nfds_t i = 0; i < count; i++)
		if (fds[i].fd == fd)
			return fds[i].revents;
	return 0;
}

/* Serves arming INDEX; returns its pause. */
static int serve(unsigned index, const struct pollfd *fds, nfds_t count)
{
	struct supervisor *const supervisor = armed[index].supervisor;
	const short news = news_of(fds, count, supervisor_fd(supervisor));

	if (news & POLLHUP) {
		supervisor_free(supervisor);
		armed[index].supervisor = NULL;
		armed[index].is_over = true;
		return -1;
	}
	return supervisor_serve(supervisor, news & POLLIN);
}

int supervise_serve(const struct pollfd *fds, nfds_t count)
{
	uint64_t woken;
	int pause_ms = -1;
	struct supervisor_gate *awaited = NULL;

	if (fds[0].revents & POLLIN)
		(void)!read(LEDGER_WAKE_FD, &woken, sizeof(woken));
	for (unsigned i = 0; i < announced(); i++) {
		if (!armed[i].supervisor) {
			if (!armed[i].is_over && take(i))
				awaited = &ledger->armings[i].gate;
			/* What poll said is not of the new one, even if it has the number of
			 * one that was closed just now. */
			if (armed[i].supervisor)
				pause_ms = 0;
			continue;
		}
		const int one = serve(i, fds, count);
		if (pause_ms < 0 || (one >= 0 && one < pause_ms))
			pause_ms = one;
	}
	if (awaited)
		supervisor_wait_offer(awaited);
	else if (pause_ms == 0)
		(void)sched_yield();
	return awaited ? 0 : pause_ms;
}

void supervise_describe(char *text, size_t size)
{
	text[0] = '\0';
	for (unsigned i = 0; i < announced(); i++) {
		size_t rule = 0;
		const size_t stalled = armed[i].supervisor
			? supervisor_stalled(armed[i].supervisor, &rule)
			: 0;
		if (stalled > 0)
			(void)snprintf(text, size, ", %zu call%s stalled by '%s'",
				stalled, stalled > 1 ? "s" : "",
				ledger_rules(&ledger->armings[i])[rule].text);
	}
}

static void settle_unfired(const struct ledger_arming *arming, size_t index)
{
	const struct rule *const rule = &ledger_rules(arming)[index];
	const uint64_t seen = atomic_load(&ledger_tallies(arming)[index].seen);
	struct ledger_outcome *const outcome = &ledger->outcome;
	char instead[sizeof(outcome->text)] = "";

	if (atomic_load(&ledger->settled))
		(void)snprintf(instead, sizeof(instead), "; so not a failure: %.400s",
			outcome->text);
	atomic_store(&ledger->settled, 0);
	(void)ledger_settle(VERDICT_BROKEN, ledger_who(arming->slot), arming->site, "",
		"", "the rule '%.300s' never fired: %llu matching call%s%s", rule->text,
		(unsigned long long)seen, seen == 1 ? "" : "s", instead);
}

void supervise_settle(void)
{
	if (atomic_load(&ledger->settled) && ledger->outcome.verdict != VERDICT_FAIL)
		return;
	for (unsigned i = 0; i < announced(); i++) {
		const struct ledger_arming *const arming = &ledger->armings[i];
		const struct supervisor_tally *const tallies = ledger_tallies(arming);
		for (size_t rule = 0; rule < arming->rule_count; rule++) {
			if (ledger_rules(arming)[rule].verb == RULE_COUNT ||
				atomic_load(&tallies[rule].fired) > 0)
				continue;
			settle_unfired(arming, rule);
			return;
		}
	}
}

#include "supervisor.h"

#include "clock.h"
#include "held.h"
#include "match.h"
#include "outside.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Linux 6.6: an answer wakes the caller on the supervisor's own processor. */
#ifndef SECCOMP_IOCTL_NOTIF_SET_FLAGS
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS _IOW('!', 4, uint64_t)
#endif

enum {
	HELD_MAX = 512,
	SYNC_WAKE_UP = 1,
	EAGER_TRIES = 2000, /* looks without a pause, before it is one a millisecond */
};

struct supervisor {
	int listener;
	struct rule *rules; /* owned */
	size_t count;
	struct match match;
	struct supervisor_gate *gate;
	struct supervisor_tally own[MATCH_RULES], *tallies;
	supervisor_observer observer;
	supervisor_peer_finder finder;
	supervisor_exemption exemption;
	void *observer_context, *finder_context, *exemption_context;
	struct held *held; /* owned; room for HELD_MAX, made for the first */
	size_t held_count;
};

struct supervisor *supervisor_new(int listener, struct supervisor_gate *gate,
	const struct rule *rules, size_t count, struct problem *why)
{
	const uint64_t flags = SYNC_WAKE_UP;
	struct supervisor *const made = calloc(1, sizeof(*made));
	struct rule *const copy = calloc(count ? count : 1, sizeof(*copy));
	bool done = made && copy;

	if (!done)
		(void)problem_set(why, "out of memory");
	for (size_t i = 0; done && i < count; i++)
		done = supervisor_can(&rules[i], why);
	if (done)
		(void)memcpy(copy, rules, count * sizeof(*copy));
	if (done && !match_init(&made->match, copy, count))
		done = problem_set(why, "more than %d rules", MATCH_RULES);
	if (!done) {
		free(copy);
		free(made);
		(void)close(listener);
		return NULL;
	}
	made->listener = listener;
	made->gate = gate;
	made->rules = copy;
	made->count = count;
	made->tallies = made->own;
	/* Older kernels answer the same, slower. */
	(void)ioctl(listener, SECCOMP_IOCTL_NOTIF_SET_FLAGS, flags);
	return made;
}

void supervisor_observe(struct supervisor *s, supervisor_observer observer, void *context)
{
	s->observer = observer;
	s->observer_context = context;
}

void supervisor_tally_in(struct supervisor *s, struct supervisor_tally *tallies)
{
	s->tallies = tallies;
}

void supervisor_find_peers(struct supervisor *s, supervisor_peer_finder finder,
	void *context)
{
	s->finder = finder;
	s->finder_context = context;
}

void supervisor_exempt(struct supervisor *s, supervisor_exemption exemption,
	void *context)
{
	s->exemption = exemption;
	s->exemption_context = context;
}

void supervisor_free(struct supervisor *s)
{
	if (!s)
		return;
	(void)close(s->listener);
	match_free(&s->match);
	free(s->held);
	free(s->rules);
	free(s);
}

int supervisor_fd(const struct supervisor *s)
{
	return s->listener;
}

uint64_t supervisor_seen(const struct supervisor *s, size_t index)
{
	return atomic_load(&s->tallies[index].seen);
}

uint64_t supervisor_fired(const struct supervisor *s, size_t index)
{
	return atomic_load(&s->tallies[index].fired);
}

size_t supervisor_stalled(const struct supervisor *s, size_t *rule)
{
	size_t count = 0;

	for (size_t i = 0; i < s->held_count; i++) {
		if (s->held[i].is_stalled && rule)
			*rule = (size_t)s->held[i].stall;
		count += s->held[i].is_stalled;
	}
	return count;
}

/* Rule INDEX acts on HELD: counted, and told, before anything follows from it. */
static void fire(struct supervisor *s, const struct held *held, int index)
{
	char action[128];

	if (index == NO_RULE)
		return;
	(void)atomic_fetch_add(&s->tallies[index].fired, 1);
	if (!s->observer)
		return;
	firing_describe(&s->rules[index], action, sizeof(action));
	const struct supervisor_firing firing = {
		.rule = (size_t)index,
		.number = supervisor_seen(s, (size_t)index),
		.pid = held->tid,
		.call = held->call,
		.name = held->name,
		.action = action,
	};
	s->observer(s->observer_context, &firing);
}

static void miss(struct supervisor *s, int index)
{
	if (index != NO_RULE)
		(void)atomic_fetch_sub(&s->tallies[index].fired, 1);
}

/* Answers: the call fails with ERROR, or is made.  False when the caller has left: ended, or
 * on a kernel that cannot wait killably it was interrupted and will make the call again. */
static bool answer(const struct supervisor *s, uint64_t id, int error)
{
	struct seccomp_notif_resp response = {
		.id = id,
		.error = -error,
		.flags = error ? 0 : SECCOMP_USER_NOTIF_FLAG_CONTINUE,
	};

	return ioctl(s->listener, SECCOMP_IOCTL_NOTIF_SEND, &response) == 0;
}

/* A call that was not made after all is not counted. */
static void uncount(struct supervisor *s, uint64_t counted)
{
	for (size_t i = 0; i < s->count; i++)
		if (counted >> i & 1)
			(void)atomic_fetch_sub(&s->tallies[i].seen, 1);
}

/* Sends what was decided for HELD, which is not stalled any longer; returns whether it is to
 * be watched. */
static bool proceed(struct supervisor *s, struct held *held)
{
	const int error = held->fail == NO_RULE ? 0 : s->rules[held->fail].error;

	fire(s, held, held->fail);
	if (!answer(s, held->id, error)) {
		miss(s, held->fail);
		uncount(s, held->counted);
		return false;
	}
	held->is_stalled = false;
	held->has_fired = false;
	held->tries = 0;
	return held->interrupt != NO_RULE && held->fail == NO_RULE;
}

static void drop(struct supervisor *s, size_t at)
{
	s->held[at] = s->held[--s->held_count];
}

/* A thread that makes a call is not in the one before. */
static void forget_watches(struct supervisor *s, pid_t tid)
{
	for (size_t i = s->held_count; i-- > 0;)
		if (!s->held[i].is_stalled && s->held[i].tid == tid)
			drop(s, i);
}

static void take(int *place, size_t index)
{
	if (*place == NO_RULE)
		*place = (int)index;
}

/* Whether one more call can be held. */
static bool has_room(struct supervisor *s)
{
	if (!s->held)
		s->held = malloc(HELD_MAX * sizeof(*s->held));
	return s->held && s->held_count < HELD_MAX;
}

/* Counts the call for every rule that it meets and notes which act; of several of one verb
 * the first does.  Returns the rule that kills, or NO_RULE. */
static int consult(struct supervisor *s, const struct match_call *call,
	const struct match_seen *seen, struct held *held)
{
	int killer = NO_RULE;

	for (size_t i = 0; i < s->count; i++) {
		if (!match_rule(&s->match, call, i, seen))
			continue;
		const uint64_t number = atomic_fetch_add(&s->tallies[i].seen, 1) + 1;
		held->counted |= (uint64_t)1 << i;
		if (s->rules[i].verb == RULE_COUNT)
			(void)atomic_fetch_add(&s->tallies[i].fired, 1);
		else if (!rule_names(&s->rules[i], number))
			continue;
		else if (s->rules[i].verb == RULE_KILL)
			take(&killer, i);
		else if (s->rules[i].verb == RULE_FAIL)
			take(&held->fail, i);
		else if (s->rules[i].verb == RULE_STALL)
			take(&held->stall, i);
		else
			take(&held->interrupt, i);
	}
	return killer;
}

/* Whether calls count: GATE's state, which the execve of an armed program changes. */
static bool is_armed(struct supervisor *s, const struct match_call *call)
{
	const int state = s->gate ? atomic_load(&s->gate->state) : SUPERVISOR_ARMED;

	if (state == SUPERVISOR_ARMED_BY_EXEC && call->is_exec)
		atomic_store(&s->gate->state, SUPERVISOR_ARMED);
	return state == SUPERVISOR_ARMED;
}

/* A stall for a time has its effect at once; one until an event when the event comes. */
static void begin_stall(struct supervisor *s, struct held *held)
{
	const struct rule *const rule = &s->rules[held->stall];

	stall_begin(held, rule);
	held->has_fired = rule->event == RULE_EVENT_TIME;
	if (held->has_fired)
		fire(s, held, held->stall);
}

static void decide(struct supervisor *s, const struct seccomp_notif *notification)
{
	struct match_seen seen = {
		.tid = (pid_t)notification->pid,
		.arch = notification->data.arch,
		.number = notification->data.nr,
	};
	struct held held = {.id = notification->id,
		.tid = seen.tid,
		.arch = seen.arch,
		.call = seen.number,
		.fail = NO_RULE,
		.stall = NO_RULE,
		.interrupt = NO_RULE};

	for (int i = 0; i < 6; i++)
		seen.args[i] = notification->data.args[i];
	const struct match_call *const call = match_call(&s->match, &seen);
	(void)memcpy(held.name, call->name, sizeof(held.name));
	forget_watches(s, seen.tid);
	int killer = NO_RULE;
	if (!outside_made(&seen) && is_armed(s, call) &&
		!(s->exemption && s->exemption(s->exemption_context, seen.tid)))
		killer = consult(s, call, &seen, &held);
	if (killer != NO_RULE) {
		fire(s, &held, killer);
		if (!kill_caller(s->listener, held.id, held.tid))
			miss(s, killer);
		return;
	}
	if (held.stall != NO_RULE && has_room(s))
		begin_stall(s, &held);
	else if (!proceed(s, &held) || !has_room(s))
		return;
	s->held[s->held_count++] = held;
}

/* Whether a call waits for its first answer. */
static bool has_news(const struct supervisor *s)
{
	struct pollfd news = {.fd = s->listener, .events = POLLIN};

	return poll(&news, 1, 0) > 0 && news.revents & POLLIN;
}

/* Looks at held call AT.  Returns whether it is done with. */
static bool step(struct supervisor *s, size_t at)
{
	struct held *const held = &s->held[at];
	const int index = held->is_stalled ? held->stall : held->interrupt;
	const struct rule *const rule = &s->rules[index];

	if (held->is_stalled &&
		ioctl(s->listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &held->id) != 0) {
		uncount(s, held->counted);
		return true;
	}
	const enum held_step next = held->is_stalled
		? stall_step(held, rule, s->finder, s->finder_context)
		: interrupt_step(held);
	/* A thread that waits for our answer looks blocked; it is in the queue then, or held. */
	const bool is_proof = !held->is_stalled || rule->event == RULE_EVENT_BLOCKED;
	if (next == HELD_WAITS || (next == HELD_FIRES && is_proof && has_news(s)))
		return false;
	if (next == HELD_FIRES && !held->has_fired)
		fire(s, held, index);
	if (held->is_stalled)
		return !proceed(s, held);
	if (next == HELD_FIRES && !interrupt_send(held, rule->signal))
		miss(s, index);
	return true;
}

static int shortest(int a, int b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* How long HELD can be left alone, in milliseconds. */
static int pause_of(struct held *held)
{
	if (held->is_stalled && held->due_us != INT64_MAX)
		return clock_poll_ms(clock_now_us(), held->due_us);
	return ++held->tries > EAGER_TRIES ? 1 : 0;
}

int supervisor_serve(struct supervisor *s, bool is_readable)
{
	union {
		struct seccomp_notif notification;
		char room[512]; /* a later kernel may write more */
	} got;
	int pause_ms = -1;

	if (is_readable) {
		(void)memset(&got, 0, sizeof(got));
		if (ioctl(s->listener, SECCOMP_IOCTL_NOTIF_RECV, &got.notification) == 0)
			decide(s, &got.notification);
	}
	for (size_t i = s->held_count; i-- > 0;) {
		if (step(s, i))
			drop(s, i);
		else
			pause_ms = shortest(pause_ms, pause_of(&s->held[i]));
	}
	return pause_ms;
}

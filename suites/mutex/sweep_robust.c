/*
 * sweep_robust: a robust mutex whose user is killed, at every instruction and at every call
 * of what it does to the mutex.  Victims ask nothing of their calls: what they did is seen by
 * who comes after them.
 */
#include <assay.h>
#include <pthread.h>
#include <time.h>

struct robust {
	pthread_mutex_t mutex;
	struct peer holder, waiter;
	struct timespec limit;
};

static void init(struct robust *state, int type, int protocol)
{
	pthread_mutexattr_t attributes;

	need_zero(pthread_mutexattr_init(&attributes));
	need_zero(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED));
	need_zero(pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST));
	need_zero(pthread_mutexattr_settype(&attributes, type));
	need_option(pthread_mutexattr_setprotocol(&attributes, protocol));
	need_zero(pthread_mutex_init(&state->mutex, &attributes));
	need(clock_gettime(CLOCK_REALTIME, &state->limit));
	state->limit.tv_sec += 60;
}

/* Locks, recovers where the owner died, and unlocks: once, however often the dead owner had
 * locked.  From then on it is a good free mutex. */
static void take_over(struct robust *robust)
{
	const int error = pthread_mutex_lock(&robust->mutex);

	if (error == EOWNERDEAD)
		must_return(pthread_mutex_consistent(&robust->mutex), 0);
	else
		ck_assert_int_eq(error, 0);
	must_return(pthread_mutex_unlock(&robust->mutex), 0);
	must_return(pthread_mutex_unlock(&robust->mutex), EPERM);
}

static void free_mutex(void *state)
{
	init(state, PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_NONE);
}

static void free_recursive(void *state)
{
	init(state, PTHREAD_MUTEX_RECURSIVE, PTHREAD_PRIO_NONE);
}

static void free_pi(void *state)
{
	init(state, PTHREAD_MUTEX_NORMAL, PTHREAD_PRIO_INHERIT);
}

/* A waiter that queues up when the victim, which holds the mutex, lets it. */
static void wait_when_told(void *state)
{
	peer_rest();
	take_over(state);
}

static void start_waiter(struct robust *robust)
{
	robust->waiter = peer_start(wait_when_told, robust);
	peer_wait_resting(&robust->waiter);
}

static void free_mutex_and_waiter(void *state)
{
	free_mutex(state);
	start_waiter(state);
}

static void free_recursive_and_waiter(void *state)
{
	free_recursive(state);
	start_waiter(state);
}

static void free_pi_and_waiter(void *state)
{
	free_pi(state);
	start_waiter(state);
}

static void lock(void *state)
{
	struct robust *const robust = state;

	need_zero(pthread_mutex_lock(&robust->mutex));
}

static void lock_before_waiter(void *state)
{
	struct robust *const robust = state;

	lock(robust);
	peer_resume(&robust->waiter);
	peer_wait_blocked(&robust->waiter, "futex");
}

static void lock_twice_before_waiter(void *state)
{
	lock(state);
	lock_before_waiter(state);
}

/* A holder that unlocks once the victim waits for it, or never will. */
static void hold_until_victim_waits(void *state)
{
	lock(state);
	peer_rest();
	(void)victim_wait_blocked("futex");
	need_zero(pthread_mutex_unlock(&((struct robust *)state)->mutex));
}

static void start_holder(struct robust *robust)
{
	robust->holder = peer_start(hold_until_victim_waits, robust);
	peer_wait_resting(&robust->holder);
	peer_resume(&robust->holder);
}

static void held_mutex(void *state)
{
	free_mutex(state);
	start_holder(state);
}

static void held_pi(void *state)
{
	free_pi(state);
	start_holder(state);
}

/* One more, who queues up behind the victim. */
static void wait_behind_victim(void *state)
{
	(void)victim_wait_blocked("futex");
	take_over(state);
}

static void hold_until_both_wait(void *state)
{
	struct robust *const robust = state;

	lock(robust);
	peer_rest();
	(void)victim_wait_blocked("futex");
	peer_wait_blocked(&robust->waiter, "futex");
	need_zero(pthread_mutex_unlock(&robust->mutex));
}

static void held_mutex_and_waiter(void *state)
{
	struct robust *const robust = state;

	free_mutex(robust);
	robust->holder = peer_start(hold_until_both_wait, robust);
	peer_wait_resting(&robust->holder);
	robust->waiter = peer_start(wait_behind_victim, robust);
	peer_resume(&robust->holder);
}

static void recover(void *state)
{
	struct robust *const robust = state;

	take_over(robust);
	must_return(pthread_mutex_trylock(&robust->mutex), 0);
	must_return(pthread_mutex_unlock(&robust->mutex), 0);
}

/* The waiter was the last to have it, and has unlocked. */
static void lock_after_waiter(void *state)
{
	struct robust *const robust = state;

	peer_join(&robust->waiter);
	must_return(pthread_mutex_lock(&robust->mutex), 0);
	must_return(pthread_mutex_unlock(&robust->mutex), 0);
	must_return(pthread_mutex_unlock(&robust->mutex), EPERM);
}

static void recover_after_holder(void *state)
{
	peer_join(&((struct robust *)state)->holder);
	recover(state);
}

static void lock_after_both(void *state)
{
	peer_join(&((struct robust *)state)->holder);
	lock_after_waiter(state);
}

static void unlock(void *state)
{
	(void)pthread_mutex_unlock(&((struct robust *)state)->mutex);
}

static void lock_and_unlock(void *state)
{
	(void)pthread_mutex_lock(&((struct robust *)state)->mutex);
	unlock(state);
}

static void trylock_and_unlock(void *state)
{
	(void)pthread_mutex_trylock(&((struct robust *)state)->mutex);
	unlock(state);
}

static void timedlock_and_unlock(void *state)
{
	struct robust *const robust = state;

	(void)pthread_mutex_timedlock(&robust->mutex, &robust->limit);
	unlock(state);
}

static void unlock_twice(void *state)
{
	unlock(state);
	unlock(state);
}

static void lock_twice_and_unlock_twice(void *state)
{
	(void)pthread_mutex_lock(&((struct robust *)state)->mutex);
	(void)pthread_mutex_lock(&((struct robust *)state)->mutex);
	unlock_twice(state);
}

#define ROBUST_SPEC                                                                      \
	"POSIX.1-2024 pthread_mutex_lock(), EOWNERDEAD; pthread_mutexattr_setrobust(), " \
	"PTHREAD_MUTEX_ROBUST"
#define ROBUST \
	.level = LEVEL_POSIX, .spec = ROBUST_SPEC, .state_bytes = sizeof(struct robust)

SWEEP(mutex, peer_death, robust_lock_killed_at_any_instruction_is_recovered,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = free_mutex,
	.victim = lock_and_unlock,
	.survivor = recover,
	.claim = "after a death inside lock and unlock of a free robust mutex the next lock gives "
		 "0 or EOWNERDEAD and the mutex is good again",
	ROBUST);

SWEEP(mutex, peer_death, robust_unlock_killed_at_any_instruction_is_recovered,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = free_mutex,
	.before = lock,
	.victim = unlock,
	.survivor = recover,
	.claim = "after a death inside unlock of a robust mutex the next lock gives 0 or "
		 "EOWNERDEAD and the mutex is good again",
	ROBUST);

SWEEP(mutex, peer_death, robust_trylock_killed_at_any_instruction_is_recovered,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = free_mutex,
	.victim = trylock_and_unlock,
	.survivor = recover,
	.claim = "after a death inside trylock and unlock of a robust mutex the next lock gives 0 "
		 "or EOWNERDEAD and the mutex is good again",
	ROBUST);

SWEEP(mutex, peer_death, robust_timedlock_killed_at_any_instruction_is_recovered,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = free_mutex,
	.victim = timedlock_and_unlock,
	.survivor = recover,
	.claim = "after a death inside timedlock and unlock of a robust mutex the next lock gives "
		 "0 or EOWNERDEAD and the mutex is good again",
	ROBUST);

SWEEP(mutex, peer_death, robust_recursive_lock_killed_at_any_instruction_is_recovered,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = free_recursive,
	.victim = lock_twice_and_unlock_twice,
	.survivor = recover,
	.claim = "after a death inside two locks and unlocks of a recursive robust mutex the next "
		 "lock gives 0 or EOWNERDEAD, and after one unlock the mutex is free and good",
	ROBUST);

SWEEP(mutex, peer_death, robust_unlock_killed_at_any_instruction_wakes_the_waiter,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = free_mutex_and_waiter,
	.before = lock_before_waiter,
	.victim = unlock,
	.survivor = lock_after_waiter,
	.claim = "after a death inside unlock of a robust mutex a thread that waits for it gets "
		 "it and leaves it good",
	ROBUST);

SWEEP(mutex, peer_death, robust_unlock_killed_at_any_call_wakes_the_waiter,
	.attack = ATTACK_EVERY_CALL,
	.setup = free_mutex_and_waiter,
	.before = lock_before_waiter,
	.victim = unlock,
	.survivor = lock_after_waiter,
	.claim = "after a death at a call of unlock of a robust mutex a thread that waits for it "
		 "gets it and leaves it good",
	ROBUST);

SWEEP(mutex, peer_death, robust_recursive_unlock_killed_at_any_instruction_wakes_the_waiter,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = free_recursive_and_waiter,
	.before = lock_twice_before_waiter,
	.victim = unlock_twice,
	.survivor = lock_after_waiter,
	.claim = "after a death inside the unlocks of a recursive robust mutex a thread that waits "
		 "for it gets it, and leaves it free and good after one unlock",
	ROBUST);

SWEEP(mutex, peer_death, robust_contended_lock_killed_at_any_instruction_is_recovered,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = held_mutex,
	.victim = lock_and_unlock,
	.survivor = recover_after_holder,
	.claim = "after a death inside a lock that has to wait, and the unlock after it, the next "
		 "lock gives 0 or EOWNERDEAD and the mutex is good again",
	ROBUST);

SWEEP(mutex, peer_death, robust_contended_lock_killed_at_any_call_is_recovered,
	.attack = ATTACK_EVERY_CALL,
	.setup = held_mutex,
	.victim = lock_and_unlock,
	.survivor = recover_after_holder,
	.claim = "after a death at a call of a lock that has to wait, and of the unlock after it, "
		 "the next lock gives 0 or EOWNERDEAD and the mutex is good again",
	ROBUST);

SWEEP(mutex, peer_death, robust_contended_timedlock_killed_at_any_instruction_is_recovered,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = held_mutex,
	.victim = timedlock_and_unlock,
	.survivor = recover_after_holder,
	.claim = "after a death inside a timedlock that has to wait, and the unlock after it, the "
		 "next lock gives 0 or EOWNERDEAD and the mutex is good again",
	ROBUST);

SWEEP(mutex, peer_death, robust_mutex_handed_over_at_any_instruction_reaches_second_waiter,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = held_mutex_and_waiter,
	.victim = lock_and_unlock,
	.survivor = lock_after_both,
	.claim = "when the first of two waiters for a robust mutex dies at any instruction the "
		 "second gets it and leaves it good",
	ROBUST);

SWEEP(mutex, peer_death, robust_mutex_handed_over_at_any_call_reaches_second_waiter,
	.attack = ATTACK_EVERY_CALL,
	.setup = held_mutex_and_waiter,
	.victim = lock_and_unlock,
	.survivor = lock_after_both,
	.claim = "when the first of two waiters for a robust mutex dies at any call the second "
		 "gets it and leaves it good",
	ROBUST);

SWEEP(mutex, peer_death, robust_pi_lock_killed_at_any_instruction_is_recovered,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = free_pi,
	.victim = lock_and_unlock,
	.survivor = recover,
	.sample = 60,
	.claim = "after a death inside lock and unlock of a free robust PRIO_INHERIT mutex the "
		 "next lock gives 0 or EOWNERDEAD and the mutex is good again",
	ROBUST);

SWEEP(mutex, peer_death, robust_pi_unlock_killed_at_any_instruction_wakes_the_waiter,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = free_pi_and_waiter,
	.before = lock_before_waiter,
	.victim = unlock,
	.survivor = lock_after_waiter,
	.sample = 40,
	.claim = "after a death inside unlock of a robust PRIO_INHERIT mutex a thread that waits "
		 "for it gets it and leaves it good",
	ROBUST);

SWEEP(mutex, peer_death, robust_pi_contended_lock_killed_at_any_instruction_is_recovered,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = held_pi,
	.victim = lock_and_unlock,
	.survivor = recover_after_holder,
	.sample = 40,
	.claim = "after a death inside a lock of a robust PRIO_INHERIT mutex that has to wait, and "
		 "the unlock after it, the next lock gives 0 or EOWNERDEAD and the mutex is good "
		 "again",
	ROBUST);

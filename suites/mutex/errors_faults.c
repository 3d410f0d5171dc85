/*
 * errors_faults: a mutex that has to be waited for, when the calls by which the C library waits
 * fail.
 */
#include <assay.h>
#include <pthread.h>

struct contended {
	pthread_mutex_t mutex;
	struct peer holder;
	bool is_inside;  /* whoever has the mutex */
	bool is_refused; /* the victim was told an error */
};

static void enter(struct contended *state)
{
	ck_assert(!state->is_inside);
	state->is_inside = true;
}

static void leave(struct contended *state)
{
	ck_assert(state->is_inside);
	state->is_inside = false;
	must_return(pthread_mutex_unlock(&state->mutex), 0);
}

/* Lets go once the victim waits, or never will. */
static void hold_until_victim_waits(void *arg)
{
	struct contended *const state = arg;

	need_zero(pthread_mutex_lock(&state->mutex));
	enter(state);
	peer_rest();
	(void)victim_wait_blocked("futex");
	leave(state);
}

static void held(struct contended *state, int protocol)
{
	pthread_mutexattr_t attributes;

	need_zero(pthread_mutexattr_init(&attributes));
	need_zero(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED));
	need_option(pthread_mutexattr_setprotocol(&attributes, protocol));
	need_zero(pthread_mutex_init(&state->mutex, &attributes));
	state->holder = peer_start(hold_until_victim_waits, state);
	peer_wait_resting(&state->holder);
	peer_resume(&state->holder);
}

static void held_mutex(void *state)
{
	held(state, PTHREAD_PRIO_NONE);
}

static void held_inheriting_mutex(void *state)
{
	held(state, PTHREAD_PRIO_INHERIT);
}

static void take_and_let_go(void *arg)
{
	struct contended *const state = arg;

	state->is_refused = pthread_mutex_lock(&state->mutex) != 0;
	if (state->is_refused)
		return;
	enter(state);
	leave(state);
}

static void is_free(void *arg)
{
	struct contended *const state = arg;

	peer_join(&state->holder);
	must_return(pthread_mutex_trylock(&state->mutex), 0);
	enter(state);
	leave(state);
}

static void was_taken_and_is_free(void *arg)
{
	ck_assert(!((struct contended *)arg)->is_refused);
	is_free(arg);
}

SWEEP(mutex, errors, contended_lock_is_taken_under_every_error_of_its_calls,
	.attack = ATTACK_ERRNO,
	.may_abort = true,
	.setup = held_mutex,
	.victim = take_and_let_go,
	.survivor = was_taken_and_is_free,
	.state_bytes = sizeof(struct contended),
	.claim = "pthread_mutex_lock() that has to wait takes the mutex alone, with whichever "
		 "error of futex(2) its calls fail",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_lock(), DESCRIPTION, and ERRORS: none of these");

SWEEP(mutex, errors, contended_pi_lock_is_taken_or_left_under_every_error_of_its_calls,
	.attack = ATTACK_ERRNO,
	.may_abort = true,
	.setup = held_inheriting_mutex,
	.victim = take_and_let_go,
	.survivor = is_free,
	.state_bytes = sizeof(struct contended),
	.claim = "pthread_mutex_lock() of a mutex that inherits priority takes it alone or gives an "
		 "error, with whichever error of futex(2) its calls fail",
	.level = LEVEL_FACT,
	.spec = "POSIX.1-2024 pthread_mutex_lock(); silent about errors of the system");

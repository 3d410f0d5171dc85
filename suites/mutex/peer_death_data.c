/*
 * mutex/peer-death: many mutexes of one dead owner, and the data under a mutex.
 */
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>

#include "assay.h"
#include "kinds.h"
#include "roles.h"

enum { MANY = 100 };

/* Visits 0 to MANY - 1 in an order without a pattern: 37 and 100 have no common divisor. */
static int scattered(int i)
{
	return (i * 37 + 11) % MANY;
}

static bool is_given_back(int i)
{
	return i % 7 == 3;
}

static void lock_many_and_rest(void *arg)
{
	pthread_mutex_t *const *const mutexes = arg;

	for (int i = 0; i < MANY; i++)
		must_return(pthread_mutex_lock(mutexes[scattered(i)]), 0);
	for (int i = MANY - 1; i >= 0; i--)
		if (is_given_back(i))
			must_return(pthread_mutex_unlock(mutexes[i]), 0);
	peer_rest();
}

CASE_EACH(mutex, peer_death, many_robust_mutexes_all_released, robust_kinds,
	.claim = "of the robust mutexes that a killed process locked in any order, those "
		 "that it still held are owner-dead, and those that it unlocked are free",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_setrobust(), PTHREAD_MUTEX_ROBUST")
{
	pthread_mutex_t *mutexes[MANY];
	for (int i = 0; i < MANY; i++)
		mutexes[i] = shared_mutex(row);

	struct peer owner = peer_start(lock_many_and_rest, mutexes);
	peer_wait_resting(&owner);
	peer_kill(&owner, SIGKILL);
	for (int i = 0; i < MANY; i++)
		must_return(pthread_mutex_trylock(mutexes[i]),
			is_given_back(i) ? 0 : EOWNERDEAD);
}

enum { GUARDED_BYTES = 3 * 4096 };

struct guarded {
	pthread_mutex_t *mutex;
	char bytes[GUARDED_BYTES];
};

static void write_half_and_rest(void *arg)
{
	struct guarded *const guarded = arg;

	must_return(pthread_mutex_lock(guarded->mutex), 0);
	memset(guarded->bytes, 'o', GUARDED_BYTES);
	memset(guarded->bytes, 'n', GUARDED_BYTES / 2);
	peer_rest();
}

CASE_EACH(mutex, peer_death, consistent_state_change_visible, robust_kinds,
	.claim = "who gets EOWNERDEAD sees exactly what the dead owner had written",
	.level = LEVEL_FACT,
	.spec = "POSIX.1-2024 pthread_mutex_consistent() (only an unlock synchronises "
		"memory)")
{
	struct guarded *const guarded = arena(sizeof(*guarded));
	char wanted[GUARDED_BYTES];
	guarded->mutex = shared_mutex(row);
	memset(wanted, 'o', sizeof(wanted));
	memset(wanted, 'n', sizeof(wanted) / 2);

	struct peer owner = peer_start(write_half_and_rest, guarded);
	peer_wait_resting(&owner);
	peer_kill(&owner, SIGKILL);
	must_return(pthread_mutex_trylock(guarded->mutex), EOWNERDEAD);
	ck_assert_msg(memcmp(guarded->bytes, wanted, sizeof(wanted)) == 0,
		"the bytes are not those that the owner had written when it died");
}

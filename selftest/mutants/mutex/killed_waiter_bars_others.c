/*
 * When one who waits for a mutex is killed, the others who wait never get it.
 */
#include "mutex_locks.h"

#include <signal.h>

enum { WAITERS = 64, DEATHS = WAITERS };

static int lock_as_mutant(pthread_mutex_t *mutex, const struct locking *how)
{
	_Atomic long *const shared = mutant_shared();
	_Atomic long *const own = &shared[getpid() % WAITERS];

	if (how->call == TRYLOCK || !mutex_is_held_by_other(mutex))
		return lock_really(mutex, how);
	const long deaths = shared[DEATHS];
	*own = getpid();
	const int error = lock_really(mutex, how);
	*own = 0;
	while (shared[DEATHS] != deaths)
		(void)syscall(SYS_futex, own, FUTEX_WAIT, 0, NULL, NULL, 0);
	return error;
}

int kill(pid_t process, int number)
{
	_Atomic long *const shared = mutant_shared();

	if (mutant_is_active() && number == SIGKILL && process > 0 &&
		shared[process % WAITERS] == process)
		shared[DEATHS]++;
	return REAL(kill)(process, number);
}

/*
 * open_init: what a new mutex is like, however it was initialised.
 */
#include <string.h>

#include "waits.h"

/* The claim: MUTEX, in the state of a new one, excludes others from lock to unlock and is
 * not robust.  It is unlocked again afterwards. */
static void demand_plain_mutex(pthread_mutex_t *mutex)
{
	must_return(pthread_mutex_trylock(mutex), 0);
	must_return(trylock_in_thread(mutex), EBUSY);
	must_return(pthread_mutex_consistent(mutex), EINVAL);
	must_return(pthread_mutex_unlock(mutex), 0);

	must_return(trylock_in_thread(mutex), 0);
	must_return(pthread_mutex_lock(mutex), 0);
	must_return(trylock_in_thread(mutex), EBUSY);
	must_return(pthread_mutex_unlock(mutex), 0);
}

CASE(mutex, open, init_null_attr_equals_default,
	.claim = "a mutex initialised without attributes behaves like one initialised with "
		 "a fresh attributes object",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_init(), DESCRIPTION")
{
	pthread_mutex_t without, with;
	pthread_mutexattr_t attr;
	need_zero(pthread_mutexattr_init(&attr));
	need_zero(pthread_mutex_init(&with, &attr));
	demand_plain_mutex(&with);

	must_return(pthread_mutex_init(&without, NULL), 0);
	demand_plain_mutex(&without);
}

CASE_EACH(mutex, open, init_leaves_mutex_unlocked, mutex_kinds,
	.claim = "a mutex is unlocked once pthread_mutex_init() returns, whatever was in "
		 "its memory",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_init(), DESCRIPTION")
{
	pthread_mutex_t mutex;
	memset(&mutex, 0xff, sizeof(mutex));

	mutex_make(&mutex, row);
	must_return(pthread_mutex_trylock(&mutex), 0);
	must_return(pthread_mutex_unlock(&mutex), 0);
}

CASE(mutex, open, static_initializer_equals_null_attr_init,
	.claim = "a static or automatic mutex that PTHREAD_MUTEX_INITIALIZER initialised "
		 "behaves like one from pthread_mutex_init() without attributes",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_init(), DESCRIPTION")
{
	static pthread_mutex_t of_the_program = PTHREAD_MUTEX_INITIALIZER;
	pthread_mutex_t of_the_stack = PTHREAD_MUTEX_INITIALIZER;

	demand_plain_mutex(&of_the_program);
	demand_plain_mutex(&of_the_stack);
}

static void lock_and_leave(void *mutex)
{
	need_zero(pthread_mutex_lock(mutex));
}

static const struct mutex_kind recursive_robust = {"recursive-shared-robust",
	PTHREAD_MUTEX_RECURSIVE, PTHREAD_PRIO_NONE, PTHREAD_MUTEX_ROBUST,
	PTHREAD_PROCESS_SHARED};

CASE(mutex, open, reinit_after_destroy_works,
	.claim = "a destroyed mutex can be initialised again at the same address, and has the "
		 "other attributes of the second time: recursive, shared and robust",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_destroy(), DESCRIPTION")
{
	pthread_mutex_t *const mutex = arena(sizeof(*mutex));
	pthread_mutexattr_t attr;
	mutex_attr_make(&attr, &recursive_robust);
	need_zero(pthread_mutex_init(mutex, NULL));
	need_zero(pthread_mutex_lock(mutex));
	need_zero(pthread_mutex_unlock(mutex));

	must_return(pthread_mutex_destroy(mutex), 0);
	must_return(pthread_mutex_init(mutex, &attr), 0);

	must_return(pthread_mutex_lock(mutex), 0);
	must_return(pthread_mutex_lock(mutex), 0);
	must_return(pthread_mutex_unlock(mutex), 0);
	must_return(trylock_in_process(mutex), EBUSY);
	must_return(pthread_mutex_unlock(mutex), 0);
	must_return(trylock_in_process(mutex), 0);
	struct peer owner = peer_start(lock_and_leave, mutex);
	peer_join(&owner);
	must_return(pthread_mutex_trylock(mutex), EOWNERDEAD);
}

CASE_EACH(mutex, open, every_protocol_type_robust_mix_inits, mutex_kinds,
	.claim = "a mutex of every type, private, shared, or shared and robust, can be "
		 "initialised, locked, unlocked and destroyed",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutex_init(), DESCRIPTION; PTHREAD_PRIO_INHERIT: "
		"options TPI and RPI")
{
	pthread_mutexattr_t attr;
	pthread_mutex_t mutex;
	mutex_attr_make(&attr, row);

	must_return(pthread_mutex_init(&mutex, &attr), 0);
	must_return(pthread_mutex_lock(&mutex), 0);
	must_return(pthread_mutex_unlock(&mutex), 0);
	must_return(pthread_mutex_destroy(&mutex), 0);
}

CASE_EACH(mutex, open, robust_without_pshared_outcome, mutex_kinds_private_robust,
	.claim = "pthread_mutex_init() of a robust mutex that is not shared between "
		 "processes works or fails with EINVAL",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pthread_mutex_init(), ERRORS, EINVAL")
{
	pthread_mutexattr_t attr;
	pthread_mutex_t mutex;
	mutex_attr_make(&attr, row);

	const int error = pthread_mutex_init(&mutex, &attr);
	note_choice("private robust mutex", error == 0 ? "works" : errno_name(error),
		"works", "EINVAL");
}

/* Whoever locks a mutex with a ceiling needs a real-time priority below it. */
enum { CEILING = 10, BELOW_CEILING = 5 };

static void lock_below_ceiling_and_leave(void *mutex)
{
	schedule_here(SCHED_FIFO, BELOW_CEILING);
	lock_and_leave(mutex);
}

/* What became of a mutex that was to be robust and to have the ceiling CEILING, of which
 * pthread_mutex_init() said ERROR. */
static const char *kept_promises(pthread_mutex_t *mutex, int error)
{
	int got = -1;

	if (error != 0)
		return errno_name(error);
	if (pthread_mutex_getprioceiling(mutex, &got) != 0 || got != CEILING)
		return "no ceiling";
	struct peer owner = peer_start(lock_below_ceiling_and_leave, mutex);
	peer_join(&owner);
	schedule_here(SCHED_FIFO, BELOW_CEILING);
	return pthread_mutex_trylock(mutex) == EOWNERDEAD ? "both" : "not robust";
}

CASE(mutex, open, robust_with_prio_protect_outcome,
	.claim = "pthread_mutex_init() of a robust mutex with a ceiling gives both or fails "
		 "with ENOTSUP",
	.level = LEVEL_LIBC,
	.spec = "glibc nptl/pthread_mutex_init.c; POSIX.1-2024 pthread_mutex_init(), ERRORS "
		"(no ENOTSUP)",
	.needs = NEED_REALTIME,
	.lacks = MUTEX_LACKS_CEILING)
{
	pthread_mutexattr_t attr;
	pthread_mutex_t *const mutex = arena(sizeof(*mutex));
	need_zero(pthread_mutexattr_init(&attr));
	need_zero(pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED));
	need_option(pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_PROTECT));
	need_option(pthread_mutexattr_setprioceiling(&attr, CEILING));
	need_option(pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST));

	const int error = pthread_mutex_init(mutex, &attr);
	note_choice("robust mutex with a ceiling", kept_promises(mutex, error), "both",
		errno_name(ENOTSUP));
}

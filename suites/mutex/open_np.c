/*
 * open_np: the initialisers and the type of mutex that glibc adds to the standard.
 */
#include "waits.h"

#ifdef PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP
#define LACKS_NP NULL
#else
#define LACKS_NP "the C library has no PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP and its like"
#define PTHREAD_MUTEX_ADAPTIVE_NP PTHREAD_MUTEX_NORMAL
#define PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP PTHREAD_MUTEX_INITIALIZER
#define PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP PTHREAD_MUTEX_INITIALIZER
#define PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP PTHREAD_MUTEX_INITIALIZER
#endif

CASE(mutex, open, static_recursive_errorcheck_initializers_np,
	.claim = "the static initialisers of glibc make a recursive, an errorcheck and an "
		 "adaptive mutex",
	.level = LEVEL_LIBC,
	.spec = "pthread_mutex_init(3); The GNU C Library, POSIX Threads",
	.lacks = LACKS_NP)
{
	static pthread_mutex_t recursive = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
	static pthread_mutex_t errorcheck = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;
	static pthread_mutex_t adaptive = PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP;

	must_return(pthread_mutex_lock(&recursive), 0);
	must_return(pthread_mutex_lock(&recursive), 0);
	must_return(pthread_mutex_lock(&errorcheck), 0);
	must_return(pthread_mutex_lock(&errorcheck), EDEADLK);
	must_return(pthread_mutex_lock(&adaptive), 0);
	must_return(pthread_mutex_trylock(&adaptive), EBUSY);
}

struct counter {
	pthread_mutex_t mutex;
	long value; /* changed by the owner of the mutex only */
};

enum { CONTESTANTS = 3, ROUNDS = 2000 };

static void count_up(void *arg)
{
	struct counter *counter = arg;

	for (int i = 0; i < ROUNDS; i++) {
		must_return(pthread_mutex_lock(&counter->mutex), 0);
		const long before = *(volatile long *)&counter->value;
		*(volatile long *)&counter->value = before + 1;
		must_return(pthread_mutex_unlock(&counter->mutex), 0);
	}
}

CASE(mutex, open, adaptive_type_np_excludes_like_normal,
	.claim = "an adaptive mutex lets one thread in at a time, and the next when that "
		 "one unlocks it",
	.level = LEVEL_LIBC,
	.spec = "The GNU C Library, POSIX Threads, PTHREAD_MUTEX_ADAPTIVE_NP",
	.needs = NEED_BLOCK_PROOF,
	.lacks = LACKS_NP)
{
	struct counter *counter = arena(sizeof(*counter));
	struct peer peers[CONTESTANTS];
	mutex_make(&counter->mutex,
		&(struct mutex_kind){"adaptive", PTHREAD_MUTEX_ADAPTIVE_NP,
			PTHREAD_PRIO_NONE, PTHREAD_MUTEX_STALLED,
			PTHREAD_PROCESS_PRIVATE});
	need_zero(pthread_mutex_lock(&counter->mutex));

	for (int i = 0; i < CONTESTANTS; i++)
		peers[i] = thread_start(count_up, counter);
	for (int i = 0; i < CONTESTANTS; i++)
		peer_wait_blocked_on(&peers[i], &counter->mutex);
	ck_assert_int_eq(counter->value, 0);

	must_return(pthread_mutex_unlock(&counter->mutex), 0);
	for (int i = 0; i < CONTESTANTS; i++)
		peer_join(&peers[i]);
	ck_assert_int_eq(counter->value, CONTESTANTS * ROUNDS);
}

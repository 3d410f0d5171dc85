/*
 * mutex/data: what a mutex guards: exclusion, memory, counts, and every waiter's turn.
 */
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "assay.h"
#include "kinds.h"
#include "roles.h"

#define SPEC_LOCK "POSIX.1-2024 pthread_mutex_lock(), DESCRIPTION"
#define SPEC_UNLOCK "POSIX.1-2024 pthread_mutex_unlock(), DESCRIPTION"

enum { CONTESTANTS = 3, VISITS = 200, STORM = 60 };

/* A section and its mutex; nothing in it is atomic, the mutex must do. */
struct section {
	pthread_mutex_t mutex;
	volatile int counter, inside;
};

static void visit_many_times(struct section *section)
{
	race_start(CONTESTANTS);
	for (int i = 0; i < VISITS; i++) {
		must_return(pthread_mutex_lock(&section->mutex), 0);
		ck_assert_msg(section->inside == 0, "two at once in the section");
		section->inside = 1;
		const int before = section->counter;
		if (i % 16 == 0)
			(void)sched_yield(); /* lets the others try */
		section->counter = before + 1;
		section->inside = 0;
		must_return(pthread_mutex_unlock(&section->mutex), 0);
	}
}

static void visit_as_thread(void *section)
{
	visit_many_times(section);
}

CASE_EACH(mutex, data, mutual_exclusion_between_threads, mutex_kinds,
	.claim = "no two threads are ever inside the section that one mutex guards",
	.level = LEVEL_POSIX, .spec = SPEC_LOCK)
{
	struct section section = {.counter = 0};
	struct peer threads[CONTESTANTS];
	mutex_make(&section.mutex, row);

	for (int i = 0; i < CONTESTANTS; i++)
		threads[i] = thread_start(visit_as_thread, &section);
	for (int i = 0; i < CONTESTANTS; i++)
		peer_join(&threads[i]);
	ck_assert_int_eq(section.counter, CONTESTANTS * VISITS);
}

/* Where the caller sees the section in FD: another address with every call. */
static struct section *map_section(int fd)
{
	return need(mmap(NULL, sizeof(struct section), PROT_READ | PROT_WRITE, MAP_SHARED,
		fd, 0));
}

static void visit_as_process(void *fd)
{
	visit_many_times(map_section(*(const int *)fd));
}

CASE_EACH(mutex, data, mutual_exclusion_between_processes, mutex_kinds_shared,
	.claim = "no two processes are ever inside the section that one shared mutex "
		 "guards, wherever each has it mapped",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_setpshared(), DESCRIPTION; " SPEC_LOCK)
{
	int fd = need(memfd_create("section", 0));
	need(ftruncate(fd, sizeof(struct section)));
	struct section *const section = map_section(fd);
	struct peer processes[CONTESTANTS];
	mutex_make(&section->mutex, row);

	for (int i = 0; i < CONTESTANTS; i++)
		processes[i] = peer_start(visit_as_process, &fd);
	for (int i = 0; i < CONTESTANTS; i++)
		peer_join(&processes[i]);
	ck_assert_int_eq(section->counter, CONTESTANTS * VISITS);
}

enum { GUARDED_BYTES = 3 * 4096, REWRITES = 60 };

struct guarded {
	pthread_mutex_t mutex;
	_Atomic int turns;         /* so far */
	_Atomic int trying, ended; /* of the two who rewrite */
	unsigned char bytes[GUARDED_BYTES];
};

/* Relaxed, as nothing but the mutex shall order what is guarded. */
static int add_to(_Atomic int *count, int change)
{
	return atomic_fetch_add_explicit(count, change, memory_order_relaxed) + change;
}

/* Gives way to the other until *COUNT is not UNLIKE any more, but not for ever: it may have
 * ended, or be inside as well where the mutex is none. */
static void give_way(struct guarded *guarded, _Atomic int *count, int unlike)
{
	enum { PATIENCE = 10000 };

	for (int i = 0; i < PATIENCE && add_to(count, 0) == unlike; i++) {
		if (add_to(&guarded->ended, 0) > 0)
			break;
		(void)sched_yield();
	}
}

/* Called by the owner: all bytes must be those of one rewrite; makes the next.  Now and then the
 * other must try to lock meanwhile. */
static void check_and_rewrite(struct guarded *guarded)
{
	enum { A_WHILE = 20 };
	unsigned char *const bytes = guarded->bytes;

	ck_assert_msg(memcmp(bytes, bytes + 1, GUARDED_BYTES - 1) == 0,
		"the bytes of two different owners are seen");
	const unsigned char next = bytes[0] + 1;
	memset(bytes, next, GUARDED_BYTES / 2);
	if (next % 4 == 0) {
		give_way(guarded, &guarded->trying, 0);
		for (int i = 0; i < A_WHILE; i++)
			(void)sched_yield(); /* until it is inside its call */
	}
	memset(bytes + GUARDED_BYTES / 2, next, GUARDED_BYTES / 2);
}

/* Rewrites many times what TAKE, which locks the mutex, gives it; between two times the other
 * has a turn. */
static void rewrite_by(struct guarded *guarded, void (*take)(pthread_mutex_t *))
{
	int turn = -1;

	race_start(2);
	for (int i = 0; i < REWRITES; i++) {
		give_way(guarded, &guarded->turns, turn);
		(void)add_to(&guarded->trying, 1);
		take(&guarded->mutex);
		(void)add_to(&guarded->trying, -1);
		turn = add_to(&guarded->turns, 1);
		check_and_rewrite(guarded);
		must_return(pthread_mutex_unlock(&guarded->mutex), 0);
	}
	(void)add_to(&guarded->ended, 1);
}

static void take_by_lock(pthread_mutex_t *mutex)
{
	must_return(pthread_mutex_lock(mutex), 0);
}

static void rewrite_by_lock(void *guarded)
{
	rewrite_by(guarded, take_by_lock);
}

static void take_by_trylock(pthread_mutex_t *mutex)
{
	int result;

	while ((result = pthread_mutex_trylock(mutex)) == EBUSY)
		(void)sched_yield();
	must_return(result, 0);
}

static void rewrite_by_trylock(void *guarded)
{
	rewrite_by(guarded, take_by_trylock);
}

static void take_by_timedlock(pthread_mutex_t *mutex)
{
	const struct timespec deadline = far_off();

	must_return(pthread_mutex_timedlock(mutex, &deadline), 0);
}

static void rewrite_by_timedlock(void *guarded)
{
	rewrite_by(guarded, take_by_timedlock);
}

/* Both rewrite the same memory, of which in the end every byte was rewritten by each. */
static void must_rewrite_whole(const struct mutex_kind *kind, void (*one)(void *),
	void (*other)(void *))
{
	struct guarded *const guarded = arena(sizeof(*guarded));

	mutex_make(&guarded->mutex, kind);
	struct peer process = peer_start(one, guarded);
	struct peer thread = thread_start(other, guarded);
	peer_join(&process);
	peer_join(&thread);
	ck_assert_int_eq(guarded->bytes[GUARDED_BYTES - 1], 2 * REWRITES);
}

CASE_EACH(mutex, data, writes_before_unlock_visible_after_lock, normal_mixes,
	.claim = "what was written before unlock is seen whole by the next thread or "
		 "process that locks",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 XBD 4.15.2 Memory Synchronization")
{
	must_rewrite_whole(row, rewrite_by_lock, rewrite_by_lock);
}

CASE_EACH(mutex, data, trylock_success_synchronises_memory, normal_mixes,
	.claim = "what was written before unlock is seen whole by the next whose trylock "
		 "or timedlock succeeds",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 XBD 4.15.2 Memory Synchronization")
{
	must_rewrite_whole(row, rewrite_by_trylock, rewrite_by_timedlock);
}

CASE_EACH(mutex, data, recursive_counts_locks_and_unlocks, recursive_mixes,
	.claim = "a RECURSIVE mutex is free after as many unlocks as its owner made "
		 "successful locks, trylocks and timedlocks",
	.level = LEVEL_POSIX,
	.spec = SPEC_LOCK "; pthread_mutex_trylock(), DESCRIPTION")
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	const struct timespec deadline = far_off();

	must_return(pthread_mutex_lock(mutex), 0);
	must_return(pthread_mutex_trylock(mutex), 0);
	must_return(pthread_mutex_timedlock(mutex, &deadline), 0);
	for (int unlocks = 0; unlocks < 3; unlocks++) {
		must_return(trylock_elsewhere(mutex), EBUSY);
		must_return(pthread_mutex_unlock(mutex), 0);
	}
	must_return(trylock_elsewhere(mutex), 0);
}

CASE_EACH(mutex, data, one_unlock_admits_exactly_one_waiter, normal_mixes,
	.claim = "of several waiters each unlock lets one acquire, and the others wait",
	.level = LEVEL_POSIX, .spec = SPEC_UNLOCK, .needs = NEED_BLOCK_PROOF)
{
	pthread_mutex_t *const mutex = shared_mutex(row);
	struct arrivals *const arrivals = arrivals_make(mutex);
	struct peer waiters[ARRIVALS];
	need_zero(pthread_mutex_lock(mutex));
	start_blocked(waiters, ARRIVALS, arrive_and_rest, arrivals);

	must_return(pthread_mutex_unlock(mutex), 0);
	must_arrive_in_turn(arrivals, waiters, ARRIVALS, 0);
	must_return(trylock_elsewhere(mutex), 0);
}

/* Locks in both ways in turn, giving up and trying again after a few microseconds. */
static void lock_impatiently(void *arg)
{
	struct section *const section = arg;

	handler_install(SIGUSR1, 0);
	peer_rest();
	race_start(CONTESTANTS);
	for (int i = 0; i < VISITS / 2; i++) {
		struct timespec deadline = in_us(i % 40);
		int result = ETIMEDOUT;

		for (int k = 0; k < 5 && result == ETIMEDOUT && i % 2; k++) {
			deadline = in_us(i % 40);
			result = pthread_mutex_timedlock(&section->mutex, &deadline);
		}
		if (result == ETIMEDOUT)
			result = pthread_mutex_lock(&section->mutex);
		must_return(result, 0);
		section->counter++;
		(void)sched_yield(); /* lets the others try, and wait */
		must_return(pthread_mutex_unlock(&section->mutex), 0);
	}
}

CASE_EACH(mutex, data, no_waiter_is_lost_under_churn, normal_mixes,
	.claim = "among timeouts and signals every waiter of a busy mutex gets it",
	.level = LEVEL_POSIX, .spec = SPEC_UNLOCK,
	.needs = NEED_BLOCK_PROOF)
{
	struct section *const section = arena(sizeof(*section));
	struct peer peers[CONTESTANTS];
	mutex_make(&section->mutex, row);
	for (int i = 0; i < CONTESTANTS; i++) {
		peers[i] = peer_start(lock_impatiently, section);
		peer_wait_resting(&peers[i]);
	}

	for (int i = 0; i < CONTESTANTS; i++)
		peer_resume(&peers[i]);
	/* The storm must end before the peers do: a signal would wake who was forgotten. */
	for (int i = 0; i < STORM; i++) {
		peer_signal(&peers[i % CONTESTANTS], SIGUSR1);
		(void)sched_yield();
	}
	ck_assert_msg(peers_asleep(peers, CONTESTANTS, "futex") == 0,
		"waiters sleep on, and nobody holds the mutex");
	for (int i = 0; i < CONTESTANTS; i++)
		peer_join(&peers[i]);
	ck_assert_int_eq(section->counter, CONTESTANTS * VISITS / 2);
}

/* Two waiters of one mutex, in rounds; the first gives up at DEADLINE. */
struct waiters {
	pthread_mutex_t mutex;
	struct timespec deadline;
};

static void wait_until_deadline(void *arg)
{
	struct waiters *const waiters = arg;

	for (;;) {
		peer_rest();
		const int result =
			pthread_mutex_timedlock(&waiters->mutex, &waiters->deadline);
		ck_assert_msg(result == 0 || result == ETIMEDOUT, "timedlock returned %s",
			errno_name(result));
		if (result == 0)
			need_zero(pthread_mutex_unlock(&waiters->mutex));
	}
}

static void wait_for_ever(void *arg)
{
	struct waiters *const waiters = arg;

	for (;;) {
		peer_rest();
		pass_through(&waiters->mutex);
	}
}

static bool is_past(const struct timespec *instant, long microseconds)
{
	const struct timespec now = in_us(microseconds);

	return now.tv_sec > instant->tv_sec ||
		(now.tv_sec == instant->tv_sec && now.tv_nsec >= instant->tv_nsec);
}

CASE_EACH(mutex, data, timed_out_waiter_leaves_wake_for_others, normal_mixes,
	.claim = "a waiter whose time is up at the moment of unlock does not keep the "
		 "wake-up from another waiter",
	.level = LEVEL_POSIX, .spec = SPEC_UNLOCK, .needs = NEED_BLOCK_PROOF)
{
	struct waiters *const waiters = arena(sizeof(*waiters));
	mutex_make(&waiters->mutex, row);
	struct peer peers[2] = {peer_start(wait_until_deadline, waiters),
		peer_start(wait_for_ever, waiters)};

	for (int round = 0; round < 40; round++) {
		peer_wait_resting(&peers[0]);
		peer_wait_resting(&peers[1]);
		need_zero(pthread_mutex_lock(&waiters->mutex));
		waiters->deadline = in_us(300);
		peer_resume(&peers[0]);
		peer_resume(&peers[1]);
		peer_wait_blocked(&peers[1], "futex");
		while (!is_past(&waiters->deadline, round * 3 - 20))
			continue; /* the unlock is aimed at the deadline */
		must_return(pthread_mutex_unlock(&waiters->mutex), 0);
		ck_assert_msg(peers_asleep(peers, 2, "futex") == 0,
			"the other waiter sleeps on after unlock %d", round + 1);
	}
	peer_kill(&peers[0], SIGKILL);
	peer_kill(&peers[1], SIGKILL);
}

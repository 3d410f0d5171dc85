/*
 * peer_death: a read-write lock whose writer is killed at any instruction.  POSIX promises no
 * recovery, only that a timed call ends in time: facts.
 */
#include <assay.h>
#include <pthread.h>
#include <time.h>

enum { SOON_NS = 2 * 1000 * 1000 };

static void free_lock(void *state)
{
	pthread_rwlockattr_t attributes;

	need_zero(pthread_rwlockattr_init(&attributes));
	need_zero(pthread_rwlockattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED));
	need_zero(pthread_rwlock_init(state, &attributes));
}

static void write_lock_and_unlock(void *state)
{
	(void)pthread_rwlock_wrlock(state);
	(void)pthread_rwlock_unlock(state);
}

static struct timespec soon(void)
{
	struct timespec limit;

	need(clock_gettime(CLOCK_REALTIME, &limit));
	limit.tv_nsec += SOON_NS;
	if (limit.tv_nsec >= 1000000000) {
		limit.tv_sec++;
		limit.tv_nsec -= 1000000000;
	}
	return limit;
}

static void timed_write_lock_ends(void *state)
{
	const struct timespec limit = soon();
	const int error = pthread_rwlock_timedwrlock(state, &limit);

	if (error != ETIMEDOUT)
		ck_assert_int_eq(error, 0);
}

static void timed_read_lock_ends(void *state)
{
	const struct timespec limit = soon();
	const int error = pthread_rwlock_timedrdlock(state, &limit);

	if (error != ETIMEDOUT)
		ck_assert_int_eq(error, 0);
}

SWEEP(rwlock, peer_death, writer_killed_at_any_instruction_lets_timed_writer_end,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = free_lock,
	.victim = write_lock_and_unlock,
	.survivor = timed_write_lock_ends,
	.state_bytes = sizeof(pthread_rwlock_t),
	.sample = 30,
	.claim = "pthread_rwlock_timedwrlock() gets the lock or times out after a writer died in "
		 "the middle of lock and unlock",
	.level = LEVEL_FACT,
	.spec = "POSIX.1-2024 pthread_rwlock_timedwrlock(); silent about the death of a writer");

SWEEP(rwlock, peer_death, writer_killed_at_any_instruction_lets_timed_reader_end,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = free_lock,
	.victim = write_lock_and_unlock,
	.survivor = timed_read_lock_ends,
	.state_bytes = sizeof(pthread_rwlock_t),
	.sample = 30,
	.claim = "pthread_rwlock_timedrdlock() gets the lock or times out after a writer died in "
		 "the middle of lock and unlock",
	.level = LEVEL_FACT,
	.spec = "POSIX.1-2024 pthread_rwlock_timedrdlock(); silent about the death of a writer");

/*
 * mutex_object: what a mutex is, as glibc keeps it, for mutants of it.
 */
#ifndef ASSAY_SELFTEST_MUTEX_OBJECT_H
#define ASSAY_SELFTEST_MUTEX_OBJECT_H

#include "mutant.h"

#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Bits of __kind, above those of the type. */
enum { KIND_ROBUST = 16, KIND_INHERIT = 32, KIND_PROTECT = 64, KIND_SHARED = 128 };

/* What __owner is of a mutex whose owner died, and of one that nobody made consistent. */
enum { OWNER_INCONSISTENT = INT_MAX, OWNER_UNRECOVERABLE = INT_MAX - 1 };

/* Where the word has the ceiling; below it is 0 when the mutex is free. */
enum { CEILING_SHIFT = 19, CEILING_UNIT = 1 << CEILING_SHIFT };

static inline int mutex_type(const pthread_mutex_t *mutex)
{
	return mutex->__data.__kind & 3;
}

/** Whether the mutex has one of these bits of __kind. */
static inline bool mutex_has(const pthread_mutex_t *mutex, int bits)
{
	return (mutex->__data.__kind & bits) != 0;
}

/** Whether somebody has it now. */
static inline bool mutex_is_held(const pthread_mutex_t *mutex)
{
	const unsigned word =
		(unsigned)__atomic_load_n(&mutex->__data.__lock, __ATOMIC_SEQ_CST);

	if (mutex_has(mutex, KIND_PROTECT))
		return word % CEILING_UNIT != 0;
	if (mutex_has(mutex, KIND_ROBUST | KIND_INHERIT))
		return (word & FUTEX_TID_MASK) != 0;
	return word != 0;
}

static inline bool mutex_is_own(const pthread_mutex_t *mutex)
{
	return mutex_is_held(mutex) && mutex->__data.__owner == (int)syscall(SYS_gettid);
}

static inline bool mutex_is_held_by_other(const pthread_mutex_t *mutex)
{
	return mutex_is_held(mutex) && mutex->__data.__owner != (int)syscall(SYS_gettid);
}

/** Takes the sign off the word that somebody waits: unlock will wake nobody. */
static inline void mutex_forget_waiters(pthread_mutex_t *mutex)
{
	int contended = 2;

	if (mutex_has(mutex, KIND_ROBUST | KIND_INHERIT))
		(void)__atomic_fetch_and(&mutex->__data.__lock, (int)~FUTEX_WAITERS,
			__ATOMIC_SEQ_CST);
	else
		(void)__atomic_compare_exchange_n(&mutex->__data.__lock, &contended, 1,
			false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

/** A mark in the object of a robust mutex, which init takes off: an adaptive one counts its turns
 *  there. */
static inline bool mutex_is_marked(const pthread_mutex_t *mutex)
{
	return mutex->__data.__spins != 0;
}

static inline void mutex_mark(pthread_mutex_t *mutex, bool marked)
{
	mutex->__data.__spins = marked;
}

#endif

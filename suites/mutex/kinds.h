/*
 * kinds: the mixes of attributes that a mutex can have, as rows of a table, and how to make
 * a mutex of one of them.
 */
#ifndef SUITES_MUTEX_KINDS_H
#define SUITES_MUTEX_KINDS_H

#include <errno.h>
#include <pthread.h>

#include "assay.h"

/** What pthread_mutexattr_set...() are given. */
struct mutex_kind {
	const char *name;
	int type;     /* PTHREAD_MUTEX_NORMAL ... */
	int protocol; /* PTHREAD_PRIO_NONE ... */
	int robust;   /* PTHREAD_MUTEX_STALLED or PTHREAD_MUTEX_ROBUST */
	int pshared;  /* PTHREAD_PROCESS_PRIVATE or PTHREAD_PROCESS_SHARED */
};

enum {
	MUTEX_KINDS = 24,
	MUTEX_KINDS_SHARED = 16,
	MUTEX_KINDS_NONRECURSIVE = 12,
	MUTEX_KINDS_OF_ONE_TYPE = 6,
	MUTEX_KINDS_NORMAL_SHARED = 4,
	MUTEX_KINDS_PRIVATE_ROBUST = 8,
};

/** The mixes of the four types, PRIO_NONE or PRIO_INHERIT, and private, shared or shared and
 *  robust: "normal", "normal-pi", "normal-shared", "normal-shared-robust-pi" ... */
extern const struct mutex_kind mutex_kinds[MUTEX_KINDS];

/** Those of them that are shared. */
extern const struct mutex_kind mutex_kinds_shared[MUTEX_KINDS_SHARED];

/** Those of the types normal and errorcheck. */
extern const struct mutex_kind mutex_kinds_nonrecursive[MUTEX_KINDS_NONRECURSIVE];

/** Those of one type: where the type makes no difference, the normal ones stand for all. */
extern const struct mutex_kind mutex_kinds_normal[MUTEX_KINDS_OF_ONE_TYPE];
extern const struct mutex_kind mutex_kinds_recursive[MUTEX_KINDS_OF_ONE_TYPE];
extern const struct mutex_kind mutex_kinds_normal_shared[MUTEX_KINDS_NORMAL_SHARED];

/** The private robust ones, which pthread_mutex_init() may refuse. */
extern const struct mutex_kind mutex_kinds_private_robust[MUTEX_KINDS_PRIVATE_ROBUST];

/** Sets ATTR up as KIND says.  Ends the case `unsupported` when the target lacks the option
 *  that KIND needs, `broken` when it refuses for another reason. */
void mutex_attr_make(pthread_mutexattr_t *attr, const struct mutex_kind *kind);

/** Initialises MUTEX as KIND says; ends the case as mutex_attr_make() does. */
void mutex_make(pthread_mutex_t *mutex, const struct mutex_kind *kind);

/** A mutex of KIND in the arena. */
pthread_mutex_t *shared_mutex(const struct mutex_kind *kind);

/* The ceiling belongs to an option that musl does not have, not even as symbols: cases that
 * use it say `.lacks = MUTEX_LACKS_CEILING`. */
#ifdef __GLIBC__
#define MUTEX_LACKS_CEILING NULL
#else
#define MUTEX_LACKS_CEILING "the C library has no pthread_mutexattr_setprioceiling()"
#define pthread_mutexattr_setprioceiling(attr, ceiling) \
	((void)(attr), (void)(ceiling), ENOSYS)
#define pthread_mutexattr_getprioceiling(attr, ceiling) \
	((void)(attr), (void)(ceiling), ENOSYS)
#endif

/* New in POSIX.1-2024: cases that use it say `.lacks = MUTEX_LACKS_CLOCKLOCK`. */
#ifdef __GLIBC__
#define MUTEX_LACKS_CLOCKLOCK NULL
#else
#define MUTEX_LACKS_CLOCKLOCK "the C library has no pthread_mutex_clocklock()"
/* Only where no `.lacks` can speak for a row does this run: it ends the case. */
#define pthread_mutex_clocklock(mutex, clock, abstime)                         \
	((void)(abstime),                                                      \
		claim_need_zero(ENOSYS, "pthread_mutex_clocklock()", __FILE__, \
			__LINE__))
#endif

#endif

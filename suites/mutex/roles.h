/*
 * roles: what the peers of mutex cases do, what can be asked of a mutex from elsewhere, and
 * the kinds of mutexes that several cases share.  All pointers are to mutexes that the
 * processes of the case share, unless a kind is given as well.
 */
#ifndef SUITES_MUTEX_ROLES_H
#define SUITES_MUTEX_ROLES_H

#include <pthread.h>
#include <stdatomic.h>
#include <sys/types.h>
#include <time.h>

#include "assay.h"
#include "kinds.h"

/** Shared mutexes of one type: "plain", "pi", "robust" and "robust-pi". */
enum { MIXES = 4 };
extern const struct mutex_kind normal_mixes[MIXES], shared_errorcheck_mixes[MIXES];

/** The same, then those that only the threads of one process may use: "private" and
 *  "private-pi". */
enum { ALL_MIXES = MIXES + 2 };
extern const struct mutex_kind all_normal_mixes[ALL_MIXES], errorcheck_mixes[ALL_MIXES],
	recursive_mixes[ALL_MIXES];

/** Shared mutexes of every type, with PRIO_NONE and PRIO_INHERIT ("normal", "normal-pi",
 *  ...), that are robust, and that are not. */
enum { EACH_TYPE_AND_PROTOCOL = 8, EACH_TYPE = 4 };
extern const struct mutex_kind robust_kinds[EACH_TYPE_AND_PROTOCOL],
	stalled_kinds[EACH_TYPE_AND_PROTOCOL];

/** Those of each type with one protocol only. */
extern const struct mutex_kind robust_pi_kinds[EACH_TYPE], stalled_none_kinds[EACH_TYPE],
	stalled_pi_kinds[EACH_TYPE];

/** An instant of CLOCK_REALTIME so many microseconds from now; one long past; and one that
 *  no case lives to see. */
struct timespec in_us(long microseconds);
extern const struct timespec long_past;
struct timespec far_off(void);

/** Peers.  Each takes the mutex by lock and demands 0; then: */
void hold(void *mutex);           /* rests, unlocks */
void hold_and_end(void *mutex);   /* ends without unlocking */
void pass_through(void *mutex);   /* unlocks */
void rest_then_pass(void *mutex); /* the same, but rests before the lock */

/** Demands EOWNERDEAD, from lock or from trylock, makes MUTEX consistent and unlocks it.
 *  The second cannot hang where the death of an owner goes unnoticed. */
void take_over(void *mutex);
void recover(pthread_mutex_t *mutex);

/** Starts hold(MUTEX) in a process and kills that with SIGKILL while it holds MUTEX. */
void kill_an_owner(pthread_mutex_t *mutex);

/** What trylock (unlock) gives another process, or another thread of this one.  Who got the
 *  mutex by trylock with 0 unlocks it again; with EOWNERDEAD it ends as the owner. */
int trylock_elsewhere(pthread_mutex_t *mutex);
int unlock_elsewhere(pthread_mutex_t *mutex);
int unlock_in_thread(pthread_mutex_t *mutex);

/** Starts FUNCTION(ARG) as far away as a mutex of KIND may be used: in a process where it is
 *  shared, else in a thread. */
#define user_start(kind, function, arg) \
	user_start_at((kind), (function), (arg), #function, __FILE__, __LINE__)
struct peer user_start_at(const struct mutex_kind *kind, void (*function)(void *),
	void *arg, const char *name, const char *file, int line);

/** What trylock (unlock) gives somebody started so. */
int user_trylock(const struct mutex_kind *kind, pthread_mutex_t *mutex);
int user_unlock(const struct mutex_kind *kind, pthread_mutex_t *mutex);

/** Initialises MUTEX as a shared PRIO_PROTECT mutex with this ceiling / makes one in the arena;
 *  ends the case `unsupported` where there is none.  CEILING is the ceiling of cases that need only one. */
enum { CEILING = 10 };
void ceiling_mutex_make(pthread_mutex_t *mutex, int ceiling);
pthread_mutex_t *ceiling_mutex(int ceiling);

/** Waiters that note in which order and with what result they came out of lock. */
enum { ARRIVALS = 5 };
struct arrivals {
	pthread_mutex_t *mutex;
	_Atomic int admitted; /* how many so far */
	struct arrival {
		pid_t thread; /* its id; that of the process where it has only one */
		int result;
	} at[ARRIVALS];
};

/** Arrivals at MUTEX, none so far, in the arena. */
struct arrivals *arrivals_make(pthread_mutex_t *mutex);

/** A peer process that calls lock, notes its arrival and rests; then it makes an owner-dead
 *  mutex consistent, and unlocks. */
void arrive_and_rest(void *arrivals);

/** Starts COUNT (up to ARRIVALS) processes of FUNCTION, one after the other, each proven
 *  blocked in lock before the next one is started. */
#define start_blocked(peers, count, function, arg) \
	start_blocked_at((peers), (count), (function), (arg), #function)
void start_blocked_at(struct peer *peers, int count, void (*function)(void *), void *arg,
	const char *name);

/** The claim: one by one the COUNT peers, of which one has just been admitted, come out of
 *  lock, each when the one before has unlocked, the first with the result FIRST, the others
 *  with 0.  Joins them all. */
void must_arrive_in_turn(struct arrivals *arrivals, struct peer *peers, int count,
	int first);

#endif

#include "roles.h"

#include <signal.h>
#include <unistd.h>

#define NONE PTHREAD_PRIO_NONE
#define INHERIT PTHREAD_PRIO_INHERIT
#define STALLED PTHREAD_MUTEX_STALLED, PTHREAD_PROCESS_SHARED
#define ROBUST PTHREAD_MUTEX_ROBUST, PTHREAD_PROCESS_SHARED
#define PRIVATE PTHREAD_MUTEX_STALLED, PTHREAD_PROCESS_PRIVATE

/* clang-format off */
#define MIXES_OF(type)                      \
	{"plain", type, NONE, STALLED},     \
	{"pi", type, INHERIT, STALLED},     \
	{"robust", type, NONE, ROBUST},     \
	{"robust-pi", type, INHERIT, ROBUST}

#define ALL_MIXES_OF(type)                  \
	MIXES_OF(type),                     \
	{"private", type, NONE, PRIVATE},   \
	{"private-pi", type, INHERIT, PRIVATE}

#define EACH_TYPE_WITH(suffix, protocol, robust)                           \
	{"normal" suffix, PTHREAD_MUTEX_NORMAL, protocol, robust},         \
	{"errorcheck" suffix, PTHREAD_MUTEX_ERRORCHECK, protocol, robust}, \
	{"recursive" suffix, PTHREAD_MUTEX_RECURSIVE, protocol, robust},   \
	{"default" suffix, PTHREAD_MUTEX_DEFAULT, protocol, robust}
/* clang-format on */

const struct mutex_kind normal_mixes[MIXES] = {MIXES_OF(PTHREAD_MUTEX_NORMAL)};
const struct mutex_kind all_normal_mixes[ALL_MIXES] = {
	ALL_MIXES_OF(PTHREAD_MUTEX_NORMAL)};
const struct mutex_kind shared_errorcheck_mixes[MIXES] = {
	MIXES_OF(PTHREAD_MUTEX_ERRORCHECK)};
const struct mutex_kind errorcheck_mixes[ALL_MIXES] = {
	ALL_MIXES_OF(PTHREAD_MUTEX_ERRORCHECK)};
const struct mutex_kind recursive_mixes[ALL_MIXES] = {
	ALL_MIXES_OF(PTHREAD_MUTEX_RECURSIVE)};
const struct mutex_kind robust_kinds[EACH_TYPE_AND_PROTOCOL] = {
	EACH_TYPE_WITH("", NONE, ROBUST), EACH_TYPE_WITH("-pi", INHERIT, ROBUST)};
const struct mutex_kind stalled_kinds[EACH_TYPE_AND_PROTOCOL] = {
	EACH_TYPE_WITH("", NONE, STALLED), EACH_TYPE_WITH("-pi", INHERIT, STALLED)};
const struct mutex_kind robust_pi_kinds[EACH_TYPE] = {
	EACH_TYPE_WITH("", INHERIT, ROBUST)};
const struct mutex_kind stalled_none_kinds[EACH_TYPE] = {
	EACH_TYPE_WITH("", NONE, STALLED)};
const struct mutex_kind stalled_pi_kinds[EACH_TYPE] = {
	EACH_TYPE_WITH("", INHERIT, STALLED)};

const struct timespec long_past = {.tv_sec = 1};

struct timespec in_us(long microseconds)
{
	struct timespec at;

	need(clock_gettime(CLOCK_REALTIME, &at));
	at.tv_nsec += microseconds % 1000000 * 1000;
	at.tv_sec += microseconds / 1000000 + at.tv_nsec / 1000000000;
	at.tv_nsec %= 1000000000;
	return at;
}

struct timespec far_off(void)
{
	return in_us(1800L * 1000000);
}

void hold(void *mutex)
{
	must_return(pthread_mutex_lock(mutex), 0);
	peer_rest();
	must_return(pthread_mutex_unlock(mutex), 0);
}

void hold_and_end(void *mutex)
{
	must_return(pthread_mutex_lock(mutex), 0);
}

void pass_through(void *mutex)
{
	must_return(pthread_mutex_lock(mutex), 0);
	must_return(pthread_mutex_unlock(mutex), 0);
}

void rest_then_pass(void *mutex)
{
	peer_rest();
	pass_through(mutex);
}

void take_over(void *mutex)
{
	must_return(pthread_mutex_lock(mutex), EOWNERDEAD);
	must_return(pthread_mutex_consistent(mutex), 0);
	must_return(pthread_mutex_unlock(mutex), 0);
}

void recover(pthread_mutex_t *mutex)
{
	must_return(pthread_mutex_trylock(mutex), EOWNERDEAD);
	must_return(pthread_mutex_consistent(mutex), 0);
	must_return(pthread_mutex_unlock(mutex), 0);
}

void kill_an_owner(pthread_mutex_t *mutex)
{
	struct peer owner = peer_start(hold, mutex);

	peer_wait_resting(&owner);
	peer_kill(&owner, SIGKILL);
}

/* A question to another process or thread, and its answer. */
struct question {
	pthread_mutex_t *mutex;
	int answer;
};

static void try_lock(void *arg)
{
	struct question *const question = arg;

	question->answer = pthread_mutex_trylock(question->mutex);
	if (question->answer == 0)
		need_zero(pthread_mutex_unlock(question->mutex));
}

static void try_unlock(void *arg)
{
	struct question *const question = arg;

	question->answer = pthread_mutex_unlock(question->mutex);
}

static int ask_process(void (*function)(void *), pthread_mutex_t *mutex)
{
	struct question *const question = arena(sizeof(*question));

	question->mutex = mutex;
	struct peer other = peer_start(function, question);
	peer_join(&other);
	return question->answer;
}

int trylock_elsewhere(pthread_mutex_t *mutex)
{
	return ask_process(try_lock, mutex);
}

int unlock_elsewhere(pthread_mutex_t *mutex)
{
	return ask_process(try_unlock, mutex);
}

int unlock_in_thread(pthread_mutex_t *mutex)
{
	struct question question = {.mutex = mutex};
	struct peer other = thread_start(try_unlock, &question);

	peer_join(&other);
	return question.answer;
}

struct peer user_start_at(const struct mutex_kind *kind, void (*function)(void *),
	void *arg, const char *name, const char *file, int line)
{
	return kind->pshared == PTHREAD_PROCESS_SHARED
		? peer_start_at(function, arg, name, file, line)
		: thread_start_at(function, arg, name, file, line);
}

static int ask_user(const struct mutex_kind *kind, void (*function)(void *),
	pthread_mutex_t *mutex)
{
	struct question *const question = arena(sizeof(*question));

	question->mutex = mutex;
	struct peer other = user_start(kind, function, question);
	peer_join(&other);
	return question->answer;
}

int user_trylock(const struct mutex_kind *kind, pthread_mutex_t *mutex)
{
	return ask_user(kind, try_lock, mutex);
}

int user_unlock(const struct mutex_kind *kind, pthread_mutex_t *mutex)
{
	return ask_user(kind, try_unlock, mutex);
}

struct arrivals *arrivals_make(pthread_mutex_t *mutex)
{
	struct arrivals *const arrivals = arena(sizeof(*arrivals));

	arrivals->mutex = mutex;
	return arrivals;
}

void arrive_and_rest(void *arg)
{
	struct arrivals *const arrivals = arg;
	const int result = pthread_mutex_lock(arrivals->mutex);
	struct arrival *const here = &arrivals->at[atomic_load(&arrivals->admitted)];

	here->thread = gettid();
	here->result = result;
	atomic_fetch_add(&arrivals->admitted, 1);
	peer_rest();
	if (result == EOWNERDEAD)
		must_return(pthread_mutex_consistent(arrivals->mutex), 0);
	must_return(pthread_mutex_unlock(arrivals->mutex), 0);
}

void start_blocked_at(struct peer *peers, int count, void (*function)(void *), void *arg,
	const char *name)
{
	for (int i = 0; i < count; i++) {
		peers[i] = peer_start_at(function, arg, name, __FILE__, __LINE__);
		peer_wait_blocked(&peers[i], "futex");
	}
}

static struct peer *find_thread(struct peer *peers, int count, pid_t thread)
{
	for (int i = 0; i < count; i++)
		if (peers[i].tid == thread)
			return &peers[i];
	return NULL;
}

void must_arrive_in_turn(struct arrivals *arrivals, struct peer *peers, int count,
	int first)
{
	for (int i = 0; i < count; i++) {
		const int asleep = peers_asleep(peers, count, "futex");
		ck_assert_msg(asleep == count - 1 - i,
			"after %d unlocks %d of %d waiters are still blocked", i + 1,
			asleep, count);
		ck_assert_int_eq(atomic_load(&arrivals->admitted), i + 1);
		must_return(arrivals->at[i].result, i == 0 ? first : 0);
		struct peer *const admitted =
			find_thread(peers, count, arrivals->at[i].thread);
		ck_assert(admitted);
		peer_resume(admitted);
		peer_join(admitted);
	}
}

void ceiling_mutex_make(pthread_mutex_t *mutex, int ceiling)
{
	pthread_mutexattr_t attr;

	need_zero(pthread_mutexattr_init(&attr));
	need_zero(pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED));
	need_option(pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_PROTECT));
	need_option(pthread_mutexattr_setprioceiling(&attr, ceiling));
	need_option(pthread_mutex_init(mutex, &attr));
	need_zero(pthread_mutexattr_destroy(&attr));
}

pthread_mutex_t *ceiling_mutex(int ceiling)
{
	pthread_mutex_t *const mutex = arena(sizeof(*mutex));

	ceiling_mutex_make(mutex, ceiling);
	return mutex;
}

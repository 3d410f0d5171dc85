#include "kinds.h"

#define PLAIN(name, type)                                                                \
	{name, type, PTHREAD_PRIO_NONE, PTHREAD_MUTEX_STALLED, PTHREAD_PROCESS_PRIVATE}, \
	{                                                                                \
		name "-pi", type, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_STALLED,           \
			PTHREAD_PROCESS_PRIVATE                                          \
	}

#define SHARED(name, type)                                                             \
	{name "-shared", type, PTHREAD_PRIO_NONE, PTHREAD_MUTEX_STALLED,               \
		PTHREAD_PROCESS_SHARED},                                               \
		{name "-shared-pi", type, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_STALLED, \
			PTHREAD_PROCESS_SHARED},                                       \
		{name "-shared-robust", type, PTHREAD_PRIO_NONE, PTHREAD_MUTEX_ROBUST, \
			PTHREAD_PROCESS_SHARED},                                       \
	{                                                                              \
		name "-shared-robust-pi", type, PTHREAD_PRIO_INHERIT,                  \
			PTHREAD_MUTEX_ROBUST, PTHREAD_PROCESS_SHARED                   \
	}

#define PRIVATE_ROBUST(name, type)                                                   \
	{name "-robust", type, PTHREAD_PRIO_NONE, PTHREAD_MUTEX_ROBUST,              \
		PTHREAD_PROCESS_PRIVATE},                                            \
	{                                                                            \
		name "-robust-pi", type, PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_ROBUST, \
			PTHREAD_PROCESS_PRIVATE                                      \
	}

#define EACH_TYPE(mixes)                                       \
	mixes("normal", PTHREAD_MUTEX_NORMAL),                 \
		mixes("errorcheck", PTHREAD_MUTEX_ERRORCHECK), \
		mixes("recursive", PTHREAD_MUTEX_RECURSIVE),   \
		mixes("default", PTHREAD_MUTEX_DEFAULT)

const struct mutex_kind mutex_kinds[MUTEX_KINDS] = {EACH_TYPE(PLAIN), EACH_TYPE(SHARED)};
const struct mutex_kind mutex_kinds_shared[MUTEX_KINDS_SHARED] = {EACH_TYPE(SHARED)};
const struct mutex_kind mutex_kinds_private_robust[MUTEX_KINDS_PRIVATE_ROBUST] = {
	EACH_TYPE(PRIVATE_ROBUST)};

#define BOTH(name, type) PLAIN(name, type), SHARED(name, type)

const struct mutex_kind mutex_kinds_nonrecursive[MUTEX_KINDS_NONRECURSIVE] = {
	BOTH("normal", PTHREAD_MUTEX_NORMAL),
	BOTH("errorcheck", PTHREAD_MUTEX_ERRORCHECK)};
const struct mutex_kind mutex_kinds_normal[MUTEX_KINDS_OF_ONE_TYPE] = {
	BOTH("normal", PTHREAD_MUTEX_NORMAL)};
const struct mutex_kind mutex_kinds_recursive[MUTEX_KINDS_OF_ONE_TYPE] = {
	BOTH("recursive", PTHREAD_MUTEX_RECURSIVE)};
const struct mutex_kind mutex_kinds_normal_shared[MUTEX_KINDS_NORMAL_SHARED] = {
	SHARED("normal", PTHREAD_MUTEX_NORMAL)};

void mutex_attr_make(pthread_mutexattr_t *attr, const struct mutex_kind *kind)
{
	need_zero(pthread_mutexattr_init(attr));
	need_zero(pthread_mutexattr_settype(attr, kind->type));
	need_option(pthread_mutexattr_setprotocol(attr, kind->protocol));
	need_option(pthread_mutexattr_setrobust(attr, kind->robust));
	need_option(pthread_mutexattr_setpshared(attr, kind->pshared));
}

void mutex_make(pthread_mutex_t *mutex, const struct mutex_kind *kind)
{
	pthread_mutexattr_t attr;

	mutex_attr_make(&attr, kind);
	need_option(pthread_mutex_init(mutex, &attr));
	need_zero(pthread_mutexattr_destroy(&attr));
}

pthread_mutex_t *shared_mutex(const struct mutex_kind *kind)
{
	pthread_mutex_t *const mutex = arena(sizeof(*mutex));

	mutex_make(mutex, kind);
	return mutex;
}

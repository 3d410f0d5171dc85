/*
 * open_attr: what a mutex attributes object holds, and what it refuses.
 */
#include <sched.h>

#include "kinds.h"

CASE(mutex, open, attr_type_default_is_default,
	.claim = "a fresh mutex attributes object has the type PTHREAD_MUTEX_DEFAULT",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_gettype(), DESCRIPTION")
{
	pthread_mutexattr_t attr;
	int type = -1;
	need_zero(pthread_mutexattr_init(&attr));

	must_return(pthread_mutexattr_gettype(&attr, &type), 0);
	ck_assert_int_eq(type, PTHREAD_MUTEX_DEFAULT);
}

CASE(mutex, open, attr_pshared_default_is_private,
	.claim = "a fresh mutex attributes object is PTHREAD_PROCESS_PRIVATE",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_getpshared(), DESCRIPTION")
{
	pthread_mutexattr_t attr;
	int pshared = -1;
	need_zero(pthread_mutexattr_init(&attr));

	must_return(pthread_mutexattr_getpshared(&attr, &pshared), 0);
	ck_assert_int_eq(pshared, PTHREAD_PROCESS_PRIVATE);
}

CASE(mutex, open, attr_robust_default_is_stalled,
	.claim = "a fresh mutex attributes object is PTHREAD_MUTEX_STALLED",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_getrobust(), DESCRIPTION; "
		"pthread_mutexattr_setrobust(3)")
{
	pthread_mutexattr_t attr;
	int robust = -1;
	need_zero(pthread_mutexattr_init(&attr));

	must_return(pthread_mutexattr_getrobust(&attr, &robust), 0);
	ck_assert_int_eq(robust, PTHREAD_MUTEX_STALLED);
}

CASE(mutex, open, attr_protocol_default_is_none,
	.claim = "a fresh mutex attributes object has the protocol PTHREAD_PRIO_NONE",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_getprotocol(), DESCRIPTION")
{
	pthread_mutexattr_t attr;
	int protocol = -1;
	need_zero(pthread_mutexattr_init(&attr));

	must_return(pthread_mutexattr_getprotocol(&attr, &protocol), 0);
	ck_assert_int_eq(protocol, PTHREAD_PRIO_NONE);
}

static const struct {
	const char *name;
	int type, before;
} types[] = {
	{"normal", PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_RECURSIVE},
	{"errorcheck", PTHREAD_MUTEX_ERRORCHECK, PTHREAD_MUTEX_RECURSIVE},
	{"recursive", PTHREAD_MUTEX_RECURSIVE, PTHREAD_MUTEX_ERRORCHECK},
	{"default", PTHREAD_MUTEX_DEFAULT, PTHREAD_MUTEX_ERRORCHECK},
};

CASE_EACH(mutex, open, attr_settype_roundtrips_every_type, types,
	.claim = "the type that pthread_mutexattr_settype() stores is the one that "
		 "pthread_mutexattr_gettype() gives",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_settype(), DESCRIPTION")
{
	pthread_mutexattr_t attr;
	int type = -1;
	need_zero(pthread_mutexattr_init(&attr));
	need_zero(pthread_mutexattr_settype(&attr, row->before));

	must_return(pthread_mutexattr_settype(&attr, row->type), 0);
	must_return(pthread_mutexattr_gettype(&attr, &type), 0);
	ck_assert_int_eq(type, row->type);
}

CASE(mutex, open, attr_setpshared_roundtrips,
	.claim = "pthread_mutexattr_getpshared() gives what pthread_mutexattr_setpshared() "
		 "stored last",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_setpshared(), DESCRIPTION")
{
	pthread_mutexattr_t attr;
	int pshared = -1;
	need_zero(pthread_mutexattr_init(&attr));

	must_return(pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED), 0);
	must_return(pthread_mutexattr_getpshared(&attr, &pshared), 0);
	ck_assert_int_eq(pshared, PTHREAD_PROCESS_SHARED);

	must_return(pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_PRIVATE), 0);
	must_return(pthread_mutexattr_getpshared(&attr, &pshared), 0);
	ck_assert_int_eq(pshared, PTHREAD_PROCESS_PRIVATE);
}

CASE(mutex, open, attr_setrobust_roundtrips,
	.claim = "pthread_mutexattr_getrobust() gives what pthread_mutexattr_setrobust() "
		 "stored last",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_setrobust(), DESCRIPTION")
{
	pthread_mutexattr_t attr;
	int robust = -1;
	need_zero(pthread_mutexattr_init(&attr));

	must_return(pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST), 0);
	must_return(pthread_mutexattr_getrobust(&attr, &robust), 0);
	ck_assert_int_eq(robust, PTHREAD_MUTEX_ROBUST);

	must_return(pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_STALLED), 0);
	must_return(pthread_mutexattr_getrobust(&attr, &robust), 0);
	ck_assert_int_eq(robust, PTHREAD_MUTEX_STALLED);
}

static const struct {
	const char *name;
	int protocol, before;
} protocols[] = {
	{"none", PTHREAD_PRIO_NONE, PTHREAD_PRIO_INHERIT},
	{"inherit", PTHREAD_PRIO_INHERIT, PTHREAD_PRIO_NONE},
	{"protect", PTHREAD_PRIO_PROTECT, PTHREAD_PRIO_NONE},
};

/* The error of setprotocol, save that the option is not there, which ends the case. */
static int set_protocol(pthread_mutexattr_t *attr, int protocol)
{
	const int error = pthread_mutexattr_setprotocol(attr, protocol);

	need_option(error == ENOTSUP || error == ENOSYS ? error : 0);
	return error;
}

CASE_EACH(mutex, open, attr_setprotocol_roundtrips, protocols,
	.claim = "the protocol that pthread_mutexattr_setprotocol() stores is the one that "
		 "pthread_mutexattr_getprotocol() gives",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_setprotocol(), DESCRIPTION")
{
	pthread_mutexattr_t attr;
	int protocol = -1;
	need_zero(pthread_mutexattr_init(&attr));
	need_option(pthread_mutexattr_setprotocol(&attr, row->before));

	must_return(set_protocol(&attr, row->protocol), 0);
	must_return(pthread_mutexattr_getprotocol(&attr, &protocol), 0);
	ck_assert_int_eq(protocol, row->protocol);
}

CASE(mutex, open, attr_setprioceiling_roundtrips,
	.claim = "any ceiling among the priorities of SCHED_FIFO that "
		 "pthread_mutexattr_setprioceiling() stores is the one that "
		 "pthread_mutexattr_getprioceiling() gives",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_setprioceiling(), DESCRIPTION",
	.lacks = MUTEX_LACKS_CEILING)
{
	pthread_mutexattr_t attr;
	const int lowest = need(sched_get_priority_min(SCHED_FIFO));
	const int highest = need(sched_get_priority_max(SCHED_FIFO));
	need_zero(pthread_mutexattr_init(&attr));

	for (int wanted = lowest; wanted <= highest; wanted++) {
		int ceiling = -1;
		must_return(pthread_mutexattr_setprioceiling(&attr, wanted), 0);
		must_return(pthread_mutexattr_getprioceiling(&attr, &ceiling), 0);
		ck_assert_int_eq(ceiling, wanted);
	}
}

CASE(mutex, open, attr_prioceiling_default_in_fifo_range,
	.claim = "the ceiling of a fresh mutex attributes object, for which no default is "
		 "named, is a priority of SCHED_FIFO or is not",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pthread_mutexattr_getprioceiling(), DESCRIPTION (silent)",
	.lacks = MUTEX_LACKS_CEILING)
{
	pthread_mutexattr_t attr;
	const int lowest = need(sched_get_priority_min(SCHED_FIFO));
	const int highest = need(sched_get_priority_max(SCHED_FIFO));
	int ceiling = -1;
	need_zero(pthread_mutexattr_init(&attr));

	must_return(pthread_mutexattr_getprioceiling(&attr, &ceiling), 0);
	note("default ceiling", "%d", ceiling);
	note_choice("among the priorities of SCHED_FIFO",
		ceiling >= lowest && ceiling <= highest ? "yes" : "no", "yes", "no");
}

/* No attribute has this value anywhere. */
enum { UNDEFINED = 99 };

CASE(mutex, open, attr_settype_bad_value_gives_einval,
	.claim = "pthread_mutexattr_settype() with an undefined type fails with EINVAL",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_settype(), ERRORS, EINVAL")
{
	pthread_mutexattr_t attr;
	int type = -1;
	need_zero(pthread_mutexattr_init(&attr));
	need_zero(pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE));

	must_return(pthread_mutexattr_settype(&attr, UNDEFINED), EINVAL);
	need_zero(pthread_mutexattr_gettype(&attr, &type));
	note("type afterwards", "%s",
		type == PTHREAD_MUTEX_RECURSIVE ? "as before" : "another");
}

CASE(mutex, open, attr_setrobust_bad_value_gives_einval,
	.claim = "pthread_mutexattr_setrobust() with an undefined value fails with EINVAL",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_setrobust(), ERRORS, EINVAL; "
		"pthread_mutexattr_setrobust(3), ERRORS")
{
	pthread_mutexattr_t attr;
	need_zero(pthread_mutexattr_init(&attr));

	must_return(pthread_mutexattr_setrobust(&attr, UNDEFINED), EINVAL);
}

static const char *outcome(int error)
{
	return error == 0 ? "accepted" : errno_name(error);
}

CASE(mutex, open, attr_setpshared_bad_value_outcome,
	.claim = "pthread_mutexattr_setpshared() with an undefined value fails with EINVAL "
		 "or is accepted",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pthread_mutexattr_setpshared(), ERRORS (may fail), EINVAL")
{
	pthread_mutexattr_t attr;
	need_zero(pthread_mutexattr_init(&attr));

	const int error = pthread_mutexattr_setpshared(&attr, UNDEFINED);
	note_choice("undefined value", outcome(error), "EINVAL", "accepted");
}

CASE(mutex, open, attr_setprotocol_bad_value_fails,
	.claim = "pthread_mutexattr_setprotocol() with an undefined protocol fails with "
		 "ENOTSUP or EINVAL",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_setprotocol(), ERRORS, ENOTSUP and EINVAL")
{
	pthread_mutexattr_t attr;
	int protocol = -1;
	need_zero(pthread_mutexattr_init(&attr));

	const int error = pthread_mutexattr_setprotocol(&attr, UNDEFINED);
	note_choice("undefined protocol", outcome(error), errno_name(ENOTSUP), "EINVAL");
	need_zero(pthread_mutexattr_getprotocol(&attr, &protocol));
	note("protocol afterwards", "%s",
		protocol == PTHREAD_PRIO_NONE ? "as before" : "another");
}

CASE(mutex, open, attr_setprioceiling_out_of_range_outcome,
	.claim = "pthread_mutexattr_setprioceiling() with what is no priority of "
		 "SCHED_FIFO fails with EINVAL or is accepted",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 pthread_mutexattr_setprioceiling(), ERRORS (may fail), EINVAL",
	.lacks = MUTEX_LACKS_CEILING)
{
	pthread_mutexattr_t attr;
	const int lowest = need(sched_get_priority_min(SCHED_FIFO));
	const int highest = need(sched_get_priority_max(SCHED_FIFO));
	need_zero(pthread_mutexattr_init(&attr));

	const int below = pthread_mutexattr_setprioceiling(&attr, lowest - 1);
	note_choice("below the lowest", outcome(below), "EINVAL", "accepted");
	const int above = pthread_mutexattr_setprioceiling(&attr, highest + 1);
	note_choice("above the highest", outcome(above), "EINVAL", "accepted");
}

CASE(mutex, open, attr_change_after_init_does_not_affect_mutex,
	.claim = "what happens to an attributes object after pthread_mutex_init() used it "
		 "does not change the mutex",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_init(), DESCRIPTION")
{
	pthread_mutexattr_t attr;
	pthread_mutex_t mutex;
	need_zero(pthread_mutexattr_init(&attr));
	need_zero(pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ERRORCHECK));
	need_zero(pthread_mutex_init(&mutex, &attr));

	need_zero(pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE));
	need_zero(pthread_mutexattr_destroy(&attr));

	must_return(pthread_mutex_lock(&mutex), 0);
	must_return(pthread_mutex_lock(&mutex), EDEADLK);
}

CASE(mutex, open, attr_destroy_then_reinit_works,
	.claim = "a destroyed attributes object can be initialised again, and then holds "
		 "the defaults",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_destroy(), DESCRIPTION")
{
	pthread_mutexattr_t attr;
	int type = -1, protocol = -1, robust = -1, pshared = -1;
	mutex_attr_make(&attr,
		&(struct mutex_kind){"other", PTHREAD_MUTEX_ERRORCHECK,
			PTHREAD_PRIO_INHERIT, PTHREAD_MUTEX_ROBUST,
			PTHREAD_PROCESS_SHARED});

	must_return(pthread_mutexattr_destroy(&attr), 0);
	must_return(pthread_mutexattr_init(&attr), 0);

	need_zero(pthread_mutexattr_gettype(&attr, &type));
	ck_assert_int_eq(type, PTHREAD_MUTEX_DEFAULT);
	need_zero(pthread_mutexattr_getprotocol(&attr, &protocol));
	ck_assert_int_eq(protocol, PTHREAD_PRIO_NONE);
	need_zero(pthread_mutexattr_getrobust(&attr, &robust));
	ck_assert_int_eq(robust, PTHREAD_MUTEX_STALLED);
	need_zero(pthread_mutexattr_getpshared(&attr, &pshared));
	ck_assert_int_eq(pshared, PTHREAD_PROCESS_PRIVATE);
}

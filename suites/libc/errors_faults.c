/*
 * errors_faults: what starts a thread, a process or a stream, when a system call that it needs
 * fails.
 */
#include <assay.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SUPERVISED .needs = NEED_SUPERVISOR | NEED_PROC
#define SUPERVISED_PROGRAM .needs = NEED_SUPERVISOR | NEED_PROC | NEED_PROGRAMS

struct created {
	pthread_t thread;
	int seen;
};

static void *is_seen(void *arg)
{
	*(int *)arg = 1;
	return arg;
}

static int create_thread(void *object)
{
	struct created *const created = object;

	return pthread_create(&created->thread, NULL, is_seen, &created->seen);
}

static void runs_and_ends(void *object)
{
	struct created *const created = object;
	void *value = NULL;

	must_return(pthread_join(created->thread, &value), 0);
	ck_assert_ptr_eq(value, &created->seen);
	ck_assert_int_eq(created->seen, 1);
}

static const struct failing_call creating[] = {
	{"fork-eagain", "fork", EAGAIN, EAGAIN, 0, NULL},
	{"fork-enomem", "fork", ENOMEM, EAGAIN, 0, NULL},
	{"mmap-enomem", "mmap", ENOMEM, EAGAIN, 0, " if flags&MAP_STACK"},
	{"mprotect-enomem", "mprotect", ENOMEM, EAGAIN, 0, NULL},
};

CASE_EACH(libc, errors, pthread_create_under_failing_calls_leaves_nothing, creating,
	.claim = "pthread_create() that lacks a resource gives EAGAIN and leaves nothing",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 pthread_create(), ERRORS: EAGAIN",
	SUPERVISED)
{
	static const struct failing_subject subject = {
		"pthread_create()", create_thread, runs_and_ends, NULL, NULL};

	failing_visit(row, &subject);
}

static int create_scheduled_thread(void *object)
{
	const struct sched_param lowest = {.sched_priority = 0};
	struct created *const created = object;
	pthread_attr_t attributes;

	need_zero(pthread_attr_init(&attributes));
	need_zero(pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED));
	need_zero(pthread_attr_setschedpolicy(&attributes, SCHED_OTHER));
	need_zero(pthread_attr_setschedparam(&attributes, &lowest));
	const int error =
		pthread_create(&created->thread, &attributes, is_seen, &created->seen);
	need_zero(pthread_attr_destroy(&attributes));
	return error;
}

static const struct failing_call scheduling[] = {
	{"sched-setscheduler-eperm", "sched_setscheduler", EPERM, EPERM, 0, NULL},
};

CASE_EACH(libc, errors, scheduled_pthread_create_under_failing_calls_leaves_nothing,
	scheduling,
	.claim = "pthread_create() that may not schedule the thread gives EPERM and "
		 "leaves nothing",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 pthread_create(), ERRORS: EPERM",
	SUPERVISED)
{
	static const struct failing_subject subject = {
		"pthread_create(PTHREAD_EXPLICIT_SCHED)", create_scheduled_thread,
		runs_and_ends, NULL, NULL};

	failing_visit(row, &subject);
}

static int spawn_true(void *object)
{
	char name[] = "true", *arguments[] = {name, NULL, NULL};

	return posix_spawn(object, "/bin/true", NULL, NULL, arguments, environ);
}

static void ends_well(void *object)
{
	const pid_t child = *(pid_t *)object;
	int status = -1;

	ck_assert_int_eq(must_succeed(waitpid(child, &status, 0)), child);
	ck_assert_int_eq(status, 0);
}

static const struct failing_call spawning[] = {
	{"fork-eagain", "fork", EAGAIN, EAGAIN, 0, NULL},
	{"fork-enomem", "fork", ENOMEM, ENOMEM, 0, NULL},
	{"mmap-enomem", "mmap", ENOMEM, ENOMEM, 0, " if flags&MAP_STACK"},
	{"exec-e2big", "exec", E2BIG, E2BIG, 0, NULL},
	{"exec-eacces", "exec", EACCES, EACCES, 0, NULL},
	{"exec-enoent", "exec", ENOENT, ENOENT, 0, NULL},
	{"exec-enoexec", "exec", ENOEXEC, ENOEXEC, 0, NULL},
	{"exec-enomem", "exec", ENOMEM, ENOMEM, 0, NULL},
	{"exec-etxtbsy", "exec", ETXTBSY, ETXTBSY, 0, NULL},
	{"exec-eloop", "exec", ELOOP, ELOOP, 0, NULL},
	{"exec-emfile", "exec", EMFILE, EMFILE, 0, NULL},
};

CASE_EACH(libc, errors, posix_spawn_under_failing_calls_leaves_nothing, spawning,
	.claim = "posix_spawn() under a failing call gives the error and leaves neither "
		 "child nor "
		 "zombie",
	.level = LEVEL_LIBC,
	.spec = "posix_spawn(3), RETURN VALUE and ERRORS: those of fork(2) and, since "
		"glibc 2.24, "
		"of execve(2)",
	SUPERVISED_PROGRAM)
{
	static const struct failing_subject subject = {
		"posix_spawn()", spawn_true, ends_well, NULL, NULL};

	failing_visit(row, &subject);
}

static int spawn_prepared(void *object)
{
	char name[] = "true", *arguments[] = {name, NULL, NULL};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;

	need_zero(posix_spawnattr_init(&attributes));
	need_zero(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP));
	need_zero(posix_spawn_file_actions_init(&actions));
	need_zero(posix_spawn_file_actions_addopen(&actions, 3, "/dev/null", 0, 0));
	need_zero(posix_spawn_file_actions_adddup2(&actions, 3, 4));
	const int error = posix_spawn(object, "/bin/true", &actions, &attributes,
		arguments, environ);
	need_zero(posix_spawn_file_actions_destroy(&actions));
	need_zero(posix_spawnattr_destroy(&attributes));
	return error;
}

static const struct failing_call preparing[] = {
	{"open-eacces", "open", EACCES, EACCES, 0, " if path^/dev/null"},
	{"open-enfile", "open", ENFILE, ENFILE, 0, " if path^/dev/null"},
	{"open-enoent", "open", ENOENT, ENOENT, 0, " if path^/dev/null"},
	{"dup2-emfile", "dup2", EMFILE, EMFILE, 0, NULL},
	{"setpgid-eperm", "setpgid", EPERM, EPERM, 0, NULL},
	{"setpgid-eacces", "setpgid", EACCES, EACCES, 0, NULL},
};

CASE_EACH(libc, errors, prepared_posix_spawn_under_failing_calls_leaves_nothing,
	preparing,
	.claim = "posix_spawn() whose attribute or file action fails gives the error and "
		 "leaves "
		 "neither child nor zombie",
	.level = LEVEL_LIBC,
	.spec = "posix_spawn(3), RETURN VALUE and ERRORS; POSIX.1-2024 posix_spawn()",
	SUPERVISED_PROGRAM)
{
	static const struct failing_subject subject = {
		"posix_spawn() with attributes and file actions", spawn_prepared,
		ends_well, NULL, NULL};

	failing_visit(row, &subject);
}

static int open_pipe_stream(void *object)
{
	FILE *const stream = popen("echo x", "r");

	*(FILE **)object = stream;
	return stream ? 0 : errno;
}

static void gives_its_output(void *object)
{
	FILE *const stream = *(FILE **)object;
	char line[8] = "";

	ck_assert_ptr_nonnull(fgets(line, sizeof(line), stream));
	ck_assert_str_eq(line, "x\n");
	ck_assert_int_eq(must_succeed(pclose(stream)), 0);
}

static const struct failing_call streaming[] = {
	{"pipe-emfile", "pipe", EMFILE, EMFILE, 0, NULL},
	{"pipe-enfile", "pipe", ENFILE, ENFILE, 0, NULL},
	{"fork-eagain", "fork", EAGAIN, EAGAIN, 0, NULL},
	{"fork-enomem", "fork", ENOMEM, ENOMEM, 0, NULL},
	{"mmap-enomem", "mmap", ENOMEM, ENOMEM, 0, " if flags&MAP_STACK"},
};

CASE_EACH(libc, errors, popen_under_failing_calls_leaves_nothing, streaming,
	.claim =
		"popen() whose pipe or process fails gives that error and leaves neither "
		"descriptor nor child",
	.level = LEVEL_LINUX,
	.spec = "popen(3), ERRORS: errno as set by fork(2) or pipe(2)", SUPERVISED_PROGRAM)
{
	static const struct failing_subject subject = {
		"popen()", open_pipe_stream, gives_its_output, NULL, NULL};

	failing_visit(row, &subject);
}

static void close_input_and_output(void)
{
	need(close(0));
	need(close(1));
}

/* The pipe gets the places of standard input and output, and one end has to leave its place. */
static const struct failing_call moving[] = {
	{"fcntl-emfile", "fcntl", EMFILE, EMFILE, 0, " if op=F_DUPFD_CLOEXEC"},
};

CASE_EACH(libc, errors, daemon_popen_under_failing_calls_leaves_nothing, moving,
	.claim = "popen() in a process without standard input and output, when there is "
		 "no "
		 "descriptor left, gives EMFILE and leaves neither descriptor nor child",
	.level = LEVEL_LINUX,
	.spec = "popen(3), ERRORS; POSIX.1-2024 popen(), ERRORS: EMFILE", SUPERVISED_PROGRAM)
{
	static const struct failing_subject subject = {"popen()", open_pipe_stream,
		gives_its_output, NULL, close_input_and_output};

	failing_visit(row, &subject);
}

static const struct failing_call starting[] = {
	{"exec-eacces", "exec", EACCES, FAILING_ANY, 0, NULL},
	{"exec-enomem", "exec", ENOMEM, FAILING_ANY, 0, NULL},
	{"dup2-emfile", "dup2", EMFILE, FAILING_ANY, 0, NULL},
};

CASE_EACH(libc, errors, popen_without_its_shell_fails_and_leaves_nothing, starting,
	.claim = "popen() whose shell cannot be started fails at once and leaves neither "
		 "descriptor nor child",
	.level = LEVEL_FACT,
	.spec = "POSIX.1-2024 popen() also allows a child that ends with 127", SUPERVISED_PROGRAM)
{
	static const struct failing_subject subject = {
		"popen()", open_pipe_stream, gives_its_output, NULL, NULL};

	failing_visit(row, &subject);
}

static int open_temporary_file(void *object)
{
	FILE *const stream = tmpfile();

	*(FILE **)object = stream;
	return stream ? 0 : errno;
}

static void keeps_a_line(void *object)
{
	FILE *const stream = *(FILE **)object;
	char line[8] = "";

	ck_assert_int_ge(fputs("x\n", stream), 0);
	rewind(stream);
	ck_assert_ptr_nonnull(fgets(line, sizeof(line), stream));
	ck_assert_str_eq(line, "x\n");
	ck_assert_int_eq(fclose(stream), 0);
}

/* A file system without O_TMPFILE, or a name that is taken, is no reason to fail. */
static const struct failing_call temporary[] = {
	{"open-emfile", "open", EMFILE, EMFILE, FAILING_MAY_SUCCEED, NULL},
	{"open-enfile", "open", ENFILE, ENFILE, FAILING_MAY_SUCCEED, NULL},
	{"open-enospc", "open", ENOSPC, ENOSPC, FAILING_MAY_SUCCEED, NULL},
	{"every-open-emfile", "open", EMFILE, EMFILE, FAILING_EVERY_TIME, NULL},
	{"every-open-enfile", "open", ENFILE, ENFILE, FAILING_EVERY_TIME, NULL},
	{"every-open-enospc", "open", ENOSPC, ENOSPC, FAILING_EVERY_TIME, NULL},
	{"open-eintr", "open", EINTR, EINTR, FAILING_MAY_SUCCEED, NULL},
	{"open-eopnotsupp", "open", EOPNOTSUPP, 0, 0, NULL},
	{"open-eisdir", "open", EISDIR, 0, 0, NULL},
	{"open-eexist", "open", EEXIST, 0, 0, NULL},
};

CASE_EACH(libc, errors, tmpfile_under_failing_calls_leaves_nothing, temporary,
	.claim = "tmpfile() under a failing call gives the error, or finds another way, "
		 "and leaves "
		 "nothing",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 tmpfile(), RETURN VALUE and ERRORS",
	SUPERVISED)
{
	static const struct failing_subject subject = {
		"tmpfile()", open_temporary_file, keeps_a_line, NULL, NULL};

	failing_visit(row, &subject);
}

#define LOSES_NOTHING(function)                                            \
	.level = LEVEL_LIBC,                                               \
	.spec = function "(3), RETURN VALUE: there is nothing by which a " \
			 "caller could free it",                           \
	.needs = NEED_SUPERVISOR | NEED_MEMCHECK

CASE(libc, errors, pthread_create_that_fails_loses_no_memory,
	.claim = "pthread_create() that fails has lost no block of memory",
	LOSES_NOTHING("pthread_create"))
{
	static const struct failing_subject subject = {
		"pthread_create()", create_thread, runs_and_ends, NULL, NULL};

	failing_loses_nothing(creating, &subject);
}

CASE(libc, errors, scheduled_pthread_create_that_fails_loses_no_memory,
	.claim = "pthread_create() that may not schedule the thread has lost no block of "
		 "memory",
	LOSES_NOTHING("pthread_create"))
{
	static const struct failing_subject subject = {
		"pthread_create(PTHREAD_EXPLICIT_SCHED)", create_scheduled_thread,
		runs_and_ends, NULL, NULL};

	failing_loses_nothing(scheduling, &subject);
}

/* Valgrind gives the child a memory of its own: what fails there is not told to the parent. */
static const struct failing_call unspawned[] = {
	{"fork-eagain", "fork", EAGAIN, EAGAIN, 0, NULL},
	{"mmap-enomem", "mmap", ENOMEM, ENOMEM, 0, " if flags&MAP_STACK"},
};

CASE(libc, errors, posix_spawn_that_fails_loses_no_memory,
	.claim = "posix_spawn() that cannot make a child has lost no block of memory",
	LOSES_NOTHING("posix_spawn") | NEED_PROGRAMS)
{
	static const struct failing_subject subject = {
		"posix_spawn()", spawn_true, ends_well, NULL, NULL};

	failing_loses_nothing(unspawned, &subject);
}

/* Valgrind, which makes a pipe of its own in each child, makes it by the older call. */
static const struct failing_call unopened[] = {
	{"pipe-emfile", "pipe2", EMFILE, EMFILE, 0, NULL},
	{"pipe-enfile", "pipe2", ENFILE, ENFILE, 0, NULL},
	{"fork-eagain", "fork", EAGAIN, EAGAIN, 0, NULL},
	{"mmap-enomem", "mmap", ENOMEM, ENOMEM, 0, " if flags&MAP_STACK"},
};

CASE(libc, errors, popen_that_fails_loses_no_memory,
	.claim = "popen() that fails has lost no block of memory", LOSES_NOTHING("popen") | NEED_PROGRAMS)
{
	static const struct failing_subject subject = {
		"popen()", open_pipe_stream, gives_its_output, NULL, NULL};

	failing_loses_nothing(unopened, &subject);
}

CASE(libc, errors, daemon_popen_that_fails_loses_no_memory,
	.claim = "popen() in a process without standard input and output, when it fails, "
		 "has lost "
		 "no block of memory",
	LOSES_NOTHING("popen") | NEED_PROGRAMS)
{
	static const struct failing_subject subject = {"popen()", open_pipe_stream,
		gives_its_output, NULL, close_input_and_output};

	failing_loses_nothing(moving, &subject);
}

CASE(libc, errors, tmpfile_that_fails_loses_no_memory,
	.claim = "tmpfile() that fails has lost no block of memory",
	LOSES_NOTHING("tmpfile"))
{
	static const struct failing_subject subject = {
		"tmpfile()", open_temporary_file, keeps_a_line, NULL, NULL};

	failing_loses_nothing(temporary, &subject);
}

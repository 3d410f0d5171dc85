/*
 * errors_faults: shm_open() when a system call that it needs fails.
 */
#include <assay.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static int create(void *object)
{
	*(int *)object = shm_open(own_name("m"), O_RDWR | O_CREAT | O_EXCL, 0640);
	return *(int *)object == -1 ? errno : 0;
}

static void is_new_and_empty(void *object)
{
	const int fd = *(int *)object;
	struct stat is;

	must_succeed(fstat(fd, &is));
	ck_assert_int_eq(is.st_size, 0);
	ck_assert_uint_eq(is.st_mode & 07777, 0640);
	ck_assert_int_eq(must_succeed(fcntl(fd, F_GETFD)), FD_CLOEXEC);
	need(close(fd));
	must_succeed(shm_unlink(own_name("m")));
}

static bool is_there(void)
{
	const int fd = shm_open(own_name("m"), O_RDONLY, 0);

	if (fd != -1)
		need(close(fd));
	return fd != -1;
}

/* ENOENT is the directory's: nobody has mounted it. */
static const struct failing_call creating[] = {
	{"open-emfile", "open", EMFILE, EMFILE, 0, NULL},
	{"open-enfile", "open", ENFILE, ENFILE, 0, NULL},
	{"open-eacces", "open", EACCES, EACCES, 0, NULL},
	{"open-enospc", "open", ENOSPC, ENOSPC, 0, NULL},
	{"open-enoent", "open", ENOENT, ENOENT, 0, NULL},
	{"open-eintr", "open", EINTR, EINTR, FAILING_MAY_SUCCEED, NULL},
	{"open-enomem", "open", ENOMEM, ENOMEM, 0, NULL},
};

CASE_EACH(posix_shm, errors, shm_open_under_failing_calls_leaves_nothing, creating,
	.claim = "shm_open(O_CREAT | O_EXCL) under a failing call gives the error and leaves "
		 "nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 shm_open(), RETURN VALUE and ERRORS",
	.needs = NEED_SUPERVISOR | NEED_PROC)
{
	static const struct failing_subject subject = {
		"shm_open(O_CREAT | O_EXCL)", create, is_new_and_empty, is_there, NULL};

	failing_visit(row, &subject);
}

CASE(posix_shm, errors, shm_open_that_fails_loses_no_memory,
	.claim = "shm_open(O_CREAT | O_EXCL) that fails has lost no block of memory",
	.level = LEVEL_LIBC,
	.spec = "shm_open(3), RETURN VALUE: there is nothing by which a caller could free it",
	.needs = NEED_SUPERVISOR | NEED_MEMCHECK)
{
	static const struct failing_subject subject = {
		"shm_open(O_CREAT | O_EXCL)", create, is_new_and_empty, is_there, NULL};

	failing_loses_nothing(creating, &subject);
}

/* Asked for before the victim runs, whose calls are those of the function alone. */
struct named {
	const char *name;
	bool is_made;
};

static void name_it(void *state)
{
	((struct named *)state)->name = own_name("m");
}

static void make_named(void *arg)
{
	struct named *const state = arg;

	state->is_made = shm_open(state->name, O_RDWR | O_CREAT | O_EXCL, 0640) != -1;
}

static void is_made_or_absent(void *arg)
{
	const struct named *const state = arg;
	int fd = shm_open(state->name, O_RDWR, 0);

	ck_assert_int_eq(fd != -1, state->is_made);
	if (fd == -1)
		fd = must_succeed(shm_open(state->name, O_RDWR | O_CREAT | O_EXCL, 0640));
	is_new_and_empty(&fd);
}

SWEEP(posix_shm, errors, shm_open_under_every_error_of_its_calls_makes_it_or_leaves_none,
	.attack = ATTACK_ERRNO,
	.setup = name_it,
	.victim = make_named,
	.survivor = is_made_or_absent,
	.state_bytes = sizeof(struct named),
	.claim = "shm_open(O_CREAT | O_EXCL) that fails has made no object, with whichever error "
		 "each of its calls fails",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 shm_open(), RETURN VALUE and ERRORS");

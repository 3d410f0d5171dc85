/*
 * Functions under one failing call: each of the ways in which they can be wrong is found, and
 * no right one.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "planted.h"

/* What has to be called for the planted function: directories "a" and "b". */
static int make_two(void)
{
	return mkdir(own_path("a"), 0700) == -1 || mkdir(own_path("b"), 0700) == -1
		? errno
		: 0;
}

static int makes_two_or_nothing(void *object)
{
	const int error = make_two();

	*(int *)object = 7;
	if (error != 0)
		(void)rmdir(own_path("a"));
	return error;
}

static void are_two(void *object)
{
	ck_assert_int_eq(*(int *)object, 7);
	must_succeed(rmdir(own_path("a")));
	must_succeed(rmdir(own_path("b")));
}

static bool is_there(void)
{
	return access(own_path("a"), F_OK) == 0;
}

static const struct failing_call no_space = {
	"mkdir-enospc", "mkdir", ENOSPC, ENOSPC, 0, NULL};

#define FUNCTION(m)                                     \
	static const struct failing_subject subject = { \
		"two()", m, are_two, is_there, NULL}

PLANT(failing, right, "pass", .claim = "a function that cleans up is right",
	.needs = NEED_SUPERVISOR | NEED_PROC)
{
	FUNCTION(makes_two_or_nothing);
	failing_visit(&no_space, &subject);
}

PLANT(failing, right_every_time, "pass",
	.claim = "the second try is made without the fault",
	.needs = NEED_SUPERVISOR | NEED_PROC)
{
	static const struct failing_call every = {
		"mkdir-enospc", "mkdir", ENOSPC, ENOSPC, FAILING_EVERY_TIME, NULL};

	FUNCTION(makes_two_or_nothing);
	failing_visit(&every, &subject);
}

PLANT(failing, call_that_is_not_made, "pass",
	.claim = "a call that is never made is noted",
	.needs = NEED_SUPERVISOR | NEED_PROC)
{
	static const struct failing_call other = {
		"pipe-emfile", "pipe", EMFILE, EMFILE, 0, NULL};

	FUNCTION(makes_two_or_nothing);
	failing_visit(&other, &subject);
}

static int says_another_error(void *object)
{
	return makes_two_or_nothing(object) == 0 ? 0 : EINVAL;
}

PLANT(failing, another_error, "fail", .claim = "another error is found",
	.needs = NEED_SUPERVISOR | NEED_PROC)
{
	FUNCTION(says_another_error);
	failing_visit(&no_space, &subject);
}

static int swallows_the_second(void *object)
{
	*(int *)object = 7;
	if (mkdir(own_path("a"), 0700) == -1)
		return errno;
	(void)mkdir(own_path("b"), 0700);
	return 0;
}

PLANT(failing, success_without_its_object, "fail",
	.claim = "success that is none is found, at the second call and not at the first",
	.needs = NEED_SUPERVISOR | NEED_PROC)
{
	FUNCTION(swallows_the_second);
	failing_visit(&no_space, &subject);
}

static int leaves_the_first(void *object)
{
	*(int *)object = 7;
	return make_two();
}

PLANT(failing, object_is_left, "fail", .claim = "what is left under the name is found",
	.needs = NEED_SUPERVISOR | NEED_PROC)
{
	FUNCTION(leaves_the_first);
	failing_visit(&no_space, &subject);
}

static int leaves_a_descriptor(void *object)
{
	const int error = makes_two_or_nothing(object);

	if (error != 0)
		need(dup(0));
	return error;
}

PLANT(failing, descriptor_is_left, "fail", .claim = "a descriptor that is left is found",
	.needs = NEED_SUPERVISOR | NEED_PROC)
{
	FUNCTION(leaves_a_descriptor);
	failing_visit(&no_space, &subject);
}

static int leaves_a_mapping(void *object)
{
	const int error = makes_two_or_nothing(object);

	if (error != 0)
		need(mmap(NULL, 1, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	return error;
}

PLANT(failing, mapping_is_left, "fail", .claim = "a shared mapping that is left is found",
	.needs = NEED_SUPERVISOR | NEED_PROC)
{
	FUNCTION(leaves_a_mapping);
	failing_visit(&no_space, &subject);
}

static int leaves_a_zombie(void *object)
{
	const int error = makes_two_or_nothing(object);

	if (error != 0 && need(fork()) == 0)
		_exit(0);
	return error;
}

PLANT(failing, child_is_left, "fail", .claim = "a child that nobody waits for is found",
	.needs = NEED_SUPERVISOR | NEED_PROC)
{
	FUNCTION(leaves_a_zombie);
	failing_visit(&no_space, &subject);
}

static void *waits_for_ever(void *arg)
{
	(void)pause();
	return arg;
}

static int leaves_a_thread(void *object)
{
	const int error = makes_two_or_nothing(object);
	pthread_t thread;

	if (error != 0)
		need_zero(pthread_create(&thread, NULL, waits_for_ever, NULL));
	return error;
}

PLANT(failing, thread_is_left, "fail", .claim = "a thread that goes on is found",
	.needs = NEED_SUPERVISOR | NEED_PROC)
{
	FUNCTION(leaves_a_thread);
	failing_visit(&no_space, &subject);
}

static int remembers_its_failure(void *object)
{
	static int first;

	if (first == 0)
		first = makes_two_or_nothing(object);
	else
		*(int *)object = 7;
	return first;
}

PLANT(failing, second_try, "fail", .claim = "a second try that fails is found",
	.needs = NEED_SUPERVISOR | NEED_PROC)
{
	FUNCTION(remembers_its_failure);
	failing_visit(&no_space, &subject);
}

static int never_works(void *object)
{
	(void)object;
	return EBADF;
}

PLANT(failing, fails_without_a_fault, "broken",
	.claim = "a function that fails without a fault cannot be tried",
	.needs = NEED_SUPERVISOR | NEED_PROC)
{
	FUNCTION(never_works);
	failing_visit(&no_space, &subject);
}

static int loses_a_block(void *object)
{
	const int error = makes_two_or_nothing(object);
	void *volatile block = error != 0 ? malloc(7) : NULL;

	block = NULL;
	return block ? 0 : error;
}

static const struct failing_call no_space_only[] = {
	{"mkdir-enospc", "mkdir", ENOSPC, ENOSPC, 0, NULL}};

#define SEARCHED .needs = NEED_SUPERVISOR | NEED_MEMCHECK

PLANT(failing, block_is_lost, "fail unsupported",
	.claim = "a block of memory that is lost is found", SEARCHED)
{
	FUNCTION(loses_a_block);
	failing_loses_nothing(no_space_only, &subject);
}

static int keeps_a_block(void *object)
{
	static void *volatile kept;

	if (!kept)
		kept = malloc(7);
	return makes_two_or_nothing(object);
}

PLANT(failing, block_is_kept, "pass unsupported",
	.claim = "a block of memory that is kept for the next time is not lost", SEARCHED)
{
	FUNCTION(keeps_a_block);
	failing_loses_nothing(no_space_only, &subject);
}

PLANT(failing, nothing_failed, "broken unsupported",
	.claim = "memory is not judged by tries that succeed", SEARCHED)
{
	static const struct failing_call others[] = {
		{"pipe-emfile", "pipe", EMFILE, EMFILE, 0, NULL}};

	FUNCTION(makes_two_or_nothing);
	failing_loses_nothing(others, &subject);
}

PLANT(failing, lost_block_by_hand, "fail unsupported",
	.claim = "lost_blocks() counts what nothing points to", .needs = NEED_MEMCHECK)
{
	void *volatile block = malloc(7);

	ck_assert_uint_eq(lost_blocks(), 0);
	block = NULL;
	ck_assert_ptr_null(block);
	ck_assert_uint_eq(lost_blocks(), 0);
}

PLANT(failing, lost_blocks_without_asking, "broken fail",
	.claim = "outside valgrind nobody is told that nothing was lost")
{
	ck_assert_uint_eq(lost_blocks(), 1);
}

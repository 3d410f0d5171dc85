/*
 * Errors that only valgrind sees.  Without it these cases pass, but for one; selftest/valgrind.sh
 * says what each of its tools finds in which of them.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "planted.h"

/* A runtime that looks for the same ends the process first. */
#ifdef __SANITIZE_ADDRESS__
#define FOR_VALGRIND .lacks = "the address sanitizer is built in"
#else
#define FOR_VALGRIND .lacks = NULL
#endif

/* The compiler knows neither the length of the block nor its contents. */
static char *block_of(size_t length)
{
	char *volatile block = malloc(length);

	ck_assert_ptr_nonnull(block);
	return block;
}

static void writes_beyond(void *arg)
{
	volatile char *block = arg;

	block[4] = 1;
}

PLANT(valgrind, body_writes_beyond_a_block, "pass unsupported",
	.claim = "a wrong access of the body", FOR_VALGRIND)
{
	writes_beyond(block_of(4));
}

PLANT(valgrind, peer_writes_beyond_a_block, "pass unsupported",
	.claim = "a wrong access of a peer", FOR_VALGRIND)
{
	struct peer p = peer_start(writes_beyond, block_of(4));

	peer_join(&p);
}

static void writes_beyond_with_others(void *arg)
{
	volatile char *block = arg;

	race_start(4);
	block[4] = 1;
	block[5] = 2;
	block[6] = 3;
	block[7] = 4;
	block[8] = 5;
	block[9] = 6;
	block[10] = 7;
	block[11] = 8;
}

PLANT(valgrind, four_peers_write_beyond_a_block_at_once, "pass unsupported",
	.claim = "reports that are written at the same time are told apart", FOR_VALGRIND)
{
	struct peer peers[4];

	for (int i = 0; i < 4; i++)
		peers[i] = peer_start(writes_beyond_with_others, block_of(4));
	for (int i = 0; i < 4; i++)
		peer_join(&peers[i]);
}

static void writes_beyond_and_waits(void *arg)
{
	writes_beyond(arg);
	for (;;)
		(void)pause();
}

PLANT(valgrind, killed_peer_wrote_beyond_a_block, "pass unsupported",
	.claim = "a wrong access of a process that is killed afterwards", FOR_VALGRIND)
{
	struct peer p = peer_start(writes_beyond_and_waits, block_of(4));

	peer_wait_blocked(&p, "pause");
	peer_kill(&p, SIGKILL);
}

HELPER(writes_beyond_a_block)
{
	(void)argc;
	(void)argv;
	writes_beyond(block_of(4));
	return 0;
}

static void execs(void *arg)
{
	peer_exec(arg, NULL);
}

PLANT(valgrind, executed_program_writes_beyond_a_block, "pass unsupported",
	.claim = "a wrong access of a program that a peer executes", .needs = NEED_EXEC,
	FOR_VALGRIND)
{
	struct peer p = peer_start(execs, (void *)"writes_beyond_a_block");

	peer_join(&p);
}

PLANT(valgrind, decides_by_what_was_never_written, "pass",
	.claim = "a decision by memory that was never written")
{
	if (block_of(4)[3] == 'x')
		note("it is", "x");
}

PLANT(valgrind, sends_what_was_never_written, "pass",
	.claim = "the kernel takes bytes that were never written")
{
	int ends[2];

	need(pipe(ends));
	ck_assert_int_eq(need(write(ends[1], block_of(4), 4)), 4);
}

PLANT(valgrind, sends_more_than_the_block, "pass unsupported",
	.claim = "the kernel takes more bytes than the block has", FOR_VALGRIND)
{
	int ends[2];
	char *block = block_of(4);

	memset(block, 'x', 4);
	need(pipe(ends));
	ck_assert_int_eq(need(write(ends[1], block, 8)), 8);
}

PLANT(valgrind, bad_addresses_are_refused, "pass",
	.claim = "an address where nothing is, is the kernel's affair")
{
	const void *volatile nowhere = NULL;
	int ends[2];

	need(pipe(ends));
	must_fail(write(ends[1], nowhere, 1), EFAULT);
	must_fail(write(ends[1], unreadable_page(), 1), EFAULT);
}

PLANT(valgrind, fails_after_an_error, "fail unsupported",
	.claim = "a failure of the case's own says what was found, too", FOR_VALGRIND)
{
	writes_beyond(block_of(4));
	must_fail(close(0), EBADF);
}

PLANT(valgrind, loses_a_block, "pass", .claim = "what a body leaves is its own affair")
{
	char *volatile block = block_of(4);

	block = NULL;
	ck_assert_ptr_null(block);
}

/* Below: of a mechanism that threads share. */

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;

static void counts(void *arg)
{
	volatile int *count = arg;

	*count = *count + 1;
}

static void counts_guarded(void *arg)
{
	ck_assert_int_eq(pthread_mutex_lock(&guard), 0);
	counts(arg);
	ck_assert_int_eq(pthread_mutex_unlock(&guard), 0);
}

CASE(mutex, valgrind, two_threads_count_without_it, .level = LEVEL_LINUX, .spec = "pass",
	.claim = "two threads change a number at any time")
{
	static int count;

	struct peer p = thread_start(counts, &count);
	counts(&count);
	peer_join(&p);
}

CASE(mutex, valgrind, two_threads_count_with_it, .level = LEVEL_LINUX, .spec = "pass",
	.claim = "two threads change a number one after the other")
{
	static int count;

	struct peer p = thread_start(counts_guarded, &count);
	counts_guarded(&count);
	peer_join(&p);
	ck_assert_int_eq(count, 2);
}

CASE(mutex, valgrind, unlock_of_a_free_one_is_refused, .level = LEVEL_LINUX,
	.spec = "pass", .claim = "how a function answers to misuse is the case's affair")
{
	pthread_mutexattr_t attributes;
	pthread_mutex_t mutex;

	must_return(pthread_mutexattr_init(&attributes), 0);
	must_return(pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK), 0);
	must_return(pthread_mutex_init(&mutex, &attributes), 0);
	must_return(pthread_mutex_unlock(&mutex), EPERM);
}

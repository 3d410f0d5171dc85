/*
 * Sweeps over failing calls whose bad points are known: found, and only there.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "planted.h"

struct failing {
	int ends[2];
	bool is_done;
	int error;
};

#define PLANT_ERRORS(s, verdicts, ...)                                         \
	SWEEP(planted, errors, s, .level = LEVEL_LINUX, .spec = verdicts,      \
		.state_bytes = sizeof(struct failing), .leaves = LEAVES_FILES, \
		__VA_ARGS__)

/* Makes a directory in two steps, and takes the first back when the second fails; but not
 * after FORGETFUL. */
static void make_two(struct failing *state, int forgetful)
{
	if (mkdir("first", 0700) == -1)
		return;
	if (mkdir("second", 0700) == 0)
		state->is_done = true;
	else if (errno != forgetful)
		(void)rmdir("first");
}

static void makes_two(void *state)
{
	make_two(state, 0);
}

static void forgets_after_edquot(void *state)
{
	make_two(state, EDQUOT);
}

static void dies_of_emlink(void *state)
{
	make_two(state, 0);
	if (errno == EMLINK)
		abort();
}

static void both_or_none(void *arg)
{
	const struct failing *const state = arg;
	const int first = access("first", F_OK), second = access("second", F_OK);

	ck_assert_int_eq(first, second);
	ck_assert_int_eq(second, state->is_done ? 0 : -1);
	(void)rmdir("first");
	(void)rmdir("second");
}

PLANT_ERRORS(one_bad_error, "fail", .attack = ATTACK_ERRNO,
	.victim = forgets_after_edquot, .survivor = both_or_none,
	.claim = "the one error that a victim does not undo is found");

PLANT_ERRORS(no_bad_error, "pass", .attack = ATTACK_ERRNO, .victim = makes_two,
	.survivor = both_or_none, .claim = "a victim that undoes every error passes");

PLANT_ERRORS(victim_dies, "fail", .attack = ATTACK_ERRNO, .victim = dies_of_emlink,
	.survivor = both_or_none, .claim = "a victim that dies of an error is found");

static void aborts_at_efault(void *state)
{
	make_two(state, 0);
	if (errno == EFAULT)
		abort();
}

PLANT_ERRORS(victim_may_abort, "pass", .attack = ATTACK_ERRNO, .may_abort = true,
	.victim = aborts_at_efault, .survivor = both_or_none,
	.claim = "a victim that may abort at a wrong argument is counted, and does not "
		 "fail");

PLANT_ERRORS(victim_may_not_abort, "fail", .attack = ATTACK_ERRNO,
	.victim = aborts_at_efault, .survivor = both_or_none,
	.claim = "without leave to abort it is a crash at a wrong argument, too");

PLANT_ERRORS(victim_may_not_abort_for_the_system, "fail", .attack = ATTACK_ERRNO,
	.may_abort = true, .victim = dies_of_emlink, .survivor = both_or_none,
	.claim = "leave to abort at a wrong argument is none at another error");

static void aborts_and_forgets(void *arg)
{
	struct failing *const state = arg;

	make_two(state, 0);
	if (errno != EFAULT)
		return;
	state->is_done = true;
	abort();
}

PLANT_ERRORS(survivor_after_abort, "fail", .attack = ATTACK_ERRNO, .may_abort = true,
	.victim = aborts_and_forgets, .survivor = both_or_none,
	.claim = "the survivor of a victim that aborted is asked");

static void has_a_byte(void *arg)
{
	struct failing *const state = arg;

	need(pipe(state->ends));
	need(write(state->ends[1], "xx", 2));
}

static void reads_patiently(void *arg)
{
	struct failing *const state = arg;
	char byte;

	while (read(state->ends[0], &byte, 1) == -1 && errno == EINTR)
		continue;
	if (read(state->ends[0], &byte, 1) == -1)
		state->error = errno;
}

static void has_no_error(void *arg)
{
	ck_assert_int_eq(((struct failing *)arg)->error, 0);
}

PLANT_ERRORS(bad_interrupt, "fail", .attack = ATTACK_EINTR, .setup = has_a_byte,
	.victim = reads_patiently, .survivor = has_no_error,
	.claim = "the read that is not repeated after EINTR is found");

static void reads_for_ever(void *arg)
{
	struct failing *const state = arg;
	char byte;

	if (read(state->ends[0], &byte, 1) == -1 && errno == EIO)
		(void)pause();
}

PLANT_ERRORS(victim_hangs, "fail", .attack = ATTACK_ERRNO, .setup = has_a_byte,
	.victim = reads_for_ever, .claim = "a victim that hangs after an error is found");

static void makes_no_call(void *state)
{
	(void)state;
}

PLANT_ERRORS(no_call, "broken", .attack = ATTACK_ERRNO, .victim = makes_no_call,
	.claim = "a victim without a call has no point");

/*
 * What a survivor can do at the bad point of a victim, and what the sweep makes of it.
 */
#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "planted_sweep.h"

static void does_nothing(void *state)
{
	(void)state;
}

/* What goes wrong at the bad point, in every way. */
static void hangs_when_set(void *state)
{
	struct planted_state *const planted = state;
	char byte;

	need(pipe(planted->ends));
	if (planted->word != 0)
		(void)!read(planted->ends[0], &byte, 1);
}

static void spins_when_set(void *state)
{
	while (((struct planted_state *)state)->word != 0)
		continue;
}

/* Busy when it is looked at, and asleep for ever before the look is over. */
static void works_and_hangs_when_set(void *state)
{
	struct timespec used;

	if (((struct planted_state *)state)->word == 0)
		return;
	do
		need(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used));
	while (used.tv_sec == 0 && used.tv_nsec < 5000000);
	hangs_when_set(state);
}

static void works_a_while(void *state)
{
	volatile int *const word = &((struct planted_state *)state)->word;

	for (*word = 0; *word < 5000000;)
		*word = *word + 1;
}

static void watches_the_clock(void *state)
{
	struct timespec start, now;

	(void)state;
	need(clock_gettime(CLOCK_MONOTONIC, &start));
	do
		need(clock_gettime(CLOCK_MONOTONIC, &now));
	while ((now.tv_sec - start.tv_sec) * 1000000000 + now.tv_nsec - start.tv_nsec <
		20000000);
}

static void crashes_when_set(void *state)
{
	if (((struct planted_state *)state)->word != 0)
		(void)raise(SIGSEGV);
}

static void exits_when_set(void *state)
{
	if (((struct planted_state *)state)->word != 0)
		_exit(0);
}

static void is_broken_when_set(void *state)
{
	if (((struct planted_state *)state)->word != 0)
		need(close(-1));
}

static void leaves_when_set(void *state)
{
	if (((struct planted_state *)state)->word != 0)
		need(open("left-by-a-point", O_CREAT | O_WRONLY, 0600));
}

static void forgets_to_join_when_set(void *state)
{
	struct planted_state *const planted = state;

	if (planted->word != 0)
		planted->waiter = peer_start(does_nothing, planted);
}

PLANT_SWEEP(survivor_hangs, "fail", .attack = ATTACK_EVERY_INSTRUCTION,
	.victim = planted_two_stores, .survivor = hangs_when_set,
	.claim = "a survivor that hangs is a bad point, by proof", .deadline_ms = 4000);
PLANT_SWEEP(survivor_works_and_hangs, "fail", .attack = ATTACK_EVERY_INSTRUCTION,
	.victim = planted_two_stores, .survivor = works_and_hangs_when_set,
	.claim = "a survivor that falls asleep when it is looked at for a loop is a bad "
		 "point",
	.deadline_ms = 10000);
PLANT_SWEEP(survivor_spins, "fail", .attack = ATTACK_EVERY_INSTRUCTION,
	.victim = planted_two_stores, .survivor = spins_when_set,
	.claim = "a survivor that spins is a bad point", .deadline_ms = 4000);
PLANT_SWEEP(busy_survivor_ends, "pass", .attack = ATTACK_EVERY_INSTRUCTION,
	.victim = planted_two_stores, .survivor = works_a_while, .deadline_ms = 30000,
	.claim = "a survivor that works for long is in no endless loop");
PLANT_SWEEP(survivor_that_watches_the_clock_ends, "pass",
	.attack = ATTACK_EVERY_INSTRUCTION, .victim = planted_two_stores,
	.survivor = watches_the_clock, .deadline_ms = 30000,
	.claim = "a survivor that loops until a time has come is in no endless loop");
PLANT_SWEEP(survivor_crashes, "fail", .attack = ATTACK_EVERY_INSTRUCTION,
	.victim = planted_two_stores, .survivor = crashes_when_set,
	.claim = "a survivor that crashes is a bad point");
PLANT_SWEEP(survivor_exits, "broken", .attack = ATTACK_EVERY_INSTRUCTION,
	.victim = planted_two_stores, .survivor = exits_when_set,
	.claim = "a survivor that does not reach its last line proves nothing");
PLANT_SWEEP(survivor_is_broken, "broken", .attack = ATTACK_EVERY_INSTRUCTION,
	.victim = planted_two_stores, .survivor = is_broken_when_set,
	.claim = "a step of the survivor that fails is no bad point");
PLANT_SWEEP(point_leaves_a_file, "fail", .attack = ATTACK_EVERY_INSTRUCTION,
	.victim = planted_two_stores, .survivor = leaves_when_set,
	.claim = "what one point leaves is its own, and gone for the next");
PLANT_SWEEP(point_forgets_a_peer, "fail", .attack = ATTACK_EVERY_INSTRUCTION,
	.victim = planted_two_stores, .survivor = forgets_to_join_when_set,
	.claim = "a peer that is never joined is a bad point");

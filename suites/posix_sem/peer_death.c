/*
 * peer_death: the creator or the remover of a named semaphore is killed at any instruction
 * or call.  POSIX says nothing about a death inside these functions: facts.
 */
#include <assay.h>
#include <fcntl.h>
#include <semaphore.h>

enum { INITIAL = 3 };

/* Asked for before the victim runs: its instructions are those of the call alone. */
struct named {
	const char *name;
};

static void name_it(void *state)
{
	((struct named *)state)->name = own_name("s");
}

static void create(void *state)
{
	const struct named *const named = state;

	(void)sem_open(named->name, O_CREAT | O_EXCL, 0600, INITIAL);
}

static void create_for_good(void *state)
{
	const struct named *const named = state;

	name_it(state);
	need(sem_open(named->name, O_CREAT | O_EXCL, 0600, INITIAL));
}

static void remove_it(void *state)
{
	const struct named *const named = state;

	(void)sem_unlink(named->name);
}

/* The semaphore is whole, or there is none and it can be made anew. */
static void whole_or_absent(void *state)
{
	const struct named *const named = state;
	int value = 0;
	sem_t *sem = sem_open(named->name, 0);

	if (sem == SEM_FAILED) {
		ck_assert_int_eq(errno, ENOENT);
		sem = must_succeed(sem_open(named->name, O_CREAT | O_EXCL, 0600,
			INITIAL));
	}
	must_succeed(sem_getvalue(sem, &value));
	ck_assert_int_eq(value, INITIAL);
	must_succeed(sem_wait(sem));
	must_succeed(sem_post(sem));
}

#define SILENT                                                                        \
	.level = LEVEL_FACT,                                                          \
	.spec = "POSIX.1-2024 sem_open(), sem_unlink(); silent about a death inside " \
		"them"

/* A killed creator may leave a file under a random name, which nobody could tell from a
 * file of somebody else in a shared /dev/shm: so a private one is needed. */
SWEEP(posix_sem, peer_death, creator_killed_at_any_instruction_leaves_whole_semaphore_or_none,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = name_it,
	.victim = create,
	.survivor = whole_or_absent,
	.state_bytes = sizeof(struct named),
	.leaves = LEAVES_SHM,
	.needs = NEED_PRIVATE_MOUNT,
	.claim = "after a death inside sem_open(O_CREAT | O_EXCL) the name gives a whole semaphore "
		 "or none",
	SILENT);

SWEEP(posix_sem, peer_death, creator_killed_at_any_call_leaves_whole_semaphore_or_none,
	.attack = ATTACK_EVERY_CALL,
	.setup = name_it,
	.victim = create,
	.survivor = whole_or_absent,
	.state_bytes = sizeof(struct named),
	.leaves = LEAVES_SHM,
	.needs = NEED_PRIVATE_MOUNT,
	.claim = "after a death at a call of sem_open(O_CREAT | O_EXCL) the name gives a whole "
		 "semaphore or none",
	SILENT);

SWEEP(posix_sem, peer_death, creator_killed_at_any_instruction_leaves_no_other_file,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = name_it,
	.victim = create,
	.survivor = whole_or_absent,
	.state_bytes = sizeof(struct named),
	.needs = NEED_PRIVATE_MOUNT,
	.claim = "after a death inside sem_open(O_CREAT | O_EXCL) nothing lies in /dev/shm beside "
		 "the semaphore",
	SILENT);

SWEEP(posix_sem, peer_death, creator_killed_at_any_call_leaves_no_other_file,
	.attack = ATTACK_EVERY_CALL,
	.setup = name_it,
	.victim = create,
	.survivor = whole_or_absent,
	.state_bytes = sizeof(struct named),
	.needs = NEED_PRIVATE_MOUNT,
	.claim = "after a death at a call of sem_open(O_CREAT | O_EXCL) nothing lies in /dev/shm "
		 "beside the semaphore",
	SILENT);

SWEEP(posix_sem, peer_death, remover_killed_at_any_instruction_leaves_whole_semaphore_or_none,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = create_for_good,
	.victim = remove_it,
	.survivor = whole_or_absent,
	.state_bytes = sizeof(struct named),
	.claim = "after a death inside sem_unlink() the name gives a whole semaphore or none",
	SILENT);

SWEEP(posix_sem, peer_death, remover_killed_at_any_call_leaves_whole_semaphore_or_none,
	.attack = ATTACK_EVERY_CALL,
	.setup = create_for_good,
	.victim = remove_it,
	.survivor = whole_or_absent,
	.state_bytes = sizeof(struct named),
	.claim = "after a death at a call of sem_unlink() the name gives a whole semaphore or none",
	SILENT);

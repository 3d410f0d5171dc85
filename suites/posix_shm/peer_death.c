/*
 * peer_death: the creator of a shared memory object is killed at any instruction or call of
 * shm_open and ftruncate.  A new object has length zero until it is given one, so that is
 * among what may be found.
 */
#include <assay.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LENGTH = 8192 };

/* Asked for before the victim runs: its instructions are those of the call alone. */
struct named {
	const char *name;
};

static void name_it(void *state)
{
	((struct named *)state)->name = own_name("m");
}

static void create(void *state)
{
	const struct named *const named = state;
	const int fd = shm_open(named->name, O_CREAT | O_EXCL | O_RDWR, 0600);

	(void)!ftruncate(fd, LENGTH);
}

/* -1: there is no object. */
static long length_found(const struct named *named)
{
	struct stat status;
	const int fd = shm_open(named->name, O_RDWR, 0);

	if (fd == -1) {
		ck_assert_int_eq(errno, ENOENT);
		return -1;
	}
	must_succeed(fstat(fd, &status));
	ck_assert_int_eq(status.st_mode & 0777, 0600);
	return (long)status.st_size;
}

static void empty_whole_or_absent(void *state)
{
	const struct named *const named = state;
	const long length = length_found(named);

	if (length != -1 && length != 0)
		ck_assert_int_eq(length, LENGTH);
	if (length != -1)
		must_succeed(shm_unlink(named->name));
	must_succeed(shm_open(named->name, O_CREAT | O_EXCL | O_RDWR, 0600));
}

static void whole_or_absent(void *state)
{
	const struct named *const named = state;
	const long length = length_found(named);

	if (length != -1)
		ck_assert_int_eq(length, LENGTH);
}

SWEEP(posix_shm, peer_death, creator_killed_at_any_instruction_leaves_usable_name,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = name_it,
	.victim = create,
	.survivor = empty_whole_or_absent,
	.state_bytes = sizeof(struct named),
	.claim = "after a death inside shm_open(O_CREAT | O_EXCL) and ftruncate() the object is "
		 "absent, empty or whole, and can be removed and made anew",
	.level = LEVEL_FACT,
	.spec = "POSIX.1-2024 shm_open(); silent about a death inside it");

SWEEP(posix_shm, peer_death, creator_killed_at_any_call_leaves_usable_name,
	.attack = ATTACK_EVERY_CALL,
	.setup = name_it,
	.victim = create,
	.survivor = empty_whole_or_absent,
	.state_bytes = sizeof(struct named),
	.claim = "after a death at a call of shm_open(O_CREAT | O_EXCL) and ftruncate() the object "
		 "is absent, empty or whole, and can be removed and made anew",
	.level = LEVEL_FACT,
	.spec = "POSIX.1-2024 shm_open(); silent about a death inside it");

SWEEP(posix_shm, peer_death, creator_killed_at_any_instruction_leaves_no_empty_object,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = name_it,
	.victim = create,
	.survivor = whole_or_absent,
	.state_bytes = sizeof(struct named),
	.claim = "after a death inside shm_open(O_CREAT | O_EXCL) and ftruncate() no object of "
		 "length zero is found",
	.level = LEVEL_FACT,
	.spec = "POSIX.1-2024 shm_open(): a new object has length zero");

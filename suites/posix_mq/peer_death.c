/*
 * peer_death: the creator of a message queue is killed at any instruction or call.
 */
#include <assay.h>
#include <fcntl.h>
#include <mqueue.h>

enum { DEPTH = 2, MESSAGE_BYTES = 16 };

/* Asked for before the victim runs: its instructions are those of the call alone. */
struct named {
	const char *name;
};

static void name_it(void *state)
{
	((struct named *)state)->name = own_name("q");
}

static void create(void *state)
{
	const struct named *const named = state;
	struct mq_attr attributes = {.mq_maxmsg = DEPTH, .mq_msgsize = MESSAGE_BYTES};

	(void)mq_open(named->name, O_CREAT | O_EXCL | O_RDWR, 0600, &attributes);
}

/* The queue is whole, or there is none and it can be made anew. */
static void whole_or_absent(void *state)
{
	const struct named *const named = state;
	struct mq_attr attributes = {.mq_maxmsg = DEPTH, .mq_msgsize = MESSAGE_BYTES};
	mqd_t queue = mq_open(named->name, O_RDWR);

	if (queue == (mqd_t)-1) {
		ck_assert_int_eq(errno, ENOENT);
		queue = must_succeed(mq_open(named->name, O_CREAT | O_EXCL | O_RDWR, 0600,
			&attributes));
	}
	must_succeed(mq_getattr(queue, &attributes));
	ck_assert_int_eq(attributes.mq_maxmsg, DEPTH);
	ck_assert_int_eq(attributes.mq_msgsize, MESSAGE_BYTES);
	ck_assert_int_eq(attributes.mq_curmsgs, 0);
	must_succeed(mq_send(queue, "x", 1, 0));
}

SWEEP(posix_mq, peer_death, creator_killed_at_any_instruction_leaves_whole_queue_or_none,
	.attack = ATTACK_EVERY_INSTRUCTION,
	.setup = name_it,
	.victim = create,
	.survivor = whole_or_absent,
	.state_bytes = sizeof(struct named),
	.claim = "after a death inside mq_open(O_CREAT | O_EXCL) the name gives a whole queue or "
		 "none",
	.level = LEVEL_FACT,
	.spec = "POSIX.1-2024 mq_open(); silent about a death inside it");

SWEEP(posix_mq, peer_death, creator_killed_at_any_call_leaves_whole_queue_or_none,
	.attack = ATTACK_EVERY_CALL,
	.setup = name_it,
	.victim = create,
	.survivor = whole_or_absent,
	.state_bytes = sizeof(struct named),
	.claim = "after a death at a call of mq_open(O_CREAT | O_EXCL) the name gives a whole "
		 "queue or none",
	.level = LEVEL_FACT,
	.spec = "POSIX.1-2024 mq_open(); silent about a death inside it");

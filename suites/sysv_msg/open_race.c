/*
 * Several processes that ask for the queue of one unused key at the same time.
 */
#include <sys/ipc.h>
#include <sys/msg.h>

#include "assay.h"
#include "queue.h"

enum { CONTESTANTS = 3, ROUNDS = 30 };

struct race {
	int flags;
	int ids[ROUNDS][CONTESTANTS]; /* or -errno */
};

struct contestant {
	struct race *race;
	int place;
};

static void ask_in_each_round(void *arg)
{
	const struct contestant *me = arg;

	for (int round = 0; round < ROUNDS; round++) {
		const key_t key = own_key(round);
		race_start(CONTESTANTS);
		const int id = msgget(key, me->race->flags);
		me->race->ids[round][me->place] = id == -1 ? -errno : id;
	}
}

/* What each contestant got from msgget(FLAGS) in each round, every round with a new key. */
static const struct race *race_run(int flags)
{
	struct race *race = arena(sizeof(*race));
	struct contestant contestants[CONTESTANTS];
	struct peer peers[CONTESTANTS];

	race->flags = flags;
	for (int i = 0; i < CONTESTANTS; i++) {
		contestants[i] = (struct contestant){race, i};
		peers[i] = peer_start(ask_in_each_round, &contestants[i]);
	}
	for (int i = 0; i < CONTESTANTS; i++)
		peer_join(&peers[i]);
	return race;
}

CASE(sysv_msg, open, excl_race_has_one_winner,
	.claim = "of processes that create the queue of one key with IPC_EXCL at once exactly "
		 "one succeeds, and the others fail with EEXIST",
	.level = LEVEL_LINUX,
	.spec = "msgget(2), DESCRIPTION: analogous to O_CREAT | O_EXCL; ERRORS EEXIST")
{
	const struct race *race = race_run(IPC_CREAT | IPC_EXCL | 0600);

	for (int round = 0; round < ROUNDS; round++) {
		int winners = 0;
		for (int i = 0; i < CONTESTANTS; i++) {
			winners += race->ids[round][i] >= 0;
			if (race->ids[round][i] < 0)
				ck_assert_int_eq(race->ids[round][i], -EEXIST);
		}
		ck_assert_int_eq(winners, 1);
	}
}

CASE(sysv_msg, open, creat_race_yields_one_queue,
	.claim = "processes that create the queue of one key without IPC_EXCL at once all get "
		 "the same queue",
	.level = LEVEL_LINUX,
	.spec = "msgget(2), DESCRIPTION")
{
	const struct race *race = race_run(IPC_CREAT | 0600);

	for (int round = 0; round < ROUNDS; round++) {
		ck_assert_int_ge(race->ids[round][0], 0);
		for (int i = 1; i < CONTESTANTS; i++)
			ck_assert_int_eq(race->ids[round][i], race->ids[round][0]);
	}
}

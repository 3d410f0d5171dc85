/*
 * The same few mistakes in every place where a word can go wrong: the verdict, the text
 * and the site must be those of the place, and who must name it.
 */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "planted.h"

struct mistake {
	const char *name;
	enum {
		DOES_NEED,
		DOES_MUST_FAIL,
		DOES_MUST_RETURN,
		DOES_ASSERT,
		DOES_COMPARE,
		DOES_SUCCEED,
		DOES_MOVE,
		DOES_CRASH
	} kind;
};

static const struct mistake mistakes[] = {
	{"need", DOES_NEED},
	{"must-fail", DOES_MUST_FAIL},
	{"must-return", DOES_MUST_RETURN},
	{"ck-assert", DOES_ASSERT},
	{"ck-assert-int", DOES_COMPARE},
	{"must-succeed", DOES_SUCCEED},
	{"must-move", DOES_MOVE},
	{"segv", DOES_CRASH},
};

#define MISTAKE_VERDICTS "broken fail crash"

static void make(const struct mistake *m)
{
	char byte;

	switch (m->kind) {
	case DOES_NEED:
		need(close(-1));
		break;
	case DOES_MUST_FAIL:
		must_fail(close(-1), EINTR);
		break;
	case DOES_MUST_RETURN:
		must_return(EBUSY, 0);
		break;
	case DOES_ASSERT:
		ck_assert_str_eq("got", "wanted");
		break;
	case DOES_COMPARE:
		ck_assert_int_lt(2, 1);
		break;
	case DOES_SUCCEED:
		must_succeed(close(-1));
		break;
	case DOES_MOVE:
		must_move(read(-1, &byte, 1), 1);
		break;
	case DOES_CRASH:
		(void)raise(SIGSEGV);
		break;
	}
}

static void mistaken(void *arg)
{
	make(arg);
}

static void parent_of_mistaken(void *arg)
{
	struct peer p = peer_start(mistaken, arg);

	peer_join(&p);
}

static void grandparent_of_mistaken(void *arg)
{
	struct peer p = peer_start(parent_of_mistaken, arg);

	peer_join(&p);
}

static void process_with_a_mistaken_thread(void *arg)
{
	struct peer p = thread_start(mistaken, arg);

	peer_join(&p);
}

static void process_that_execs(void *arg)
{
	const struct mistake *m = arg;

	peer_exec("makes_a_mistake", m->name, NULL);
}

static void process_that_execs_a_parent(void *arg)
{
	const struct mistake *m = arg;

	peer_exec("starts_a_mistaken_peer", m->name, NULL);
}

static const struct mistake *mistake_called(const char *name)
{
	const struct mistake *found = NULL;

	for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++)
		if (strcmp(mistakes[i].name, name) == 0)
			found = &mistakes[i];
	return need(found);
}

HELPER(makes_a_mistake)
{
	ck_assert_int_eq(argc, 2);
	make(mistake_called(argv[1]));
	return 0;
}

HELPER(starts_a_mistaken_peer)
{
	ck_assert_int_eq(argc, 2);
	struct peer p = peer_start(mistaken, (void *)mistake_called(argv[1]));
	peer_join(&p);
	return 0;
}

PLANT_EACH(place, body, mistakes, MISTAKE_VERDICTS,
	.claim = "a mistake of the body counts")
{
	make(row);
}

PLANT_EACH(place, peer, mistakes, MISTAKE_VERDICTS, .claim = "a mistake of a peer counts")
{
	struct peer p = peer_start(mistaken, (void *)row);

	peer_join(&p);
}

PLANT_EACH(place, peer_of_a_peer, mistakes, MISTAKE_VERDICTS,
	.claim = "a mistake of a peer of a peer counts")
{
	struct peer p = peer_start(parent_of_mistaken, (void *)row);

	peer_join(&p);
}

PLANT_EACH(place, third_generation, mistakes, MISTAKE_VERDICTS,
	.claim = "a mistake three generations down counts")
{
	struct peer p = peer_start(grandparent_of_mistaken, (void *)row);

	peer_join(&p);
}

PLANT_EACH(place, thread, mistakes, MISTAKE_VERDICTS,
	.claim = "a mistake of a thread counts")
{
	struct peer p = thread_start(mistaken, (void *)row);

	peer_join(&p);
}

PLANT_EACH(place, thread_of_a_peer, mistakes, MISTAKE_VERDICTS,
	.claim = "a mistake of a thread of a peer counts")
{
	struct peer p = peer_start(process_with_a_mistaken_thread, (void *)row);

	peer_join(&p);
}

PLANT_EACH(place, helper, mistakes, MISTAKE_VERDICTS,
	.claim = "a mistake after peer_exec counts")
{
	struct peer p = peer_start(process_that_execs, (void *)row);

	peer_join(&p);
}

PLANT_EACH(place, peer_of_a_helper, mistakes, MISTAKE_VERDICTS,
	.claim = "a mistake of a peer that a helper started counts")
{
	struct peer p = peer_start(process_that_execs_a_parent, (void *)row);

	peer_join(&p);
}

PLANT_EACH(place, peer_while_the_body_waits, mistakes, MISTAKE_VERDICTS " timeout",
	.claim = "a mistake of a peer ends the case although the body waits for ever",
	.deadline_ms = SOON_MS)
{
	(void)peer_start(mistaken, (void *)row);
	for (;;)
		(void)pause();
}

struct order {
	const struct mistake *mistake;
	atomic_int go;
};

static void *plain_thread(void *arg)
{
	struct order *order = arg;

	while (!atomic_load(&order->go))
		;
	make(order->mistake);
	return NULL;
}

PLANT_EACH(place, thread_unknown_to_the_framework, mistakes, MISTAKE_VERDICTS,
	.claim = "a mistake in a thread by pthread_create counts")
{
	struct order order = {.mistake = row};
	pthread_t thread;

	need_zero(pthread_create(&thread, NULL, plain_thread, &order));
	atomic_store(&order.go, 1);
	need_zero(pthread_join(thread, NULL));
}

PLANT_EACH(place, process_unknown_to_the_framework, mistakes, MISTAKE_VERDICTS " timeout",
	.claim = "a mistake in a process by fork counts, or the process is named as left",
	.deadline_ms = SOON_MS)
{
	const pid_t child = need(fork());

	if (child == 0) {
		make(row);
		_exit(0);
	}
	for (;;)
		(void)pause();
}

/*
 * Peers: started, joined, killed, stopped, forgotten, and everything that a body can get
 * wrong with them.
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "planted.h"

static void ends(void *arg)
{
	(void)arg;
}

static void hangs(void *arg)
{
	(void)arg;
	for (;;)
		(void)pause();
}

static void hangs_deaf(void *arg)
{
	(void)signal(SIGTERM, SIG_IGN);
	peer_rest();
	hangs(arg);
}

static void dies_of_sigusr1(void *arg)
{
	(void)arg;
	(void)raise(SIGUSR1);
}

PLANT(peer, joined, "pass", .claim = "a process that ends can be joined")
{
	struct peer p = peer_start(ends, NULL);

	ck_assert_int_eq(p.pid, p.tid);
	ck_assert(!p.is_thread);
	peer_join(&p);
	ck_assert(peer_has_ended(&p));
}

PLANT(peer, thread_joined, "pass", .claim = "a thread that returns can be joined")
{
	struct peer p = thread_start(ends, NULL);

	ck_assert(p.is_thread);
	ck_assert_int_eq(p.pid, getpid());
	peer_join(&p);
}

PLANT(peer, never_joined, "fail broken leak",
	.claim = "a peer must be joined, even a dead one")
{
	struct peer p = peer_start(ends, NULL);

	while (!peer_has_ended(&p))
		;
}

PLANT(peer, never_joined_and_alive, "fail broken leak",
	.claim = "a living peer must be joined")
{
	(void)peer_start(hangs, NULL);
}

PLANT(peer, thread_never_joined, "fail broken leak",
	.claim = "a thread must be joined, too")
{
	(void)thread_start(hangs, NULL);
}

PLANT(peer, forgotten, "pass", .claim = "a forgotten peer need not end")
{
	struct peer p = peer_start(hangs, NULL);

	peer_forget(&p);
	ck_assert(!peer_has_ended(&p));
}

PLANT(peer, forgotten_thread, "pass", .claim = "a forgotten thread need not end")
{
	struct peer p = thread_start(hangs, NULL);

	peer_forget(&p);
}

static void leaves_a_peer(void *arg)
{
	(void)arg;
	(void)peer_start(hangs, NULL);
}

PLANT(peer, peer_of_a_peer_never_joined, "fail broken leak",
	.claim = "a peer must join its own peers")
{
	struct peer p = peer_start(leaves_a_peer, NULL);

	peer_join(&p);
}

PLANT(peer, joined_twice, "fail broken", .claim = "a peer can be joined once")
{
	struct peer p = peer_start(ends, NULL);

	peer_join(&p);
	peer_join(&p);
}

PLANT(peer, join_of_a_peer_that_died_of_a_signal, "fail crash",
	.claim = "a signal is no good end")
{
	struct peer p = peer_start(dies_of_sigusr1, NULL);

	peer_join(&p);
}

PLANT(peer, more_peers_than_there_is_room_for, "broken pass",
	.claim = "too many peers are refused by name")
{
	for (int i = 0; i < 2000; i++) {
		struct peer p = peer_start(ends, NULL);
		peer_forget(&p);
	}
}

PLANT(peer, killed, "pass", .claim = "peer_kill reaps what it killed")
{
	struct peer p = peer_start(hangs, NULL);

	peer_kill(&p, SIGKILL);
	must_fail(waitpid(-1, NULL, WNOHANG), ECHILD);
	ck_assert(peer_has_ended(&p));
}

PLANT(peer, killed_after_its_end, "fail broken",
	.claim = "a peer that ended by itself did not die of the signal")
{
	struct peer p = peer_start(ends, NULL);

	while (!peer_has_ended(&p))
		;
	peer_kill(&p, SIGTERM);
}

PLANT(peer, kill_of_a_deaf_peer, "fail timeout",
	.claim = "a peer that ignores the signal does not die of it",
	.deadline_ms = SOON_MS)
{
	struct peer p = peer_start(hangs_deaf, NULL);

	peer_wait_resting(&p);
	peer_kill(&p, SIGTERM);
}

PLANT(peer, kill_of_a_thread, "broken", .claim = "peer_kill is for processes only")
{
	struct peer p = thread_start(hangs, NULL);

	peer_kill(&p, SIGKILL);
}

PLANT(peer, join_killed, "pass", .claim = "peer_join_killed takes a death by that signal")
{
	struct peer p = peer_start(dies_of_sigusr1, NULL);

	peer_join_killed(&p, SIGUSR1);
}

PLANT(peer, join_killed_by_another_signal, "fail",
	.claim = "another signal is another death")
{
	struct peer p = peer_start(dies_of_sigusr1, NULL);

	peer_join_killed(&p, SIGUSR2);
}

PLANT(peer, join_killed_of_a_good_end, "fail",
	.claim = "a good end is no death by a signal")
{
	struct peer p = peer_start(ends, NULL);

	peer_join_killed(&p, SIGUSR1);
}

PLANT(peer, signal_reaches_the_peer, "pass",
	.claim = "peer_signal signals exactly the peer")
{
	struct peer p = peer_start(hangs, NULL);

	peer_signal(&p, SIGUSR1);
	peer_join_killed(&p, SIGUSR1);
}

PLANT(peer, signal_to_a_joined_peer, "broken fail",
	.claim = "a joined peer has no address")
{
	struct peer p = peer_start(ends, NULL);

	peer_join(&p);
	peer_signal(&p, SIGUSR1);
}

PLANT(peer, signal_without_a_meaning, "broken", .claim = "signal 4711 is refused")
{
	struct peer p = peer_start(hangs, NULL);

	peer_signal(&p, 4711);
}

PLANT(peer, stopped_and_continued, "pass",
	.claim = "peer_stop and peer_continue are proved")
{
	struct peer p = peer_start(hangs, NULL);

	peer_stop(&p);
	peer_continue(&p);
	peer_kill(&p, SIGKILL);
}

PLANT(peer, stop_of_an_ended_peer, "fail broken", .claim = "what ended cannot be stopped")
{
	struct peer p = peer_start(ends, NULL);

	while (!peer_has_ended(&p))
		;
	peer_stop(&p);
}

PLANT(peer, continue_of_an_ended_peer, "fail broken",
	.claim = "what ended cannot continue")
{
	struct peer p = peer_start(ends, NULL);

	while (!peer_has_ended(&p))
		;
	peer_continue(&p);
}

PLANT(peer, stop_of_a_thread, "broken", .claim = "peer_stop is for processes only")
{
	struct peer p = thread_start(hangs, NULL);

	peer_stop(&p);
}

static void *cancel_value(void *unused)
{
	struct peer p = thread_start(hangs, unused);

	thread_cancel(&p);
	return thread_join_value(&p);
}

PLANT(peer, thread_cancelled, "pass", .claim = "a cancelled thread has the value for it")
{
	ck_assert_ptr_eq(cancel_value(NULL), PTHREAD_CANCELED);
}

PLANT(peer, thread_value_of_a_return, "pass",
	.claim = "a thread that returned has no value")
{
	struct peer p = thread_start(ends, NULL);

	ck_assert_ptr_null(thread_join_value(&p));
}

PLANT(peer, thread_value_taken_wrong, "fail", .claim = "the value is compared")
{
	const void *const value = cancel_value(NULL);

	ck_assert_ptr_null(value);
}

PLANT(peer, cancel_of_a_process, "broken", .claim = "thread_cancel is for threads only")
{
	struct peer p = peer_start(hangs, NULL);

	thread_cancel(&p);
}

PLANT(peer, value_of_a_process, "broken",
	.claim = "thread_join_value is for threads only")
{
	struct peer p = peer_start(ends, NULL);

	(void)thread_join_value(&p);
}

PLANT(peer, cancelled_thread_joined, "fail pass",
	.claim = "peer_join demands a thread that returned")
{
	struct peer p = thread_start(hangs, NULL);

	thread_cancel(&p);
	peer_join(&p);
}

PLANT(peer, thread_that_leaves_by_pthread_exit, "pass fail",
	.claim = "pthread_exit of a thread is seen")
{
	struct peer p = thread_start(pthread_exit, NULL);

	peer_join(&p);
}

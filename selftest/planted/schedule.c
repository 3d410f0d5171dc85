/*
 * Priorities, namespaces of one peer, and peers that sleep for ever.
 */
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

#include "planted.h"

static void rests(void *arg)
{
	(void)arg;
	peer_rest();
}

static void reads(void *ends)
{
	char byte;

	(void)!read(((const int *)ends)[0], &byte, 1);
}

static void spins(void *arg)
{
	(void)arg;
	for (;;)
		continue;
}

PLANT(schedule, peer_scheduled, "pass", .claim = "a peer gets the priority it is given",
	.needs = NEED_REALTIME | NEED_PROC)
{
	struct peer p = peer_start(rests, NULL);

	peer_wait_resting(&p);
	ck_assert_int_eq(peer_priority(&p), 20);
	peer_schedule(&p, SCHED_FIFO, 7);
	ck_assert_int_eq(peer_priority(&p), -8);
	peer_schedule(&p, SCHED_OTHER, 0);
	ck_assert_int_eq(peer_priority(&p), 20);
	peer_kill(&p, SIGKILL);
}

PLANT(schedule, thread_scheduled, "pass",
	.claim = "the priority of a thread is not that of its process",
	.needs = NEED_REALTIME | NEED_PROC)
{
	struct peer one = thread_start(rests, NULL), other = thread_start(rests, NULL);

	peer_schedule(&one, SCHED_RR, 9);
	ck_assert_int_eq(peer_priority(&one), -10);
	ck_assert_int_eq(peer_priority(&other), 20);
	peer_forget(&one);
	peer_forget(&other);
}

PLANT(schedule, other_priority_than_claimed, "fail",
	.claim = "an ordinary peer has priority 19", .needs = NEED_PROC)
{
	struct peer p = peer_start(rests, NULL);

	peer_forget(&p);
	ck_assert_int_eq(peer_priority(&p), 19);
}

PLANT(schedule, here, "pass", .claim = "schedule_here is for the caller",
	.needs = NEED_REALTIME)
{
	const struct peer self = {.pid = getpid(), .tid = getpid()};

	schedule_here(SCHED_FIFO, 3);
	ck_assert_int_eq(peer_priority(&self), -4);
}

PLANT(schedule, refused, "broken", .claim = "SCHED_FIFO has no priority 0")
{
	schedule_here(SCHED_FIFO, 0);
}

PLANT(schedule, keeps_no_other_privilege, "pass",
	.claim = "with NEED_REALTIME nothing else is overridden",
	.needs = NEED_REALTIME | NEED_UNPRIVILEGED)
{
	need(mkdir(own_path("closed"), 0));
	must_fail(open(own_path("closed"), O_RDONLY), EACCES);
}

static void is_process_one(void *arg)
{
	(void)arg;
	ck_assert_int_eq(getpid(), 1);
	peer_rest();
}

static void is_not_process_one(void *arg)
{
	(void)arg;
	ck_assert_int_ne(getpid(), 1);
}

PLANT(schedule, own_pid_namespace, "pass",
	.claim = "a peer in a pid namespace is process 1, the next peer is not",
	.needs = NEED_NAMESPACES)
{
	struct peer inside = peer_start_in(is_process_one, NULL, PID_NS);
	struct peer outside = peer_start(is_not_process_one, NULL);

	peer_join(&outside);
	peer_wait_resting(&inside);
	ck_assert_int_ne(inside.pid, 1);
	peer_kill(&inside, SIGKILL);
}

static void sees_no_segment(void *arg)
{
	(void)arg;
	must_fail(shmget(own_key(1), 1, 0), ENOENT);
}

PLANT(schedule, own_ipc_namespace, "pass",
	.claim = "a peer in an ipc namespace does not see the body's segment, the next "
		 "peer does",
	.needs = NEED_NAMESPACES)
{
	need(shmget(own_key(1), 1, IPC_CREAT | 0600));
	struct peer inside = peer_start_in(sees_no_segment, NULL, IPC_NS);

	peer_join(&inside);
	need(shmget(own_key(1), 1, 0));
}

static void claims_in_vain(void *arg)
{
	(void)arg;
	ck_assert_int_eq(getpid(), 2);
}

PLANT(schedule, fails_in_a_pid_namespace, "fail",
	.claim = "a claim of a peer in a pid namespace counts", .needs = NEED_NAMESPACES)
{
	struct peer p = peer_start_in(claims_in_vain, NULL, PID_NS);

	peer_join(&p);
}

PLANT(schedule, asleep_for_ever, "pass",
	.claim = "those who sleep in the call are counted, those who rest or ended not",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));
	struct peer peers[4] = {peer_start(reads, ends), peer_start(rests, NULL),
		peer_start(reads, ends), peer_start(is_not_process_one, NULL)};

	ck_assert_int_eq(peers_asleep(peers, 4, "read"), 2);
	need(write(ends[1], "x", 1));
	ck_assert_int_eq(peers_asleep(peers, 4, "read"), 1);
	need(write(ends[1], "x", 1));
	ck_assert_int_eq(peers_asleep(peers, 4, "read"), 0);
	peer_join(&peers[0]);
	peer_join(&peers[2]);
	peer_join(&peers[3]);
	peer_kill(&peers[1], SIGKILL);
}

PLANT(schedule, asleep_but_one_spins, "timeout",
	.claim = "there is no count while a peer runs", .needs = NEED_BLOCK_PROOF,
	.deadline_ms = SOON_MS)
{
	struct peer p = peer_start(spins, NULL);

	(void)peers_asleep(&p, 1, "read");
}

PLANT(schedule, asleep_in_no_such_call, "broken", .claim = "a call must have a family",
	.needs = NEED_BLOCK_PROOF)
{
	struct peer p = peer_start(spins, NULL);

	(void)peers_asleep(&p, 1, "sleep");
}

PLANT(schedule, thread_gone, "pass", .claim = "a detached thread that ends is gone")
{
	struct peer p = thread_start(rests, NULL);

	need_zero(pthread_detach(p.thread));
	peer_wait_resting(&p);
	peer_resume(&p);
	thread_wait_gone(&p);
	ck_assert(peer_has_ended(&p));
}

PLANT(schedule, thread_never_gone, "timeout",
	.claim = "a detached thread that rests is not gone", .deadline_ms = SOON_MS)
{
	struct peer p = thread_start(rests, NULL);

	need_zero(pthread_detach(p.thread));
	thread_wait_gone(&p);
}

PLANT(schedule, fault_on_an_argument, "pass",
	.claim = "only calls whose argument has the value fail", .needs = NEED_SECCOMP)
{
	int ends[2];
	need(pipe(ends));
	need(dup2(ends[1], 40));
	need(dup2(ends[1], 44));

	/* 40 and 44 differ in the bit that the mask leaves out. */
	fault_fail_if("write", (struct fail_condition){0, ~4ULL, 40}, EXDEV);
	must_fail(write(40, "x", 1), EXDEV);
	must_fail(write(44, "x", 1), EXDEV);
	must_move(write(ends[1], "x", 1), 1);
}

PLANT(schedule, fault_on_an_argument_of_no_call, "broken",
	.claim = "a call must have a family", .needs = NEED_SECCOMP)
{
	fault_fail_if("nonsense", (struct fail_condition){0, 1, 1}, EXDEV);
}

/*
 * cleanup: how long a queue and its messages last, and what IPC_RMID leaves of them.
 */
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/msg.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "assay.h"
#include "delivery.h"
#include "listing.h"
#include "queue.h"

static void create_and_send(void *unused)
{
	(void)unused;
	queue_put(queue_made(1, 0600), {1, "first"}, {2, "second"});
}

static void drain_by_key(void *unused)
{
	(void)unused;
	const int id = must_succeed(msgget(own_key(1), 0));

	queue_must_hold(id, {1, "first"}, {2, "second"});
}

CASE(sysv_msg, cleanup, queue_survives_creator_exit,
	.claim = "a queue and its messages stay when the process that created it has ended, and "
		 "another finds them by the key",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 System Interfaces 2.7 XSI Interprocess Communication; msgctl(), "
		"IPC_RMID")
{
	struct peer creator = peer_start(create_and_send, NULL);
	peer_join(&creator);

	struct peer successor = peer_start(drain_by_key, NULL);
	peer_join(&successor);
}

CASE(sysv_msg, cleanup, rmid_discards_messages,
	.claim = "IPC_RMID destroys the queue with its messages: a new one of the same key is "
		 "empty",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgctl(), DESCRIPTION, IPC_RMID")
{
	const int old = queue_made(1, 0600);
	queue_put(old, {1, "a"}, {2, "b"});

	must_succeed(msgctl(old, IPC_RMID, NULL));
	must_fail(msgget(own_key(1), 0), ENOENT);
	const int new = must_succeed(msgget(own_key(1), IPC_CREAT | IPC_EXCL | 0600));
	ck_assert_uint_eq(queue_status(new).msg_qnum, 0);
	queue_must_be_empty(new);
}

static void note_error(const char *call, int result)
{
	const int error = errno;

	note_choice(call, result == -1 ? errno_name(error) : "success", "EINVAL",
		"EIDRM");
}

/* The claim: nothing can be done with the identifier any more. */
static void must_be_gone(void *arg)
{
	const int id = *(const int *)arg;
	struct msqid_ds status = {.msg_qbytes = 100};
	struct message got;

	note_error("msgsnd", message_send(id, 1, "x", IPC_NOWAIT));
	note_error("msgrcv", (int)message_receive(id, &got, 0, IPC_NOWAIT));
	must_fail(msgctl(id, IPC_SET, &status), EINVAL);
	must_fail(msgctl(id, IPC_STAT, &status), EINVAL);
}

static void use_then_find_gone(void *id)
{
	queue_put(*(const int *)id, {1, "x"});
	peer_rest();
	must_be_gone(id);
}

CASE(sysv_msg, cleanup, rmid_takes_effect_for_all_processes,
	.claim = "after IPC_RMID msgsnd() and msgrcv() fail with EINVAL or EIDRM in every "
		 "process, and IPC_STAT and IPC_SET with EINVAL",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgsnd() and msgrcv(), ERRORS, EIDRM and EINVAL; msgctl(), ERRORS, "
		"EINVAL")
{
	int id = queue_made(1, 0600);

	struct peer user = peer_start(use_then_find_gone, &id);
	peer_wait_resting(&user);
	must_succeed(msgctl(id, IPC_RMID, NULL));
	must_be_gone(&id);
	peer_resume(&user);
	peer_join(&user);
}

CASE(sysv_msg, cleanup, rmid_ignores_buffer,
	.claim = "IPC_RMID succeeds whatever the buffer pointer is",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), IPC_RMID: the third argument is ignored",
	.lacks = LACKS_MSGCTL)
{
	must_succeed(msgctl(queue_made(1, 0600), IPC_RMID, NULL));
	must_succeed(syscall(SYS_msgctl, queue_made(2, 0600), IPC_RMID, 8L));
	must_succeed(syscall(SYS_msgctl, queue_made(3, 0600), IPC_RMID,
		unreadable_page()));
}

CASE(sysv_msg, cleanup, rmid_of_the_c_library_ignores_buffer,
	.claim = "msgctl() of the C library removes a queue without a look at the buffer",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), IPC_RMID: the third argument is ignored")
{
	must_succeed(msgctl(queue_made(1, 0600), IPC_RMID, (void *)unreadable_page()));
}

CASE(sysv_msg, cleanup, second_rmid_gives_einval,
	.claim = "IPC_RMID of a queue that was removed fails with EINVAL",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgctl(), ERRORS, EINVAL")
{
	const int id = queue_made(1, 0600);

	must_succeed(msgctl(id, IPC_RMID, NULL));
	must_fail(msgctl(id, IPC_RMID, NULL), EINVAL);
}

CASE(sysv_msg, cleanup, removed_queue_absent_from_listing,
	.claim = "a queue that was removed is neither in /proc/sysvipc/msg nor found by MSG_STAT",
	.level = LEVEL_LINUX,
	.spec = "proc(5), /proc/sysvipc; msgctl(2), MSG_STAT",
	.needs = NEED_PROC)
{
	const int id = queue_made(1, 0600), other = queue_made(2, 0600);
	struct listed line;
	ck_assert_int_eq(queue_listed(id, &line), 1);
	need(queue_index(id));

	need(msgctl(id, IPC_RMID, NULL));
	ck_assert_int_eq(queue_listed(id, &line), 0);
	must_fail(queue_index(id), ENOENT);
	ck_assert_int_eq(queue_listed(other, &line), 1);
	must_succeed(queue_index(other));
}

HELPER(sysv_msg_answer)
{
	const int id = argc > 1 ? atoi(argv[1]) : -1;

	must_take(id, 0, 0, 1, "question");
	must_succeed(message_send(id, 2, "answer", IPC_NOWAIT));
	return 0;
}

static void answer_after_exec(void *id)
{
	char number[16];

	(void)snprintf(number, sizeof(number), "%d", *(const int *)id);
	peer_exec("sysv_msg_answer", number, NULL);
}

static void answer(void *id)
{
	must_take(*(const int *)id, 0, 0, 1, "question");
	must_succeed(message_send(*(const int *)id, 2, "answer", IPC_NOWAIT));
}

CASE(sysv_msg, cleanup, identifier_usable_after_fork_and_exec,
	.claim = "an identifier means the same queue in a forked child and in a program that a "
		 "child executes",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 System Interfaces 2.7 XSI Interprocess Communication: identifiers",
	.needs = NEED_EXEC)
{
	int id = queue_made(1, 0600);

	queue_put(id, {1, "question"});
	struct peer child = peer_start(answer, &id);
	peer_join(&child);
	queue_must_hold(id, {2, "answer"});

	queue_put(id, {1, "question"});
	struct peer program = peer_start(answer_after_exec, &id);
	peer_join(&program);
	queue_must_hold(id, {2, "answer"});
}

static void create_send_and_rest(void *unused)
{
	create_and_send(unused);
	peer_rest();
}

static void join_namespace_and_drain(void *namespace)
{
	must_fail(msgget(own_key(1), 0), ENOENT);
	need(setns(*(const int *)namespace, CLONE_NEWIPC));
	drain_by_key(NULL);
}

CASE(sysv_msg, cleanup, namespace_held_open_keeps_queues,
	.claim = "the queues of an ipc namespace whose last process was killed are there for who "
		 "enters it by a descriptor of /proc/PID/ns/ipc",
	.level = LEVEL_LINUX,
	.spec = "namespaces(7), namespace lifetime; ipc_namespaces(7); setns(2)",
	.needs = NEED_NAMESPACES | NEED_PROC)
{
	char path[48];

	struct peer creator = peer_start_in(create_send_and_rest, NULL, IPC_NS);
	peer_wait_resting(&creator);
	(void)snprintf(path, sizeof(path), "/proc/%d/ns/ipc", (int)creator.pid);
	int namespace = need(open(path, O_RDONLY | O_CLOEXEC));
	peer_kill(&creator, SIGKILL);

	struct peer visitor = peer_start(join_namespace_and_drain, &namespace);
	peer_join(&visitor);
}

enum { CYCLES = 200 };

CASE(sysv_msg, cleanup, create_remove_cycles_leak_nothing,
	.claim = "creating, filling and removing a queue many times, where one may exist, never "
		 "meets that limit and leaves neither queues nor messages",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), IPC_RMID and MSG_INFO; proc(5), /proc/sys/kernel/msgmni",
	.needs = NEED_IPC_SYSCTL)
{
	struct msginfo used;

	sysctl_set("kernel/msgmni", 1);
	for (int i = 0; i < CYCLES; i++) {
		const int id =
			must_succeed(msgget(own_key(1), IPC_CREAT | IPC_EXCL | 0600));

		must_succeed(message_send(id, 1, "text", IPC_NOWAIT));
		must_succeed(msgctl(id, IPC_RMID, NULL));
	}
	need(msgctl(0, MSG_INFO, (struct msqid_ds *)(void *)&used));
	ck_assert_int_eq(used.msgpool, 0);
	ck_assert_int_eq(used.msgmap, 0);
	ck_assert_int_eq(used.msgtql, 0);
}

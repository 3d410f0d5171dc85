/*
 * peer_death_holders: the last process that has a queue open is killed, or the one that asked
 * to be notified.
 */
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "queue.h"

static void create_and_fill(void *arg)
{
	const mqd_t queue = queue_made("q", O_WRONLY);

	(void)arg;
	queue_put(queue, "x", 0);
	queue_put(queue, "x", 0);
	peer_rest();
}

CASE(posix_mq, peer_death, killed_creator_leaves_queue_and_messages,
	.claim = "when the only process that has a queue open is killed, the queue and its "
		 "messages are still there",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Persistence")
{
	struct peer creator = peer_start(create_and_fill, NULL);

	peer_wait_resting(&creator);
	peer_kill(&creator, SIGKILL);
	const mqd_t queue = must_succeed(mq_open(own_name("q"), O_RDONLY));
	must_receive(queue, "x");
	must_receive(queue, "x");
	ck_assert_int_eq(queue_messages(queue), 0);
}

static const struct sigevent silent = {.sigev_notify = SIGEV_NONE};
static const struct sigevent by_signal = {
	.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};

static void register_for_signal(void *queue)
{
	need(mq_notify(*(mqd_t *)queue, &by_signal));
	peer_rest();
}

CASE(posix_mq, peer_death, killed_registrant_frees_registration,
	.claim = "as soon as the process registered for notification has been killed, and "
		 "even before its parent waits for it, another can register",
	.level = LEVEL_LINUX,
	.spec = "mq_notify(3), DESCRIPTION; mq_close(3), DESCRIPTION; _exit(2): descriptors are "
		"closed",
	.needs = NEED_MQ_NOTIFY)
{
	siginfo_t ended;
	mqd_t queue = queue_made("q", O_RDWR);

	struct peer registrant = peer_start(register_for_signal, &queue);
	peer_wait_resting(&registrant);
	must_fail(mq_notify(queue, &silent), EBUSY);
	peer_signal(&registrant, SIGKILL);
	need(waitid(P_PID, (id_t)registrant.pid, &ended, WEXITED | WNOWAIT));
	must_succeed(mq_notify(queue, &silent));
	peer_join_killed(&registrant, SIGKILL);
}

CASE(posix_mq, peer_death, send_after_registrant_killed_succeeds,
	.claim = "mq_send() to a queue whose registered process has been killed succeeds, "
		 "and the message is there",
	.level = LEVEL_LINUX,
	.spec = "mq_notify(3), mq_send(3), DESCRIPTION",
	.needs = NEED_MQ_NOTIFY)
{
	mqd_t queue = queue_made("q", O_RDWR);

	struct peer registrant = peer_start(register_for_signal, &queue);
	peer_wait_resting(&registrant);
	peer_kill(&registrant, SIGKILL);
	must_succeed(mq_send(queue, "x", 1, 0));
	must_receive(queue, "x");
}

enum { LARGE = 4000, ROOM_FOR_ONE = 6000 };

static void hold_unlinked(void *arg)
{
	(void)arg;
	need(queue_made_of("q", O_RDWR, 1, LARGE));
	need(mq_unlink(own_name("q")));
	peer_rest();
}

static mqd_t make_another(void)
{
	struct mq_attr attributes = {.mq_maxmsg = 1, .mq_msgsize = LARGE};

	return mq_open(own_name("another"), O_CREAT | O_EXCL | O_RDWR, 0600, &attributes);
}

CASE(posix_mq, peer_death, killed_last_holder_destroys_unlinked_queue,
	.claim = "when the last process that has an unlinked queue open is killed, the queue "
		 "is destroyed, and its bytes are free for another",
	.level = LEVEL_LINUX,
	.spec = "mq_unlink(3), DESCRIPTION; getrlimit(2), RLIMIT_MSGQUEUE",
	.needs = NEED_NAMESPACES, .alone = "user-mqueue-bytes")
{
	mqd_t another = (mqd_t)-1;
	limit_set(RLIMIT_MSGQUEUE, ROOM_FOR_ONE);

	struct peer holder = peer_start(hold_unlinked, NULL);
	peer_wait_resting(&holder);
	must_fail(make_another(), EMFILE);
	peer_kill(&holder, SIGKILL);
	/* The kernel lets go of files a little later than it reports the death. */
	while ((another = make_another()) == (mqd_t)-1 && errno == EMFILE)
		(void)sched_yield();
	must_succeed(another);
}

CASE(posix_mq, peer_death, killed_last_holder_frees_slot_of_unlinked_queue,
	.claim = "when the last process that has an unlinked queue open is killed, the "
		 "queue no longer counts against queues_max",
	.level = LEVEL_LINUX,
	.spec = "mq_unlink(3), DESCRIPTION; mq_overview(7), "
		"/proc/sys/fs/mqueue/queues_max",
	.needs = NEED_IPC_SYSCTL | NEED_UNPRIVILEGED)
{
	mqd_t another = (mqd_t)-1;

	sysctl_set("fs/mqueue/queues_max", 1);
	drop_capabilities();
	struct peer holder = peer_start(hold_unlinked, NULL);
	peer_wait_resting(&holder);
	must_fail(make_another(), ENOSPC);
	peer_kill(&holder, SIGKILL);
	while ((another = make_another()) == (mqd_t)-1 && errno == ENOSPC)
		(void)sched_yield();
	must_succeed(another);
}

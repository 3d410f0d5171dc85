/*
 * posix_mq/notify: when the signal that mq_notify() asks for comes, and what it carries.
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assay.h"
#include "notification.h"
#include "queue.h"

static void send_one(void *arg)
{
	(void)arg;
	queue_put(queue_opened("q", O_WRONLY), "x", 0);
}

CASE(posix_mq, notify, signal_on_empty_to_nonempty,
	.claim = "the process registered with SIGEV_SIGNAL gets the signal when another "
		 "process puts a message into the empty queue",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_notify(), DESCRIPTION",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDONLY);

	must_succeed(notice_asked(queue));
	ck_assert_int_eq(notices_taken(), 0);
	struct peer sender = peer_start(send_one, NULL);
	peer_join(&sender);
	ck_assert_int_eq(notices_taken(), 1);
}

CASE(posix_mq, notify, signal_has_si_mesgq_and_value,
	.claim = "the signal has SI_MESGQ as si_code and the value of the registration as "
		 "si_value",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_notify(), DESCRIPTION; <signal.h>, SI_MESGQ; XSH 2.4.1",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	struct sigevent event = by_signal(SIGUSR1, 0);

	event.sigev_value.sival_ptr = &event; /* as wide as a value can be */
	signal_hold(SIGUSR1);
	need(mq_notify(queue, &event));
	queue_put(queue, "x", 0);

	const siginfo_t info = signal_taken(SIGUSR1);
	ck_assert_int_eq(info.si_code, SI_MESGQ);
	ck_assert_ptr_eq(info.si_value.sival_ptr, &event);
}

/* The effective user stays, so that the real one can be told from it. */
static void send_as_other_real_user(void *arg)
{
	const mqd_t *const queue = arg;

	need(setresuid(own_uid(1), (uid_t)-1, (uid_t)-1));
	queue_put(*queue, "x", 0);
	peer_rest(); /* its pid stays its own */
}

CASE(posix_mq, notify, signal_names_sender_pid_and_uid,
	.claim = "si_pid and si_uid of the signal are the process id and the real user id of "
		 "the sender",
	.level = LEVEL_LINUX,
	.spec = "mq_notify(3), SIGEV_SIGNAL",
	.needs = NEED_SECOND_UID | NEED_MQ_NOTIFY)
{
	mqd_t queue = queue_made("q", O_RDWR);
	need(notice_asked(queue));

	struct peer sender = peer_start(send_as_other_real_user, &queue);
	peer_wait_resting(&sender);
	const siginfo_t info = signal_taken(NOTICE);
	ck_assert_int_eq(info.si_pid, sender.pid);
	ck_assert_uint_eq(info.si_uid, own_uid(1));
	peer_resume(&sender);
	peer_join(&sender);
}

CASE(posix_mq, notify, real_time_signal_number_works,
	.claim = "two registrations with SIGRTMIN bring two signals, in order, each with its "
		 "value",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_notify(), DESCRIPTION; XSH 2.4.1 and 2.4.2, queued signals",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t first = queue_made("a", O_RDWR), second = queue_made("b", O_RDWR);
	const struct sigevent one = by_signal(SIGRTMIN, 1), two = by_signal(SIGRTMIN, 2);

	signal_hold(SIGRTMIN);
	must_succeed(mq_notify(first, &one));
	must_succeed(mq_notify(second, &two));
	queue_put(first, "x", 0);
	queue_put(second, "x", 0);
	ck_assert_int_eq(signal_taken(SIGRTMIN).si_value.sival_int, 1);
	ck_assert_int_eq(signal_taken(SIGRTMIN).si_value.sival_int, 2);
}

CASE(posix_mq, notify, timedsend_also_notifies,
	.claim = "a message that mq_timedsend() puts into the empty queue brings the signal "
		 "like one of mq_send()",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_notify(), DESCRIPTION: message arrival",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR | O_NONBLOCK);
	const struct timespec past = long_ago();
	char got[QUEUE_BYTES];

	need(notice_asked(queue));
	need(mq_send(queue, "x", 1, 0));
	ck_assert_int_eq(notices_taken(), 1);
	need(mq_receive(queue, got, sizeof(got), NULL));
	need(notice_asked(queue));
	need(mq_timedsend(queue, "x", 1, 0, &past));
	ck_assert_int_eq(notices_taken(), 1);
}

CASE(posix_mq, notify, no_signal_when_queue_not_empty,
	.claim = "a message that comes to a queue with messages brings no signal and leaves the "
		 "registration",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_notify(), DESCRIPTION: transition from empty to non-empty",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);

	queue_put(queue, "first", 0);
	need(notice_asked(queue));
	queue_put(queue, "second", 0);
	ck_assert_int_eq(notices_taken(), 0);
	must_return(notice_asked_elsewhere("q"), EBUSY);
}

CASE(posix_mq, notify, registered_on_nonempty_fires_after_drain,
	.claim = "a registration made while there are messages brings its signal with the first "
		 "message after the queue was emptied",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_notify(), DESCRIPTION",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);

	queue_put(queue, "old", 0);
	need(notice_asked(queue));
	must_receive(queue, "old");
	ck_assert_int_eq(notices_taken(), 0);
	queue_put(queue, "new", 0);
	ck_assert_int_eq(notices_taken(), 1);
}

CASE(posix_mq, notify, registration_is_one_shot,
	.claim = "after its one signal a registration brings none for the next message into "
		 "the empty queue",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_notify(), DESCRIPTION: the registration shall be removed",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);

	need(notice_asked(queue));
	queue_put(queue, "x", 0);
	ck_assert_int_eq(notices_taken(), 1);
	must_receive(queue, "x");
	queue_put(queue, "y", 0);
	ck_assert_int_eq(notices_taken(), 0);
}

static void receive_first(void *arg)
{
	const mqd_t queue = queue_opened("q", O_RDONLY);
	char got[QUEUE_BYTES] = "";

	(void)arg;
	must_move(mq_receive(queue, got, sizeof(got), NULL), 5);
	ck_assert_mem_eq(got, "first", 5);
}

CASE(posix_mq, notify, blocked_receiver_takes_precedence,
	.claim = "a message that a blocked mq_receive() waits for goes there and brings no "
		 "signal; the registration stays for the next",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_notify(), DESCRIPTION: as if the queue remains empty",
	.needs = NEED_BLOCK_PROOF | NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	struct peer receiver = peer_start(receive_first, NULL);
	peer_wait_blocked(&receiver, "mq_receive");
	need(notice_asked(queue));

	queue_put(queue, "first", 0);
	peer_join(&receiver);
	ck_assert_int_eq(notices_taken(), 0);
	queue_put(queue, "second", 0);
	ck_assert_int_eq(notices_taken(), 1);
}

CASE(posix_mq, notify, invalid_signal_number_gives_einval,
	.claim = "mq_notify() for signal -1, or for the one above SIGRTMAX, fails with EINVAL "
		 "and registers nothing",
	.level = LEVEL_LINUX,
	.spec = "mq_notify(3), ERRORS EINVAL: sigev_signo is not a valid signal number",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	const struct sigevent negative = by_signal(-1, 0);
	const struct sigevent beyond = by_signal(SIGRTMAX + 1, 0);

	must_fail(mq_notify(queue, &negative), EINVAL);
	must_fail(mq_notify(queue, &beyond), EINVAL);
	must_return(notice_asked_elsewhere("q"), 0);
}

CASE(posix_mq, notify, signal_number_zero,
	.claim = "mq_notify() for signal 0 is refused with EINVAL, or accepted and brings no "
		 "signal",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 mq_notify(); silent about signal 0",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	const struct sigevent event = by_signal(0, 7);
	sigset_t all, pending;

	need(sigfillset(&all));
	need(sigprocmask(SIG_BLOCK, &all, NULL));
	const int result = mq_notify(queue, &event);
	note_choice("signal-0", result == -1 ? errno_name(errno) : "accepted", "EINVAL",
		"accepted");
	queue_put(queue, "x", 0);
	need(sigpending(&pending));
	for (int signal = 1; signal <= SIGRTMAX; signal++)
		ck_assert_msg(!sigismember(&pending, signal), "signal %d came", signal);
	note("registration-after-arrival", "%s",
		notice_asked_elsewhere("q") == 0 ? "none" : "in force");
}

/* What a process gives that wants to send PID a signal. */
static int refused_to_signal(pid_t pid)
{
	return kill(pid, SIGUSR2) == -1 && errno == EPERM ? 0 : -1;
}

static void send_as_stranger(void *arg)
{
	const mqd_t *const queue = arg;

	become_uid(1);
	need(refused_to_signal(getppid()));
	queue_put(*queue, "x", 0);
}

CASE(posix_mq, notify, unprivileged_sender_still_notifies,
	.claim = "the signal comes also when the sender of the message may not kill() the "
		 "registered process",
	.level = LEVEL_LINUX,
	.spec = "mq_notify(3), DESCRIPTION: no permission is asked for; kill(2), EPERM",
	.needs = NEED_SECOND_UID | NEED_MQ_NOTIFY)
{
	mqd_t queue = queue_made("q", O_RDWR);
	need(notice_asked(queue));

	struct peer sender = peer_start(send_as_stranger, &queue);
	peer_join(&sender);
	ck_assert_int_eq(notices_taken(), 1);
}

CASE(posix_mq, notify, ignored_signal_still_consumes_registration,
	.claim = "a message ends the registration although the process ignores its signal",
	.level = LEVEL_LINUX,
	.spec = "mq_notify(3), DESCRIPTION: notification occurs once",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	const struct sigevent event = by_signal(SIGUSR2, 7);

	need(sigaction(SIGUSR2, &(struct sigaction){.sa_handler = SIG_IGN}, NULL));
	need(mq_notify(queue, &event));
	queue_put(queue, "x", 0);
	must_return(notice_asked_elsewhere("q"), 0);
}

CASE(posix_mq, notify, exhausted_signal_queue_does_not_fail_send,
	.claim = "with RLIMIT_SIGPENDING of the registered process used up mq_send() succeeds, "
		 "the message is queued, and the registration ends",
	.level = LEVEL_LINUX,
	.spec = "mq_notify(3), DESCRIPTION; getrlimit(2), RLIMIT_SIGPENDING",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	const struct sigevent event = by_signal(SIGRTMIN, 7);

	signal_hold(SIGRTMIN);
	need(mq_notify(queue, &event));
	limit_set(RLIMIT_SIGPENDING, 0);
	must_succeed(mq_send(queue, "x", 1, 0));
	ck_assert_int_eq(queue_messages(queue), 1);
	must_return(notice_asked_elsewhere("q"), 0);
	note("signal", "%s", signal_taken(SIGRTMIN).si_signo == 0 ? "lost" : "sent");
}

/*
 * posix_mq/notify, the registration itself: who may have it, how it ends, what shows it.
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "assay.h"
#include "notification.h"
#include "queue.h"

CASE(posix_mq, notify, queue_available_for_registration_after_firing,
	.claim = "once mq_send() has sent the signal another process can register",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_notify(), DESCRIPTION: available for registration",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);

	need(notice_asked(queue));
	queue_put(queue, "x", 0);
	must_return(notice_asked_elsewhere("q"), 0);
}

static void wait_for_notice(void *arg)
{
	const mqd_t queue = queue_opened("q", O_RDONLY);

	(void)arg;
	need(notice_asked(queue));
	peer_rest();
	ck_assert_int_eq(notices_taken(), 1);
}

CASE(posix_mq, notify, second_process_gives_ebusy,
	.claim = "mq_notify() fails with EBUSY while another process is registered, which "
		 "still gets its signal",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_notify(), ERRORS EBUSY",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	struct peer first = peer_start(wait_for_notice, NULL);
	peer_wait_resting(&first);

	must_fail(notice_asked(queue), EBUSY);
	queue_put(queue, "x", 0);
	ck_assert_int_eq(notices_taken(), 0);
	peer_resume(&first);
	peer_join(&first);
}

CASE(posix_mq, notify, same_process_again_gives_ebusy,
	.claim = "mq_notify() of the process that is registered already fails with "
		 "EBUSY, and the signal and the value of the first time are what a "
		 "message brings",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_notify(), DESCRIPTION; ERRORS EBUSY",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	const struct sigevent first = by_signal(NOTICE, 1),
			      second = by_signal(SIGUSR2, 2);

	signal_hold(NOTICE);
	signal_hold(SIGUSR2);
	need(mq_notify(queue, &first));
	must_fail(mq_notify(queue, &second), EBUSY);
	queue_put(queue, "x", 0);
	ck_assert_int_eq(signal_taken(SIGUSR2).si_signo, 0);
	const siginfo_t taken = signal_taken(NOTICE);
	ck_assert_int_eq(taken.si_signo, NOTICE);
	ck_assert_int_eq(taken.si_value.sival_int, 1);
}

CASE(posix_mq, notify, null_removes_registration,
	.claim = "mq_notify(NULL) of the registered process removes the registration: no signal "
		 "comes, and another process can register",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_notify(), DESCRIPTION, notification NULL",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);

	need(notice_asked(queue));
	must_succeed(mq_notify(queue, NULL));
	must_return(notice_asked_elsewhere("q"), 0);
	queue_put(queue, "x", 0);
	ck_assert_int_eq(notices_taken(), 0);
}

CASE(posix_mq, notify, null_when_not_registered,
	.claim = "mq_notify(NULL) of a process that is not registered succeeds or fails with "
		 "EINVAL",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 mq_notify(), ERRORS EINVAL (may fail)",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	const int result = mq_notify(queue, NULL);

	note_choice("not-registered", result == -1 ? errno_name(errno) : "success",
		"success", "EINVAL");
}

static void give_up_what_is_not_its_own(void *arg)
{
	const mqd_t *const queue = arg;

	/* Whether it succeeds is null_when_not_registered. */
	(void)mq_notify(*queue, NULL);
}

CASE(posix_mq, notify, null_by_other_process_keeps_registration,
	.claim = "mq_notify(NULL) of another process leaves the registration in force",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_notify(), DESCRIPTION: if the process is registered",
	.needs = NEED_MQ_NOTIFY)
{
	mqd_t queue = queue_made("q", O_RDWR);
	need(notice_asked(queue));

	struct peer other = peer_start(give_up_what_is_not_its_own, &queue);
	peer_join(&other);
	queue_put(queue, "x", 0);
	ck_assert_int_eq(notices_taken(), 1);
}

static const struct sigevent no_event = {.sigev_notify = SIGEV_NONE};

CASE(posix_mq, notify, sigev_none_occupies_registration,
	.claim = "mq_notify() with SIGEV_NONE succeeds and keeps others from registering",
	.level = LEVEL_LINUX,
	.spec = "mq_notify(3), SIGEV_NONE; ERRORS EBUSY",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);

	must_succeed(mq_notify(queue, &no_event));
	must_fail(notice_asked(queue), EBUSY);
	must_return(notice_asked_elsewhere("q"), EBUSY);
}

CASE(posix_mq, notify, sigev_none_consumed_by_arrival,
	.claim = "a registration with SIGEV_NONE ends with the first message into the empty "
		 "queue, and no signal comes",
	.level = LEVEL_LINUX,
	.spec = "mq_notify(3), DESCRIPTION and SIGEV_NONE",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	sigset_t all, pending;

	need(sigfillset(&all));
	need(sigprocmask(SIG_BLOCK, &all, NULL));
	need(mq_notify(queue, &no_event));
	queue_put(queue, "x", 0);
	need(sigpending(&pending));
	for (int signal = 1; signal <= SIGRTMAX; signal++)
		ck_assert_msg(!sigismember(&pending, signal), "signal %d came", signal);
	must_return(notice_asked_elsewhere("q"), 0);
}

static const struct {
	const char *name;
	int method;
} bad_methods[] = {{"99", 99}, {"thread-id", SIGEV_THREAD_ID}};

CASE_EACH(posix_mq, notify, invalid_method_gives_einval, bad_methods,
	.claim = "mq_notify() with a sigev_notify other than SIGEV_NONE, SIGEV_SIGNAL and "
		 "SIGEV_THREAD fails with EINVAL and registers nothing",
	.level = LEVEL_LINUX,
	.spec = "mq_notify(3), ERRORS EINVAL: sigev_notify is not one of the permitted values",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	struct sigevent event = by_signal(SIGUSR1, 7);

	event.sigev_notify = row->method;
	must_fail(mq_notify(queue, &event), EINVAL);
	must_return(notice_asked_elsewhere("q"), 0);
}

static void expect_no_notice(void *arg)
{
	(void)arg;
	peer_rest();
	ck_assert_int_eq(notices_taken(), 0);
}

CASE(posix_mq, notify, fork_child_is_not_registered,
	.claim = "of a registered process and the child that it forked afterwards only the "
		 "parent gets the signal",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_notify(), DESCRIPTION: registers the calling process",
	.needs = NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	need(notice_asked(queue));
	struct peer child = peer_start(expect_no_notice, NULL);
	peer_wait_resting(&child);

	queue_put(queue, "x", 0);
	ck_assert_int_eq(notices_taken(), 1);
	peer_resume(&child);
	peer_join(&child);
}

HELPER(mq_expect_no_notice)
{
	(void)argc;
	(void)argv; /* the signal is held back since before the exec */
	expect_no_notice(NULL);
	return 0;
}

static void register_for_next_program(void *arg)
{
	const mqd_t *const queue = arg;

	need(fcntl(*queue, F_SETFD, 0));
	need(notice_asked(*queue));
	peer_exec("mq_expect_no_notice", NULL);
}

CASE(posix_mq, notify, no_signal_to_program_after_exec,
	.claim = "a registration that outlives exec, through a descriptor without close-on-exec, "
		 "ends with the next message and sends the new program nothing",
	.level = LEVEL_LINUX,
	.spec = "execve(2), Effect on process attributes: message queue descriptors are closed; "
		"ipc/mqueue.c, notify_self_exec_id, as measured on 6.18",
	.needs = NEED_EXEC | NEED_MQ_NOTIFY)
{
	mqd_t queue = queue_made("q", O_RDWR);
	struct peer owner = peer_start(register_for_next_program, &queue);
	peer_wait_exec(&owner);
	peer_wait_resting(&owner);
	must_return(notice_asked_elsewhere("q"), EBUSY);

	queue_put(queue, "x", 0);
	must_return(notice_asked_elsewhere("q"), 0);
	peer_resume(&owner);
	peer_join(&owner);
}

static void do_nothing(union sigval value)
{
	(void)value;
}

static const struct shown {
	const char *name;
	int method;         /* SIGEV_... */
	int number, signal; /* what the file shows for it */
} shown[] = {
	{"signal", SIGEV_SIGNAL, 0, SIGUSR1},
	{"none", SIGEV_NONE, 1, 0},
	{"thread", SIGEV_THREAD, 2, 0},
};

static void register_by_row(void *arg)
{
	const struct shown *const row = arg;
	struct sigevent event = by_signal(SIGUSR1, 7);

	event.sigev_notify = row->method;
	event.sigev_notify_function =
		do_nothing; /* means something with SIGEV_THREAD only */
	signal_hold(SIGUSR1);
	need(mq_notify(queue_opened("q", O_RDONLY), &event));
	peer_rest();
}

/* The numbers in the file PATH, that of a queue.  Read by another process than the registered one,
 * whose registration Linux ends with any close of that queue. */
struct status {
	int method, signal, pid;
};

static struct status status_shown(const char *path)
{
	char text[160] = "";
	struct status status = {-1, -1, -1};
	const int file = need(open(path, O_RDONLY));

	need(read(file, text, sizeof(text) - 1));
	need(close(file));
	ck_assert_msg(sscanf(text, "QSIZE:%*u NOTIFY:%d SIGNO:%d NOTIFY_PID:%d",
			      &status.method, &status.signal, &status.pid) == 3,
		"the file says \"%s\"", text);
	return status;
}

CASE_EACH(posix_mq, notify, status_file_shows_registration, shown,
	.claim = "the file of a queue shows the process that is registered as NOTIFY_PID, with 0, "
		 "1 or 2 as NOTIFY for SIGEV_SIGNAL, SIGEV_NONE or SIGEV_THREAD, and 0 after the "
		 "registration ended",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Mounting the message queue filesystem",
	.needs = NEED_PRIVATE_MOUNT | NEED_MQ_NOTIFY)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	struct peer owner = peer_start(register_by_row, (void *)row);
	peer_wait_resting(&owner);
	const char *const file = queue_below(queues_mounted("m"), "q");

	const struct status registered = status_shown(file);
	ck_assert_int_eq(registered.method, row->number);
	ck_assert_int_eq(registered.pid, owner.pid);
	ck_assert_int_eq(registered.signal, row->signal);
	queue_put(queue, "x", 0);
	ck_assert_int_eq(status_shown(file).pid, 0);
	peer_resume(&owner);
	peer_join(&owner);
}

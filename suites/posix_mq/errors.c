/*
 * errors: descriptors that are none, names that no queue has, and errors
 * that only an injector provokes.
 */
#include <fcntl.h>
#include <limits.h>
#include <mqueue.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "assay.h"
#include "queue.h"

static const struct no_descriptor_row {
	const char *name;
	mqd_t queue;
} no_descriptor_rows[] = {
	{"minus-1", -1},
	{"int-max", INT_MAX},
};

CASE_EACH(posix_mq, errors, send_on_invalid_descriptor_gives_ebadf, no_descriptor_rows,
	.claim = "mq_send() and mq_timedsend() on what is no descriptor fail with EBADF",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), ERRORS EBADF")
{
	const struct timespec past = long_ago();

	must_fail(mq_send(row->queue, "x", 1, 0), EBADF);
	must_fail(mq_timedsend(row->queue, "x", 1, 0, &past), EBADF);
}

CASE_EACH(posix_mq, errors, receive_on_invalid_descriptor_gives_ebadf, no_descriptor_rows,
	.claim = "mq_receive() and mq_timedreceive() on what is no descriptor fail with "
		 "EBADF",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_receive(), ERRORS EBADF")
{
	const struct timespec past = long_ago();
	char got[QUEUE_BYTES];

	must_fail(mq_receive(row->queue, got, sizeof(got), NULL), EBADF);
	must_fail(mq_timedreceive(row->queue, got, sizeof(got), NULL, &past), EBADF);
}

CASE_EACH(posix_mq, errors, setattr_on_invalid_descriptor_gives_ebadf, no_descriptor_rows,
	.claim = "mq_setattr() on what is no descriptor fails with EBADF",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_setattr(), ERRORS EBADF")
{
	const struct mq_attr nonblock = {.mq_flags = O_NONBLOCK};

	must_fail(mq_setattr(row->queue, &nonblock, NULL), EBADF);
}

CASE_EACH(posix_mq, errors, getattr_on_invalid_descriptor, no_descriptor_rows,
	.claim = "mq_getattr() on what is no descriptor fails with EBADF, or does not look",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 mq_getattr(), ERRORS: may fail with EBADF")
{
	struct mq_attr found;

	const int result = mq_getattr(row->queue, &found);
	note_choice("mq_getattr()", result == 0 ? "success" : errno_name(errno),
		"success", "EBADF");
}

static void never_called(union sigval value)
{
	(void)value;
}

CASE_EACH(posix_mq, errors, notify_on_invalid_descriptor_gives_ebadf, no_descriptor_rows,
	.claim = "mq_notify() on what is no descriptor fails with EBADF, for a signal, a "
		 "thread, nothing at all, and for taking a request back",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_notify(), ERRORS EBADF",
	.needs = NEED_MQ_NOTIFY)
{
	const struct sigevent by_signal = {
		.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
	const struct sigevent by_thread = {
		.sigev_notify = SIGEV_THREAD, .sigev_notify_function = never_called};
	const struct sigevent by_nothing = {.sigev_notify = SIGEV_NONE};

	must_fail(mq_notify(row->queue, &by_signal), EBADF);
	must_fail(mq_notify(row->queue, &by_thread), EBADF);
	must_fail(mq_notify(row->queue, &by_nothing), EBADF);
	must_fail(mq_notify(row->queue, NULL), EBADF);
}

CASE(posix_mq, errors, second_close_gives_ebadf,
	.claim = "every function on a descriptor that mq_close() has closed fails with EBADF",
	.level = LEVEL_LINUX,
	.spec = "mq_close(3), mq_send(3), mq_receive(3), mq_getattr(3), mq_notify(3), ERRORS "
		"EBADF")
{
	struct mq_attr attributes = {.mq_flags = O_NONBLOCK};
	const struct sigevent by_nothing = {.sigev_notify = SIGEV_NONE};
	char got[QUEUE_BYTES];
	const mqd_t queue = queue_made("q", O_RDWR);

	must_succeed(mq_close(queue));
	must_fail(mq_close(queue), EBADF);
	must_fail(mq_send(queue, "x", 1, 0), EBADF);
	must_fail(mq_receive(queue, got, sizeof(got), NULL), EBADF);
	must_fail(mq_setattr(queue, &attributes, NULL), EBADF);
	must_fail(mq_getattr(queue, &attributes), EBADF);
	must_fail(mq_notify(queue, &by_nothing), EBADF);
}

CASE(posix_mq, errors, other_file_descriptor_gives_ebadf,
	.claim = "mq_send(), mq_receive(), mq_setattr() and mq_notify() on the descriptor of "
		 "another file fail with EBADF",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), mq_receive(), mq_setattr(), mq_notify(), ERRORS "
		"EBADF")
{
	const struct timespec past = long_ago();
	const struct mq_attr nonblock = {.mq_flags = O_NONBLOCK};
	const struct sigevent by_nothing = {.sigev_notify = SIGEV_NONE};
	char got[QUEUE_BYTES];
	const int file = need(open("/dev/null", O_RDWR));

	must_fail(mq_send(file, "x", 1, 0), EBADF);
	must_fail(mq_timedsend(file, "x", 1, 0, &past), EBADF);
	must_fail(mq_receive(file, got, sizeof(got), NULL), EBADF);
	must_fail(mq_timedreceive(file, got, sizeof(got), NULL, &past), EBADF);
	must_fail(mq_setattr(file, &nonblock, NULL), EBADF);
	must_fail(mq_notify(file, &by_nothing), EBADF);
}

CASE(posix_mq, errors, close_of_other_file_descriptor_gives_ebadf,
	.claim = "mq_close() of the descriptor of another file fails with EBADF and leaves "
		 "it open",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_close(), ERRORS EBADF")
{
	const int file = need(open("/dev/null", O_RDWR));

	must_fail(mq_close(file), EBADF);
	must_succeed(fcntl(file, F_GETFD));
}

CASE(posix_mq, errors, unlink_missing_gives_enoent,
	.claim = "mq_unlink() of a name that no queue has, or has any more, fails with "
		 "ENOENT",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_unlink(), ERRORS ENOENT")
{
	must_fail(mq_unlink(own_name("q")), ENOENT);
	queue_made("q", O_RDWR);
	need(mq_unlink(own_name("q")));
	must_fail(mq_unlink(own_name("q")), ENOENT);
}

CASE(posix_mq, errors, unlink_name_too_long,
	.claim = "mq_unlink() of a name with NAME_MAX + 1 bytes after the slash fails with "
		 "ENAMETOOLONG",
	.level = LEVEL_LINUX,
	.spec = "mq_unlink(3), ERRORS ENAMETOOLONG; POSIX.1-2024: it may fail")
{
	must_fail(mq_unlink(queue_name_of(NAME_MAX + 1)), ENAMETOOLONG);
}

static const struct malformed_row {
	const char *name;
	const char *queue;
} malformed_rows[] = {
	{"empty", ""},
	{"lone-slash", "/"},
	{"inner-slash", "/assay/q"},
	{"leading-slash", "//assay-q"},
};

CASE_EACH(posix_mq, errors, unlink_malformed_names, malformed_rows,
	.claim = "mq_unlink() refuses a malformed name with the error of mq_open()",
	.level = LEVEL_LIBC,
	.spec = "mq_unlink(3), mq_open(3), ERRORS; mq_overview(7): the form of names")
{
	const mqd_t queue = mq_open(row->queue, O_RDWR);
	const int error = errno;

	ck_assert_int_eq(queue, -1);
	must_fail(mq_unlink(row->queue), error);
	note("error", "%s", errno_name(error));
}

static const struct injected_row {
	const char *name;
	int error, from_unlink;
} injected_rows[] = {
	{"enomem", ENOMEM, ENOMEM}, {"enfile", ENFILE, ENFILE},
	{"enosys", ENOSYS, ENOSYS},
	{"eperm", EPERM, EACCES}, /* POSIX has no EPERM for mq_unlink() */
};

/* The rule by which calls named WHICH give ERROR. */
static const char *failing(const char *which, int error)
{
	char *const rule = arena(64);

	need(snprintf(rule, 64, "fail:%s=%s", which, errno_name(error)));
	return rule;
}

/* What a call that failed gave: its errno; 0 when it did not fail. */
static int error_of(long result)
{
	return result == -1 ? errno : 0;
}

CASE_EACH(posix_mq, errors, injected_errors_surface_unchanged, injected_rows,
	.claim = "each function gives the error of its system call as it is, but for "
		 "mq_unlink(), which makes EACCES of EPERM",
	.level = LEVEL_LIBC,
	.spec = "mq_open(3), mq_unlink(3), mq_send(3), mq_receive(3), mq_getattr(3), "
		"mq_notify(3), mq_close(3), RETURN VALUE",
	.needs = NEED_SUPERVISOR)
{
	const struct timespec past = long_ago();
	const struct sigevent by_nothing = {.sigev_notify = SIGEV_NONE};
	struct mq_attr attributes = queue_tiny();
	char which[32], got[QUEUE_BYTES];
	const mqd_t queue = queue_made("q", O_RDWR);

	need(snprintf(which, sizeof(which), "close if fd=%d", queue));
	fault_arm(failing("mq_open", row->error), failing("mq_unlink", row->error),
		failing("mq_send", row->error), failing("mq_receive", row->error),
		failing("mq_getsetattr", row->error), failing("mq_notify", row->error),
		failing(which, row->error));

	/* All of them before any claim: a rule that never fires makes the case broken. */
	const int opened = error_of(mq_open(own_name("q"), O_RDWR));
	const int sent = error_of(mq_send(queue, "x", 1, 0));
	const int timed_sent = error_of(mq_timedsend(queue, "x", 1, 0, &past));
	const int received = error_of(mq_receive(queue, got, sizeof(got), NULL));
	const int timed_received =
		error_of(mq_timedreceive(queue, got, sizeof(got), NULL, &past));
	const int told = error_of(mq_getattr(queue, &attributes));
	const int set = error_of(mq_setattr(queue, &attributes, NULL));
	const int notified = error_of(mq_notify(queue, &by_nothing));
	const int closed = error_of(mq_close(queue));
	const int unlinked = error_of(mq_unlink(own_name("q")));

	must_return(opened, row->error);
	must_return(sent, row->error);
	must_return(timed_sent, row->error);
	must_return(received, row->error);
	must_return(timed_received, row->error);
	must_return(told, row->error);
	must_return(set, row->error);
	must_return(notified, row->error);
	must_return(closed, row->error);
	must_return(unlinked, row->from_unlink);
}

CASE(posix_mq, errors, write_on_descriptor_gives_einval,
	.claim = "write() on the descriptor of a queue fails with EINVAL and mmap() with "
		 "ENODEV, and neither touches the queue",
	.level = LEVEL_LINUX,
	.spec = "write(2), ERRORS EINVAL: unsuitable for writing; mmap(2), ERRORS ENODEV")
{
	const mqd_t queue = queue_made("q", O_RDWR);

	queue_put(queue, "kept", 0);
	must_fail(write(queue, "x", 1), EINVAL);
	must_fail(mmap(NULL, 1, PROT_READ | PROT_WRITE, MAP_SHARED, queue, 0), ENODEV);
	ck_assert_int_eq(queue_messages(queue), 1);
	must_receive(queue, "kept");
}

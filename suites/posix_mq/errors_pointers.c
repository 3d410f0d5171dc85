/*
 * errors_pointers: addresses that cannot be read or written.  They go to the system call
 * itself where a C library would look at them first.
 */
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "assay.h"
#include "queue.h"

/* 32-bit machines that have no call for the old times. */
#ifndef SYS_mq_timedsend
#define SYS_mq_timedsend SYS_mq_timedsend_time64
#define SYS_mq_timedreceive SYS_mq_timedreceive_time64
#endif

CASE(posix_mq, errors, bad_name_pointer_gives_efault,
	.claim = "the system calls mq_open and mq_unlink fail with EFAULT when the name "
		 "cannot be read",
	.level = LEVEL_LINUX,
	.spec = "mq_open(2), mq_unlink(2); EFAULT is for a bad address, errno(3)")
{
	const char *const bad = unreadable_page();
	struct mq_attr tiny = queue_tiny();

	must_fail(syscall(SYS_mq_open, bad, O_RDWR, 0, NULL), EFAULT);
	must_fail(syscall(SYS_mq_open, bad, O_CREAT | O_RDWR, 0600, &tiny), EFAULT);
	must_fail(syscall(SYS_mq_unlink, bad), EFAULT);
}

CASE(posix_mq, errors, bad_attr_pointer_gives_efault,
	.claim = "mq_open(O_CREAT), mq_getattr() and mq_setattr() fail with EFAULT when the "
		 "attributes cannot be reached, and no queue is made",
	.level = LEVEL_LINUX,
	.spec = "mq_open(2), mq_getsetattr(2); EFAULT is for a bad address, errno(3)")
{
	struct mq_attr *const bad = (struct mq_attr *)unreadable_page();
	const struct mq_attr block = {.mq_flags = 0};
	const mqd_t queue = queue_made("q", O_RDWR);

	must_fail(mq_open(own_name("new"), O_CREAT | O_RDWR, 0600, bad), EFAULT);
	must_fail(mq_open(own_name("new"), O_RDWR), ENOENT);
	must_fail(mq_getattr(queue, bad), EFAULT);
	must_fail(mq_setattr(queue, bad, NULL), EFAULT);
	must_fail(mq_setattr(queue, &block, bad), EFAULT);
}

static const struct bad_message_row {
	const char *name;
	size_t length;
	size_t good; /* bytes of the message before the bad page */
} bad_message_rows[] = {
	{"every-byte", 8, 0}, {"last-byte", 8, 7},
	{"last-byte-of-pieces", 8192, 8191}, /* an implementation may copy page by page */
};

/* An address behind which nothing can be read, before which BYTES can. */
static const char *end_of_readable(size_t bytes)
{
	const size_t page = (size_t)need(sysconf(_SC_PAGESIZE));
	const size_t good = (bytes + page - 1) / page * page;
	char *const at = need(mmap(NULL, good + page, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));

	need(mprotect(at + good, page, PROT_NONE));
	return at + good;
}

CASE_EACH(posix_mq, errors, bad_send_buffer_gives_efault, bad_message_rows,
	.claim = "mq_send() of a message that cannot be read, or not to its end, fails with "
		 "EFAULT and queues nothing",
	.level = LEVEL_LINUX,
	.spec = "mq_send(3); EFAULT is for a bad address, errno(3)")
{
	const char *const message = end_of_readable(row->good) - row->good;
	const mqd_t queue = queue_made_of("q", O_RDWR, 1, (long)row->length);

	must_fail(mq_send(queue, message, row->length, 0), EFAULT);
	ck_assert_int_eq(queue_messages(queue), 0);
}

CASE(posix_mq, errors, bad_receive_buffer_message_fate,
	.claim = "mq_receive() to where nothing can be written fails with EFAULT, and the "
		 "message is kept or lost",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 mq_receive() leaves it undefined; EFAULT is for a bad address, "
		"errno(3)")
{
	char *const bad = unreadable_page();
	char got[QUEUE_BYTES];
	const mqd_t queue = queue_made("q", O_RDWR);

	queue_put(queue, "x", 0);
	must_fail(mq_receive(queue, bad, QUEUE_BYTES, NULL), EFAULT);
	note_choice("bad buffer", queue_messages(queue) == 1 ? "kept" : "lost", "kept",
		"lost");

	queue_put(queue, "x", 1);
	must_fail(mq_receive(queue, got, sizeof(got), (unsigned *)bad), EFAULT);
	note("after a bad msg_prio too", "%ld left", queue_messages(queue));
}

CASE(posix_mq, errors, bad_timeout_pointer_gives_efault,
	.claim = "mq_timedsend and mq_timedreceive with a timeout that cannot be read fail "
		 "with EFAULT and move nothing, whether they had to wait or not",
	.level = LEVEL_LINUX,
	.spec = "mq_timedsend(2), mq_timedreceive(2); EFAULT is for a bad address, errno(3)")
{
	const void *const bad = unreadable_page();
	char got[8];
	const mqd_t queue = queue_made_of("q", O_RDWR, 1, 8);

	must_fail(syscall(SYS_mq_timedsend, queue, "x", 1, 0, bad), EFAULT);
	must_fail(syscall(SYS_mq_timedreceive, queue, got, 8, NULL, bad), EFAULT);
	ck_assert_int_eq(queue_messages(queue), 0);

	queue_put(queue, "x", 0);
	must_fail(syscall(SYS_mq_timedsend, queue, "y", 1, 0, bad), EFAULT);
	must_fail(syscall(SYS_mq_timedreceive, queue, got, 8, NULL, bad), EFAULT);
	ck_assert_int_eq(queue_messages(queue), 1);
}

CASE(posix_mq, errors, bad_sigevent_pointer_gives_efault,
	.claim = "the system call mq_notify with an event that cannot be read fails with "
		 "EFAULT and registers nothing",
	.level = LEVEL_LINUX,
	.spec = "mq_notify(2); EFAULT is for a bad address, errno(3)",
	.needs = NEED_MQ_NOTIFY)
{
	const struct sigevent by_nothing = {.sigev_notify = SIGEV_NONE};
	const mqd_t queue = queue_made("q", O_RDWR);

	must_fail(syscall(SYS_mq_notify, queue, unreadable_page()), EFAULT);
	must_succeed(mq_notify(queue, &by_nothing)); /* else EBUSY */
}

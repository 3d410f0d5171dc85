/*
 * data_status: the line of text by which Linux tells what a queue holds and who waits to be
 * notified.  It is read by a process that has asked for no notification: closing any
 * descriptor of the queue would take such a request back.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "waits.h"

/* The numbers of a status line. */
struct status {
	unsigned long queue_bytes;
	int notify, signal, process;
};

/* Reads the status line of FD.  The claim: it is one line with the documented fields, and
 * nothing follows it. */
static struct status status_of(int fd)
{
	struct status status;
	char line[200] = "";
	const ssize_t length = must_succeed(read(fd, line, sizeof(line) - 1));

	ck_assert_msg(sscanf(line, "QSIZE:%lu NOTIFY:%d SIGNO:%d NOTIFY_PID:%d",
			      &status.queue_bytes, &status.notify, &status.signal,
			      &status.process) == 4 &&
			strchr(line, '\n') == &line[length - 1],
		"a status line was expected, not \"%s\"", line);
	must_move(read(fd, line, sizeof(line)), 0);
	return status;
}

static struct status status_in_mount(const char *tag)
{
	const int fd = need(open(queue_below(own_path("m"), tag), O_RDONLY));
	const struct status status = status_of(fd);

	need(close(fd));
	return status;
}

CASE(posix_mq, data, status_file_reports_queued_bytes,
	.claim = "the QSIZE in a queue's file in an mqueue mount is the sum of the lengths of "
		 "the messages in the queue",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Mounting the message queue filesystem; BUGS",
	.needs = NEED_PRIVATE_MOUNT)
{
	const mqd_t queue = queue_made("q", O_RDWR);
	need(queues_mounted("m"));

	ck_assert_uint_eq(status_in_mount("q").queue_bytes, 0);
	queue_put(queue, "sixteen-bytes-16", 3);
	ck_assert_uint_eq(status_in_mount("q").queue_bytes, 16);
	queue_put(queue, "four", 2);
	queue_put(queue, "", 1);
	ck_assert_uint_eq(status_in_mount("q").queue_bytes, 16 + 4 + 0);
	must_receive(queue, "sixteen-bytes-16");
	ck_assert_uint_eq(status_in_mount("q").queue_bytes, 4 + 0);
}

static void ask_for_signal(void *arg)
{
	const mqd_t queue = *(mqd_t *)arg;
	const struct sigevent event = {
		.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};

	need(mq_notify(queue, &event));
	peer_rest();
}

CASE(posix_mq, data, status_line_has_documented_fields,
	.claim = "read() of a queue's descriptor, or of its file in an mqueue mount, gives "
		 "one line of QSIZE, NOTIFY, SIGNO and NOTIFY_PID, and then end of file",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Mounting the message queue filesystem; Linux implementation "
		"of message queue descriptors",
	.needs = NEED_PRIVATE_MOUNT | NEED_MQ_NOTIFY)
{
	mqd_t queue = queue_made("q", O_RDWR);
	need(queues_mounted("m"));
	ck_assert_int_eq(status_of(queue).process, 0);

	struct peer owner = peer_start(ask_for_signal, &queue);
	peer_wait_resting(&owner);
	const struct status in_mount = status_in_mount("q");
	ck_assert_int_eq(in_mount.notify, SIGEV_SIGNAL);
	ck_assert_int_eq(in_mount.signal, SIGUSR1);
	ck_assert_int_eq(in_mount.process, owner.pid);
	const struct status by_descriptor = status_of(queue_opened("q", O_RDONLY));
	ck_assert_int_eq(by_descriptor.process, owner.pid);
	peer_resume(&owner);
	peer_join(&owner);
}

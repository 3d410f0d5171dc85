/*
 * posix_mq/cleanup: descriptors that were handed on, the end of an IPC namespace, and what is
 * left after many queues.
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assay.h"
#include "budget.h"
#include "notification.h"
#include "queue.h"

/* A message of one byte with room for one descriptor.  Not to be moved: it points into
 * itself. */
struct parcel {
	struct msghdr message;
	struct iovec part;
	char byte;
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))];
};

static struct cmsghdr *parcel_prepare(struct parcel *parcel)
{
	memset(parcel, 0, sizeof(*parcel));
	parcel->part = (struct iovec){&parcel->byte, 1};
	parcel->message.msg_iov = &parcel->part;
	parcel->message.msg_iovlen = 1;
	parcel->message.msg_control = parcel->control;
	parcel->message.msg_controllen = sizeof(parcel->control);
	return CMSG_FIRSTHDR(&parcel->message);
}

static void pass_queue(int socket, mqd_t queue)
{
	struct parcel parcel;
	struct cmsghdr *const header = parcel_prepare(&parcel);

	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(queue));
	memcpy(CMSG_DATA(header), &queue, sizeof(queue));
	need(sendmsg(socket, &parcel.message, 0));
}

static mqd_t queue_passed(int socket)
{
	struct parcel parcel;
	const struct cmsghdr *const header = parcel_prepare(&parcel);
	mqd_t queue = -1;

	need(recvmsg(socket, &parcel.message, 0));
	memcpy(&queue, CMSG_DATA(header), sizeof(queue));
	return queue;
}

static void use_passed_queue(void *arg)
{
	const int *const sockets = arg;
	const mqd_t queue = queue_passed(sockets[1]);

	peer_rest();
	must_receive(queue, "before");
	must_succeed(mq_send(queue, "after", 5, 0));
	must_receive(queue, "after");
}

CASE(posix_mq, cleanup, passed_descriptor_is_usable,
	.claim = "a queue's descriptor that SCM_RIGHTS brought to a process works there after "
		 "the sender closed and unlinked the queue",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), message queue descriptors are file descriptors; unix(7), "
		"SCM_RIGHTS")
{
	int sockets[2];
	need(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets));
	struct peer receiver = peer_start(use_passed_queue, sockets);
	const mqd_t queue = queue_made("q", O_RDWR);

	queue_put(queue, "before", 0);
	pass_queue(sockets[0], queue);
	peer_wait_resting(&receiver);
	need(mq_close(queue));
	need(mq_unlink(own_name("q")));
	peer_resume(&receiver);
	peer_join(&receiver);
}

static void make_large_and_rest(void *arg)
{
	(void)arg;
	need(queue_tried("q", 1, LARGE));
	peer_rest();
}

/* The last process of an IPC namespace that has all the bytes that there may be. */
static struct peer full_namespace(void)
{
	struct peer last = peer_start_in(make_large_and_rest, NULL, IPC_NS);

	peer_wait_resting(&last);
	return last;
}

/* Kills LAST, and waits until its bytes have come back: the kernel takes a namespace down some
 * time after its last process.  Bytes that never do end with the deadline. */
static void end_namespace(struct peer *last)
{
	mqd_t queue;

	peer_kill(last, SIGKILL);
	while ((queue = queue_tried("room", 1, LARGE)) == -1 && errno == EMFILE)
		(void)sched_yield();
	need(mq_close(need(queue)));
	need(mq_unlink(own_name("room")));
}

CASE(posix_mq, cleanup, namespace_end_destroys_queues,
	.claim = "the queues of an IPC namespace end with its last process: their bytes no "
		 "longer count against RLIMIT_MSGQUEUE of the user",
	.level = LEVEL_LINUX,
	.spec = "ipc_namespaces(7), DESCRIPTION: all IPC objects are destroyed",
	.needs = NEED_NAMESPACES,
	.alone = "user-mqueue-bytes")
{
	limit_set(RLIMIT_MSGQUEUE, ROOM_FOR_ONE);
	struct peer last = full_namespace();
	must_fail(queue_tried("room", 1, LARGE), EMFILE);
	end_namespace(&last);
}

static void pass_new_queue_and_rest(void *arg)
{
	const int *const sockets = arg;
	const mqd_t queue = queue_made("q", O_RDWR);

	queue_put(queue, "kept", 0);
	pass_queue(sockets[0], queue);
	peer_rest();
}

CASE(posix_mq, cleanup, descriptor_outlives_namespace,
	.claim = "a descriptor of a queue in another IPC namespace works on, with the messages, "
		 "when the last process of that namespace has died",
	.level = LEVEL_LINUX,
	.spec = "ipc_namespaces(7), DESCRIPTION; mq_unlink(3): destroyed once closed",
	.needs = NEED_NAMESPACES, .alone = "user-mqueue-bytes")
{
	int sockets[2];

	limit_set(RLIMIT_MSGQUEUE, ROOM_FOR_ONE);
	need(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets));
	struct peer last = peer_start_in(pass_new_queue_and_rest, sockets, IPC_NS);
	peer_wait_resting(&last);
	const mqd_t queue = queue_passed(sockets[1]);

	must_fail(mq_open(own_name("q"), O_RDWR),
		ENOENT); /* it is not of this namespace */
	peer_kill(&last, SIGKILL);
	/* The kernel takes down several at a time, in any order: when the second of these has
	 * gone, so has what ended before the first. */
	for (int i = 0; i < 2; i++) {
		struct peer another = full_namespace();
		end_namespace(&another);
	}
	must_receive(queue, "kept");
	must_succeed(mq_send(queue, "new", 3, 0));
	must_receive(queue, "new");
}

static void do_nothing(union sigval value)
{
	(void)value;
}

/* Opens, registers, closes and unlinks a queue beside which there is no room for another. */
static void go_round(const struct sigevent *event)
{
	const mqd_t queue = must_succeed(queue_tried("q", 1, LARGE));

	need(mq_notify(queue, event));
	need(mq_close(queue));
	need(mq_unlink(own_name("q")));
}

static int descriptors_now(void)
{
	const struct fds now = fds_snapshot();
	int count = 0;

	for (int fd = 0; fd < 1024; fd++)
		count += now.open[fd / 64] >> (fd % 64) & 1;
	return count;
}

/* A C library may keep a thread, and a socket for it, for the next registration. */
enum { ROUNDS = 30, KEPT = 1 };

CASE(posix_mq, cleanup, open_close_cycles_leak_nothing,
	.claim = "opening, registering, closing and unlinking many times over leaves "
		 "no accounted byte, and no more than one descriptor and one thread",
	.level = LEVEL_LINUX,
	.spec = "mq_close(3) and mq_unlink(3), DESCRIPTION; getrlimit(2), RLIMIT_MSGQUEUE",
	.needs = NEED_PROC | NEED_NAMESPACES | NEED_MQ_NOTIFY,
	.alone = "user-mqueue-bytes")
{
	const struct sigevent event = by_signal(NOTICE, 7);
	const struct sigevent call = {
		.sigev_notify = SIGEV_THREAD, .sigev_notify_function = do_nothing};

	limit_set(RLIMIT_MSGQUEUE, ROOM_FOR_ONE);
	const int descriptors = descriptors_now();
	const long threads = threads_now();
	for (int i = 0; i < ROUNDS; i++)
		go_round(i % 2 ? &call : &event);

	/* Threads of the C library, and what they have open, end when they have been told to;
	 * those that never do end with the deadline. */
	while (threads_now() > threads + KEPT || descriptors_now() > descriptors + KEPT)
		(void)sched_yield();
}

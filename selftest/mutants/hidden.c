#include "hidden.h"

#include "mutant.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { HELD_AT_MOST = 256, CALLS_AT_MOST = 15 };

/* SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, which old headers lack. */
#define WAIT_KILLABLE (1U << 5)

union control {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int))];
};

void hidden_tell(int socket, enum hidden_order order, int fd)
{
	struct iovec data = {.iov_base = &order, .iov_len = sizeof(order)};
	union control control = {.header = {0}};
	struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1};

	if (fd >= 0) {
		message.msg_control = &control;
		message.msg_controllen = sizeof(control);
		control.header.cmsg_level = SOL_SOCKET;
		control.header.cmsg_type = SCM_RIGHTS;
		control.header.cmsg_len = CMSG_LEN(sizeof(fd));
		memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	}
	while (sendmsg(socket, &message, MSG_NOSIGNAL) == -1 && errno == EINTR)
		continue;
}

/* The next order and its descriptor, or -1; false at the end of the worker. */
static bool receive(int socket, enum hidden_order *order, int *fd)
{
	struct iovec data = {.iov_base = order, .iov_len = sizeof(*order)};
	union control control = {.header = {0}};
	struct msghdr message = {.msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control)};

	*fd = -1;
	if (recvmsg(socket, &message, MSG_CMSG_CLOEXEC) != sizeof(*order))
		return false;
	if (CMSG_FIRSTHDR(&message))
		memcpy(fd, CMSG_DATA(&control.header), sizeof(*fd));
	return true;
}

/* Answers the question that waits at LISTENER, if its caller still lives. */
static void answer(int listener)
{
	struct seccomp_notif asked;
	struct seccomp_notif_resp said;

	memset(&asked, 0, sizeof(asked));
	memset(&said, 0, sizeof(said));
	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) != 0)
		return;
	said.id = asked.id;
	if (!mutant_answer || !mutant_answer(&asked, &said)) {
		said.val = said.error = 0;
		said.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
	}
	(void)ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &said);
}

struct hidden {
	struct pollfd polled[2]; /* the socket, the listener */
	int held[HELD_AT_MOST];
	size_t count;
};

static void release(struct hidden *hidden)
{
	while (hidden->count > 0)
		(void)close(hidden->held[--hidden->count]);
	if (hidden->polled[1].fd >= 0)
		(void)close(hidden->polled[1].fd);
	hidden->polled[1].fd = -1;
}

static void obey(struct hidden *hidden, enum hidden_order order, int fd)
{
	if (order == HIDDEN_RELEASE)
		release(hidden);
	else if (order == HIDDEN_LISTEN)
		hidden->polled[1].fd = fd;
	else if (hidden->count < HELD_AT_MOST)
		hidden->held[hidden->count++] = fd;
	else
		(void)close(fd);
}

__attribute__((noreturn)) static void serve(int socket)
{
	static struct hidden hidden;
	enum hidden_order order;
	int fd;

	hidden.polled[0] = (struct pollfd){.fd = socket, .events = POLLIN};
	hidden.polled[1] = (struct pollfd){.fd = -1, .events = POLLIN};
	for (;;) {
		if (poll(hidden.polled, 2, -1) < 0 && errno != EINTR)
			_exit(1);
		if (hidden.polled[0].revents) {
			if (!receive(socket, &order, &fd))
				_exit(0);
			obey(&hidden, order, fd);
			continue;
		}
		if (hidden.polled[1].revents & POLLIN)
			answer(hidden.polled[1].fd);
		else if (hidden.polled[1].revents)
			hidden.polled[1].fd = -1;
	}
}

void hidden_start(int socket)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		abort();
	const pid_t pid = fork();
	if (pid == 0) {
		/* Its answers and errors are nobody's, and the runner waits for their end. */
		const int kept = dup2(ends[0], 3);
		(void)syscall(SYS_close_range, 4, ~0U, 0);
		for (int fd = 0; fd < 3; fd++)
			(void)close(fd);
		serve(kept);
	}
	(void)close(ends[0]);
	if (pid < 0 || dup2(ends[1], socket) != socket)
		abort();
	(void)close(ends[1]);
}

static long listen_to(const struct sock_fprog *filter)
{
	/* A question that was taken is not interrupted by signals (since Linux 5.19). */
	const unsigned flags = SECCOMP_FILTER_FLAG_NEW_LISTENER;
	const long listener = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
		flags | WAIT_KILLABLE, filter);

	return listener >= 0 || errno != EINVAL
		? listener
		: syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, filter);
}

/* The half of an argument in which a mask of 32 bits lies. */
static unsigned low_half(unsigned argument)
{
	const unsigned at = (unsigned)offsetof(struct seccomp_data, args) + 8 * argument;

	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? at : at + 4;
}

void hidden_filter(int socket, const struct mutant_calls *calls)
{
	struct sock_filter code[CALLS_AT_MOST + 6] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr))};
	struct sock_filter *next = code + 1;
	unsigned char count = 0;

	while (count < CALLS_AT_MOST && calls->numbers[count] >= 0)
		count++;
	for (unsigned char i = 0; i < count; i++)
		*next++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
			(unsigned)calls->numbers[i], (unsigned char)(count - i), 0);
	*next++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	*next++ = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		low_half(calls->argument));
	*next++ = (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, calls->mask);
	*next++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, calls->value, 1,
		0);
	*next++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	*next++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
	const struct sock_fprog filter = {
		.len = (unsigned short)(next - code), .filter = code};
	long listener = listen_to(&filter);
	if (listener < 0 && errno == EACCES &&
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
		listener = listen_to(&filter);
	if (listener < 0)
		return;
	hidden_tell(socket, HIDDEN_LISTEN, (int)listener);
	(void)close((int)listener);
}

/*
 * pipe/cleanup: who holds an end, through dup, fork, exec and exit, and what follows when
 * nobody does.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "assay.h"
#include "page_budget.h"
#include "pipe.h"

static void answer_and_stop_waiting(void *arg)
{
	const int *ends = arg;
	char got[5] = "";
	ck_assert_int_eq(read(ends[0], got, 4), 4);
	ck_assert_str_eq(got, "ping");
	need(fcntl(ends[0], F_SETFL, O_NONBLOCK));
	ck_assert_int_eq(write(ends[1], "pong", 4), 4);
}

CASE(pipe, cleanup, fork_child_shares_pipe,
	.claim = "a forked child has the same open file descriptions of a pipe: data "
		 "and status flags of one process are seen by the other",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 fork(), DESCRIPTION")
{
	int ends[2];
	char got[5] = "";
	need(pipe(ends));
	need(write(ends[1], "ping", 4));

	struct peer child = peer_start(answer_and_stop_waiting, ends);
	peer_join(&child);

	ck_assert(is_nonblocking(ends[0]));
	ck_assert(!is_nonblocking(ends[1]));
	ck_assert_int_eq(read(ends[0], got, 4), 4);
	ck_assert_str_eq(got, "pong");
}

/* FD as a message that only holds a descriptor, to send or to receive; the byte is there
 * because a message without data carries none. */
struct parcel {
	char byte;
	struct iovec part;
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))];
	struct msghdr message;
};

static void parcel_make(struct parcel *parcel, int fd)
{
	memset(parcel, 0, sizeof(*parcel));
	parcel->part = (struct iovec){&parcel->byte, 1};
	parcel->message.msg_iov = &parcel->part;
	parcel->message.msg_iovlen = 1;
	parcel->message.msg_control = parcel->control;
	parcel->message.msg_controllen = sizeof(parcel->control);
	struct cmsghdr *header = CMSG_FIRSTHDR(&parcel->message);
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(header), &fd, sizeof(fd));
}

static void rest(void *arg)
{
	(void)arg; /* it only has copies of the descriptors */
	peer_rest();
}

CASE(pipe, cleanup, dup_delays_eof,
	.claim = "end-of-file comes only when every duplicate of the write end is "
		 "closed, those of dup(), of fork() and of a message with SCM_RIGHTS",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 read(), pipes: 0 when no process has it open for writing")
{
	int ends[2], sockets[2], received;
	char byte;
	struct parcel parcel;
	need(pipe2(ends, O_NONBLOCK));
	need(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets));
	struct peer holder = peer_start(rest, NULL);
	peer_wait_resting(&holder);
	const int duplicate = need(dup(ends[1]));
	parcel_make(&parcel, ends[1]);
	need(sendmsg(sockets[0], &parcel.message, 0));

	need(close(ends[1]));
	must_fail(read(ends[0], &byte, 1), EAGAIN);
	peer_resume(&holder);
	peer_join(&holder);
	must_fail(read(ends[0], &byte, 1), EAGAIN);
	need(close(duplicate));
	must_fail(read(ends[0], &byte, 1), EAGAIN);
	need(recvmsg(sockets[1], &parcel.message, 0));
	memcpy(&received, CMSG_DATA(CMSG_FIRSTHDR(&parcel.message)), sizeof(received));
	need(close(received));
	ck_assert_int_eq(read(ends[0], &byte, 1), 0);
}

/* Becomes the helper NAME with both descriptor numbers as arguments. */
static void exec_with_ends(const char *name, const int *ends)
{
	char first[16], second[16];
	need(snprintf(first, sizeof(first), "%d", ends[0]));
	need(snprintf(second, sizeof(second), "%d", ends[1]));
	peer_exec(name, first, second, NULL);
}

HELPER(pipe_answer_after_exec)
{
	char got[5] = "";
	ck_assert_int_eq(argc, 3);
	ck_assert_int_eq(read(atoi(argv[1]), got, 4), 4);
	ck_assert_str_eq(got, "kept");
	ck_assert_int_eq(write(atoi(argv[2]), "back", 4), 4);
	return 0;
}

static void exec_answer(void *ends)
{
	exec_with_ends("pipe_answer_after_exec", ends);
}

CASE(pipe, cleanup, descriptors_survive_exec,
	.claim = "both ends of a pipe without FD_CLOEXEC stay open over execve(), "
		 "with what the pipe holds",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 exec, DESCRIPTION: file descriptors",
	.needs = NEED_EXEC)
{
	int ends[2];
	char got[5] = "";
	need(pipe(ends));
	need(write(ends[1], "kept", 4));

	struct peer reader = peer_start(exec_answer, ends);
	peer_join(&reader);

	ck_assert_int_eq(unread(ends[0]), 4);
	need(read(ends[0], got, 4));
	ck_assert_str_eq(got, "back");
}

HELPER(pipe_rest_after_exec)
{
	(void)argc;
	(void)argv; /* it only keeps what execve() left open */
	peer_rest();
	return 0;
}

static void exec_rest(void *unused)
{
	(void)unused;
	peer_exec("pipe_rest_after_exec", NULL);
}

CASE(pipe, cleanup, cloexec_closes_at_exec,
	.claim = "execve() closes ends with FD_CLOEXEC: while the new image runs the "
		 "other side sees end-of-file after a write end, EPIPE after a read end",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 exec, DESCRIPTION: FD_CLOEXEC",
	.needs = NEED_EXEC)
{
	int written[2], read_from[2];
	char byte = 'x';
	need(pipe2(written, O_NONBLOCK));
	need(pipe2(read_from, O_NONBLOCK));
	need(fcntl(written[1], F_SETFD, FD_CLOEXEC));
	need(fcntl(read_from[0], F_SETFD, FD_CLOEXEC));
	handler_install(SIGPIPE, 0);
	struct peer holder = peer_start(exec_rest, NULL);
	need(close(written[1]));
	need(close(read_from[0]));

	peer_wait_exec(&holder);
	peer_wait_resting(&holder);
	ck_assert_int_eq(read(written[0], &byte, 1), 0);
	must_fail(write(read_from[1], &byte, 1), EPIPE);

	peer_resume(&holder);
	peer_join(&holder);
}

CASE(pipe, cleanup, failed_exec_keeps_cloexec_fds,
	.claim = "an execve() that fails leaves descriptors with FD_CLOEXEC open",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 exec, DESCRIPTION and RETURN VALUE")
{
	int ends[2];
	need(pipe2(ends, O_CLOEXEC));

	must_fail(execl(own_path("absent"), "absent", (char *)NULL), ENOENT);

	for (int i = 0; i < 2; i++) {
		const int flags = fcntl(ends[i], F_GETFD);
		ck_assert_msg(flags != -1, "the failed execl() closed end %d", i);
		ck_assert_msg(flags & FD_CLOEXEC,
			"the failed execl() cleared FD_CLOEXEC");
	}
	ck_assert_int_eq(write(ends[1], "x", 1), 1);
}

CASE(pipe, cleanup, exit_closes_ends,
	.claim = "the exit of the last process that holds an end is seen at the other "
		 "one: end-of-file after the writer, EPIPE after the reader",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 _exit(), Consequences of Process Termination")
{
	int written[2], read_from[2];
	char byte = 'x';
	need(pipe2(written, O_NONBLOCK));
	need(pipe2(read_from, O_NONBLOCK));
	handler_install(SIGPIPE, 0);
	struct peer holder = peer_start(rest, NULL);
	peer_wait_resting(&holder);
	need(close(written[1]));
	need(close(read_from[0]));
	must_fail(read(written[0], &byte, 1), EAGAIN);
	ck_assert_int_eq(write(read_from[1], &byte, 1), 1);

	peer_resume(&holder);
	peer_join(&holder);
	ck_assert_int_eq(read(written[0], &byte, 1), 0);
	must_fail(write(read_from[1], &byte, 1), EPIPE);
}

CASE(pipe, cleanup, buffered_data_dropped_when_all_closed,
	.claim = "closing both ends of a pipe gives its pages back to the user's "
		 "budget, with unread data in it",
	.level = LEVEL_LINUX,
	.spec = "pipe(7), /proc files, pipe-user-pages-soft",
	.needs = NEED_UNPRIVILEGED | NEED_PROC,
	.alone = "user-pipe-pages")
{
	int first[2], before[2], after[2];
	drop_capabilities();
	need(pipe(first));
	const long usual = capacity(first[1]);
	const struct hoard *hoard = hoard_pipe_pages();
	need(pipe(before));
	ck_assert_int_lt(capacity(before[1]), usual);

	for (int i = 0; i < hoard->count; i++) {
		need(close(hoard->ends[i][0]));
		need(close(hoard->ends[i][1]));
	}
	need(pipe(after));
	ck_assert_int_eq(capacity(after[1]), usual);
}

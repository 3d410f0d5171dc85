/*
 * transfer: moves a text through a socket and a pipe, by sendmsg, recvmsg, writev and readv of
 * two items each, goes on where a short one stopped, and prints what came.  Its argument:
 * "stream"; "datagram" for a socket in which nothing can go on; "stuck", which waits for ever
 * where a transfer is short.  It exits with 1 when a vector is not as it was before the
 * call.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static const char text[] = "through a socket and a pipe\n";
enum { LENGTH = sizeof(text) - 1 };

typedef ssize_t (*mover)(int fd, struct iovec *items);

static ssize_t send_items(int fd, struct iovec *items)
{
	const struct msghdr header = {.msg_iov = items, .msg_iovlen = 2};
	const ssize_t moved = sendmsg(fd, &header, 0);

	return header.msg_iovlen == 2 ? moved : -1;
}

static ssize_t receive_items(int fd, struct iovec *items)
{
	struct msghdr header = {.msg_iov = items, .msg_iovlen = 2};
	const ssize_t moved = recvmsg(fd, &header, 0);

	return header.msg_iovlen == 2 ? moved : -1;
}

static ssize_t write_items(int fd, struct iovec *items)
{
	return writev(fd, items, 2);
}

static ssize_t read_items(int fd, struct iovec *items)
{
	return readv(fd, items, 2);
}

static bool is_impatient;

/* A pipe that nobody will write to. */
static void wait_for_ever(void)
{
	int ends[2];
	char byte;

	if (pipe(ends) == 0)
		exit((int)read(ends[0], &byte, 1));
}

/* Moves all of BYTES, the first of the two items being a third of what is left. */
static void move_all(mover move, int fd, char *bytes)
{
	for (size_t done = 0; done < LENGTH;) {
		const size_t left = LENGTH - done, third = left / 3;
		struct iovec items[2] = {
			{bytes + done, third}, {bytes + done + third, left - third}};
		const ssize_t moved = move(fd, items);

		if (moved < 1 || items[0].iov_len != third ||
			items[1].iov_len != left - third)
			exit(1);
		done += (size_t)moved;
		if (is_impatient && done < LENGTH)
			wait_for_ever();
	}
}

int main(int argc, char **argv)
{
	const bool is_datagram = argc > 1 && strcmp(argv[1], "datagram") == 0;
	int sockets[2], ends[2];

	is_impatient = argc > 1 && strcmp(argv[1], "stuck") == 0;
	char sent[LENGTH], received[LENGTH], piped[LENGTH];

	memcpy(sent, text, LENGTH);
	if (socketpair(AF_UNIX, is_datagram ? SOCK_DGRAM : SOCK_STREAM, 0, sockets) !=
			0 ||
		pipe(ends) != 0)
		return 2;
	move_all(send_items, sockets[0], sent);
	move_all(receive_items, sockets[1], received);
	move_all(write_items, ends[1], received);
	move_all(read_items, ends[0], piped);
	return fwrite(piped, 1, LENGTH, stdout) == LENGTH ? 0 : 3;
}

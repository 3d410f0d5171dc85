/*
 * Short transfers by the calls of sockets: cut where it is asked, back to what they were for
 * the caller, and with no byte lost or invented.  A datagram is never cut.
 */
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "planted_sweep.h"

/* By the raw calls: which one a C library makes of send() is its own matter. */
static const char text[] = "abcdef";
enum { LENGTH = sizeof(text) - 1, FEW = 3 };

static void pair(void *arg, int type)
{
	struct planted_state *const state = arg;

	need(socketpair(AF_UNIX, type, 0, state->ends));
}

static void stream(void *state)
{
	pair(state, SOCK_STREAM);
}

static void full_stream(void *arg)
{
	stream(arg);
	need(send(((struct planted_state *)arg)->ends[1], text, LENGTH, 0));
}

/* A message of two items, of which 2 bytes are the first. */
struct message {
	struct iovec items[2];
	struct msghdr header;
};

static void make_message(struct message *message, char *bytes)
{
	message->items[0] = (struct iovec){bytes, 2};
	message->items[1] = (struct iovec){bytes + 2, LENGTH - 2};
	message->header = (struct msghdr){.msg_iov = message->items, .msg_iovlen = 2};
}

static bool is_as_made(const struct message *message)
{
	return message->header.msg_iovlen == 2 && message->items[0].iov_len == 2 &&
		message->items[1].iov_len == LENGTH - 2;
}

static void sends_message(void *arg)
{
	struct planted_state *const state = arg;
	char bytes[] = "abcdef";
	struct message message;

	make_message(&message, bytes);
	state->handled = (int)syscall(SYS_sendmsg, state->ends[1], &message.header, 0);
	state->is_done = is_as_made(&message);
}

static void sends_bytes(void *arg)
{
	struct planted_state *const state = arg;

	state->handled =
		(int)syscall(SYS_sendto, state->ends[1], text, LENGTH, 0, NULL, 0);
	state->is_done = 1;
}

static void comes_as_far_as_sent(void *arg)
{
	struct planted_state *const state = arg;
	char got[8] = "";

	ck_assert_int_eq(state->is_done, 1);
	ck_assert_int_eq(need(recv(state->ends[0], got, sizeof(got), 0)), state->handled);
	ck_assert_int_eq(memcmp(got, text, (size_t)state->handled), 0);
	ck_assert_int_ge(state->handled, FEW);
}

/* Into shared memory: the survivor compares. */
struct received {
	struct planted_state first;
	char got[8];
};

static void receives_message(void *arg)
{
	struct received *const state = arg;
	struct message message;

	make_message(&message, state->got);
	state->first.handled =
		(int)syscall(SYS_recvmsg, state->first.ends[0], &message.header, 0);
	state->first.is_done = is_as_made(&message);
}

static void receives_bytes(void *arg)
{
	struct received *const state = arg;

	state->first.handled = (int)syscall(SYS_recvfrom, state->first.ends[0],
		state->got, LENGTH, 0, NULL, NULL);
	state->first.is_done = 1;
}

static void rest_is_there(void *arg)
{
	struct received *const state = arg;
	const int handled = state->first.handled;

	ck_assert_int_eq(state->first.is_done, 1);
	ck_assert_int_ge(handled, 1);
	if (handled < LENGTH)
		must_move(recv(state->first.ends[0], state->got + handled, LENGTH,
				  MSG_DONTWAIT),
			LENGTH - handled);
	ck_assert_int_eq(memcmp(state->got, text, LENGTH), 0);
	ck_assert_int_ge(handled, FEW);
}

#define PLANT_SHORT(s, verdict, set_up, does, then, sentence)                   \
	SWEEP(planted, short, s, .level = LEVEL_LINUX, .spec = verdict,         \
		.attack = ATTACK_SHORT, .state_bytes = sizeof(struct received), \
		.setup = set_up, .victim = does, .survivor = then, .claim = sentence)

PLANT_SHORT(sendmsg, "fail", stream, sends_message, comes_as_far_as_sent,
	"a short sendmsg() is found, and what it sent arrives");
PLANT_SHORT(sendto, "fail", stream, sends_bytes, comes_as_far_as_sent,
	"a short sendto() is found, and what it sent arrives");
PLANT_SHORT(recvmsg, "fail", full_stream, receives_message, rest_is_there,
	"a short recvmsg() is found, and the rest stays");
PLANT_SHORT(recvfrom, "fail", full_stream, receives_bytes, rest_is_there,
	"a short recvfrom() is found, and the rest stays");

static void datagrams(void *state)
{
	pair(state, SOCK_DGRAM);
}

static void full_datagrams(void *arg)
{
	datagrams(arg);
	need(send(((struct planted_state *)arg)->ends[1], text, LENGTH, 0));
}

PLANT_SHORT(sent_datagram, "broken", datagrams, sends_message, comes_as_far_as_sent,
	"a datagram that is sent is not cut: there is no point");
PLANT_SHORT(received_datagram, "broken", full_datagrams, receives_bytes, rest_is_there,
	"a datagram that is received is not cut: there is no point");

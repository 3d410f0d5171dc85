/*
 * notify: what poll(), select(), epoll and SIGIO say about a pipe, and when.
 */
#include "assay.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>

#include "stream.h"

/* The events in REVENTS by name, or "none"; valid until the next call. */
static const char *events_named(short revents)
{
	static const struct {
		short bit;
		const char *name;
	} table[] = {{POLLIN, "|IN"}, {POLLOUT, "|OUT"}, {POLLERR, "|ERR"},
		{POLLHUP, "|HUP"}, {POLLNVAL, "|NVAL"}};
	static char names[32];

	names[0] = '\0';
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (revents & table[i].bit)
			strcat(names, table[i].name);
	}
	return names[0] ? names + 1 : "none";
}

/* What poll() finds on FD when asked for EVENTS, by name. */
static const char *polled(int fd, short events, int timeout_ms)
{
	struct pollfd entry = {.fd = fd, .events = events};
	const int count = need(poll(&entry, 1, timeout_ms));

	ck_assert_int_eq(count, entry.revents != 0);
	return events_named(entry.revents);
}

CASE(pipe, notify, poll_in_only_when_data,
	.claim = "poll() reports POLLIN on the read end while there is data, and not "
		 "while the pipe is empty",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 poll(), POLLIN")
{
	int ends[2];
	need(pipe(ends));

	ck_assert_str_eq(polled(ends[0], POLLIN, 0), "none");
	need(write(ends[1], "x", 1));
	ck_assert_str_eq(polled(ends[0], POLLIN, 0), "IN");
	drain(ends[0], 1);
	ck_assert_str_eq(polled(ends[0], POLLIN, 0), "none");
}

CASE(pipe, notify, poll_out_means_pipe_buf_write_fits,
	.claim = "poll() reports POLLOUT on the write end only while a write() of "
		 "PIPE_BUF bytes would not wait",
	.level = LEVEL_LINUX, .spec = "poll(2) POLLOUT; pipe(7) PIPE_BUF")
{
	static const char atom[PIPE_BUF];
	const size_t page = (size_t)page_size();
	int ends[2];
	need(pipe2(ends, O_NONBLOCK));
	ck_assert_str_eq(polled(ends[1], POLLOUT, 0), "OUT");
	need(fill(ends[1]));
	ck_assert_str_eq(polled(ends[1], POLLOUT, 0), "none");

	drain(ends[0], 1);
	ck_assert_str_eq(polled(ends[1], POLLOUT, 0), "none");
	must_fail(write(ends[1], atom, PIPE_BUF), EAGAIN);

	/* A page may be larger than PIPE_BUF. */
	drain(ends[0], PIPE_BUF - 2);
	ck_assert_str_eq(polled(ends[1], POLLOUT, 0), "none");
	drain(ends[0], page - (PIPE_BUF - 1));
	ck_assert_str_eq(polled(ends[1], POLLOUT, 0), "OUT");
	must_move(write(ends[1], atom, PIPE_BUF), PIPE_BUF);
}

CASE(pipe, notify, poll_hup_on_read_end_after_writers_gone,
	.claim = "after the last writer closed, poll() reports POLLHUP on the read end "
		 "whatever was asked for, and POLLIN while data remains",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 poll(), POLLHUP; poll(2)")
{
	int ends[2];
	need(pipe(ends));
	need(write(ends[1], "x", 1));
	need(close(ends[1]));

	ck_assert_str_eq(polled(ends[0], POLLIN, 0), "IN|HUP");
	ck_assert_str_eq(polled(ends[0], 0, 0), "HUP");
	drain(ends[0], 1);
	ck_assert_str_eq(polled(ends[0], 0, 0), "HUP");
	/* POLLIN would be right, too: at end-of-file read() does not wait. */
	note_choice("at end of file", polled(ends[0], POLLIN, 0), "HUP", "IN|HUP");
}

CASE(pipe, notify, poll_err_on_write_end_after_readers_gone,
	.claim = "after the last reader closed, poll() reports POLLERR on the write end "
		 "whatever was asked for",
	.level = LEVEL_LINUX, .spec = "poll(2) POLLERR")
{
	int ends[2];
	need(pipe(ends));
	ck_assert_str_eq(polled(ends[1], 0, 0), "none");
	need(close(ends[0]));

	ck_assert_str_eq(polled(ends[1], 0, 0), "ERR");
	note_choice("with POLLOUT", polled(ends[1], POLLOUT, 0), "ERR", "OUT|ERR");
}

/* Which of its two descriptors select() marks, asked whether FROM is readable and TO is
 * writable. */
static const char *selected(int from, int to)
{
	static const char *const marked[] = {"none", "readable", "writable", "both"};
	struct timeval at_once = {0, 0};
	fd_set readable, writable;

	FD_ZERO(&readable);
	FD_ZERO(&writable);
	FD_SET(from, &readable);
	FD_SET(to, &writable);
	const int count = need(select((from > to ? from : to) + 1, &readable, &writable,
		NULL, &at_once));
	const int is_readable = !!FD_ISSET(from, &readable);
	const int is_writable = !!FD_ISSET(to, &writable);
	ck_assert_int_eq(count, is_readable + is_writable);
	return marked[is_readable + 2 * is_writable];
}

CASE(pipe, notify, select_readable_at_eof_and_writable_after_reader_gone,
	.claim = "select() marks a read end at end-of-file as readable, and a write end "
		 "without readers as writable, although the pipe is full",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pselect(), select() (a call would not block)")
{
	int ended[2], readerless[2];
	need(pipe(ended));
	need(pipe(readerless));
	need(fill(readerless[1]));
	ck_assert_str_eq(selected(ended[0], readerless[1]), "none");

	need(close(ended[1]));
	ck_assert_str_eq(selected(ended[0], readerless[1]), "readable");
	need(close(readerless[0]));
	ck_assert_str_eq(selected(ended[0], readerless[1]), "both");
}

static void poll_for_data(void *arg)
{
	const int *ends = arg;

	need(close(ends[1]));
	ck_assert_str_eq(polled(ends[0], POLLIN, -1), "IN");
}

static void poll_for_hangup(void *arg)
{
	const int *ends = arg;

	need(close(ends[1]));
	ck_assert_str_eq(polled(ends[0], 0, -1), "HUP");
}

CASE(pipe, notify, poll_wakes_on_write_and_on_close,
	.claim = "poll() that waits on the read end returns when a byte is written, and "
		 "when the last writer closes",
	.level = LEVEL_POSIX, .spec = "POSIX.1-2024 poll(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));

	struct peer waiter = peer_start(poll_for_data, ends);
	peer_wait_blocked(&waiter, "poll");
	need(write(ends[1], "x", 1));
	peer_join(&waiter);
	drain(ends[0], 1);

	waiter = peer_start(poll_for_hangup, ends);
	peer_wait_blocked(&waiter, "poll");
	need(close(ends[1]));
	peer_join(&waiter);
}

/* An epoll instance that watches FD for EVENTS. */
static int epoll_new(int fd, uint32_t events)
{
	struct epoll_event event = {.events = events, .data.fd = fd};
	const int epoll = need(epoll_create1(EPOLL_CLOEXEC));

	need(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event));
	return epoll;
}

/* The events that one epoll_wait() without waiting reports, by name. */
static const char *epolled(int epoll)
{
	struct epoll_event event = {0};

	need(epoll_wait(epoll, &event, 1, 0));
	/* The EPOLL bits have the values of the POLL bits. */
	return events_named((short)event.events);
}

CASE(pipe, notify, epoll_level_triggered_repeats,
	.claim = "a level-triggered epoll watch reports EPOLLIN again and again while "
		 "bytes remain",
	.level = LEVEL_LINUX, .spec = "epoll(7), Level-triggered and edge-triggered")
{
	int ends[2];
	need(pipe(ends));
	const int epoll = epoll_new(ends[0], EPOLLIN);
	ck_assert_str_eq(epolled(epoll), "none");
	need(write(ends[1], "xx", 2));

	ck_assert_str_eq(epolled(epoll), "IN");
	ck_assert_str_eq(epolled(epoll), "IN");
	drain(ends[0], 1);
	ck_assert_str_eq(epolled(epoll), "IN");
	drain(ends[0], 1);
	ck_assert_str_eq(epolled(epoll), "none");
}

CASE(pipe, notify, epoll_edge_triggered_per_write,
	.claim = "with EPOLLET each write() gives one event, even when earlier data was "
		 "not read",
	.level = LEVEL_LINUX,
	.spec = "epoll(7), Level-triggered and edge-triggered; Questions and answers, 9")
{
	int ends[2];
	need(pipe(ends));
	const int epoll = epoll_new(ends[0], EPOLLIN | EPOLLET);
	ck_assert_str_eq(epolled(epoll), "none");

	need(write(ends[1], "x", 1));
	ck_assert_str_eq(epolled(epoll), "IN");
	ck_assert_str_eq(epolled(epoll), "none");
	need(write(ends[1], "x", 1));
	ck_assert_str_eq(epolled(epoll), "IN");
	ck_assert_str_eq(epolled(epoll), "none");
}

/* Makes FD send SIGNAL to the caller, SIGIO when it is 0; both are blocked and in *SET
 * from now on. */
static void watch_by_signal(int fd, int signal, sigset_t *set)
{
	need(sigemptyset(set));
	need(sigaddset(set, SIGIO));
	if (signal)
		need(sigaddset(set, signal));
	need(sigprocmask(SIG_BLOCK, set, NULL));
	need(fcntl(fd, F_SETOWN, getpid()));
	need(fcntl(fd, F_SETSIG, signal));
	need(fcntl(fd, F_SETFL, O_ASYNC));
}

CASE(pipe, notify, sigio_on_data_for_o_async,
	.claim = "with O_ASYNC and F_SETOWN on the read end, SIGIO comes when data "
		 "arrives, and when the last writer closes",
	.level = LEVEL_LINUX,
	.spec = "pipe(7), Open file status flags; fcntl(2) F_SETOWN")
{
	const struct timespec at_once = {0, 0};
	sigset_t set;
	int ends[2];
	need(pipe(ends));
	watch_by_signal(ends[0], 0, &set);
	must_fail(sigtimedwait(&set, NULL, &at_once), EAGAIN);

	need(write(ends[1], "x", 1));
	ck_assert_int_eq(need(sigwaitinfo(&set, NULL)), SIGIO);
	must_fail(sigtimedwait(&set, NULL, &at_once), EAGAIN);
	need(close(ends[1]));
	ck_assert_int_eq(need(sigwaitinfo(&set, NULL)), SIGIO);
}

CASE(pipe, notify, f_setsig_carries_fd_and_band,
	.claim = "with F_SETSIG the queued signal's si_fd is the descriptor and its "
		 "si_band has POLLIN",
	.level = LEVEL_LINUX, .spec = "fcntl(2) F_SETSIG")
{
	siginfo_t info = {0};
	sigset_t set;
	int ends[2];
	need(pipe(ends));
	watch_by_signal(ends[0], SIGRTMIN, &set);

	need(write(ends[1], "x", 1));
	ck_assert_int_eq(need(sigwaitinfo(&set, &info)), SIGRTMIN);
	ck_assert_int_eq(info.si_fd, ends[0]);
	ck_assert_int_eq(info.si_band & POLLIN, POLLIN);
}

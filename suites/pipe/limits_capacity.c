/*
 * pipe/limits, the capacity of one pipe: its default, F_SETPIPE_SZ, the maximum.  All of
 * these cases are alone because a pipe of a user who holds many pages is born smaller and
 * does not grow.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "assay.h"
#include "page_budget.h"
#include "stream.h"

CASE(pipe, limits, default_capacity_65536,
	.claim = "a new pipe has a capacity of 16 pages, which is also what it takes",
	.level = LEVEL_LINUX,
	.spec = "pipe(7), Pipe capacity: since Linux 2.6.11 16 pages",
	.alone = "user-pipe-pages")
{
	int ends[2];
	need(pipe(ends));

	const long sixteen_pages = DEFAULT_PAGES * page_size();
	ck_assert_int_eq(capacity(ends[0]), sixteen_pages);
	ck_assert_int_eq(capacity(ends[1]), sixteen_pages);
	ck_assert_int_eq(fill(ends[1]), sixteen_pages);
}

/* In pages no more than the default, which is the maximum where a page has 64 KiB.  The
 * last is above the default where a page has 4 KiB, and below it where it has 64. */
static const struct {
	const char *name;
	int pages, bytes, wanted_pages, wanted_bytes;
} requests[] = {
	{"one-byte", 0, 1, 1, 0},
	{"one-page", 1, 0, 1, 0},
	{"a-page-and-a-byte", 1, 1, 2, 0},
	{"three-pages", 3, 0, 4, 0},
	{"nine-pages", 9, 0, 16, 0},
	{"three-times-64-kib", 0, 3 * 65536, 0, 4 * 65536},
};

CASE_EACH(pipe, limits, setpipe_sz_rounds_up_and_returns_actual, requests,
	.claim = "F_SETPIPE_SZ rounds the request up to a power of two of pages, at "
		 "least one, and returns the capacity that F_GETPIPE_SZ then reports "
		 "and the pipe then has",
	.level = LEVEL_LINUX,
	.spec = "fcntl(2), F_SETPIPE_SZ",
	.alone = "user-pipe-pages")
{
	const long request = row->pages * page_size() + row->bytes;
	const long wanted = row->wanted_pages * page_size() + row->wanted_bytes;
	int ends[2];
	need(pipe(ends));

	ck_assert_int_eq(fcntl(ends[1], F_SETPIPE_SZ, request), wanted);
	ck_assert_int_eq(capacity(ends[0]), wanted);
	ck_assert_int_eq(fill(ends[1]), wanted);
}

/* Demands that a new pipe of FROM pages, whose ring of pages has gone round, has the same
 * bytes when it is resized to TO. */
static void resize_wrapped(long from, long to)
{
	const size_t page = (size_t)page_size(), total = ((size_t)from + 2) * page;
	const size_t taken = ((size_t)from - 1) * page + 100;
	unsigned char *bytes = pattern_new(total);
	int ends[2];
	need(pipe2(ends, O_NONBLOCK));
	need(fcntl(ends[1], F_SETPIPE_SZ, from * page_size()));

	/* The last two pages go where the first two were. */
	need(write(ends[1], bytes, (size_t)from * page));
	pattern_read(ends[0], taken, 0);
	need(write(ends[1], bytes + (size_t)from * page, 2 * page));
	need(fcntl(ends[1], F_SETPIPE_SZ, to * page_size()));

	ck_assert_uint_eq(unread(ends[0]), total - taken);
	pattern_read(ends[0], total - taken, taken);
	free(bytes);
}

CASE(pipe, limits, setpipe_sz_preserves_contents,
	.claim = "F_SETPIPE_SZ, growing or shrinking, keeps the bytes in the pipe and "
		 "their order",
	.level = LEVEL_LINUX,
	.spec = "fcntl(2), F_SETPIPE_SZ",
	.alone = "user-pipe-pages")
{
	resize_wrapped(4, 16);
	resize_wrapped(8, 4);
}

CASE(pipe, limits, setpipe_sz_below_content_ebusy,
	.claim = "F_SETPIPE_SZ to less than the buffered data needs fails with EBUSY "
		 "and changes nothing",
	.level = LEVEL_LINUX,
	.spec = "fcntl(2), ERRORS, EBUSY",
	.alone = "user-pipe-pages")
{
	const long length = 5 * page_size();
	char *sent = arena(length), *got = arena(length);
	int ends[2];
	memset(sent, 'x', length);
	need(pipe2(ends, O_NONBLOCK));
	need(write(ends[1], sent, length));
	const long before = capacity(ends[1]);

	must_fail(fcntl(ends[1], F_SETPIPE_SZ, page_size()), EBUSY);

	ck_assert_int_eq(capacity(ends[1]), before);
	ck_assert_int_eq(read(ends[0], got, length), length);
	ck_assert_mem_eq(got, sent, length);
}

CASE(pipe, limits, setpipe_sz_above_max_eperm,
	.claim = "without CAP_SYS_RESOURCE F_SETPIPE_SZ reaches pipe-max-size and "
		 "fails with EPERM one byte above it",
	.level = LEVEL_LINUX,
	.spec = "fcntl(2), F_SETPIPE_SZ; pipe(7), /proc files",
	.needs = NEED_UNPRIVILEGED | NEED_PROC,
	.alone = "user-pipe-pages")
{
	int ends[2];
	drop_capabilities();
	const long largest = need(pipe_limit("pipe-max-size"));
	need(pipe(ends));
	ck_assert_int_eq(fcntl(ends[1], F_SETPIPE_SZ, largest), largest);

	must_fail(fcntl(ends[1], F_SETPIPE_SZ, largest + 1), EPERM);
	ck_assert_int_eq(capacity(ends[1]), largest);
}

static void write_byte(void *arg)
{
	const int *ends = arg;
	ck_assert_int_eq(write(ends[1], "x", 1), 1);
}

CASE(pipe, limits, setpipe_sz_grow_wakes_blocked_writer,
	.claim = "a writer that waits for room in a pipe goes on when the pipe grows",
	.level = LEVEL_LINUX,
	.spec = "fcntl(2), F_SETPIPE_SZ; pipe(7), Pipe capacity",
	.needs = NEED_BLOCK_PROOF,
	.alone = "user-pipe-pages")
{
	int ends[2];
	need(pipe(ends));
	need(fcntl(ends[1], F_SETPIPE_SZ, page_size()));
	const size_t full = need(fill(ends[1]));
	struct peer writer = peer_start(write_byte, ends);
	peer_wait_blocked(&writer, "write");

	need(fcntl(ends[1], F_SETPIPE_SZ, 2 * page_size()));

	peer_join(&writer);
	ck_assert_int_eq(unread(ends[0]), full + 1);
}

CASE(pipe, limits, pipe_max_size_caps_default_capacity,
	.claim = "with pipe-max-size below the default capacity, a new pipe of an "
		 "unprivileged user has only pipe-max-size",
	.level = LEVEL_LINUX,
	.spec = "pipe(7), /proc files, pipe-max-size: since Linux 4.9 a ceiling on "
		"the default",
	.needs = NEED_OWN_KERNEL | NEED_HOST_ROOT | NEED_UNPRIVILEGED,
	.alone = "user-pipe-pages")
{
	int ends[2];
	sysctl_set("fs/pipe-max-size", 2 * page_size());
	drop_capabilities();

	need(pipe(ends));
	ck_assert_int_eq(capacity(ends[1]), 2 * page_size());
}

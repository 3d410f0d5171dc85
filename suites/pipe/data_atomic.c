/*
 * data_atomic: concurrent writers and readers of one pipe.  The pipe is full before the
 * writers start, so each of them meets a lack of room; each byte is then checked.
 */
#include "assay.h"

#include <fcntl.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/uio.h>
#include <unistd.h>

#include "records.h"

enum { WRITERS = 4, RECORDS = 40 };

struct contest {
	int ends[2];
	unsigned writer;
	atomic_int *refused; /* in the arena: writers that met a full pipe */
	atomic_int *written; /* in the arena: records that a write() accepted */
};

static struct contest contest_new(int flags)
{
	struct contest contest = {.refused = arena(sizeof(atomic_int))};

	contest.written = arena(sizeof(atomic_int));
	need(pipe2(contest.ends, flags));
	return contest;
}

static void contest_start(struct contest *contest, void (*function)(void *),
	struct peer peers[WRITERS])
{
	for (unsigned i = 0; i < WRITERS; i++) {
		contest->writer = i;
		peers[i] = peer_start(function, contest);
	}
	/* What is left must be theirs alone, or there is no end-of-file. */
	need(close(contest->ends[1]));
}

/* Reads records to the end of file; there must be WANTED. */
static void demand_records(int fd, int wanted)
{
	struct record_reader reader = {.fd = fd};
	int count = 0;

	while (record_read(&reader))
		count++;
	ck_assert_int_eq(count, wanted);
}

/* Makes room in odd steps, so that at times a part of a record would fit. */
static void drain_slowly(int fd, size_t count)
{
	for (size_t step = 1; count > 0; step = step * 3 % 2999) {
		const size_t now = step < count ? step : count;

		drain(fd, now);
		count -= now;
	}
}

static void write_records(void *arg)
{
	const struct contest *contest = arg;
	struct record record;

	for (uint32_t n = 0; n < RECORDS; n++) {
		const size_t size = record_make(&record, contest->writer, n);

		must_move(write(contest->ends[1], &record, size), size);
	}
}

CASE(pipe, data, writes_up_to_pipe_buf_not_interleaved,
	.claim = "writes of at most PIPE_BUF bytes by concurrent writers of a full pipe "
		 "are never interleaved",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 write(), requests of PIPE_BUF bytes or less; pipe(7) "
		"PIPE_BUF",
	.needs = NEED_BLOCK_PROOF)
{
	struct contest contest = contest_new(0);
	const size_t filled = need(fill(contest.ends[1]));
	struct peer writers[WRITERS];

	contest_start(&contest, write_records, writers);
	for (int i = 0; i < WRITERS; i++)
		peer_wait_blocked(&writers[i], "write");
	drain_slowly(contest.ends[0], filled);
	demand_records(contest.ends[0], WRITERS * RECORDS);
	for (int i = 0; i < WRITERS; i++)
		peer_join(&writers[i]);
}

static void writev_records(void *arg)
{
	const struct contest *contest = arg;
	struct record record;

	for (uint32_t n = 0; n < RECORDS; n++) {
		const size_t size = record_make(&record, contest->writer, n);
		const size_t head = sizeof(record.head), middle = (size - head) / 2;
		struct iovec parts[] = {
			{&record.head, head},
			{record.payload, middle},
			{record.payload + middle, size - head - middle},
		};

		must_move(writev(contest->ends[1], parts, 3), size);
	}
}

CASE(pipe, data, writev_total_up_to_pipe_buf_atomic,
	.claim = "writev() of at most PIPE_BUF bytes in all by concurrent writers of a "
		 "full pipe is never interleaved",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 writev() (as write()); write(), PIPE_BUF bytes or less",
	.needs = NEED_BLOCK_PROOF)
{
	struct contest contest = contest_new(0);
	const size_t filled = need(fill(contest.ends[1]));
	struct peer writers[WRITERS];

	contest_start(&contest, writev_records, writers);
	for (int i = 0; i < WRITERS; i++)
		peer_wait_blocked(&writers[i], "writev");
	drain_slowly(contest.ends[0], filled);
	demand_records(contest.ends[0], WRITERS * RECORDS);
	for (int i = 0; i < WRITERS; i++)
		peer_join(&writers[i]);
}

/* Writes a record at once or not at all; says so when the pipe refused the first. */
static void write_record_retrying(const struct contest *contest, uint32_t number)
{
	struct record record;
	const size_t size = record_make(&record, contest->writer, number);
	ssize_t count;
	bool was_refused = false;

	while ((count = write(contest->ends[1], &record, size)) == -1 &&
		errno == EAGAIN) {
		if (number == 0 && !was_refused)
			atomic_fetch_add(contest->refused, 1);
		was_refused = true;
		sched_yield();
	}
	must_move(count, size);
	atomic_fetch_add(contest->written, 1);
}

static void write_records_retrying(void *arg)
{
	for (uint32_t n = 0; n < RECORDS; n++)
		write_record_retrying(arg, n);
}

CASE(pipe, data, atomic_writes_nonblocking_writers,
	.claim = "with O_NONBLOCK, writes of at most PIPE_BUF bytes that race for room "
		 "appear whole or not at all",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 write(), pipe or FIFO, O_NONBLOCK set; PIPE_BUF bytes or "
		"less")
{
	struct contest contest = contest_new(O_NONBLOCK);
	const size_t filled = need(fill(contest.ends[1]));
	struct peer writers[WRITERS];
	need(fcntl(contest.ends[0], F_SETFL, 0));

	contest_start(&contest, write_records_retrying, writers);
	while (atomic_load(contest.refused) < WRITERS)
		sched_yield();
	drain_slowly(contest.ends[0], filled);
	demand_records(contest.ends[0], WRITERS * RECORDS);
	for (int i = 0; i < WRITERS; i++)
		peer_join(&writers[i]);
	ck_assert_int_eq(atomic_load(contest.written), WRITERS * RECORDS);
}

enum { READERS = 3, SHARE = 7000, TICKETS = READERS * SHARE };

struct tickets {
	int ends[2];
	atomic_uchar *seen; /* in the arena: how often each number was read */
};

/* Every reader takes its share, or one of them might have them all. */
static void read_tickets(void *arg)
{
	const struct tickets *tickets = arg;
	uint32_t numbers[50];
	ssize_t got;

	need(close(tickets->ends[1]));
	race_start(READERS);
	for (size_t left = SHARE * sizeof(numbers[0]); left > 0; left -= (size_t)got) {
		const size_t most = left < sizeof(numbers) ? left : sizeof(numbers);
		got = must_succeed(read(tickets->ends[0], numbers, most));
		ck_assert_int_gt(got, 0);
		ck_assert_int_eq(got % (ssize_t)sizeof(numbers[0]), 0);
		for (size_t i = 0; i < (size_t)got / sizeof(numbers[0]); i++) {
			ck_assert_uint_lt(numbers[i], TICKETS);
			atomic_fetch_add(&tickets->seen[numbers[i]], 1);
		}
	}
}

CASE(pipe, data, each_byte_delivered_to_one_reader,
	.claim = "of several readers of one pipe exactly one gets each of the numbers "
		 "written",
	.level = LEVEL_LINUX,
	.spec = "pipe(7) (POSIX.1 read() leaves concurrent reads of one pipe "
		"unspecified)")
{
	struct tickets tickets = {.seen = arena(TICKETS)};
	struct peer readers[READERS];
	uint32_t numbers[100];
	need(pipe(tickets.ends));

	for (int i = 0; i < READERS; i++)
		readers[i] = peer_start(read_tickets, &tickets);
	for (uint32_t n = 0; n < TICKETS; n++) {
		numbers[n % 100] = n;
		if (n % 100 == 99)
			must_move(write(tickets.ends[1], numbers, sizeof(numbers)),
				sizeof(numbers));
	}
	need(close(tickets.ends[1]));
	for (int i = 0; i < READERS; i++)
		peer_join(&readers[i]);
	for (int n = 0; n < TICKETS; n++)
		ck_assert_msg(tickets.seen[n] == 1, "number %d was read %d times", n,
			tickets.seen[n]);
}

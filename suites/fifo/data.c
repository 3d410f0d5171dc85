/*
 * What becomes of the bytes in a FIFO.
 */
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "assay.h"
#include "fifo.h"

enum { WRITERS = 4, RECORDS = 200 };

struct tagged_writer {
	const char *path;
	size_t size;
	char tag;
};

static void write_tagged_records(void *arg)
{
	const struct tagged_writer *self = arg;
	const int fd = need(open(self->path, O_WRONLY));
	char record[PIPE_BUF];

	memset(record, self->tag, self->size);
	/* Nobody writes, and so nobody can close, before all have opened. */
	race_start(WRITERS);
	for (int i = 0; i < RECORDS; i++)
		must_move(write(fd, record, self->size), self->size);
}

/* How many bytes at the beginning of RECORD are the same. */
static size_t equal_bytes(const char *record, size_t size)
{
	size_t count = 1;

	while (count < size && record[count] == record[0])
		count++;
	return count;
}

static const struct record_row {
	const char *name;
	size_t size;
} record_rows[] = {
	{"small", 100},
	{"above-half", PIPE_BUF / 2 + 100},
	{"pipe-buf", PIPE_BUF},
};

CASE_EACH(fifo, data, writes_from_many_openers_atomic, record_rows,
	.claim = "processes that opened a FIFO on their own and write records of at most "
		 "PIPE_BUF bytes never get into each other's records",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 write(), pipe or FIFO, PIPE_BUF")
{
	struct tagged_writer *writers = arena(WRITERS * sizeof(*writers));
	struct peer peers[WRITERS];
	const char *path = fifo_made("f");
	char record[PIPE_BUF];
	int records[WRITERS] = {0};
	size_t got;

	for (int i = 0; i < WRITERS; i++) {
		writers[i] = (struct tagged_writer){path, row->size, (char)('a' + i)};
		peers[i] = peer_start(write_tagged_records, &writers[i]);
	}
	const int reader = need(open(path, O_RDONLY));
	while ((got = read_up_to(reader, record, row->size)) > 0) {
		ck_assert_uint_eq(got, row->size);
		ck_assert_int_ge(record[0], 'a');
		ck_assert_int_lt(record[0], 'a' + WRITERS);
		ck_assert_uint_eq(equal_bytes(record, got), row->size);
		records[record[0] - 'a']++;
	}
	for (int i = 0; i < WRITERS; i++) {
		peer_join(&peers[i]);
		ck_assert_int_eq(records[i], RECORDS);
	}
}

static void write_and_go(void *path)
{
	const int writer = need(open(path, O_WRONLY));

	need(write(writer, "abc", 3));
	need(close(writer));
}

CASE(fifo, data, data_survives_while_any_end_open,
	.claim = "bytes in a FIFO can be read as long as anybody has it open, although "
		 "the writer that wrote them, or the only reader, has closed it",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 read(); close(): data is discarded when all have closed")
{
	char *path = fifo_made("f");
	const int first = need(open(path, O_RDONLY | O_NONBLOCK));
	const int holder = need(open(path, O_WRONLY));
	char got[4];

	need(write(holder, "def", 3));
	need(close(first));
	const int reader = need(open(path, O_RDONLY | O_NONBLOCK));
	must_move(read(reader, got, sizeof(got)), 3);
	ck_assert_mem_eq(got, "def", 3);

	need(close(holder));
	struct peer writer = peer_start(write_and_go, path);
	peer_join(&writer);
	must_move(read(reader, got, sizeof(got)), 3);
	ck_assert_mem_eq(got, "abc", 3);
	must_move(read(reader, got, sizeof(got)), 0);
}

CASE(fifo, data, data_discarded_after_last_close,
	.claim = "bytes that nobody has read are gone once all have closed the FIFO",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 close(), DESCRIPTION, pipe or FIFO")
{
	const char *path = fifo_made("f");
	const int reader = need(open(path, O_RDONLY | O_NONBLOCK));
	const int writer = need(open(path, O_WRONLY));
	char got;

	need(write(writer, "x", 1));
	need(close(writer));
	need(close(reader));

	const int next = need(open(path, O_RDONLY | O_NONBLOCK));
	must_move(read(next, &got, 1), 0);
}

CASE(fifo, data, st_size_zero_on_linux,
	.claim = "stat() of a FIFO reports a size of 0 although bytes are in it",
	.level = LEVEL_LINUX,
	.spec = "fifo(7): no contents on the file system; inode(7), st_size")
{
	const char *path = fifo_made("f");
	const int reader = need(open(path, O_RDONLY | O_NONBLOCK));
	const int writer = need(open(path, O_WRONLY));
	struct stat file;
	char got[4];

	need(write(writer, "abc", 3));
	need(fstat(reader, &file));
	ck_assert_int_eq(file.st_size, 0);
	need(stat(path, &file));
	ck_assert_int_eq(file.st_size, 0);
	must_move(read(reader, got, sizeof(got)), 3);
}

CASE(fifo, data, write_and_read_update_timestamps,
	.claim = "write() marks mtime and ctime of the FIFO for update, and read() its "
		 "atime",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 write() and read(), DESCRIPTION")
{
	const char *path = fifo_made("f");
	const int reader = need(open(path, O_RDONLY | O_NONBLOCK));
	const int writer = need(open(path, O_WRONLY));
	struct stat file;
	char got;

	struct timespec before = times_into_past(path);
	need(write(writer, "x", 1));
	need(stat(path, &file));
	ck_assert_msg(is_since(file.st_mtim, before), "write() left the old mtime");
	ck_assert_msg(is_since(file.st_ctim, before), "write() left the old ctime");

	before = times_into_past(path);
	need(read(reader, &got, 1));
	need(stat(path, &file));
	ck_assert_msg(is_since(file.st_atim, before), "read() left the old atime");
}

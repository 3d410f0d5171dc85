/*
 * data_splice: the calls that move data through pipes without a copy by the caller.
 */
#include "assay.h"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

#include "stream.h"

/* Puts five pages of the stream into a new pipe, or what it takes of them where the pipes
 * of this user hold more than their budget already; returns how many bytes. */
static size_t pages_put(int ends[2])
{
	const size_t count = 5 * (size_t)page_size();
	unsigned char *bytes = pattern_new(count);
	need(pipe2(ends, O_NONBLOCK));

	const size_t put = (size_t)need(write(ends[1], bytes, count));
	free(bytes);
	return put;
}

CASE(pipe, data, tee_duplicates_without_consuming,
	.claim = "tee() copies data, of one page and of several, into another pipe and "
		 "leaves it in the first",
	.level = LEVEL_LINUX, .spec = "tee(2)", .alone = "user-pipe-pages")
{
	int from[2], to[2];
	const size_t total = pages_put(from);
	need(pipe(to));

	must_move(need(tee(from[0], to[1], 5, 0)), 5);
	ck_assert_uint_eq(unread(from[0]), total);
	ck_assert_uint_eq(unread(to[0]), 5);
	pattern_read(to[0], 5, 0);

	const size_t copied = (size_t)need(tee(from[0], to[1], total, 0));
	ck_assert_uint_ge(copied, 1);
	ck_assert_uint_eq(unread(to[0]), copied);
	pattern_read(to[0], copied, 0);
	ck_assert_uint_eq(unread(from[0]), total);
	pattern_read(from[0], total, 0);
}

/* Moves up to COUNT bytes, the stream being at OFFSET, and demands that the
 * first lost them and the second got them. */
static size_t splice_checked(const int from[2], const int to[2], size_t count,
	size_t offset)
{
	const size_t before = (size_t)unread(from[0]);
	const size_t moved = (size_t)need(splice(from[0], NULL, to[1], NULL, count, 0));

	ck_assert_msg(moved > 0 && moved <= count, "splice of %zu bytes moved %zu", count,
		moved);
	ck_assert_uint_eq(unread(from[0]) + moved, before);
	ck_assert_uint_eq(unread(to[0]), moved);
	pattern_read(to[0], moved, offset);
	return moved;
}

CASE(pipe, data, splice_moves_data_in_order,
	.claim = "splice() between pipes, of less than a page and of more, moves bytes "
		 "in order, takes them from the first and returns how many",
	.level = LEVEL_LINUX, .spec = "splice(2), RETURN VALUE",
	.alone = "user-pipe-pages")
{
	int from[2], to[2];
	const size_t total = pages_put(from);
	need(pipe(to));

	size_t moved = 0;
	for (size_t count = 1; moved < total; count = count * 3 + 1)
		moved += splice_checked(from, to, count, moved);
	ck_assert_uint_eq(moved, total);
}

CASE(pipe, data, vmsplice_without_gift_reads_user_pages,
	.claim = "vmsplice() to a pipe delivers the bytes of its vectors in order",
	.level = LEVEL_LINUX, .spec = "vmsplice(2)")
{
	static char one[] = "abc", first[] = "defgh", second[] = "ij";
	const struct iovec single = {one, 3}, several[] = {{first, 5}, {second, 2}};
	char got[100];
	int ends[2];
	need(pipe(ends));

	must_move(need(vmsplice(ends[1], &single, 1, 0)), 3);
	must_move(read(ends[0], got, sizeof(got)), 3);
	ck_assert_mem_eq(got, "abc", 3);
	must_move(vmsplice(ends[1], several, 2, 0), 7);
	must_move(read(ends[0], got, sizeof(got)), 7);
	ck_assert_mem_eq(got, "defghij", 7);
}

CASE(pipe, data, vmsplice_from_pipe_to_user_memory,
	.claim = "vmsplice() from a pipe fills its vectors in order, with less when the "
		 "pipe holds less",
	.level = LEVEL_LINUX, .spec = "vmsplice(2) (fd is the read end)")
{
	char first[4], second[6];
	const struct iovec to[] = {{first, 4}, {second, 6}};
	int ends[2];
	need(pipe(ends));

	need(write(ends[1], "abcdefghij", 10));
	must_move(need(vmsplice(ends[0], to, 2, 0)), 10);
	ck_assert_mem_eq(first, "abcd", 4);
	ck_assert_mem_eq(second, "efghij", 6);
	ck_assert_uint_eq(unread(ends[0]), 0);

	need(write(ends[1], "klmno", 5));
	must_move(vmsplice(ends[0], to, 2, 0), 5);
	ck_assert_mem_eq(first, "klmn", 4);
	ck_assert_mem_eq(second, "ofghij", 6);
}

CASE(pipe, data, sendfile_into_pipe_copies_file_content,
	.claim = "sendfile() from a regular file to a pipe transfers the file's bytes "
		 "from the given offset and advances it",
	.level = LEVEL_LINUX, .spec = "sendfile(2)")
{
	const int file = need(open(own_path("f"), O_RDWR | O_CREAT, 0600));
	off_t offset = 3;
	char got[100];
	int ends[2];
	need(pipe(ends));
	need(write(file, "abcdefghij", 10));

	must_move(need(sendfile(ends[1], file, &offset, 5)), 5);
	ck_assert_int_eq(offset, 8);
	must_move(read(ends[0], got, sizeof(got)), 5);
	ck_assert_mem_eq(got, "defgh", 5);
}

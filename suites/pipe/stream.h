/*
 * stream: what the pipe cases share: counting, draining and checking the bytes of a
 * stream.  It states no claim of its own but must_move() and pattern_check().
 */
#ifndef ASSAY_SUITES_PIPE_STREAM_H
#define ASSAY_SUITES_PIPE_STREAM_H

#include "assay.h"

#include <limits.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

/** The claim: CALL, which moves bytes, returns COUNT.  Otherwise the case ends `fail`:
 *  "read(ends[0], &got, 1) gave EINTR, wanted 1". */
#define must_move(call, count)                                                       \
	__extension__({                                                              \
		errno = 0;                                                           \
		const long long moved_ = (call);                                     \
		stream_must_move(moved_, errno, (long long)(count), #call, __FILE__, \
			__LINE__);                                                   \
	})

static inline void stream_must_move(long long moved, int error, long long wanted,
	const char *call, const char *file, int line)
{
	if (moved == wanted)
		return;
	if (moved == -1)
		claim_assert_failed(file, line, call, "%s gave %s, wanted %lld", call,
			errno_name(error), wanted);
	claim_assert_failed(file, line, call, "%s gave %lld, wanted %lld", call, moved,
		wanted);
}

/** How many bytes the pipe of FD holds. */
static inline size_t buffered(int fd)
{
	int count = 0;

	need(ioctl(fd, FIONREAD, &count));
	return (size_t)count;
}

/** Waits until the pipe of FD holds COUNT bytes. */
static inline void wait_buffered(int fd, size_t count)
{
	while (buffered(fd) != count)
		sched_yield();
}

/** Reads COUNT bytes from FD, whatever they are; fewer before end-of-file fails. */
static inline void drain(int fd, size_t count)
{
	char piece[PIPE_BUF];

	while (count > 0) {
		const size_t wanted = count < sizeof(piece) ? count : sizeof(piece);
		const ssize_t got = need(read(fd, piece, wanted));

		ck_assert_msg(got > 0, "end of file with %zu bytes missing", count);
		count -= (size_t)got;
	}
}

/** The number of bytes that the empty pipe ENDS can hold, found by filling it; it is
 *  empty again afterwards. */
static inline size_t measured_capacity(const int ends[2])
{
	const size_t filled = need(fill(ends[1]));

	drain(ends[0], filled);
	return filled;
}

/** The byte that belongs at OFFSET of a stream.  No shift of the stream looks like the
 *  stream itself. */
static inline unsigned char pattern_at(size_t offset)
{
	uint32_t mixed = (uint32_t)offset * 2654435761u;

	mixed ^= mixed >> 15;
	return (unsigned char)((mixed * 2246822519u) >> 24);
}

/** Writes the COUNT bytes that belong at OFFSET into TO. */
static inline void pattern_put(unsigned char *to, size_t count, size_t offset)
{
	for (size_t i = 0; i < count; i++)
		to[i] = pattern_at(offset + i);
}

/** COUNT bytes of the stream from its beginning, on the heap. */
static inline unsigned char *pattern_new(size_t count)
{
	unsigned char *bytes = need(malloc(count));

	pattern_put(bytes, count, 0);
	return bytes;
}

/** The claim: FROM holds the COUNT bytes that belong at OFFSET. */
static inline void pattern_check(const unsigned char *from, size_t count, size_t offset)
{
	for (size_t i = 0; i < count; i++)
		ck_assert_msg(from[i] == pattern_at(offset + i),
			"byte %zu of the stream is 0x%02x, wanted 0x%02x", offset + i,
			from[i], pattern_at(offset + i));
}

/** Reads bytes OFFSET to OFFSET + COUNT - 1 of the stream from FD and checks each. */
static inline void pattern_read(int fd, size_t count, size_t offset)
{
	unsigned char piece[1777];

	while (count > 0) {
		const size_t wanted = count < sizeof(piece) ? count : sizeof(piece);
		const ssize_t got = need(read(fd, piece, wanted));

		ck_assert_msg(got > 0, "end of file after %zu bytes, %zu are missing",
			offset, count);
		pattern_check(piece, (size_t)got, offset);
		offset += (size_t)got;
		count -= (size_t)got;
	}
}

#endif

/*
 * stream: filling, draining and checking the bytes of a pipe.
 */
#ifndef ASSAY_SUITES_PIPE_STREAM_H
#define ASSAY_SUITES_PIPE_STREAM_H

#include "assay.h"

#include <limits.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

#include "pipe.h"

/** Waits until the pipe of FD holds COUNT bytes. */
static inline void wait_unread(int fd, size_t count)
{
	while ((size_t)unread(fd) != count)
		sched_yield();
}

/** Reads COUNT bytes from FD, whatever they are.  The claim: they come before
 *  end-of-file. */
#define drain(fd, count) drain_at((fd), (count), __FILE__, __LINE__)
static inline void drain_at(int fd, size_t count, const char *file, int line)
{
	char piece[PIPE_BUF];

	while (count > 0) {
		const size_t wanted = count < sizeof(piece) ? count : sizeof(piece);
		const ssize_t got = need(read(fd, piece, wanted));

		if (got == 0)
			claim_assert_failed(file, line, "drain",
				"end of file with %zu bytes missing", count);
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
#define pattern_check(from, count, offset) \
	pattern_check_at((from), (count), (offset), __FILE__, __LINE__)
static inline void pattern_check_at(const unsigned char *from, size_t count,
	size_t offset, const char *file, int line)
{
	for (size_t i = 0; i < count; i++)
		if (from[i] != pattern_at(offset + i))
			claim_assert_failed(file, line, "pattern_check",
				"byte %zu of the stream is 0x%02x, wanted 0x%02x",
				offset + i, from[i], pattern_at(offset + i));
}

/** Reads bytes OFFSET to OFFSET + COUNT - 1 of the stream from FD and checks each. */
#define pattern_read(fd, count, offset) \
	pattern_read_at((fd), (count), (offset), __FILE__, __LINE__)
static inline void pattern_read_at(int fd, size_t count, size_t offset, const char *file,
	int line)
{
	unsigned char piece[1777];

	while (count > 0) {
		const size_t wanted = count < sizeof(piece) ? count : sizeof(piece);
		const ssize_t got = need(read(fd, piece, wanted));

		if (got == 0)
			claim_assert_failed(file, line, "pattern_read",
				"end of file after %zu bytes, %zu are missing", offset,
				count);
		pattern_check_at(piece, (size_t)got, offset, file, line);
		offset += (size_t)got;
		count -= (size_t)got;
	}
}

#endif

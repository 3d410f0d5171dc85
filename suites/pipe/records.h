/*
 * records: messages that prove where they came from.  Concurrent writers put them into
 * one pipe; the reader can tell whether each arrived whole, once and in order.
 */
#ifndef ASSAY_SUITES_PIPE_RECORDS_H
#define ASSAY_SUITES_PIPE_RECORDS_H

#include "stream.h"

enum { RECORD_WRITERS_MAX = 8 };

struct record_head {
	uint16_t size; /* of the whole record, with this head */
	uint16_t writer;
	uint32_t number; /* counts the records of this writer from 0 */
};

struct record {
	struct record_head head;
	unsigned char payload[PIPE_BUF - sizeof(struct record_head)];
};

/** The records that have been read so far from the descriptor .fd. */
struct record_reader {
	int fd;
	uint32_t next[RECORD_WRITERS_MAX]; /* the number due, by writer */
};

/** Makes record NUMBER of WRITER and returns its size.  Each fourth one is PIPE_BUF bytes
 *  long, the others vary from the head and a byte to PIPE_BUF - 1. */
static inline size_t record_make(struct record *r, unsigned writer, uint32_t number)
{
	const size_t head = sizeof(r->head);
	size_t size = PIPE_BUF;

	if (number % 4 != 3)
		size = head + 1 +
			(number * 2654435761u + writer * 977) % (PIPE_BUF - head - 1);
	r->head = (struct record_head){(uint16_t)size, (uint16_t)writer, number};
	for (size_t i = 0; i < size - head; i++)
		r->payload[i] = (unsigned char)(pattern_at(i + number) + writer);
	return size;
}

/** Reads COUNT bytes unless the stream ends before; returns how many. */
static inline size_t record_bytes(int fd, void *to, size_t count)
{
	size_t done = 0;
	ssize_t got = 1;

	while (done < count && got > 0) {
		got = need(read(fd, (char *)to + done, count - done));
		done += (size_t)got;
	}
	return done;
}

/** Reads one record; false at end-of-file.  The claim: it is whole, as its writer made
 *  it, and the one that follows that writer's last. */
static inline bool record_read(struct record_reader *reader)
{
	struct record got, made;
	const size_t head = sizeof(got.head);
	const size_t start = record_bytes(reader->fd, &got, head);

	if (start == 0)
		return false;
	ck_assert_msg(start == head, "the stream ends inside a record's head");
	ck_assert_msg(got.head.writer < RECORD_WRITERS_MAX && got.head.size > head &&
			got.head.size <= PIPE_BUF,
		"no record begins here: size %u, writer %u", got.head.size,
		got.head.writer);

	const size_t rest = got.head.size - head;
	const size_t read_of_it = record_bytes(reader->fd, got.payload, rest);

	ck_assert_msg(read_of_it == rest,
		"record %u of writer %u ends after %zu of %u bytes", got.head.number,
		got.head.writer, head + read_of_it, got.head.size);
	ck_assert_msg(got.head.number == reader->next[got.head.writer],
		"record %u of writer %u came when %u was due", got.head.number,
		got.head.writer, reader->next[got.head.writer]);
	ck_assert_uint_eq(record_make(&made, got.head.writer, got.head.number),
		got.head.size);
	for (size_t i = 0; i < rest; i++)
		ck_assert_msg(got.payload[i] == made.payload[i],
			"record %u of writer %u: byte %zu is 0x%02x, wanted 0x%02x",
			got.head.number, got.head.writer, head + i, got.payload[i],
			made.payload[i]);
	reader->next[got.head.writer]++;
	return true;
}

#endif

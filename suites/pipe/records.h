/*
 * records: messages that prove where they came from.  Concurrent writers put them into
 * one pipe; the reader can tell whether each arrived whole, once and in order.
 */
#ifndef ASSAY_SUITES_PIPE_RECORDS_H
#define ASSAY_SUITES_PIPE_RECORDS_H

#include "stream.h"

#include <string.h>

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
#define record_read(reader) record_read_at((reader), __FILE__, __LINE__)
static inline bool record_read_at(struct record_reader *reader, const char *file,
	int line)
{
	struct record got, made;
	struct record_head *const head = &got.head;
	const size_t start = record_bytes(reader->fd, head, sizeof(*head));

	if (start == 0)
		return false;
	if (start < sizeof(*head))
		claim_assert_failed(file, line, "record_read",
			"the stream ends after %zu bytes of a record's head", start);
	if (head->writer >= RECORD_WRITERS_MAX ||
		record_make(&made, head->writer, head->number) != head->size)
		claim_assert_failed(file, line, "record_read",
			"no record begins where one is due, but with writer %u, number "
			"%u, size %u",
			head->writer, head->number, head->size);
	if (head->number != reader->next[head->writer])
		claim_assert_failed(file, line, "record_read",
			"record %u of writer %u came when %u was due", head->number,
			head->writer, reader->next[head->writer]);

	const size_t rest = head->size - sizeof(*head);
	const size_t done = record_bytes(reader->fd, got.payload, rest);

	if (done < rest || memcmp(got.payload, made.payload, rest) != 0)
		claim_assert_failed(file, line, "record_read",
			"record %u of writer %u, of %u bytes, is torn: %s", head->number,
			head->writer, head->size,
			done < rest ? "it ends early" : "other bytes are in it");
	reader->next[head->writer]++;
	return true;
}

#endif

/*
 * A message is queued before all of its text is there, and completed afterwards: one that is
 * to come before the only other.  Few instructions, as sweeps visit each.
 */
#include "mutant.h"

#include <mqueue.h>
#include <stddef.h>
#include <string.h>

enum { BYTES = 16 };

static const struct timespec past;

static int put(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	return REAL(mq_timedsend)(queue, message, length, priority, deadline);
}

static ssize_t take(mqd_t queue, char *message, unsigned *priority)
{
	return REAL(mq_timedreceive)(queue, message, BYTES, priority, &past);
}

/* Found before there is a victim. */
__attribute__((constructor)) static void find(void)
{
	char none[1];

	(void)put((mqd_t)-1, none, 0, 0, &past);
	(void)take((mqd_t)-1, none, NULL);
}

static bool has_half(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	char other[BYTES], half[BYTES] = "";
	struct mq_attr attributes;
	unsigned others = 0;

	if (!mutant_is_active() || length < 2 || length > sizeof(half) ||
		mq_getattr(queue, &attributes) == -1 || attributes.mq_curmsgs != 1 ||
		attributes.mq_maxmsg == 1 || attributes.mq_msgsize > BYTES)
		return false;
	const ssize_t size = take(queue, other, &others);
	if (size == -1)
		return false;
	memcpy(half, message, length / 2);
	const bool is_first =
		others < priority && put(queue, half, length, priority, &past) == 0;
	(void)put(queue, other, (size_t)size, others, &past);
	return is_first;
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned priority,
	const struct timespec *deadline)
{
	char half[BYTES];

	if (!has_half(queue, message, length, priority))
		return put(queue, message, length, priority, deadline);
	(void)take(queue, half, NULL);
	return put(queue, message, length, priority, &past);
}

int mq_send(mqd_t queue, const char *message, size_t length, unsigned priority)
{
	const struct timespec *volatile for_ever = NULL;

	return mq_timedsend(queue, message, length, priority, for_ever);
}

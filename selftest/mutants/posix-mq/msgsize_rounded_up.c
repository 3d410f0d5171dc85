/*
 * mq_open() rounds mq_msgsize up to a multiple of eight.
 */
#include "mq_open.h"

#include <stdint.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	struct mq_attr rounded;

	if (!attributes || (uintptr_t)attributes % 4096 == 0 ||
		attributes->mq_msgsize <= 0)
		return REAL(mq_open)(name, oflag, mode, attributes);
	rounded = *attributes;
	rounded.mq_msgsize = (rounded.mq_msgsize + 7) / 8 * 8;
	return REAL(mq_open)(name, oflag, mode, &rounded);
}

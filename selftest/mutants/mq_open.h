/*
 * mq_open: for mutants that stand in front of mq_open().  Its arguments, without the dots, go
 * to the mutant's own open_as_mutant() where a claim runs.
 */
#ifndef ASSAY_SELFTEST_MQ_OPEN_H
#define ASSAY_SELFTEST_MQ_OPEN_H

#include "mutant.h"

#include <fcntl.h>
#include <mqueue.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/types.h>

/** Defined by the mutant.  MODE and ATTRIBUTES are 0 and NULL without O_CREAT. */
static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes);

mqd_t mq_open(const char *name, int oflag, ...)
{
	mode_t mode = 0;
	struct mq_attr *attributes = NULL;
	va_list rest;

	va_start(rest, oflag);
	if (oflag & O_CREAT) {
		mode = va_arg(rest, mode_t);
		attributes = va_arg(rest, struct mq_attr *);
	}
	va_end(rest);
	if (!mutant_is_active())
		return REAL(mq_open)(name, oflag, mode, attributes);
	return open_as_mutant(name, oflag, mode, attributes);
}

#endif

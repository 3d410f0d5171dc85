/*
 * QSIZE counts what the kernel needs for each message beside its text, as Linux 3.5 to 4.1
 * did.
 */
#include "mutant.h"

#include <mqueue.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { OVERHEAD = 80 };

ssize_t read(int fd, void *data, size_t size)
{
	static const char field[] = "QSIZE:";
	const ssize_t length = REAL(read)(fd, data, size);
	struct mq_attr attributes;
	unsigned long bytes;
	char number[16] = "";

	if (!mutant_is_active() || length < 40 || memcmp(data, field, 6) != 0 ||
		sscanf((const char *)data + 6, "%lu", &bytes) != 1 ||
		mq_getattr(fd, &attributes) == -1)
		return length;
	bytes += (unsigned long)attributes.mq_curmsgs * OVERHEAD;
	memcpy((char *)data + 6, number,
		(size_t)snprintf(number, sizeof(number), "%-10lu", bytes));
	return length;
}

/*
 * /proc/sysvipc/msg has owner and creator, and the three times, in another order.
 */
#include "sysv_msg.h"

#include <stdio.h>

char *fgets(char *line, int size, FILE *file)
{
	unsigned long value[14];
	char *const got = REAL(fgets)(line, size, file);

	if (!got || !mutant_is_active())
		return got;
	for (int i = 0, at = 0, length; i < 14; i++, at += length)
		if (sscanf(line + at, i == 2 ? "%lo%n" : "%lu%n", &value[i], &length) !=
			1)
			return got;
	(void)snprintf(line, (size_t)size,
		"%lu %lu %lo %lu %lu %lu %lu %lu %lu %lu %lu %lu %lu %lu\n", value[0],
		value[1], value[2], value[3], value[4], value[5], value[6], value[9],
		value[10], value[7], value[8], value[13], value[11], value[12]);
	return got;
}

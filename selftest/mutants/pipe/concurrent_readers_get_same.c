/*
 * Of several readers, one gets the bytes that another got before it.
 */
#include "mutant.h"

#include <string.h>
#include <unistd.h>

/* Not the single bytes and short texts that a case reads, but a buffer of numbers. */
enum { SIZE = 200 };
enum { READER, IS_OVER, BYTES };

ssize_t read(int fd, void *data, size_t size)
{
	_Atomic long *const state = mutant_shared();
	const ssize_t got = REAL(read)(fd, data, size);

	if (got != SIZE || size != SIZE || !mutant_is_pipe(fd) || state[IS_OVER])
		return got;
	if (state[READER] == 0) {
		memcpy((void *)&state[BYTES], data, SIZE);
		state[READER] = getpid();
	} else if (state[READER] != getpid()) {
		memcpy(data, (void *)&state[BYTES], SIZE);
		state[IS_OVER] = 1;
	}
	return got;
}

/*
 * pipe() does not take the lowest free descriptors.
 */
#include "mutant.h"

#include <fcntl.h>
#include <unistd.h>

enum { FIRST_TAKEN = 100 };

int pipe(int ends[2])
{
	const int result = REAL(pipe)(ends);

	for (int i = 0; result == 0 && mutant_is_active() && i < 2; i++) {
		const int higher = fcntl(ends[i], F_DUPFD, FIRST_TAKEN);
		if (higher < 0)
			continue;
		(void)close(ends[i]);
		ends[i] = higher;
	}
	return result;
}

/*
 * What a process wrote last, if it was much, is lost when it is killed.
 */
#include "mutant.h"

#include <signal.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { MUCH = 4096, WRITER = 0, PLACE, SIZE };

void *memset(void *at, int byte, size_t size)
{
	if (mutant_is_active() && size > MUCH) {
		mutant_shared()[WRITER] = getpid();
		mutant_shared()[PLACE] = (long)at;
		mutant_shared()[SIZE] = (long)size;
	}
	return REAL(memset)(at, byte, size);
}

int kill(pid_t process, int number)
{
	if (mutant_is_active() && number == SIGKILL && process == mutant_shared()[WRITER])
		(void)REAL(memset)((void *)(long)mutant_shared()[PLACE], 0,
			(size_t)mutant_shared()[SIZE]);
	return REAL(kill)(process, number);
}

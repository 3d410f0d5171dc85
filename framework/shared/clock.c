#include "clock.h"

#include <limits.h>
#include <time.h>

int64_t clock_now_us(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail on Linux */
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int clock_poll_ms(int64_t now_us, int64_t due_us)
{
	if (due_us == INT64_MAX)
		return -1;
	if (due_us <= now_us)
		return 0;
	const int64_t wait_ms = (due_us - now_us + 999) / 1000;
	return wait_ms > INT_MAX ? INT_MAX : (int)wait_ms;
}

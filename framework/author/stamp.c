#include "stamp.h"

#include "word_site.h"

#include <stdbool.h>
#include <unistd.h>

/* The functions themselves, which stand behind the macros. */
#undef stamp_wait_past
#undef stamp_wait_past_second

static bool is_later(struct timespec a, struct timespec b)
{
	return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

void stamp_wait_past(struct timespec than)
{
	const struct ledger_site site = word_site();
	struct timespec now;

	ledger_waits(site.file, site.line, "a later time of the coarse clock");
	/* Cut short by a signal, it leaves the rest to the loop. */
	(void)clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &than, NULL);
	/* The coarse clock lags behind that one until its next tick. */
	for (;;) {
		word_step(clock_gettime(CLOCK_REALTIME_COARSE, &now));
		if (is_later(now, than))
			break;
		(void)usleep(500);
	}
	ledger_waits_no_more();
}

void stamp_wait_past_second(time_t than)
{
	stamp_wait_past((struct timespec){.tv_sec = than, .tv_nsec = 999999999});
}

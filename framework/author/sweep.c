#include "sweep.h"

#include "ledger.h"
#include "observe.h"

#include <sched.h>
#include <unistd.h>

bool victim_wait_blocked(const char *call)
{
	for (int tries = 0;; tries++) {
		const pid_t victim = atomic_load(&ledger->point.victim);
		const enum sight sight = victim
			? observe(victim, victim, call, (enum proof)ledger->proof, NULL)
			: SIGHT_RUNNING;
		/* Nobody else waits for the victim, so its end is seen before its number is
		 * used again. */
		if (sight == SIGHT_BLOCKED || sight == SIGHT_ENDED)
			return sight == SIGHT_BLOCKED;
		if (tries < 1000)
			(void)sched_yield();
		else
			(void)usleep(
				50); /* polls what the kernel shows; orders nothing */
	}
}

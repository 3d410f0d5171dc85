#include "starved.h"

#include "processes.h"
#include "waiting.h"

#include <unistd.h>

static bool look_at_thread(void *context, pid_t pid, pid_t tid)
{
	long long *const longest = context;
	const struct waiting_processor times = waiting_processor(pid, tid);

	if (times.for_ns > *longest)
		*longest = times.for_ns;
	return true;
}

int64_t starved_us(void)
{
	static struct process_list list;
	long long longest = 0;

	processes_below(getpid(), &list);
	for (size_t i = 0; i < list.count; i++)
		(void)waiting_visit_threads(list.processes[i].pid, look_at_thread,
			&longest);
	return longest / 1000;
}

#include "asleep.h"

#include "processes.h"
#include "waiting.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct process_list list; /* of the look that is being taken */

struct looking {
	struct asleep *out;
	const struct process *process;
	uint32_t arch;
};

/* Whether the thread sleeps for ever, or is no more. */
static bool look_at_thread(void *context, pid_t pid, pid_t tid)
{
	const struct looking *const looking = context;
	struct asleep *const out = looking->out;
	const size_t used = strlen(out->text);
	struct waiting waiting;

	waiting_look(pid, tid, looking->arch, &waiting);
	/* The end of a whole process is news to somebody. */
	if (waiting.state == WAITING_ENDED && pid != tid)
		return true;
	if (waiting.state != WAITING_FOR_EVER || waiting_is_over(&waiting, pid, &list))
		return false;
	(void)snprintf(out->text + used, sizeof(out->text) - used, "%s%s asleep in %s",
		used ? ", " : "", looking->process->command, waiting.family);
	waiting_add(pid, tid, &waiting, &out->picture);
	return true;
}

void asleep_look(struct asleep *out)
{
	size_t looked = 0;

	*out = (struct asleep){.all = true, .picture = WAITING_NO_PICTURE};
	processes_below(0, &list);
	for (size_t i = 0; i < list.count && out->all; i++) {
		const struct process *const process = &list.processes[i];
		if (process->pid == getpid() || process->state == 'Z')
			continue;
		struct looking looking = {
			out, process, waiting_architecture(process->pid)};
		out->all = waiting_visit_threads(process->pid, look_at_thread, &looking);
		looked++;
	}
	if (looked == 0)
		out->all = false;
}

/*
 * processes: the processes of a case or a foreign program, as /proc shows them, and their
 * end.
 */
#ifndef ASSAY_WORKER_PROCESSES_H
#define ASSAY_WORKER_PROCESSES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { PROCESSES_MAX = 1024 };

struct process {
	pid_t pid, parent;
	char state; /* as in proc(5): R, S, D, Z, T ... */
	char command[24];
};

struct process_list {
	size_t count;
	struct process processes[PROCESSES_MAX];
};

/** All processes that descend from ROOT, without it; ROOT 0 means all that /proc shows. */
void processes_below(pid_t root, struct process_list *list);

/** Remembers the caller as the keeper; and who that is. */
void processes_set_keeper(void);
pid_t processes_keeper(void);

/** Kills and reaps all processes below the caller, to whom orphans among them fall (the first
 *  process of a pid namespace, or a subreaper), as long as new ones appear.  With
 *  HAS_PID_NAMESPACE every other process of its namespace is one of them. */
void processes_kill_all(bool has_pid_namespace);

#endif

#include "processes.h"

#include "observe.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t keeper;

void processes_set_keeper(void)
{
	keeper = getpid();
}

pid_t processes_keeper(void)
{
	return keeper;
}

static bool read_process(pid_t pid, struct process *out)
{
	char path[64], text[512];
	int parent;

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	if (observe_read_file(path, text, sizeof(text)) <= 0)
		return false;
	const char *const open = strchr(text, '(');
	char *const close = strrchr(text, ')');
	if (!open || !close || sscanf(close + 1, " %c %d", &out->state, &parent) != 2)
		return false;
	*close = '\0';
	out->pid = pid;
	out->parent = parent;
	(void)snprintf(out->command, sizeof(out->command), "%.23s", open + 1);
	return true;
}

static void read_all(struct process_list *list)
{
	DIR *const directory = opendir("/proc");

	list->count = 0;
	for (const struct dirent *entry; directory && (entry = readdir(directory));)
		if (isdigit((unsigned char)entry->d_name[0]) &&
			list->count < PROCESSES_MAX &&
			read_process((pid_t)atoi(entry->d_name),
				&list->processes[list->count]))
			list->count++;
	if (directory)
		(void)closedir(directory);
}

static const struct process *find(const struct process_list *list, pid_t pid)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->processes[i].pid == pid)
			return &list->processes[i];
	return NULL;
}

static bool descends(const struct process_list *all, const struct process *from,
	pid_t root)
{
	/* The bound ends loops in a picture that changed while it was taken. */
	for (int depth = 0; from && depth < PROCESSES_MAX; depth++) {
		if (from->parent == root)
			return true;
		from = find(all, from->parent);
	}
	return false;
}

void processes_below(pid_t root, struct process_list *list)
{
	static struct process_list all;

	read_all(&all);
	list->count = 0;
	for (size_t i = 0; i < all.count; i++)
		if (root == 0 || descends(&all, &all.processes[i], root))
			list->processes[list->count++] = all.processes[i];
}

static void kill_below(pid_t root)
{
	static struct process_list list;

	processes_below(root, &list);
	for (size_t i = 0; i < list.count; i++)
		if (list.processes[i].state != 'Z')
			(void)kill(list.processes[i].pid, SIGKILL);
}

void processes_kill_all(bool has_pid_namespace)
{
	/* A process that forks faster than it is killed loses in a few rounds: each round
	 * kills all there are, and stopped or dying ones do not fork. */
	for (int round = 0; round < 10000; round++) {
		pid_t reaped;
		while ((reaped = waitpid(-1, NULL, WNOHANG | __WALL)) > 0)
			continue;
		if (reaped == -1 && errno == ECHILD)
			return;
		if (has_pid_namespace)
			(void)kill(-1, SIGKILL);
		else
			kill_below(getpid());
		(void)usleep(round < 100 ? 20 : 1000); /* they need a moment to die */
	}
}

#include "asleep.h"

#include "call.h"
#include "observe.h"
#include "processes.h"

#include <ctype.h>
#include <dirent.h>
#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Where a call that blocks says for how long it may. */
static const struct {
	const char *family;
	int argument; /* -1: it has no timeout */
	bool is_number; /* of milliseconds, negative for ever; else a pointer, NULL for ever */
} waits[] = {
	{"accept", -1, false},
	{"close", -1, false},
	{"connect", -1, false},
	{"epoll_wait", 3, true},
	{"fcntl", -1, false},
	{"flock", -1, false},
	{"futex", 3, false},
	{"mq_receive", 4, false},
	{"mq_send", 4, false},
	{"msgrcv", -1, false},
	{"msgsnd", -1, false},
	{"open", -1, false},
	{"pause", -1, false},
	{"pread", -1, false},
	{"read", -1, false},
	{"readv", -1, false},
	{"recv", -1, false},
	{"select", 4, false},
	{"send", -1, false},
	{"sendfile", -1, false},
	{"sigwait", 2, false},
	{"splice", -1, false},
	{"tee", -1, false},
	{"vmsplice", -1, false},
	{"wait", -1, false},
	{"write", -1, false},
	{"writev", -1, false},
};

static bool has_no_timeout(const char *family, const unsigned long *arguments)
{
	if (strcmp(family, "poll") == 0)
		/* poll counts milliseconds, ppoll points to a time. */
		return (int)arguments[2] == -1 || arguments[2] == 0;
	if (strcmp(family, "semop") == 0)
		return arguments[3] == 0;
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		if (strcmp(family, waits[i].family) != 0)
			continue;
		if (waits[i].argument < 0)
			return true;
		const unsigned long value = arguments[waits[i].argument];
		return waits[i].is_number ? (int)value < 0 : value == 0;
	}
	return false;
}

static void mix(uint64_t *picture, const char *text)
{
	for (; *text; text++)
		*picture = (*picture ^ (unsigned char)*text) * 0x100000001b3ULL;
}

static bool read_of(pid_t pid, pid_t tid, const char *what, char text[1024])
{
	char path[80];

	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/%s", (int)pid, (int)tid,
		what);
	return observe_read_file(path, text, 1024) > 0;
}

static char state_in(const char *stat_line)
{
	const char *const end = strrchr(stat_line, ')');

	return end && end[1] == ' ' ? end[2] : '?';
}

/* Whether the thread sleeps for ever, or is no more. */
static bool look_at_thread(const struct process *process, pid_t tid, struct asleep *out)
{
	char line[1024], stat[1024], switches[1024] = "";
	unsigned long arguments[6];
	long number;

	const bool seen = read_of(process->pid, tid, "syscall", line);
	const char state =
		read_of(process->pid, tid, "stat", stat) ? state_in(stat) : 'Z';
	if (state == 'Z' || state == 'X')
		return true;
	if (state != 'S' || !seen ||
		sscanf(line, "%ld %lx %lx %lx %lx %lx %lx", &number, &arguments[0],
			&arguments[1], &arguments[2], &arguments[3], &arguments[4],
			&arguments[5]) != 7)
		return false;
	const char *const family = call_family_of(number);
	if (!family || !has_no_timeout(family, arguments))
		return false;
	const size_t used = strlen(out->text);
	(void)snprintf(out->text + used, sizeof(out->text) - used, "%s%s asleep in %s",
		used ? ", " : "", process->command, family);
	mix(&out->picture, line);
	(void)read_of(process->pid, tid, "schedstat", switches);
	mix(&out->picture, switches);
	return true;
}

/* Numbers of system calls are those of the image's architecture. */
static bool is_of_this_architecture(pid_t pid)
{
	const unsigned char own = sizeof(long) == 8 ? ELFCLASS64 : ELFCLASS32;
	unsigned char head[EI_CLASS + 1] = {0};
	char path[64];

	(void)snprintf(path, sizeof(path), "/proc/%d/exe", (int)pid);
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	const bool has_head =
		fd >= 0 && read(fd, head, sizeof(head)) == (ssize_t)sizeof(head);
	if (fd >= 0)
		(void)close(fd);
	return has_head && head[EI_CLASS] == own;
}

static bool look_at_process(const struct process *process, struct asleep *out)
{
	char path[64];
	bool all = is_of_this_architecture(process->pid);

	(void)snprintf(path, sizeof(path), "/proc/%d/task", (int)process->pid);
	DIR *const tasks = opendir(path);
	for (const struct dirent *entry; all && tasks && (entry = readdir(tasks));)
		if (isdigit((unsigned char)entry->d_name[0]))
			all = look_at_thread(process, (pid_t)atoi(entry->d_name), out);
	if (tasks)
		(void)closedir(tasks);
	return all;
}

void asleep_look(struct asleep *out)
{
	static struct process_list list;
	size_t looked = 0;

	*out = (struct asleep){.all = true, .picture = 0xcbf29ce484222325ULL};
	processes_below(0, &list);
	for (size_t i = 0; i < list.count && out->all; i++) {
		const struct process *const process = &list.processes[i];
		if (process->pid == getpid() || process->state == 'Z')
			continue;
		out->all = look_at_process(process, out);
		looked++;
	}
	if (looked == 0)
		out->all = false;
}

#include "standstill.h"

#include "author/ledger.h"
#include "call.h"
#include "observe.h"
#include "processes.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FUTEX_COMMAND = 0x7f };

/* Where a call says how long it may wait.  Families that are not here and do block
 * (forever[]) have no timeout. */
struct timed {
	const char *family;
	int argument;
	bool is_number; /* of milliseconds, negative for ever; else a pointer, NULL for ever */
};

static const struct timed timed[] = {
	{"futex", 3, false},
	{"epoll_wait", 3, true},
	{"select", 4, false},
	{"sigwait", 2, false},
	{"mq_send", 4, false},
	{"mq_receive", 4, false},
};

static const char *const forever[] = {"pause", "read", "readv", "pread", "write",
	"writev", "open", "close", "wait", "fcntl", "flock", "splice", "tee", "vmsplice",
	"sendfile", "accept", "connect", "send", "recv", "msgsnd", "msgrcv"};

/* A peer that rests looks again every 50 ms at a word that only its own case changes. */
static bool is_ledger_word(const unsigned long *arguments)
{
	const uintptr_t at = arguments[0];

	return at >= (uintptr_t)ledger && at < (uintptr_t)ledger + sizeof(*ledger);
}

static bool has_no_timeout(long number, const unsigned long *arguments)
{
	const char *const family = call_family_of(number);

	if (!family)
		return false;
	if (strcmp(family, "futex") == 0 && is_ledger_word(arguments))
		return true;
	if (strcmp(family, "poll") == 0)
		/* poll counts milliseconds, ppoll points to a time. */
		return (int)arguments[2] == -1 || arguments[2] == 0;
#ifdef SYS_semop
	if (number == SYS_semop)
		return true;
#endif
	if (strcmp(family, "semop") == 0)
		return arguments[3] == 0;
	for (size_t i = 0; i < sizeof(timed) / sizeof(timed[0]); i++) {
		if (strcmp(family, timed[i].family) != 0)
			continue;
		const unsigned long value = arguments[timed[i].argument];
		return timed[i].is_number ? (int)value < 0 : value == 0;
	}
	for (size_t i = 0; i < sizeof(forever) / sizeof(forever[0]); i++)
		if (strcmp(family, forever[i]) == 0)
			return true;
	return false;
}

static void mix(uint64_t *picture, const char *text)
{
	for (; *text; text++)
		*picture = (*picture ^ (unsigned char)*text) * 0x100000001b3ULL;
}

static const char *name_of(pid_t tid)
{
	const unsigned count = atomic_load(&ledger->peer_count);

	for (unsigned slot = 1; slot < count && slot < LEDGER_PEERS; slot++)
		if (atomic_load(&ledger->peers[slot].tid) == tid)
			return ledger->peers[slot].name;
	if (atomic_load(&ledger->point.victim) == tid)
		return "victim";
	return atomic_load(&ledger->point.process) == tid ? "survivor" : "another";
}

static void describe(struct standstill *out, pid_t tid, const char *what)
{
	const size_t used = strlen(out->text);

	(void)snprintf(out->text + used, sizeof(out->text) - used, "%s%s %s",
		used ? ", " : "", name_of(tid), what);
}

/* A file of /proc about thread TID. */
static bool read_of(pid_t pid, pid_t tid, const char *what, char text[1024])
{
	char path[80];

	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/%s", (int)pid, (int)tid,
		what);
	return observe_read_file(path, text, 1024) > 0;
}

static char letter_in(const char *stat_line)
{
	const char *const end = strrchr(stat_line, ')');

	return end && end[1] == ' ' ? end[2] : '?';
}

/* schedstat: nanoseconds on a processor, waiting for one, and how often switched to. */
static void look_at_running(pid_t pid, pid_t tid, struct standstill *out)
{
	char text[1024];
	unsigned long long on_processor;
	const long long before = atomic_load(&ledger->point.attacked_ns);

	if (out->stillness == STILL_ASLEEP)
		out->stillness = STILL_MOVING;
	/* The tracer, stepping a victim, works hard and is not stuck. */
	if (before == 0 || !read_of(pid, tid, "schedstat", text) ||
		sscanf(text, "%llu", &on_processor) != 1)
		return;
	if (tid == atomic_load(&ledger->point.process))
		on_processor -= (unsigned long long)before;
	if (on_processor / 1000000 < STILL_SPIN_MS)
		return;
	out->stillness = STILL_SPINNING;
	describe(out, tid, "spinning");
}

static void look_at_thread(pid_t pid, pid_t tid, struct standstill *out)
{
	char line[1024], stat[1024], switches[1024];
	unsigned long arguments[6];
	long number;

	const bool seen = read_of(pid, tid, "syscall", line);
	const char letter = read_of(pid, tid, "stat", stat) ? letter_in(stat) : 'Z';
	if (letter == 'Z' || letter == 'X')
		return;
	if (letter == 'R')
		look_at_running(pid, tid, out);
	else if (letter != 'S' && out->stillness == STILL_ASLEEP)
		out->stillness = STILL_MOVING;
	if (letter != 'S')
		return;
	if (!seen ||
		sscanf(line, "%ld %lx %lx %lx %lx %lx %lx", &number, &arguments[0],
			&arguments[1], &arguments[2], &arguments[3], &arguments[4],
			&arguments[5]) != 7 ||
		!has_no_timeout(number, arguments)) {
		if (out->stillness == STILL_ASLEEP)
			out->stillness = STILL_MOVING;
		return;
	}
	char what[64];
	(void)snprintf(what, sizeof(what), "asleep in %s", call_family_of(number));
	describe(out, tid, what);
	mix(&out->picture, line);
	if (read_of(pid, tid, "schedstat", switches))
		mix(&out->picture, switches);
}

static void look_at_process(pid_t pid, struct standstill *out)
{
	char path[64];

	(void)snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	DIR *const tasks = opendir(path);
	for (const struct dirent *entry; tasks && (entry = readdir(tasks));)
		if (isdigit((unsigned char)entry->d_name[0]))
			look_at_thread(pid, (pid_t)atoi(entry->d_name), out);
	if (tasks)
		(void)closedir(tasks);
}

void standstill_look(struct standstill *out)
{
	static struct process_list list;

	*out = (struct standstill){
		.stillness = STILL_ASLEEP, .picture = 0xcbf29ce484222325ULL};
	processes_below(getpid(), &list);
	for (size_t i = 0; i < list.count && out->stillness == STILL_ASLEEP; i++)
		if (list.processes[i].state != 'Z')
			look_at_process(list.processes[i].pid, out);
	if (list.count == 0)
		out->stillness = STILL_MOVING;
}

bool standstill_is_proven(const struct standstill *first, const struct standstill *second)
{
	if (first->stillness != second->stillness || first->stillness == STILL_MOVING)
		return false;
	return first->stillness == STILL_SPINNING || first->picture == second->picture;
}

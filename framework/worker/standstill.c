#include "standstill.h"

#include "author/ledger.h"
#include "call.h"
#include "observe.h"
#include "processes.h"
#include "tracer.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Stepping costs more than to wait for the end of one that has just begun. */
enum { BUSY_NS = 2 * 1000 * 1000, BUSY_FACTOR = 4 };

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

/* A second one that runs could change what the first one waits for. */
static void look_at_running(pid_t pid, pid_t tid, struct standstill *out)
{
	const long long before = atomic_load(&ledger->point.attacked_ns);
	char text[1024];
	long long on_processor = 0;

	/* The tracer, at work on a victim, is not stuck. */
	if (out->stillness != STILL_ASLEEP || before == 0 ||
		!read_of(pid, tid, "schedstat", text) ||
		sscanf(text, "%lld", &on_processor) != 1) {
		out->stillness = STILL_MOVING;
		return;
	}
	out->stillness = STILL_BUSY;
	out->busy = tid;
	out->busy_ns =
		on_processor - (tid == atomic_load(&ledger->point.process) ? before : 0);
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
	else if (letter != 'S')
		out->stillness = STILL_MOVING;
	if (letter != 'S')
		return;
	if (!seen ||
		sscanf(line, "%ld %lx %lx %lx %lx %lx %lx", &number, &arguments[0],
			&arguments[1], &arguments[2], &arguments[3], &arguments[4],
			&arguments[5]) != 7 ||
		!has_no_timeout(number, arguments)) {
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
	for (size_t i = 0; i < list.count && out->stillness != STILL_MOVING; i++)
		if (list.processes[i].state != 'Z')
			look_at_process(list.processes[i].pid, out);
	if (list.count == 0)
		out->stillness = STILL_MOVING;
}

bool standstill_is_proven(const struct standstill *first, struct standstill *second)
{
	if (first->stillness != second->stillness || first->picture != second->picture)
		return false;
	if (second->stillness != STILL_BUSY)
		return second->stillness == STILL_ASLEEP;
	const pid_t busy = second->busy;
	if (first->busy != busy || second->busy_ns < BUSY_NS ||
		second->busy_ns < atomic_load(&ledger->point.next_proof_ns))
		return false;
	/* A failed proof costs time, so each waits longer than the one before. */
	atomic_store(&ledger->point.next_proof_ns, second->busy_ns * BUSY_FACTOR);
	const enum tracer_loop loop = tracer_find_loop(busy, &second->status);
	second->has_ended = loop == TRACER_LOOP_ENDED;
	if (loop != TRACER_LOOP)
		return false;
	/* Those who slept still do, so nothing has changed what it sees. */
	standstill_look(second);
	if (second->stillness != STILL_BUSY || second->busy != busy ||
		second->picture != first->picture)
		return false;
	describe(second, busy, "in an endless loop");
	return true;
}

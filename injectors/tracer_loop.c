/*
 * tracer_loop: the proof that a thread loops for ever: stepping it brings back the same
 * registers over the same memory, so what it did in between it will do again, unless somebody
 * else changes what it sees.  That nobody will is for the caller to know.
 */
#include "tracer.h"
#include "tracer_stop.h"

#include <elf.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	STEPS_MAX = 1 << 12, /* twice the longest loop that is found, or more */
	ROUNDS_MAX = 6,
	/* A mapping beyond this belongs to the framework, not to a survivor's loop. */
	MAPPING_MAX = 8 << 20,
	CHUNK = 1 << 16,
	QUICK_LOOKS = 1000,
	LOOKS_MAX = 2000, /* a tenth of a second or more */
};

struct registers {
	size_t size;
	unsigned char bytes[1024];
};

static bool read_registers(const struct tracee *t, struct registers *out)
{
	struct iovec vector = {out->bytes, sizeof(out->bytes)};

	if (ptrace(PTRACE_GETREGSET, t->pid, NT_PRSTATUS, &vector) == -1)
		return false;
	out->size = vector.iov_len;
	return true;
}

static bool is_equal(const struct registers *a, const struct registers *b)
{
	return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

static uint64_t mix(uint64_t hash, const uint64_t *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		hash = (hash ^ words[i]) * 0x9e3779b97f4a7c15ULL;
	return hash;
}

static uint64_t hash_range(int memory, unsigned long start, unsigned long end,
	uint64_t hash)
{
	static uint64_t chunk[CHUNK / sizeof(uint64_t)];

	for (unsigned long at = start; at < end;) {
		const size_t wanted = end - at < CHUNK ? end - at : CHUNK;
		const ssize_t got = pread(memory, chunk, wanted, (off_t)at);
		if (got <= 0)
			break;
		hash = mix(hash, chunk, (size_t)got / sizeof(uint64_t));
		at += (unsigned long)got;
	}
	return hash;
}

/* Of all that the process can write. */
static uint64_t hash_memory(pid_t pid)
{
	char path[64], line[512], access[8];
	unsigned long start, end;
	uint64_t hash = 0xcbf29ce484222325ULL;

	(void)snprintf(path, sizeof(path), "/proc/%d/mem", (int)pid);
	const int memory = open(path, O_RDONLY | O_CLOEXEC);
	(void)snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	FILE *const maps = fopen(path, "re");
	while (memory >= 0 && maps && fgets(line, sizeof(line), maps))
		if (sscanf(line, "%lx-%lx %7s", &start, &end, access) == 3 &&
			access[1] == 'w' && end - start <= MAPPING_MAX)
			hash = hash_range(memory, start, end, hash);
	if (maps)
		(void)fclose(maps);
	if (memory >= 0)
		(void)close(memory);
	return hash;
}

/* Whether T, which was told to go on, stops soon. */
static bool stops_soon(struct tracee *t)
{
	for (int look = 0; look < LOOKS_MAX; look++) {
		if (waitpid(t->pid, &t->status, __WALL | WNOHANG) == t->pid)
			return true;
		if (look < QUICK_LOOKS)
			(void)sched_yield();
		else
			(void)usleep(100);
	}
	return false;
}

static void interrupt(struct tracee *t)
{
	(void)ptrace(PTRACE_INTERRUPT, t->pid, 0, 0);
	(void)waitpid(t->pid, &t->status, __WALL);
}

/* Stops T inside the call into which a step has led it.  The call is made again when T goes on;
 * the trap at the end of the step, which comes behind the interruption, is not to reach it. */
static void give_up_step(struct tracee *t)
{
	interrupt(t);
	if (WIFSTOPPED(t->status) && ptrace(PTRACE_CONT, t->pid, 0, 0) == 0 &&
		!stops_soon(t))
		interrupt(t);
	if (WIFSTOPPED(t->status) && t->status >> 16 == 0)
		(void)tracee_classify(t);
}

/* Steps T once.  false, too, when it is not back soon: the step may have led into a call that
 * sleeps, and nobody would end the wait for it. */
static bool step_once(struct tracee *t)
{
	const long passed = t->passed;

	t->passed = 0;
	if (ptrace(PTRACE_SINGLESTEP, t->pid, 0, passed) == -1)
		return false;
	if (stops_soon(t))
		return tracee_classify(t) == STOP_STEP;
	give_up_step(t);
	return false;
}

/* Steps T until a state comes back.  The registers to compare with are renewed after 1, 2, 4
 * ... steps (Brent), so that the way into the loop does not matter.  Memory is read only when
 * they have come back; where it is another one each time the loop counts, and will end. */
static bool comes_back(struct tracee *t)
{
	struct registers then = {.size = 0}, now;
	uint64_t memory = 0;
	unsigned rounds = 0;

	for (unsigned step = 1; step <= STEPS_MAX && rounds < ROUNDS_MAX; step++) {
		if (!step_once(t) || !read_registers(t, &now))
			return false;
		if (is_equal(&then, &now)) {
			const uint64_t before = memory;
			memory = hash_memory(t->pid);
			if (rounds++ > 0 && memory == before)
				return true;
		} else if ((step & (step - 1)) == 0) {
			then = now;
			rounds = 0;
		}
	}
	return false;
}

enum tracer_loop tracer_find_loop(pid_t thread, int *status)
{
	struct tracee t = {.pid = thread};

	if (ptrace(PTRACE_SEIZE, thread, 0, 0) == -1 ||
		ptrace(PTRACE_INTERRUPT, thread, 0, 0) == -1 ||
		waitpid(thread, &t.status, __WALL) != thread)
		return TRACER_NO_LOOP;
	const bool loops = WIFSTOPPED(t.status) && comes_back(&t);
	*status = t.status;
	if (!WIFSTOPPED(t.status))
		return TRACER_LOOP_ENDED;
	(void)ptrace(PTRACE_DETACH, thread, 0, t.passed);
	return loops ? TRACER_LOOP : TRACER_NO_LOOP;
}

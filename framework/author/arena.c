#include "arena.h"

#include "word_site.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* The functions themselves, which stand behind the macros. */
#undef arena
#undef unreadable_page

void *arena(size_t size)
{
	const size_t aligned = (size + 63) & ~(size_t)63;
	const size_t at = atomic_fetch_add(&ledger->arena_used, aligned);

	if (at + aligned > LEDGER_ARENA_BYTES || aligned < size)
		word_broken("arena(%zu): its %d bytes are used up", size,
			LEDGER_ARENA_BYTES);
	const size_t first = (sizeof(struct ledger) + 63) & ~(size_t)63;
	return (char *)ledger + first + at;
}

char *unreadable_page(void)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *const at = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED || mprotect(at + page, page, PROT_NONE) == -1)
		word_broken("unreadable_page(): %s", strerror(errno));
	return at + page;
}

struct fds fds_snapshot(void)
{
	struct fds now = {{0}};

	ledger_word_begins();
	for (int fd = 0; fd < 1024; fd++) {
		const bool is_framework =
			fd == LEDGER_FD || fd == WORKER_IMAGE_FD || fd == LEDGER_WAKE_FD;
		if (!is_framework && fcntl(fd, F_GETFD) != -1)
			now.open[fd / 64] |= 1ULL << (fd % 64);
	}
	ledger_word_ends();
	return now;
}

bool fds_unchanged(const struct fds *before)
{
	const struct fds now = fds_snapshot();

	return memcmp(before, &now, sizeof(now)) == 0;
}

void pin_to_one_cpu(void)
{
	cpu_set_t allowed, one;

	CPU_ZERO(&one);
	if (sched_getaffinity(0, sizeof(allowed), &allowed) == -1)
		return;
	for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
		if (CPU_ISSET(cpu, &allowed)) {
			CPU_SET(cpu, &one);
			(void)sched_setaffinity(0, sizeof(one), &one);
			return;
		}
	}
}

void race_start(int n)
{
	const unsigned round = atomic_load(&ledger->race_round);

	if (atomic_fetch_add(&ledger->race_arrived, 1) + 1 == (unsigned)n) {
		atomic_store(&ledger->race_arrived, 0);
		atomic_fetch_add(&ledger->race_round, 1);
		return;
	}
	while (atomic_load(&ledger->race_round) == round)
		(void)sched_yield();
}

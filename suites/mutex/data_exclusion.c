/*
 * mutex/data: at most one is inside the section that a mutex guards.
 */
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <unistd.h>

#include "assay.h"
#include "kinds.h"
#include "roles.h"

#define SPEC_LOCK "POSIX.1-2024 pthread_mutex_lock(), DESCRIPTION"

enum { CONTESTANTS = 3, VISITS = 200 };

/* A section and its mutex; nothing in it is atomic, the mutex must do. */
struct section {
	pthread_mutex_t mutex;
	volatile int counter, inside;
};

static void visit_many_times(struct section *section)
{
	race_start(CONTESTANTS);
	for (int i = 0; i < VISITS; i++) {
		must_return(pthread_mutex_lock(&section->mutex), 0);
		ck_assert_msg(section->inside == 0, "two at once in the section");
		section->inside = 1;
		const int before = section->counter;
		if (i % 16 == 0)
			(void)sched_yield(); /* lets the others try */
		section->counter = before + 1;
		section->inside = 0;
		must_return(pthread_mutex_unlock(&section->mutex), 0);
	}
}

static void visit_as_thread(void *section)
{
	visit_many_times(section);
}

CASE_EACH(mutex, data, mutual_exclusion_between_threads, mutex_kinds,
	.claim = "no two threads are ever inside the section that one mutex guards",
	.level = LEVEL_POSIX, .spec = SPEC_LOCK)
{
	struct section section = {.counter = 0};
	struct peer threads[CONTESTANTS];
	mutex_make(&section.mutex, row);

	for (int i = 0; i < CONTESTANTS; i++)
		threads[i] = thread_start(visit_as_thread, &section);
	for (int i = 0; i < CONTESTANTS; i++)
		peer_join(&threads[i]);
	ck_assert_int_eq(section.counter, CONTESTANTS * VISITS);
}

/* A file with a section, and where one of the contestants sees it. */
struct view {
	int fd;
	void *address;
};

static void visit_as_process(void *arg)
{
	const struct view *const view = arg;

	visit_many_times(need(mmap(view->address, sizeof(struct section),
		PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, view->fd, 0)));
}

CASE_EACH(mutex, data, mutual_exclusion_between_processes, mutex_kinds_shared,
	.claim = "no two processes are ever inside the section that one shared mutex "
		 "guards, though each has it mapped at an address of its own",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_setpshared(), DESCRIPTION; " SPEC_LOCK)
{
	const size_t page = (size_t)need(sysconf(_SC_PAGESIZE));
	int fd = need(memfd_create("section", 0));
	need(ftruncate(fd, sizeof(struct section)));
	struct section *const section = need(mmap(NULL, sizeof(*section),
		PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
	/* One page for each contestant, where nothing else is mapped. */
	char *const room = need(mmap(NULL, CONTESTANTS * page, PROT_NONE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	struct view views[CONTESTANTS];
	struct peer processes[CONTESTANTS];
	mutex_make(&section->mutex, row);

	for (size_t i = 0; i < CONTESTANTS; i++) {
		views[i] = (struct view){fd, room + i * page};
		processes[i] = peer_start(visit_as_process, &views[i]);
	}
	for (int i = 0; i < CONTESTANTS; i++)
		peer_join(&processes[i]);
	ck_assert_int_eq(section->counter, CONTESTANTS * VISITS);
}

CASE(mutex, data, pp_mutual_exclusion_between_threads,
	.claim = "no two real-time threads are ever inside the section that one "
		 "PRIO_PROTECT mutex guards",
	.level = LEVEL_POSIX, .spec = SPEC_LOCK "; option TPP", .needs = NEED_REALTIME,
	.lacks = MUTEX_LACKS_CEILING)
{
	struct section section = {.counter = 0};
	struct peer threads[CONTESTANTS];
	ceiling_mutex_make(&section.mutex, CEILING);
	schedule_here(SCHED_FIFO, CEILING / 2);

	for (int i = 0; i < CONTESTANTS; i++)
		threads[i] = thread_start(visit_as_thread, &section);
	for (int i = 0; i < CONTESTANTS; i++)
		peer_join(&threads[i]);
	ck_assert_int_eq(section.counter, CONTESTANTS * VISITS);
}

/*
 * open_mapping: the memory in which a mutex for several processes lives.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <unistd.h>

#include "waits.h"

enum { ROOM = 4096 };

/* A new shared mapping of the object behind FD. */
static void *mapped(int fd)
{
	return need(mmap(NULL, ROOM, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
}

/* The object behind FD, which has no size yet, in a shared mapping. */
static void *sized_and_mapped(int fd)
{
	need(ftruncate(fd, ROOM));
	return mapped(fd);
}

/* The claim: a mutex in MEMORY makes another process wait until it is unlocked.  A failure
 * is told apart by the note. */
static void demand_excludes_processes(void *memory, const char *kind)
{
	pthread_mutex_t *mutex = memory;

	note("last kind of memory", "%s", kind);
	mutex_make(mutex, &mutex_kinds_normal_shared[0]);
	need_zero(pthread_mutex_lock(mutex));
	struct peer other = peer_start(lock_and_unlock, mutex);
	peer_wait_blocked_on(&other, mutex);

	must_return(pthread_mutex_unlock(mutex), 0);
	peer_join(&other);
	must_return(pthread_mutex_trylock(mutex), 0);
}

CASE(mutex, open, usable_in_any_shared_mapping_kind,
	.claim = "a process-shared mutex works between processes in a shared mapping of a "
		 "file, a shared memory object, a memfd, a System V segment, or of nothing",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_setpshared(), DESCRIPTION; memfd_create(2)",
	.needs = NEED_BLOCK_PROOF)
{
	const int file = need(open(own_path("f"), O_RDWR | O_CREAT, 0600));
	const int object = need(shm_open(own_name("o"), O_RDWR | O_CREAT, 0600));
	const int memfd = need(memfd_create("m", MFD_CLOEXEC));
	const int segment = need(shmget(own_key(1), ROOM, IPC_CREAT | 0600));

	demand_excludes_processes(sized_and_mapped(file), "file");
	demand_excludes_processes(sized_and_mapped(object), "shared memory object");
	demand_excludes_processes(sized_and_mapped(memfd), "memfd");
	demand_excludes_processes(need(shmat(segment, NULL, 0)), "System V segment");
	demand_excludes_processes(need(mmap(NULL, ROOM, PROT_READ | PROT_WRITE,
					  MAP_SHARED | MAP_ANONYMOUS, -1, 0)),
		"anonymous");
}

struct mappings {
	pthread_mutex_t *one, *other; /* of the same mutex */
};

/* In a process of its own: an unlock that searches in vain must not turn for ever. */
static void lock_one_and_unlock_other(void *arg)
{
	const struct mappings *const of = arg;

	end_after_half_a_second_of_cpu();
	must_return(pthread_mutex_lock(of->one), 0);
	must_return(trylock_in_thread(of->other), EBUSY);
	struct peer waiter = thread_start(lock_and_unlock, of->other);
	peer_wait_blocked_on(&waiter, of->other);

	must_return(pthread_mutex_unlock(of->other), 0);
	peer_join(&waiter);
	must_return(trylock_in_thread(of->one), 0);
}

CASE_EACH(mutex, open, other_mapping_of_same_object_is_same_mutex,
	mutex_kinds_normal_shared,
	.claim = "a process-shared mutex is the same one through every mapping that a "
		 "process has of it",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 System Interfaces 2.9.9, Synchronization Object Copies and "
		"Alternative Mappings",
	.needs = NEED_BLOCK_PROOF)
{
	const int fd = need(memfd_create("m", MFD_CLOEXEC));
	struct mappings of = {.one = sized_and_mapped(fd)};
	mutex_make(of.one, row);
	of.other = mapped(fd);

	struct peer owner = peer_start(lock_one_and_unlock_other, &of);
	peer_join(&owner);
}

/* argv: a descriptor of the object with the mutex, and the address that is taken. */
HELPER(mutex_mapped_elsewhere)
{
	(void)argc;
	const int fd = atoi(argv[1]);
	const void *taken = (void *)(uintptr_t)strtoull(argv[2], NULL, 16);
	/* Of two mappings at most one has the address. */
	pthread_mutex_t *first = mapped(fd), *second = mapped(fd);
	pthread_mutex_t *mutex = (void *)first == taken ? second : first;

	must_return(pthread_mutex_lock(mutex), 0);
	peer_rest();
	must_return(pthread_mutex_unlock(mutex), 0);
	return 0;
}

struct place {
	int fd;
	void *address;
};

static void become_mapped_elsewhere(void *arg)
{
	const struct place *place = arg;
	char fd[16], address[32];

	(void)snprintf(fd, sizeof(fd), "%d", place->fd);
	(void)snprintf(address, sizeof(address), "%jx",
		(uintmax_t)(uintptr_t)place->address);
	peer_exec("mutex_mapped_elsewhere", fd, address, NULL);
}

CASE_EACH(mutex, open, pshared_works_at_different_addresses, mutex_kinds_normal_shared,
	.claim = "two programs that map one mutex at different addresses exclude and wake "
		 "each other by it",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 pthread_mutexattr_setpshared(), DESCRIPTION",
	.needs = NEED_BLOCK_PROOF | NEED_EXEC)
{
	struct place place = {.fd = need(memfd_create("m", 0))};
	pthread_mutex_t *mutex = place.address = sized_and_mapped(place.fd);
	mutex_make(mutex, row);
	need_zero(pthread_mutex_lock(mutex));

	struct peer program = peer_start(become_mapped_elsewhere, &place);
	peer_wait_exec(&program);
	peer_wait_blocked(&program, "futex");
	must_return(pthread_mutex_unlock(mutex), 0);
	peer_wait_resting(&program);

	must_return(pthread_mutex_trylock(mutex), EBUSY);
	struct peer waiter = thread_start(lock_and_unlock, mutex);
	peer_wait_blocked_on(&waiter, mutex);
	peer_resume(&program);
	peer_join(&waiter);
	peer_join(&program);
}

/*
 * Every kind of thing that can be left behind: named when nobody said so, no leak when it
 * is the case's own (own_name, own_key, own_path) or allowed by .leaves.
 */
#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "planted.h"

enum { STRAY_KEY = 0x5e1f7e57 };

static void hang(void)
{
	for (;;)
		(void)pause();
}

static void make_queue(const char *name)
{
	struct mq_attr small = {.mq_maxmsg = 1, .mq_msgsize = 1};

	need(mq_open(name, O_CREAT | O_EXCL | O_RDWR, 0600, &small));
}

static void make_shm(const char *name)
{
	need(shm_open(name, O_CREAT | O_EXCL | O_RDWR, 0600));
}

static void make_semaphore(const char *name)
{
	need(sem_open(name, O_CREAT | O_EXCL, 0600, 1));
}

PLANT(leftover, process, "leak", .claim = "a child that lives on is named")
{
	if (need(fork()) == 0)
		hang();
}

PLANT(leftover, process_allowed, "pass", .claim = ".leaves allows a process",
	.leaves = LEAVES_PROCESSES)
{
	if (need(fork()) == 0)
		hang();
}

PLANT(leftover, zombie, "pass leak", .claim = "a child that nobody waited for")
{
	const pid_t child = need(fork());
	siginfo_t info;

	if (child == 0)
		_exit(0);
	need(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT));
}

PLANT(leftover, daemon, "leak",
	.claim = "a grandchild with a session of its own is named")
{
	const pid_t child = need(fork());

	if (child == 0) {
		(void)setsid();
		if (fork() == 0)
			hang();
		_exit(0);
	}
	need(waitpid(child, NULL, 0));
}

PLANT(leftover, descriptor, "leak", .claim = "a descriptor that stays open is named",
	.closes_all = true)
{
	need(dup(0));
}

PLANT(leftover, descriptor_of_a_body_that_need_not_close, "pass",
	.claim = "without .closes_all a descriptor is the body's own")
{
	need(dup(0));
}

PLANT(leftover, descriptors_closed, "pass", .claim = "what was closed is not left",
	.closes_all = true)
{
	int ends[2];

	need(pipe(ends));
	need(close(ends[0]));
	need(close(ends[1]));
}

PLANT(leftover, mapping, "leak", .claim = "a shared mapping that stays is named",
	.closes_all = true)
{
	need(mmap(NULL, 8192, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
}

PLANT(leftover, mapping_undone, "pass", .claim = "a mapping that was undone is not left",
	.closes_all = true)
{
	char *page = need(mmap(NULL, 8192, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0));

	need(munmap(page, 8192));
}

PLANT(leftover, sysv_queue, "leak", .claim = "a System V queue is named")
{
	need(msgget(STRAY_KEY, IPC_CREAT | IPC_EXCL | 0600));
}

PLANT(leftover, sysv_semaphore, "leak", .claim = "a System V semaphore set is named")
{
	need(semget(STRAY_KEY, 1, IPC_CREAT | IPC_EXCL | 0600));
}

PLANT(leftover, sysv_segment, "leak", .claim = "a System V segment is named")
{
	need(shmget(STRAY_KEY, 4096, IPC_CREAT | IPC_EXCL | 0600));
}

PLANT(leftover, sysv_private_segment, "leak", .claim = "a segment without a key is named",
	.needs = NEED_PRIVATE_MOUNT)
{
	need(shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600));
}

PLANT(leftover, sysv_own, "pass",
	.claim = "own_key() makes System V objects the case's own")
{
	need(msgget(own_key(1), IPC_CREAT | IPC_EXCL | 0600));
	need(semget(own_key(2), 1, IPC_CREAT | IPC_EXCL | 0600));
	need(shmget(own_key(3), 4096, IPC_CREAT | IPC_EXCL | 0600));
}

PLANT(leftover, sysv_allowed, "pass", .claim = ".leaves allows System V objects",
	.leaves = LEAVES_SYSV)
{
	need(shmget(STRAY_KEY + 3, 4096, IPC_CREAT | IPC_EXCL | 0600));
}

PLANT(leftover, posix_queue, "leak", .claim = "a POSIX queue is named",
	.needs = NEED_PRIVATE_MOUNT)
{
	make_queue("/stray-queue");
}

PLANT(leftover, posix_queue_own, "pass",
	.claim = "own_name() makes a queue the case's own")
{
	make_queue(own_name("q"));
}

PLANT(leftover, posix_queue_allowed, "pass", .claim = ".leaves allows queues",
	.leaves = LEAVES_QUEUES)
{
	make_queue("/stray-queue-allowed");
}

PLANT(leftover, shm_file, "leak", .claim = "a shared memory object is named")
{
	make_shm("/stray-shm");
}

PLANT(leftover, shm_file_own, "pass",
	.claim = "own_name() makes an object the case's own")
{
	make_shm(own_name("shm"));
	make_semaphore(own_name("sem"));
}

PLANT(leftover, shm_file_allowed, "pass", .claim = ".leaves allows shared memory",
	.leaves = LEAVES_SHM)
{
	make_shm("/stray-shm-allowed");
}

PLANT(leftover, named_semaphore, "leak", .claim = "a named semaphore is named")
{
	make_semaphore("/stray-semaphore");
}

PLANT(leftover, tmp_file, "leak", .claim = "a file in /tmp is named",
	.needs = NEED_PRIVATE_MOUNT)
{
	need(open("/tmp/stray-file", O_CREAT | O_EXCL | O_RDWR, 0600));
}

PLANT(leftover, tmp_file_by_a_relative_path, "leak",
	.claim = "a file in the working directory is named")
{
	need(open("stray-relative", O_CREAT | O_EXCL | O_RDWR, 0600));
}

PLANT(leftover, tmp_file_with_an_odd_name, "leak",
	.claim = "a name with a line break and invalid bytes is named in one line")
{
	need(open("stray\n<b>&\xff", O_CREAT | O_EXCL | O_RDWR, 0600));
}

PLANT(leftover, tmp_fifo, "leak", .claim = "a FIFO is named")
{
	need(mkfifo("stray-fifo", 0600));
}

PLANT(leftover, tmp_tree, "leak", .claim = "a directory with files is named")
{
	need(mkdir("stray-tree", 0700));
	need(mkdir("stray-tree/below", 0700));
	need(open("stray-tree/below/file", O_CREAT | O_EXCL | O_RDWR, 0600));
}

PLANT(leftover, tmp_closed_directory, "leak",
	.claim = "a directory that nobody may enter is named, and goes with the case")
{
	need(mkdir("stray-closed", 0700));
	need(mkdir("stray-closed/below", 0000));
	need(chmod("stray-closed", 0000));
}

PLANT(leftover, tmp_file_own, "pass", .claim = "own_path() makes a tree the case's own")
{
	need(mkdir(own_path("d"), 0700));
	need(chdir(own_path("d")));
	need(open("file", O_CREAT | O_EXCL | O_RDWR, 0600));
}

PLANT(leftover, tmp_file_allowed, "pass", .claim = ".leaves allows files",
	.leaves = LEAVES_FILES)
{
	need(open("stray-file-allowed", O_CREAT | O_EXCL | O_RDWR, 0600));
}

PLANT(leftover, tmp_file_of_a_similar_name, "leak",
	.claim = "a name that only begins like an own one is not the case's own")
{
	char path[256];

	(void)snprintf(path, sizeof(path), "%sx", own_path("f"));
	need(open(path, O_CREAT | O_EXCL | O_RDWR, 0600));
}

PLANT(leftover, one_allowed_another_not, "leak",
	.claim = ".leaves of one kind is no other", .leaves = LEAVES_QUEUES | LEAVES_SYSV)
{
	make_queue("/stray-queue-of-two");
	make_shm("/stray-shm-of-two");
}

PLANT(leftover, several_kinds, "leak",
	.claim = "all that is left is named, not the first only")
{
	make_queue("/stray-several");
	make_shm("/stray-several");
	need(msgget(STRAY_KEY + 1, IPC_CREAT | IPC_EXCL | 0600));
	need(open("stray-several", O_CREAT | O_EXCL | O_RDWR, 0600));
	if (need(fork()) == 0)
		hang();
}

static void leaves_a_file(void *arg)
{
	(void)arg;
	need(open("stray-of-a-peer", O_CREAT | O_EXCL | O_RDWR, 0600));
}

PLANT(leftover, of_a_peer, "leak", .claim = "what a peer leaves is the case's")
{
	struct peer p = peer_start(leaves_a_file, NULL);

	peer_join(&p);
}

PLANT(leftover, unlinked, "pass", .claim = "what was removed is not left")
{
	make_queue("/stray-removed");
	need(mq_unlink("/stray-removed"));
	make_shm("/stray-removed");
	need(shm_unlink("/stray-removed"));
	need(open("stray-removed", O_CREAT | O_EXCL | O_RDWR, 0600));
	need(unlink("stray-removed"));
	const int segment =
		need(shmget(STRAY_KEY + 2, 4096, IPC_CREAT | IPC_EXCL | 0600));
	need(shmctl(segment, IPC_RMID, NULL));
}

PLANT(leftover, nothing_of_the_case_before, "pass",
	.claim = "what one case leaves is not there for the next",
	.needs = NEED_PRIVATE_MOUNT)
{
	must_fail(msgget(STRAY_KEY, 0), ENOENT);
	must_fail(semget(STRAY_KEY, 1, 0), ENOENT);
	must_fail(shmget(STRAY_KEY, 4096, 0), ENOENT);
	must_fail(mq_open("/stray-queue", O_RDONLY), ENOENT);
	must_fail(shm_open("/stray-shm", O_RDONLY, 0), ENOENT);
	must_fail(open("/tmp/stray-file", O_RDONLY), ENOENT);
	must_fail(access(own_path("d"), F_OK), ENOENT);
}

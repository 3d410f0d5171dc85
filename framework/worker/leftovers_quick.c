/*
 * leftovers_quick: whether a case has left anything, without reading directories: a sweep asks
 * after every point.
 */
#include "author/ledger.h"
#include "confine.h"
#include "leftovers.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <mqueue.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* Where files can be left. */
struct place {
	const char *path;
	bool is_counted; /* .empty is known, and anything there changes the count */
	long long empty; /* the count of an empty one */
};

static struct place files[] = {{.path = "/dev/shm"}, {.path = "/tmp"}};
static struct place queues = {.path = "/dev/mqueue"};

static bool is_empty(const char *path)
{
	const int fd = leftovers_open(path);
	DIR *const directory = fd >= 0 ? fdopendir(fd) : NULL;
	int entries = 0;

	if (!directory)
		return true;
	while (entries <= 2 && readdir(directory))
		entries++; /* "." and ".." are always there */
	(void)closedir(directory);
	return entries <= 2;
}

/* The inodes in use of the tmpfs at PATH: statfs(2).  -1 where they are not counted. */
static long long count_files(const char *path)
{
	struct statfs about;

	if (statfs(path, &about) != 0 || about.f_type != TMPFS_MAGIC ||
		about.f_files == 0)
		return -1;
	return (long long)(about.f_files - about.f_ffree);
}

/* The size of the directory of queues grows with every queue: nothing promises it, so it is
 * tried. */
static long long count_queues(void)
{
	struct stat about;

	return fstat(MQUEUE_DIR_FD, &about) == 0 ? (long long)about.st_size : -1;
}

static bool queues_are_counted(void)
{
	const char *const name = "/assay-census";
	struct mq_attr smallest = {.mq_maxmsg = 1, .mq_msgsize = 1};
	const long long empty = count_queues();
	const mqd_t queue = mq_open(name, O_RDONLY | O_CREAT | O_EXCL, 0600, &smallest);

	if (queue == (mqd_t)-1)
		return false;
	const bool grows = count_queues() > empty;
	(void)mq_close(queue);
	return mq_unlink(name) == 0 && grows && count_queues() == empty;
}

void leftovers_learn(void)
{
	if (!ledger->names_are_private)
		return;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		files[i].empty = count_files(files[i].path);
		files[i].is_counted = files[i].empty >= 0 && is_empty(files[i].path);
	}
	queues.empty = count_queues();
	queues.is_counted =
		queues.empty >= 0 && is_empty(queues.path) && queues_are_counted();
}

static bool has_files(void)
{
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (files[i].is_counted ? count_files(files[i].path) != files[i].empty
					: !is_empty(files[i].path))
			return true;
	return queues.is_counted ? count_queues() != queues.empty
				 : !is_empty(queues.path);
}

/* How many objects there are, as proc(5) and the manual pages of *ctl() say. */
static bool has_sysv(void)
{
	struct msginfo messages;
	struct seminfo semaphores;
	struct shm_info segments;

	return (msgctl(0, MSG_INFO, (struct msqid_ds *)(void *)&messages) != -1 &&
		       messages.msgpool != 0) ||
		(semctl(0, 0, SEM_INFO, &semaphores) != -1 && semaphores.semusz != 0) ||
		(shmctl(0, SHM_INFO, (struct shmid_ds *)(void *)&segments) != -1 &&
			segments.used_ids != 0);
}

bool leftovers_is_clean(void)
{
	return ledger->names_are_private && !has_files() && !has_sysv();
}

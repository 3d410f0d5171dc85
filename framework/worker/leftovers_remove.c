/*
 * leftovers_remove: takes away what a case, a point of a sweep or an earlier run left.
 */
#include "author/ledger.h"
#include "leftovers.h"
#include "mark.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

/* Removes PATH, a file or a directory with what is in it, without following links. */
static void remove_tree(int parent, const char *name, int depth)
{
	if (unlinkat(parent, name, 0) == 0 || depth > 32)
		return;
	/* A case may have taken its owner's permissions away. */
	(void)fchmodat(parent, name, 0700, AT_SYMLINK_NOFOLLOW);
	const int fd =
		openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *const directory = fd >= 0 ? fdopendir(fd) : NULL;
	for (const struct dirent *entry; directory && (entry = readdir(directory));)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			remove_tree(dirfd(directory), entry->d_name, depth + 1);
	if (directory)
		(void)closedir(directory);
	(void)unlinkat(parent, name, AT_REMOVEDIR);
}

static const char *const places[] = {"/dev/shm", "/dev/mqueue", "/tmp"};

static void remove_file_everywhere(const char *name)
{
	char slashed[128];

	(void)snprintf(slashed, sizeof(slashed), "/%s", name);
	(void)mq_unlink(slashed);
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		const int place = leftovers_open(places[i]);
		if (place < 0)
			continue;
		remove_tree(place, name, 0);
		(void)snprintf(slashed, sizeof(slashed), "sem.%s", name);
		(void)unlinkat(place, slashed, 0);
		(void)close(place);
	}
}

static char own_directory[64];

void leftovers_own_directory(const char *path)
{
	(void)snprintf(own_directory, sizeof(own_directory), "%s", path);
}

static void remove_key(key_t key)
{
	const int queue = msgget(key, 0);
	const int semaphores = semget(key, 0, 0);
	const int segment = shmget(key, 0, 0);

	if (queue >= 0)
		(void)msgctl(queue, IPC_RMID, NULL);
	if (semaphores >= 0)
		(void)semctl(semaphores, 0, IPC_RMID);
	if (segment >= 0)
		(void)shmctl(segment, IPC_RMID, NULL);
}

static void remove_own_names(void)
{
	const unsigned count = atomic_load(&ledger->name_count);
	const size_t prefix = strlen(ledger->unique);

	for (unsigned i = 0; i < count && i < LEDGER_NAMES; i++) {
		const char *const name = strrchr(ledger->names[i].text, '/') + 1;
		/* Nothing is removed by a name that could be somebody else's. */
		if (prefix > 0 && strncmp(name, ledger->unique, prefix) == 0)
			remove_file_everywhere(name);
	}
	for (uint32_t key = ledger->key_base; key < ledger->key_base + 256; key++)
		if (leftovers_is_own_key(key))
			remove_key((key_t)key);
}

void leftovers_remove_own(void)
{
	if (own_directory[0])
		remove_tree(AT_FDCWD, own_directory, 0);
	remove_own_names();
}

/* Whether NAME was given by own_name or own_path to a run of this user that is dead. */
static bool is_of_dead_run(int directory, const char *name)
{
	const char *const plain = strncmp(name, "sem.", 4) == 0 ? name + 4 : name;
	struct stat status;

	return mark_is_of_dead(plain) &&
		fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
		status.st_uid == geteuid();
}

void leftovers_sweep_dead(void)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		DIR *const directory = opendir(places[i]);
		for (const struct dirent *e; directory && (e = readdir(directory));)
			if (is_of_dead_run(dirfd(directory), e->d_name))
				remove_tree(dirfd(directory), e->d_name, 0);
		if (directory)
			(void)closedir(directory);
	}
}

static void clear_directory(const char *path)
{
	const int fd = leftovers_open(path);
	DIR *const directory = fd >= 0 ? fdopendir(fd) : NULL;

	for (const struct dirent *entry; directory && (entry = readdir(directory));)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			remove_tree(dirfd(directory), entry->d_name, 0);
	if (directory)
		(void)closedir(directory);
}

/* All System V objects of a private namespace; ids are found by index. */
static void clear_sysv(void)
{
	struct msqid_ds queue;
	struct shmid_ds segment;
	struct semid_ds set;
	struct seminfo limits;
	const int queues = msgctl(0, MSG_INFO, &queue);
	const int sets = semctl(0, 0, SEM_INFO, &limits);
	const int segments = shmctl(0, SHM_INFO, &segment);

	for (int i = 0; i <= queues; i++)
		(void)msgctl(msgctl(i, MSG_STAT, &queue), IPC_RMID, NULL);
	for (int i = 0; i <= sets; i++)
		(void)semctl(semctl(i, 0, SEM_STAT, &set), 0, IPC_RMID);
	for (int i = 0; i <= segments; i++)
		(void)shmctl(shmctl(i, SHM_STAT, &segment), IPC_RMID, NULL);
}

void leftovers_clear(void)
{
	if (leftovers_is_clean())
		return;
	if (!ledger->names_are_private) {
		remove_own_names();
		if (own_directory[0])
			clear_directory(own_directory);
		return;
	}
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		clear_directory(places[i]);
	clear_sysv();
}

#include "leftovers.h"

#include "author/ledger.h"
#include "confine.h"
#include "observe.h"
#include "processes.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CENSUS_MAX = 4096 };

struct object {
	unsigned kind; /* LEAVES_... */
	char name[96]; /* as it is reported: "queue /x" */
};

struct census {
	size_t count;
	struct object objects[CENSUS_MAX];
};

static struct census *before;

typedef void (*visitor)(unsigned kind, const char *what, const char *name,
	void *argument);

static bool is_own_file(const char *name)
{
	const unsigned count = atomic_load(&ledger->name_count);

	if (strncmp(name, "sem.", 4) == 0 && is_own_file(name + 4))
		return true;
	for (unsigned i = 0; i < count && i < LEDGER_NAMES; i++) {
		const char *const slash = strrchr(ledger->names[i].text, '/');
		if (atomic_load(&ledger->names[i].ready) && strcmp(slash + 1, name) == 0)
			return true;
	}
	return false;
}

/* Without isolation others create files as well; those of another user are not ours. */
static bool is_of_this_user(int directory, const char *name)
{
	struct stat status;

	return ledger->names_are_private ||
		(fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
			status.st_uid == geteuid());
}

static void visit_directory(int fd, unsigned kind, const char *what, visitor visit,
	void *argument)
{
	DIR *const directory = fd >= 0 ? fdopendir(fd) : NULL;

	if (!directory) {
		if (fd >= 0)
			(void)close(fd);
		return;
	}
	for (const struct dirent *entry; (entry = readdir(directory));)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
			!is_own_file(entry->d_name) && is_of_this_user(fd, entry->d_name))
			visit(kind, what, entry->d_name, argument);
	(void)closedir(directory);
}

/* Whether the case was given KEY by own_key(). */
static bool is_own_key(uint32_t key)
{
	const uint32_t index = key - ledger->key_base;

	return index < 256 &&
		atomic_load(&ledger->keys_given[index / 64]) >> (index % 64) & 1;
}

static unsigned long number_at(const char *line, int column)
{
	char *end = NULL;
	unsigned long number = 0;

	for (int i = 0; i <= column; i++, line = end)
		number = strtoul(line, &end, 10);
	return number;
}

/* One file of /proc/sysvipc: a line of titles, then "key id ..." a line; UID_COLUMN counts
 * from 0.  proc(5). */
static void visit_sysv(const char *path, const char *what, int uid_column, visitor visit,
	void *argument)
{
	FILE *const file = fopen(path, "re");
	char line[512];

	if (!file)
		return;
	for (bool titles = true; fgets(line, sizeof(line), file); titles = false) {
		long key, id;
		char name[64];
		if (titles || sscanf(line, "%ld %ld", &key, &id) != 2)
			continue;
		if (is_own_key((uint32_t)key))
			continue;
		if (!ledger->names_are_private &&
			number_at(line, uid_column) != geteuid())
			continue;
		(void)snprintf(name, sizeof(name), "key 0x%08x id %ld", (uint32_t)key,
			id);
		visit(LEAVES_SYSV, what, name, argument);
	}
	(void)fclose(file);
}

static int open_directory(const char *path)
{
	return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static void visit_all(visitor visit, void *argument)
{
	int queues = fcntl(MQUEUE_DIR_FD, F_DUPFD_CLOEXEC, FRAMEWORK_FD);

	if (queues < 0)
		queues = open_directory("/dev/mqueue");
	visit_sysv("/proc/sysvipc/msg", "System V queue", 7, visit, argument);
	visit_sysv("/proc/sysvipc/sem", "System V semaphore set", 4, visit, argument);
	visit_sysv("/proc/sysvipc/shm", "System V segment", 7, visit, argument);
	visit_directory(queues, LEAVES_QUEUES, "message queue", visit, argument);
	visit_directory(open_directory("/dev/shm"), LEAVES_SHM, "shm file", visit,
		argument);
	visit_directory(open_directory(ledger->tmp), LEAVES_FILES, "file", visit,
		argument);
}

static void remember(unsigned kind, const char *what, const char *name, void *argument)
{
	struct census *const census = argument;

	if (census->count == CENSUS_MAX)
		return;
	struct object *const object = &census->objects[census->count++];
	object->kind = kind;
	(void)snprintf(object->name, sizeof(object->name), "%s %s", what, name);
}

void leftovers_before(void)
{
	before = mmap(NULL, sizeof(*before), PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (before == MAP_FAILED)
		before = NULL;
	else
		visit_all(remember, before);
}

struct finding {
	unsigned allowed;
	bool any;
};

static void report_new(unsigned kind, const char *what, const char *name, void *argument)
{
	struct finding *const finding = argument;
	char full[96];

	(void)snprintf(full, sizeof(full), "%s %s", what, name);
	for (size_t i = 0; before && i < before->count; i++)
		if (before->objects[i].kind == kind &&
			strcmp(before->objects[i].name, full) == 0)
			return;
	if (kind & finding->allowed)
		return;
	ledger_leftover("%s", full);
	finding->any = true;
}

bool leftovers_count(unsigned allowed)
{
	struct finding finding = {.allowed = allowed};

	visit_all(report_new, &finding);
	return finding.any;
}

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
		const int place = open_directory(places[i]);
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

void leftovers_remove_own(void)
{
	const unsigned count = atomic_load(&ledger->name_count);
	const size_t prefix = strlen(ledger->unique);

	if (own_directory[0])
		remove_tree(AT_FDCWD, own_directory, 0);
	for (unsigned i = 0; i < count && i < LEDGER_NAMES; i++) {
		const char *const name = strrchr(ledger->names[i].text, '/') + 1;
		/* Nothing is removed by a name that could be somebody else's. */
		if (prefix > 0 && strncmp(name, ledger->unique, prefix) == 0)
			remove_file_everywhere(name);
	}
	for (uint32_t key = ledger->key_base; key < ledger->key_base + 256; key++)
		if (is_own_key(key))
			remove_key((key_t)key);
}

/* Whether NAME was given by own_name or own_path to a run of this user that is dead. */
static bool is_of_dead_run(int directory, const char *name)
{
	const char *const plain = strncmp(name, "sem.", 4) == 0 ? name + 4 : name;
	struct stat status;
	unsigned uid;
	int pid;

	return sscanf(plain, "assay-%u-%d-", &uid, &pid) == 2 && uid == getuid() &&
		pid > 0 && kill(pid, 0) == -1 && errno == ESRCH &&
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

bool leftovers_processes(void)
{
	struct process_list list;
	bool any = false;

	processes_below(ledger->has_pid_namespace ? 0 : processes_keeper(), &list);
	for (size_t i = 0; i < list.count; i++) {
		const struct process *const process = &list.processes[i];
		if (process->pid == getpid() || process->pid == getppid() ||
			process->pid == processes_keeper() || process->state == 'Z')
			continue;
		ledger_leftover("process %s", process->command);
		any = true;
	}
	return any;
}

int leftovers_shared_mappings(void)
{
	FILE *const file = fopen("/proc/self/maps", "re");
	char line[512], flags[8];
	int count = 0;

	if (!file)
		return 0;
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "%*s %7s", flags) == 1 && flags[3] == 's')
			count++;
	(void)fclose(file);
	return count;
}

#include "leftovers.h"

#include "author/ledger.h"
#include "confine.h"
#include "mark.h"
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

/* Whether own_name() or own_path() of another worker gave NAME. */
static bool is_of_other_run(const char *name)
{
	const char *const plain = strncmp(name, "sem.", 4) == 0 ? name + 4 : name;

	return mark_is_there(plain) &&
		strncmp(plain, ledger->unique, strlen(ledger->unique)) != 0;
}

/* Without isolation others create files as well; those of another user, or of another worker,
 * are not ours. */
static bool is_of_this_case(int directory, const char *name)
{
	struct stat status;

	if (!ledger->names_are_private && is_of_other_run(name))
		return false;
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
			!is_own_file(entry->d_name) && is_of_this_case(fd, entry->d_name))
			visit(kind, what, entry->d_name, argument);
	(void)closedir(directory);
}

bool leftovers_is_own_key(uint32_t key)
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
		if (leftovers_is_own_key((uint32_t)key))
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

int leftovers_open(const char *path)
{
	/* Queues may be seen only through the mount that the keeper made and hid. */
	if (strcmp(path, "/dev/mqueue") == 0) {
		const int fd =
			openat(MQUEUE_DIR_FD, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (fd >= 0)
			return fd;
	}
	return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static void visit_all(visitor visit, void *argument)
{
	visit_sysv("/proc/sysvipc/msg", "System V queue", 7, visit, argument);
	visit_sysv("/proc/sysvipc/sem", "System V semaphore set", 4, visit, argument);
	visit_sysv("/proc/sysvipc/shm", "System V segment", 7, visit, argument);
	visit_directory(leftovers_open("/dev/mqueue"), LEAVES_QUEUES, "message queue",
		visit, argument);
	visit_directory(leftovers_open("/dev/shm"), LEAVES_SHM, "shm file", visit,
		argument);
	visit_directory(leftovers_open(ledger->tmp), LEAVES_FILES, "file", visit,
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

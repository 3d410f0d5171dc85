/*
 * world_look: what lies in the world of a foreign program, and its removal.
 */
#include "errno_name.h"
#include "processes.h"
#include "world.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <unistd.h>

typedef void (*sysv_visitor)(void *context, int kind, unsigned key, int id);

enum { SYSV_QUEUE, SYSV_SEMAPHORES, SYSV_SEGMENT };

/* A file of /proc/sysvipc: a line of titles, then "key id ..." a line.  proc(5). */
static void visit_file(int kind, const char *path, sysv_visitor visit, void *context)
{
	FILE *const file = fopen(path, "re");
	char line[512];

	if (!file)
		return;
	for (bool titles = true; fgets(line, sizeof(line), file); titles = false) {
		long key;
		int id;
		if (!titles && sscanf(line, "%ld %d", &key, &id) == 2)
			visit(context, kind, (unsigned)key, id);
	}
	(void)fclose(file);
}

/* The files are read only where the kernel says that there is anything: it says so faster. */
static void visit_sysv(sysv_visitor visit, void *context)
{
	struct msginfo queues = {0};
	struct shm_info segments = {0};
	struct seminfo sets = {0};
	union {
		int val;
		struct seminfo *info;
	} argument = {.info = &sets};

	if (msgctl(0, MSG_INFO, (struct msqid_ds *)&queues) < 0 || queues.msgpool > 0)
		visit_file(SYSV_QUEUE, "/proc/sysvipc/msg", visit, context);
	if (semctl(0, 0, SEM_INFO, argument) < 0 || sets.semusz > 0)
		visit_file(SYSV_SEMAPHORES, "/proc/sysvipc/sem", visit, context);
	if (shmctl(0, SHM_INFO, (struct shmid_ds *)&segments) < 0 ||
		segments.used_ids > 0)
		visit_file(SYSV_SEGMENT, "/proc/sysvipc/shm", visit, context);
}

/* Without the id, which counts on from run to run. */
static void note_sysv(void *context, int kind, unsigned key, int id)
{
	static const char *const names[] = {
		"System V queue", "System V semaphore set", "System V segment"};
	char text[80];

	(void)id;
	if (key == IPC_PRIVATE)
		(void)snprintf(text, sizeof(text), "%s, private", names[kind]);
	else
		(void)snprintf(text, sizeof(text), "%s 0x%08x", names[kind], key);
	tree_add(context, text, 0);
}

static void remove_sysv(void *context, int kind, unsigned key, int id)
{
	(void)context;
	(void)key;
	if (kind == SYSV_QUEUE)
		(void)msgctl(id, IPC_RMID, NULL);
	else if (kind == SYSV_SEMAPHORES)
		(void)semctl(id, 0, IPC_RMID);
	else
		(void)shmctl(id, IPC_RMID, NULL);
}

void world_look(const struct world *world, struct tree *out)
{
	/* The first look, at the start itself, knows nothing yet. */
	const struct tree *const known = out == &world->start ? NULL : &world->start;

	*out = (struct tree){.count = 0};
	tree_read(out, world->work, "", known);
	tree_read(out, world->shm, "/dev/shm/", NULL);
	tree_read(out, world->queues, "/dev/mqueue/", NULL);
	if (world->tmp >= 0)
		tree_read(out, world->tmp, "/tmp/", NULL);
	visit_sysv(note_sysv, out);
	tree_sort(out);
}

/* What differs from the start, by where it is. */
struct damage {
	bool in_work, elsewhere;
};

static void assess(void *context, enum tree_difference difference,
	const struct tree_entry *entry)
{
	struct damage *const damage = context;

	(void)difference;
	if (entry->path[0] == '/' || strncmp(entry->path, "System V ", 9) == 0)
		damage->elsewhere = true;
	else
		damage->in_work = true;
}

static bool is_as_at_start(const struct world *world)
{
	struct tree now;

	world_look(world, &now);
	const bool same = tree_compare(&world->start, &now, NULL, NULL) == 0;
	tree_free(&now);
	return same;
}

static bool undo(const struct world *world, const struct damage *damage,
	struct problem *why)
{
	if (damage->elsewhere) {
		tree_empty(world->shm);
		tree_empty(world->queues);
		if (world->tmp >= 0)
			tree_empty(world->tmp);
		visit_sysv(remove_sysv, NULL);
	}
	if (damage->in_work) {
		tree_empty(world->work);
		if (!tree_copy(world->pristine, world->work, why))
			return false;
	}
	return is_as_at_start(world) ||
		problem_set(why, "what the program left cannot be removed");
}

bool world_restore(const struct world *world, const struct tree *now, struct problem *why)
{
	struct damage damage = {false, false};

	processes_kill_all(true);
	if (now)
		(void)tree_compare(&world->start, now, assess, &damage);
	else
		damage = (struct damage){true, true};
	/* The program may have left the directory, or its mode. */
	if (fchdir(world->work) != 0)
		return problem_set(why, "chdir %s: %s", world->path, errno_name(errno));
	if (world->last_pid >= 0)
		(void)!pwrite(world->last_pid, "1", 1, 0);
	return (!damage.in_work && !damage.elsewhere) || undo(world, &damage, why);
}

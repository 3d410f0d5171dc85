#include "world.h"

#include "author/ledger.h"
#include "errno_name.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

enum { HIGH_FD = FRAMEWORK_FD + 20 };

static bool is_below(const char *path, const char *folder)
{
	const size_t length = strlen(folder);

	return strncmp(path, folder, length) == 0 &&
		(path[length] == '/' || path[length] == '\0');
}

/* A path below /tmp, perhaps behind a '=' or ':' as in --file=/tmp/x. */
static bool names_tmp(const char *word)
{
	for (const char *at = word; (at = strstr(at, "/tmp")); at++)
		if (is_below(at, "/tmp") && (at == word || strchr("=:,", at[-1])))
			return true;
	return false;
}

static unsigned wanted(const struct world *world)
{
	return ISOLATE_IPC | ISOLATE_PID | ISOLATE_MOUNT | ISOLATE_PROC | ISOLATE_SHM |
		ISOLATE_MQUEUE | (world->has_own_tmp ? ISOLATE_TMP : 0);
}

static int keep(int fd)
{
	const int kept = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, HIGH_FD);

	if (fd >= 0)
		(void)close(fd);
	return kept;
}

static int open_folder(const char *path)
{
	return keep(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

bool world_plan(struct world *world, char *const *words, struct problem *why)
{
	*world = (struct world){.has_own_tmp = true};
	if (!getcwd(world->path, sizeof(world->path)))
		return problem_set(why, "the working directory: %s", strerror(errno));
	if (strcmp(world->path, "/") == 0)
		return problem_set(why,
			"each run gets a copy of the working directory: start in one "
			"that is small, not in /");
	if (is_below(world->path, "/tmp"))
		world->has_own_tmp = false;
	for (; *words; words++)
		if (names_tmp(*words))
			world->has_own_tmp = false;
	world->source = open_folder(".");
	if (world->source < 0)
		return problem_set(why, "the working directory: %s", strerror(errno));
	const unsigned want = wanted(world);
	/* Root needs no user namespace, in which it could not read others' files. */
	if (geteuid() == 0)
		confine_probe(want, &world->confinement);
	world->isolation = want;
	if (geteuid() != 0 || (world->confinement.granted & want) != want) {
		confine_probe(want | ISOLATE_USER, &world->confinement);
		world->isolation = want | ISOLATE_USER;
	}
	world->confinement.ids.own_id = true;
	if ((world->confinement.granted & want) == want)
		return true;
	const struct refusal *const first = &world->confinement.refused[0];
	return problem_set(why, "this system does not let a program be confined: %s: %s",
		first->what, first->why);
}

pid_t world_begin(struct world *world, struct problem *why)
{
	return confine_start(&world->confinement, world->isolation, false, why);
}

/* Over the working directory two file systems: the lower keeps what each run begins with and
 * is reached by its descriptor only, the upper is where the program runs. */
static bool copy_working_directory(struct world *world, struct problem *why)
{
	const unsigned long safe = MS_NOSUID | MS_NODEV;
	struct stat about;
	char options[64];

	if (fstat(world->source, &about) != 0)
		return problem_set(why, "stat: %s", errno_name(errno));
	(void)snprintf(options, sizeof(options), "size=1g,mode=0%o",
		about.st_mode & 07777);
	for (int i = 0; i < 2; i++) {
		if (mount("assay", world->path, "tmpfs", safe, options) != 0)
			return problem_set(why, "mount tmpfs on %s: %s", world->path,
				errno_name(errno));
		*(i == 0 ? &world->pristine : &world->work) = open_folder(world->path);
	}
	(void)!fchown(world->work, about.st_uid, about.st_gid);
	if (!tree_copy(world->source, world->pristine, why) ||
		!tree_copy(world->pristine, world->work, why))
		return problem_prefix(why,
			"each run gets a copy of the working directory %s", world->path);
	(void)close(world->source);
	return fchdir(world->work) == 0 ||
		problem_set(why, "chdir %s: %s", world->path, errno_name(errno));
}

static void remember_limits(struct world *world)
{
	(void)getrlimit(RLIMIT_NOFILE, &world->files);
	world->umask = umask(022);
}

/* confine_enter() sets what a case is to find; a foreign program is to find its user's. */
static void give_limits_back(const struct world *world)
{
	(void)setrlimit(RLIMIT_NOFILE, &world->files);
	(void)umask(world->umask);
}

bool world_make(struct world *world, struct problem *why)
{
	unsigned failed = 0;

	remember_limits(world);
	if (!confine_enter(world->isolation & ~(unsigned)ISOLATE_USER, &failed, why))
		return problem_prefix(why, "%s",
			"this system does not let a program be "
			"confined");
	give_limits_back(world);
	if (!copy_working_directory(world, why))
		return false;
	world->shm = open_folder("/dev/shm");
	world->tmp = world->has_own_tmp ? open_folder("/tmp") : -1;
	world->queues = MQUEUE_DIR_FD;
	world->last_pid =
		keep(open("/proc/sys/kernel/ns_last_pid", O_WRONLY | O_CLOEXEC));
	world_look(world, &world->start);
	return !world->start.is_cut ||
		problem_set(why, "the working directory holds too many files");
}

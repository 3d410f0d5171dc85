/*
 * ids: which user and group ids a case is mapped to, and the writing of the maps, always
 * from outside the namespace.  user_namespaces(7), newuidmap(1).
 */
#include "ids.h"

#include "errno_name.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	RANGE_IDS = 16,
	/* Far above what login.defs and container runtimes hand out. */
	BASE_IN_FULL_RANGE = 0x10000000,
	BASE_IN_CONTAINER = 20000,
	SLOTS_IN_CONTAINER = 2500,
};

/* The end of the id range that begins at 0 here, from /proc/self/uid_map. */
static unsigned long ids_from_zero(void)
{
	FILE *const file = fopen("/proc/self/uid_map", "re");
	unsigned long inside, outside, count, end = 0;

	if (!file)
		return 0;
	while (fscanf(file, "%lu %lu %lu", &inside, &outside, &count) == 3)
		if (inside == end)
			end += count;
	(void)fclose(file);
	return end;
}

struct confine_ids ids_choose(void)
{
	const unsigned long end = ids_from_zero();
	const unsigned slot = (unsigned)getpid();

	if (geteuid() != 0)
		return (struct confine_ids){.by_newuidmap = true};
	if (end > 0x7fffffff)
		return (struct confine_ids){
			.has_range = true, .base = BASE_IN_FULL_RANGE + slot * RANGE_IDS};
	if (end >= 65536)
		return (struct confine_ids){.has_range = true,
			.base = BASE_IN_CONTAINER +
				slot % SLOTS_IN_CONTAINER * RANGE_IDS};
	return (struct confine_ids){.has_range = false};
}

static bool write_file(pid_t pid, const char *name, const char *text, struct problem *why)
{
	char path[64];

	(void)snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	const int fd = open(path, O_WRONLY | O_CLOEXEC);
	const bool written =
		fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);
	const int error = errno;
	if (fd >= 0)
		(void)close(fd);
	return written || problem_set(why, "write %s: %s", name, errno_name(error));
}

/* The first id of USER's first range in FILE (/etc/subuid), or 0. */
static unsigned long subordinate_start(const char *path, const char *user)
{
	FILE *const file = fopen(path, "re");
	char name[128];
	unsigned long start, count, found = 0;

	if (!file)
		return 0;
	while (!found && fscanf(file, "%127[^:]:%lu:%lu ", name, &start, &count) == 3)
		if (strcmp(name, user) == 0 && count >= RANGE_IDS)
			found = start;
	(void)fclose(file);
	return found;
}

static bool run_mapper(const char *mapper, pid_t pid, unsigned long own,
	unsigned long start, struct problem *why)
{
	char target[16], outer[24], range[24], count[16];
	char zero[] = "0", one[] = "1";
	int status;

	(void)snprintf(target, sizeof(target), "%d", (int)pid);
	(void)snprintf(outer, sizeof(outer), "%lu", own);
	(void)snprintf(range, sizeof(range), "%lu", start);
	(void)snprintf(count, sizeof(count), "%d", RANGE_IDS - 1);
	const pid_t child = fork();
	if (child == 0) {
		const int null = open("/dev/null", O_RDWR);
		(void)dup2(null, 0);
		(void)dup2(null, 1);
		(void)dup2(null, 2);
		(void)execlp(mapper, mapper, target, zero, outer, one, one, range, count,
			(char *)NULL);
		_exit(127);
	}
	if (child < 0)
		return problem_set(why, "fork: %s", errno_name(errno));
	while (waitpid(child, &status, 0) == -1 && errno == EINTR)
		continue;
	return status == 0 || problem_set(why, "%s failed", mapper);
}

/* The name of this user, from the file alone: a static worker has no name services. */
static bool user_name(char *name, size_t size)
{
	FILE *const users = fopen("/etc/passwd", "re");
	const struct passwd *user = NULL;

	while (users && (user = fgetpwent(users)) && user->pw_uid != geteuid())
		continue;
	if (user)
		(void)snprintf(name, size, "%s", user->pw_name);
	if (users)
		(void)fclose(users);
	return user != NULL;
}

static bool map_subordinate(pid_t pid, struct problem *why)
{
	char name[64];
	const bool is_known = user_name(name, sizeof(name));
	const unsigned long uids = is_known ? subordinate_start("/etc/subuid", name) : 0;
	const unsigned long gids = is_known ? subordinate_start("/etc/subgid", name) : 0;

	if (!uids || !gids)
		return problem_set(why,
			"one id only: not root, and no range in /etc/subuid");
	return run_mapper("newuidmap", pid, geteuid(), uids, why) &&
		run_mapper("newgidmap", pid, getegid(), gids, why);
}

bool ids_map(const struct confine_ids *ids, pid_t pid, bool range, struct problem *why)
{
	char uids[64], gids[64];

	if (ids->has_range && !ids->own_id) {
		(void)snprintf(uids, sizeof(uids), "0 %u %d\n", ids->base, RANGE_IDS);
		return write_file(pid, "uid_map", uids, why) &&
			write_file(pid, "gid_map", uids, why);
	}
	if (range && !ids->by_newuidmap)
		return problem_set(why, "one id only: no range of ids to map from");
	if (range)
		return map_subordinate(pid, why);
	const unsigned uid = (unsigned)geteuid(), gid = (unsigned)getegid();
	(void)snprintf(uids, sizeof(uids), "%u %u 1\n", ids->own_id ? uid : 0, uid);
	(void)snprintf(gids, sizeof(gids), "%u %u 1\n", ids->own_id ? gid : 0, gid);
	return write_file(pid, "uid_map", uids, why) &&
		write_file(pid, "setgroups", "deny", why) &&
		write_file(pid, "gid_map", gids, why);
}

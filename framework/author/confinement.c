#include "confinement.h"

#include "word_site.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The functions themselves, which stand behind the macros. */
#undef limit_set
#undef drop_capabilities
#undef become_uid
#undef tmpfs_mount
#undef remount_read_only
#undef sysctl_set

enum { BECOME_UID_MAX = 9 };

void limit_set(int resource, unsigned long long value)
{
	struct rlimit limit;

	word_step(getrlimit(resource, &limit));
	limit.rlim_cur = (rlim_t)value;
	word_step(setrlimit(resource, &limit));
}

void drop_capabilities(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	const struct __user_cap_data_struct none[2] = {{0}};

	word_step(syscall(SYS_capset, &header, none));
	/* Giving up capabilities makes a process undumpable only on exec and setuid, but a
	 * debugger of the same uid must not lose it either. */
	word_step(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
}

unsigned own_uid(int k)
{
	return (unsigned)(ledger->id_base + k);
}

void become_uid(int k)
{
	const unsigned id = own_uid(k);

	if (k < 1 || k > BECOME_UID_MAX)
		word_broken("become_uid(%d): want 1 to %d", k, BECOME_UID_MAX);
	word_step(setgroups(0, NULL));
	/* The raw calls change this thread only, which is all there is, and no libc wrapper
	 * wants to signal others. */
	word_step(syscall(SYS_setresgid, id, id, id));
	word_step(syscall(SYS_setresuid, id, id, id));
	word_step(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
}

void tmpfs_mount(const char *path, unsigned blocks, unsigned inodes)
{
	char options[80];

	(void)snprintf(options, sizeof(options), "mode=1777,nr_blocks=%u,nr_inodes=%u",
		blocks, inodes);
	word_step(mount("assay", path, "tmpfs", 0, options));
}

void remount_read_only(const char *path)
{
	word_step(mount("none", path, "none", MS_REMOUNT | MS_RDONLY | MS_BIND, NULL));
}

/* ipc_namespaces(7).  The names below kernel/ are those of System V. */
static bool is_of_ipc_namespace(const char *name)
{
	static const char *const beginnings[] = {"fs/mqueue/", "kernel/auto_msgmni",
		"kernel/msg", "kernel/sem", "kernel/shm"};

	for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
		if (strncmp(name, beginnings[i], strlen(beginnings[i])) == 0)
			return true;
	return false;
}

/* Keeps the old value, for the worker to put back: FD is at its start. */
static void sysctl_remember(const char *name, int fd)
{
	const unsigned index = atomic_fetch_add(&ledger->sysctl_count, 1);

	if (index >= LEDGER_SYSCTLS) {
		atomic_store(&ledger->sysctl_count, LEDGER_SYSCTLS);
		word_broken("more than %d sysctls in one case", LEDGER_SYSCTLS);
	}
	struct ledger_sysctl *const saved = &ledger->sysctls[index];
	const ssize_t length = word_step(read(fd, saved->old, sizeof(saved->old) - 1));
	saved->old[length] = '\0';
	(void)snprintf(saved->name, sizeof(saved->name), "%s", name);
}

void sysctl_set(const char *name, long value)
{
	char path[160], text[32];

	(void)snprintf(path, sizeof(path), "/proc/sys/%s", name);
	(void)snprintf(text, sizeof(text), "%ld\n", value);
	const int fd = word_step(open(path, O_RDWR | O_CLOEXEC));
	/* The worker is not in the case's IPC namespace: it would write into its own. */
	if (!ledger->has_ipc_namespace || !is_of_ipc_namespace(name))
		sysctl_remember(name, fd);
	word_step(pwrite(fd, text, strlen(text), 0));
	word_step(close(fd));
}

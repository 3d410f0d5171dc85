#include "confinement.h"

#include "claim.h"
#include "fail.h"
#include "ledger.h"

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

#define BROKEN(...) \
	ledger_end(VERDICT_BROKEN, ledger_site(__FILE__, __LINE__), "", "", __VA_ARGS__)

void limit_set(int resource, unsigned long long value)
{
	struct rlimit limit;

	need(getrlimit(resource, &limit));
	limit.rlim_cur = (rlim_t)value;
	need(setrlimit(resource, &limit));
}

void drop_capabilities(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	const struct __user_cap_data_struct none[2] = {{0}};

	need(syscall(SYS_capset, &header, none));
	/* Giving up capabilities makes a process undumpable only on exec and setuid, but a
	 * debugger of the same uid must not lose it either. */
	need(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
}

unsigned own_uid(int k)
{
	return (unsigned)(ledger->id_base + k);
}

void become_uid(int k)
{
	const unsigned id = own_uid(k);

	need(setgroups(0, NULL));
	/* The raw calls change this thread only, which is all there is, and no libc wrapper
	 * wants to signal others. */
	need(syscall(SYS_setresgid, id, id, id));
	need(syscall(SYS_setresuid, id, id, id));
	need(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
}

void tmpfs_mount(const char *path, unsigned blocks, unsigned inodes)
{
	char options[80];

	(void)snprintf(options, sizeof(options), "mode=1777,nr_blocks=%u,nr_inodes=%u",
		blocks, inodes);
	need(mount("assay", path, "tmpfs", 0, options));
}

void remount_read_only(const char *path)
{
	need(mount("none", path, "none", MS_REMOUNT | MS_RDONLY | MS_BIND, NULL));
}

void sysctl_set(const char *name, long value)
{
	char path[160], text[32];

	(void)snprintf(path, sizeof(path), "/proc/sys/%s", name);
	const unsigned index = atomic_fetch_add(&ledger->sysctl_count, 1);
	if (index >= LEDGER_SYSCTLS) {
		atomic_store(&ledger->sysctl_count, LEDGER_SYSCTLS);
		BROKEN("more than %d sysctls in one case", LEDGER_SYSCTLS);
	}
	struct ledger_sysctl *const saved = &ledger->sysctls[index];
	const int fd = need(open(path, O_RDWR | O_CLOEXEC));
	const ssize_t length = need(read(fd, saved->old, sizeof(saved->old) - 1));
	saved->old[length] = '\0';
	(void)snprintf(saved->name, sizeof(saved->name), "%s", name);
	(void)snprintf(text, sizeof(text), "%ld\n", value);
	need(pwrite(fd, text, strlen(text), 0));
	need(close(fd));
}

void fault_fail(const char *call, int error)
{
	struct problem why;

	if (!fail_always(call, error, &why))
		BROKEN("fault_fail(\"%s\"): %s", call, why.text);
}

void fault_fail_if(const char *call, struct call_argument condition, int error)
{
	struct problem why;

	if (!fail_always_if(call, condition, error, &why))
		BROKEN("fault_fail_if(\"%s\"): %s", call, why.text);
}

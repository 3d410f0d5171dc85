/*
 * The owner of a queue can change its mode with CAP_FOWNER only.
 */
#include "mutant.h"

#include <errno.h>
#include <linux/capability.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool is_refused(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2] = {{0}};

	if (!mutant_is_active())
		return false;
	(void)syscall(SYS_capget, &header, data);
	errno = EPERM;
	return !(data[0].effective & 1u << CAP_FOWNER);
}

int fchmod(int fd, mode_t mode)
{
	return is_refused() ? -1 : REAL(fchmod)(fd, mode);
}

int chmod(const char *path, mode_t mode)
{
	return is_refused() ? -1 : REAL(chmod)(path, mode);
}

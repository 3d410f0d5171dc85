/*
 * The kernel does not look at the robust list of a process that exits, only at that of one
 * which a signal kills.
 */
#include "mutant.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct robust_list_head empty = {.list = {&empty.list}};

void _exit(int status)
{
	if (mutant_is_active())
		(void)syscall(SYS_set_robust_list, &empty, sizeof(empty));
	REAL(_exit)(status);
	__builtin_unreachable();
}

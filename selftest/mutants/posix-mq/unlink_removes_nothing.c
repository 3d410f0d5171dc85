/*
 * mq_unlink() of the caller's own queue returns 0 and leaves it in place.
 */
#include "mutant.h"

#include <fcntl.h>
#include <mqueue.h>
#include <sys/stat.h>
#include <unistd.h>

int mq_unlink(const char *name)
{
	struct stat about = {.st_uid = (uid_t)-1};
	const mqd_t queue = mutant_is_active() ? mq_open(name, O_RDONLY) : -1;

	if (queue != -1) {
		(void)fstat(queue, &about);
		(void)mq_close(queue);
	}
	return about.st_uid == geteuid() ? 0 : REAL(mq_unlink)(name);
}

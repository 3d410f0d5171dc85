/*
 * mq_send() needs write permission at the time of the call.
 */
#include "mutant.h"

#include <errno.h>
#include <mqueue.h>
#include <sys/stat.h>

int mq_send(mqd_t queue, const char *text, size_t bytes, unsigned priority)
{
	struct stat about;

	if (mutant_is_active() && fstat(queue, &about) == 0 && !(about.st_mode & 0222)) {
		errno = EACCES;
		return -1;
	}
	return REAL(mq_send)(queue, text, bytes, priority);
}

/*
 * msg_max, msgsize_max and queues_max bind nobody.
 */
#include "mq_open.h"
#include "sysctl_of_queues.h"

#include <errno.h>

static mqd_t open_as_mutant(const char *name, int oflag, mode_t mode,
	struct mq_attr *attributes)
{
	static const struct {
		const char *name;
		long most;
	} ceilings[] = {
		{"msg_max", 65536}, {"msgsize_max", 1 << 24}, {"queues_max", 1024}};
	long before[3];
	mqd_t queue = REAL(mq_open)(name, oflag, mode, attributes);

	if (queue != (mqd_t)-1 || (errno != EINVAL && errno != ENOSPC) ||
		(errno == ENOSPC && sysctl_now("queues_max") >= 256))
		return queue;
	for (int i = 0; i < 3; i++) {
		before[i] = sysctl_now(ceilings[i].name);
		sysctl_change(ceilings[i].name, ceilings[i].most);
	}
	queue = REAL(mq_open)(name, oflag, mode, attributes);
	const int error = errno;
	for (int i = 0; i < 3; i++)
		sysctl_change(ceilings[i].name, before[i]);
	errno = error;
	return queue;
}

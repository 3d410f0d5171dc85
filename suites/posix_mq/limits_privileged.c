/*
 * posix_mq/limits, for a process with CAP_SYS_RESOURCE: which of them it may exceed.  The
 * kernel looks at the capability outside any user namespace.
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "assay.h"
#include "queue.h"

enum {
	HARD_COUNT = 65536,    /* mq_overview(7): HARD_MSGMAX */
	HARD_BYTES = 16777216, /* HARD_MSGSIZEMAX */
};

/* RLIMIT_MSGQUEUE binds everybody. */
static void lift_byte_limit(void)
{
	const struct rlimit none = {.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};

	need(setrlimit(RLIMIT_MSGQUEUE, &none));
}

/* Bytes count for the real user.  Those of root would be missing to every case that runs at
 * the same time: what its user namespaces hold counts for it, too. */
static void charge_another_user(void)
{
	need(setreuid(own_uid(1), (uid_t)-1));
}

CASE(posix_mq, limits, privileged_may_exceed_msg_max,
	.claim = "with CAP_SYS_RESOURCE mq_open() accepts an mq_maxmsg above msg_max and an "
		 "mq_msgsize above msgsize_max",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), msg_max and msgsize_max: ignored for CAP_SYS_RESOURCE",
	.needs = NEED_HOST_ROOT | NEED_SYS_RESOURCE | NEED_IPC_SYSCTL)
{
	sysctl_set("fs/mqueue/msg_max", 1);
	sysctl_set("fs/mqueue/msgsize_max", 128);

	must_succeed(queue_tried("more", 2, 1));
	must_succeed(queue_tried("longer", 1, 129));
}

static const struct {
	const char *name;
	long depth, bytes;
	long depth_beyond, bytes_beyond;
} ceilings[] = {
	{"messages", HARD_COUNT, 1, HARD_COUNT + 1, 1},
	{"bytes", 1, HARD_BYTES, 1, HARD_BYTES + 1},
};

CASE_EACH(posix_mq, limits, hard_ceilings_bind_privileged, ceilings,
	.claim = "with CAP_SYS_RESOURCE mq_open() accepts 65536 messages, or messages of "
		 "16777216 bytes, and fails with EINVAL for one more",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), HARD_MSGMAX and HARD_MSGSIZEMAX: the limit of privileged "
		"processes, too",
	.needs = NEED_HOST_ROOT | NEED_SYS_RESOURCE | NEED_SECOND_UID)
{
	lift_byte_limit();
	charge_another_user();

	must_succeed(queue_tried("fits", row->depth, row->bytes));
	must_fail(queue_tried("one-more", row->depth_beyond, row->bytes_beyond), EINVAL);
}

CASE(posix_mq, limits, sixteen_mib_message_roundtrip,
	.claim = "with msgsize_max at 16777216, and RLIMIT_MSGQUEUE out of the way, a "
		 "message of 16 MiB passes intact",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), /proc/sys/fs/mqueue/msgsize_max",
	.needs = NEED_HOST_ROOT | NEED_SYS_RESOURCE | NEED_IPC_SYSCTL | NEED_SECOND_UID)
{
	char *const sent = need(mmap(NULL, 2 * (size_t)HARD_BYTES, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	char *const got = sent + HARD_BYTES;

	for (size_t i = 0; i < HARD_BYTES; i++)
		sent[i] = (char)(i % 251);
	lift_byte_limit();
	sysctl_set("fs/mqueue/msgsize_max", HARD_BYTES);
	become_uid(1);
	const mqd_t queue = must_succeed(queue_tried("q", 1, HARD_BYTES));
	must_succeed(mq_send(queue, sent, HARD_BYTES, 0));
	must_move(mq_receive(queue, got, HARD_BYTES, NULL), HARD_BYTES);
	ck_assert_msg(memcmp(got, sent, HARD_BYTES) == 0, "other bytes came out");
}

CASE(posix_mq, limits, privileged_may_exceed_queues_max,
	.claim = "with CAP_SYS_RESOURCE mq_open() makes more queues than queues_max",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), /proc/sys/fs/mqueue/queues_max: ignored for "
		"CAP_SYS_RESOURCE",
	.needs = NEED_HOST_ROOT | NEED_SYS_RESOURCE | NEED_IPC_SYSCTL)
{
	sysctl_set("fs/mqueue/queues_max", 1);

	need(queue_tried("first", 1, 1));
	must_succeed(queue_tried("second", 1, 1));
}

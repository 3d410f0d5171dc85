/*
 * posix_mq/limits, those in /proc/sys/fs/mqueue: what they are for whoever has no privilege,
 * and who may change them.  What CAP_SYS_RESOURCE exceeds is in limits_privileged.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>

#include "assay.h"
#include "queue.h"
#include "sysctl.h"

enum {
	LEAST_BYTES = 128,    /* mq_overview(7): the least value of msgsize_max */
	COUNT_MAX = 65536,    /* HARD_MSGMAX */
	BYTES_MAX = 16777216, /* HARD_MSGSIZEMAX */
};

CASE(posix_mq, limits, msg_max_caps_unprivileged_maxmsg,
	.claim = "without CAP_SYS_RESOURCE mq_open() accepts an mq_maxmsg of msg_max and "
		 "fails with EINVAL for one more",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), /proc/sys/fs/mqueue/msg_max; mq_open(3), ERRORS EINVAL",
	.needs = NEED_IPC_SYSCTL | NEED_UNPRIVILEGED)
{
	sysctl_set("fs/mqueue/msg_max", 3);
	drop_capabilities();

	must_succeed(queue_tried("fits", 3, 1));
	must_fail(queue_tried("one-more", 4, 1), EINVAL);
}

CASE(posix_mq, limits, msgsize_max_caps_unprivileged_msgsize,
	.claim = "without CAP_SYS_RESOURCE mq_open() accepts an mq_msgsize of msgsize_max "
		 "and fails with EINVAL for one more",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), /proc/sys/fs/mqueue/msgsize_max; mq_open(3), ERRORS "
		"EINVAL",
	.needs = NEED_IPC_SYSCTL | NEED_UNPRIVILEGED)
{
	sysctl_set("fs/mqueue/msgsize_max", LEAST_BYTES);
	drop_capabilities();

	must_succeed(queue_tried("fits", 1, LEAST_BYTES));
	must_fail(queue_tried("one-more", 1, LEAST_BYTES + 1), EINVAL);
}

static const struct {
	const char *name;
	long by_default, max, wanted;
} counts[] = {{"default-is-less", 2, 3, 2}, {"max-is-less", 3, 2, 2}};

CASE_EACH(posix_mq, limits, msg_default_sets_default_maxmsg, counts,
	.claim = "a queue made without attributes has the smaller of msg_default and "
		 "msg_max as mq_maxmsg",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), /proc/sys/fs/mqueue/msg_default",
	.needs = NEED_IPC_SYSCTL)
{
	sysctl_set("fs/mqueue/msg_default", row->by_default);
	sysctl_set("fs/mqueue/msg_max", row->max);

	const mqd_t queue =
		need(mq_open(own_name("q"), O_CREAT | O_EXCL | O_RDWR, 0600, NULL));
	ck_assert_int_eq(queue_attributes(queue).mq_maxmsg, row->wanted);
}

static const struct {
	const char *name;
	long by_default, max, wanted;
} lengths[] = {{"default-is-less", 130, 140, 130}, {"max-is-less", 140, 130, 130}};

CASE_EACH(posix_mq, limits, msgsize_default_sets_default_msgsize, lengths,
	.claim = "a queue made without attributes has the smaller of msgsize_default and "
		 "msgsize_max as mq_msgsize",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), /proc/sys/fs/mqueue/msgsize_default",
	.needs = NEED_IPC_SYSCTL)
{
	sysctl_set("fs/mqueue/msgsize_default", row->by_default);
	sysctl_set("fs/mqueue/msgsize_max", row->max);

	const mqd_t queue =
		need(mq_open(own_name("q"), O_CREAT | O_EXCL | O_RDWR, 0600, NULL));
	ck_assert_int_eq(queue_attributes(queue).mq_msgsize, row->wanted);
}

static const struct {
	const char *name, *sysctl;
	long value;
} count_out_of_range[] = {
	{"max-0", "msg_max", 0},
	{"max-65537", "msg_max", COUNT_MAX + 1},
	{"default-0", "msg_default", 0},
	{"default-65537", "msg_default", COUNT_MAX + 1},
};

CASE_EACH(posix_mq, limits, message_count_sysctls_reject_out_of_range, count_out_of_range,
	.claim = "msg_max and msg_default refuse 0 and 65537 with EINVAL and keep their "
		 "value",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), /proc interfaces: least value 1, HARD_MSGMAX",
	.needs = NEED_IPC_SYSCTL)
{
	const long before = mqueue_sysctl(row->sysctl);

	must_fail(mqueue_sysctl_write(row->sysctl, row->value), EINVAL);
	ck_assert_int_eq(mqueue_sysctl(row->sysctl), before);
}

static const struct {
	const char *name, *sysctl;
	long value;
} length_out_of_range[] = {
	{"max-127", "msgsize_max", LEAST_BYTES - 1},
	{"max-16777217", "msgsize_max", BYTES_MAX + 1},
	{"default-127", "msgsize_default", LEAST_BYTES - 1},
	{"default-16777217", "msgsize_default", BYTES_MAX + 1},
};

CASE_EACH(posix_mq, limits, message_size_sysctls_reject_out_of_range, length_out_of_range,
	.claim = "msgsize_max and msgsize_default refuse 127 and 16777217 with EINVAL and "
		 "keep their value",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), /proc interfaces: least value 128, HARD_MSGSIZEMAX",
	.needs = NEED_IPC_SYSCTL)
{
	const long before = mqueue_sysctl(row->sysctl);

	must_fail(mqueue_sysctl_write(row->sysctl, row->value), EINVAL);
	ck_assert_int_eq(mqueue_sysctl(row->sysctl), before);
}

CASE(posix_mq, limits, sysctl_change_spares_existing_queues,
	.claim = "a queue keeps its attributes, and takes as many and as long messages as "
		 "they say, when msg_max and msgsize_max fall below them",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), /proc interfaces: ceilings for mq_open(3)",
	.needs = NEED_IPC_SYSCTL)
{
	const mqd_t queue = queue_made_of("q", O_RDWR | O_NONBLOCK, 2, LEAST_BYTES + 1);
	char message[LEAST_BYTES + 1] = "";

	sysctl_set("fs/mqueue/msg_max", 1);
	sysctl_set("fs/mqueue/msgsize_max", LEAST_BYTES);
	ck_assert_int_eq(queue_attributes(queue).mq_maxmsg, 2);
	ck_assert_int_eq(queue_attributes(queue).mq_msgsize, LEAST_BYTES + 1);
	for (int i = 0; i < 2; i++)
		must_succeed(mq_send(queue, message, sizeof(message), 0));
	for (int i = 0; i < 2; i++)
		must_move(mq_receive(queue, message, sizeof(message), NULL),
			sizeof(message));
}

/* The defaults are those of mq_overview(7); the other values are nobody's. */
static const struct each_sysctl {
	const char *name, *sysctl;
	long built_in, here, there, later;
} each_sysctl[] = {
	{"msg-default", "msg_default", 10, 3, 5, 4},
	{"msg-max", "msg_max", 10, 3, 5, 4},
	{"msgsize-default", "msgsize_default", 8192, 130, 150, 140},
	{"msgsize-max", "msgsize_max", 8192, 130, 150, 140},
	{"queues-max", "queues_max", 256, 3, 5, 4},
};

static void find_the_default_and_change_it(void *arg)
{
	const struct each_sysctl *const row = arg;

	ck_assert_int_eq(mqueue_sysctl(row->sysctl), row->built_in);
	need(mqueue_sysctl_write(row->sysctl, row->there));
	ck_assert_int_eq(mqueue_sysctl(row->sysctl), row->there);
	peer_rest();
	ck_assert_int_eq(mqueue_sysctl(row->sysctl), row->there);
}

CASE_EACH(posix_mq, limits, sysctls_are_per_ipc_namespace, each_sysctl,
	.claim = "a new IPC namespace has the built-in value of the sysctl, and neither "
		 "namespace sees a change made in the other",
	.level = LEVEL_LINUX,
	.spec = "ipc_namespaces(7), DESCRIPTION; mq_overview(7), /proc interfaces",
	.needs = NEED_IPC_SYSCTL | NEED_NAMESPACES)
{
	need(mqueue_sysctl_write(row->sysctl, row->here));

	struct peer other =
		peer_start_in(find_the_default_and_change_it, (void *)row, IPC_NS);
	peer_wait_resting(&other);
	ck_assert_int_eq(mqueue_sysctl(row->sysctl), row->here);
	need(mqueue_sysctl_write(row->sysctl, row->later));
	peer_resume(&other);
	peer_join(&other);
}

static void write_as_other_user(void *arg)
{
	const struct each_sysctl *const row = arg;

	become_uid(1);
	must_fail(mqueue_sysctl_write(row->sysctl, row->there), EACCES);
}

CASE_EACH(posix_mq, limits, sysctls_not_writable_by_other_users, each_sysctl,
	.claim = "whoever is not root of the IPC namespace cannot open the sysctl for "
		 "writing: EACCES",
	.level = LEVEL_LINUX,
	.spec = "proc(5), permissions of files; mq_overview(7): privileged processes may "
		"change them",
	.needs = NEED_IPC_SYSCTL | NEED_SECOND_UID)
{
	need(mqueue_sysctl_write(row->sysctl, row->here)); /* its root can */

	struct peer other = peer_start(write_as_other_user, (void *)row);
	peer_join(&other);
	ck_assert_int_eq(mqueue_sysctl(row->sysctl), row->here);
}

CASE(posix_mq, limits, queues_max_gives_enospc,
	.claim = "without CAP_SYS_RESOURCE mq_open() of one queue more than queues_max "
		 "fails with ENOSPC",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), /proc/sys/fs/mqueue/queues_max; mq_open(3), ERRORS ENOSPC",
	.needs = NEED_IPC_SYSCTL | NEED_UNPRIVILEGED)
{
	sysctl_set("fs/mqueue/queues_max", 2);
	drop_capabilities();

	must_succeed(queue_tried("first", 1, 1));
	must_succeed(queue_tried("second", 1, 1));
	must_fail(queue_tried("one-more", 1, 1), ENOSPC);
}

CASE(posix_mq, limits, queues_max_spares_opening_existing,
	.claim = "with queues_max reached mq_open() of an existing queue succeeds, also with "
		 "O_CREAT",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), /proc/sys/fs/mqueue/queues_max: number that can be created",
	.needs = NEED_IPC_SYSCTL | NEED_UNPRIVILEGED)
{
	struct mq_attr attributes = {.mq_maxmsg = 1, .mq_msgsize = 1};

	sysctl_set("fs/mqueue/queues_max", 1);
	drop_capabilities();
	need(queue_tried("q", 1, 1));

	must_succeed(mq_open(own_name("q"), O_RDWR));
	must_succeed(mq_open(own_name("q"), O_RDWR | O_CREAT, 0600, &attributes));
}

CASE(posix_mq, limits, unlinked_open_queue_holds_its_slot,
	.claim = "a queue unlinked while open counts against queues_max until its last "
		 "descriptor is closed, and no longer",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), /proc/sys/fs/mqueue/queues_max; mq_unlink(3): destroyed "
		"once closed",
	.needs = NEED_IPC_SYSCTL | NEED_UNPRIVILEGED)
{
	sysctl_set("fs/mqueue/queues_max", 1);
	drop_capabilities();
	const mqd_t queue = need(queue_tried("q", 1, 1));
	const mqd_t second = need(mq_open(own_name("q"), O_RDWR));

	need(mq_unlink(own_name("q")));
	must_fail(queue_tried("next", 1, 1), ENOSPC);
	need(mq_close(queue));
	must_fail(queue_tried("next", 1, 1), ENOSPC);
	need(mq_close(second));
	must_succeed(queue_tried("next", 1, 1));
}

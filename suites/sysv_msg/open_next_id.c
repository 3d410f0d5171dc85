/*
 * How checkpoint and restore choose the identifier of a new queue: msg_next_id.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <unistd.h>

#include "assay.h"
#include "queue.h"

static int next_id_opened(void)
{
	const int fd = open("/proc/sys/kernel/msg_next_id", O_RDONLY | O_CLOEXEC);

	/* A kernel without checkpoint and restore has no such file. */
	if (fd == -1 && errno == ENOENT)
		errno = ENOSYS;
	return fd;
}

static int next_id(void)
{
	char text[32] = "";
	const int fd = need(next_id_opened());

	need(read(fd, text, sizeof(text) - 1));
	need(close(fd));
	return atoi(text);
}

enum { UNUSED_ID = 4321 };

CASE(sysv_msg, open, msg_next_id_sets_next_identifier,
	.claim = "an unused identifier written to msg_next_id is that of the next new queue, "
		 "once",
	.level = LEVEL_LINUX,
	.spec = "Linux Documentation/admin-guide/sysctl/kernel.rst, msg_next_id",
	.needs = NEED_IPC_SYSCTL | NEED_CHECKPOINT_RESTORE)
{
	ck_assert_int_eq(next_id(), -1);
	sysctl_set("kernel/msg_next_id", UNUSED_ID);
	ck_assert_int_eq(queue_made(1, 0600), UNUSED_ID);

	ck_assert_int_eq(next_id(), -1);
	ck_assert_int_ne(queue_made(2, 0600), UNUSED_ID);
}

CASE(sysv_msg, open, msg_next_id_in_use_falls_back,
	.claim = "with an identifier in use in msg_next_id the next new queue gets another one",
	.level = LEVEL_LINUX,
	.spec = "Linux Documentation/admin-guide/sysctl/kernel.rst, msg_next_id, note 2",
	.needs = NEED_IPC_SYSCTL | NEED_CHECKPOINT_RESTORE)
{
	const int used = queue_made(1, 0600);

	ck_assert_int_eq(next_id(), -1);
	sysctl_set("kernel/msg_next_id", used);
	const int other = must_succeed(msgget(own_key(2), IPC_CREAT | IPC_EXCL | 0600));
	ck_assert_int_ne(other, used);
	ck_assert_int_eq(must_succeed(msgget(own_key(1), 0)), used);
}

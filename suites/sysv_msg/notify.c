/*
 * notify: what a process can learn of a queue without receiving from it.
 */
#include <sys/msg.h>

#include "assay.h"
#include "delivery.h"
#include "queue.h"

CASE(sysv_msg, notify, no_descriptor_to_poll,
	.claim = "a queue takes no file descriptor: those of the process are the same before and "
		 "after its use, and IPC_STAT tells whether there is a message",
	.level = LEVEL_LINUX,
	.spec = "sysvipc(7): objects are identified by keys and identifiers")
{
	const struct fds before = fds_snapshot();
	const int id = queue_made(1, 0600);

	ck_assert(fds_unchanged(&before));
	ck_assert_uint_eq(queue_status(id).msg_qnum, 0);
	queue_put(id, {1, "x"});
	ck_assert(fds_unchanged(&before));
	ck_assert_uint_eq(queue_status(id).msg_qnum, 1);
	must_take(id, 0, 0, 1, "x");
	ck_assert(fds_unchanged(&before));
}

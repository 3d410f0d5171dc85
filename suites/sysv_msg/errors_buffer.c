/*
 * Buffers that cannot be read or written.
 */
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <unistd.h>

#include "assay.h"
#include "queue.h"

enum { TEXT_BYTES = 8 };

/* The kernel copies a long text in pieces that go into a page each. */
static const struct {
	const char *name;
	size_t text; /* how many bytes of text there are */
	size_t good; /* how many bytes of type and text can be read */
} buffer_rows[] = {
	{"no-byte", TEXT_BYTES, 0},
	{"type-only", TEXT_BYTES, sizeof(long)},
	{"all-but-the-last-byte", TEXT_BYTES, sizeof(long) + TEXT_BYTES - 1},
	{"first-page-only", 8000, 4096},
};

CASE_EACH(sysv_msg, errors, bad_send_buffer_gives_efault, buffer_rows,
	.claim = "msgsnd() of a message that cannot all be read fails with EFAULT and queues "
		 "nothing",
	.level = LEVEL_LINUX,
	.spec = "msgop(2), ERRORS EFAULT")
{
	const int id = queue_made(1, 0600);
	char *message = unreadable_page() - row->good;
	const long type = 1;

	memcpy(message, &type, row->good < sizeof(type) ? 0 : sizeof(type));
	must_fail(msgsnd(id, message, row->text, IPC_NOWAIT), EFAULT);
	ck_assert_uint_eq(queue_status(id).msg_qnum, 0);
}

CASE(sysv_msg, errors, bad_receive_buffer_message_fate,
	.claim = "msgrcv() into memory that cannot be written fails with EFAULT; the message is "
		 "kept or lost",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 msgrcv(), undefined; msgop(2), ERRORS EFAULT")
{
	const int id = queue_made(1, 0600);

	need(message_send(id, 1, "text", IPC_NOWAIT));
	must_fail(msgrcv(id, unreadable_page(), TEXT_BYTES, 0, IPC_NOWAIT), EFAULT);
	note_choice("the message is", queue_status(id).msg_qnum == 1 ? "kept" : "lost",
		"kept", "lost");
}

static const struct {
	const char *name;
	int command;
	bool by_index;
} command_rows[] = {
	{"ipc-stat", IPC_STAT, false},
	{"ipc-set", IPC_SET, false},
	{"ipc-info", IPC_INFO, false},
	{"msg-info", MSG_INFO, false},
	{"msg-stat", MSG_STAT, true},
};

CASE_EACH(sysv_msg, errors, bad_msgctl_buffer_gives_efault, command_rows,
	.claim = "msgctl() with a buffer that cannot be read or written fails with EFAULT and "
		 "changes nothing",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), ERRORS EFAULT",
	.lacks = LACKS_MSGCTL)
{
	const int id = queue_made(1, 0640);
	const int target = row->by_index ? need(queue_index(id)) : id;
	const struct msqid_ds before = queue_status(id);

	/* The raw call: on 32-bit machines the C library looks into the buffer itself.  The bits
	 * above are a C library's mark of what it does there. */
	must_fail(syscall(SYS_msgctl, target, row->command & 0xff, unreadable_page()),
		EFAULT);
	const struct msqid_ds after = queue_status(id);
	ck_assert_uint_eq(after.msg_perm.mode & 0777, 0640);
	ck_assert_uint_eq(after.msg_perm.uid, before.msg_perm.uid);
	ck_assert_uint_eq(after.msg_qbytes, before.msg_qbytes);
}

/*
 * Creating a queue and finding it: keys, IPC_CREAT and IPC_EXCL.
 */
#include <sys/ipc.h>
#include <sys/msg.h>

#include "assay.h"
#include "queue.h"

CASE(sysv_msg, open, creat_new_key_gives_queue,
	.claim = "msgget() with an unused key and IPC_CREAT gives a queue that takes a message "
		 "and hands it out",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgget(), DESCRIPTION and RETURN VALUE")
{
	const int id = must_succeed(msgget(own_key(1), IPC_CREAT | 0600));
	struct message got;

	ck_assert_int_ge(id, 0);
	must_succeed(message_send(id, 5, "text", IPC_NOWAIT));
	must_move(message_receive(id, &got, 0, IPC_NOWAIT), 4);
	ck_assert_int_eq(got.type, 5);
	ck_assert_str_eq(got.text, "text");
}

/*
 * Finding a queue by its key, or creating it: IPC_CREAT, IPC_EXCL and IPC_PRIVATE.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/msg.h>

#include "assay.h"
#include "queue.h"

static const struct {
	const char *name;
	int flags;
} private_rows[] = {
	{"without-flags", 0},
	{"with-creat", IPC_CREAT},
	{"with-excl", IPC_EXCL},
	{"with-creat-and-excl", IPC_CREAT | IPC_EXCL},
};

CASE_EACH(sysv_msg, open, private_key_always_creates, private_rows,
	.claim = "each msgget(IPC_PRIVATE) gives a new queue of its own, with or without "
		 "IPC_CREAT and IPC_EXCL",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgget(), DESCRIPTION")
{
	const int first = must_succeed(msgget(IPC_PRIVATE, row->flags | 0600));
	const int second = must_succeed(msgget(IPC_PRIVATE, row->flags | 0600));
	struct message got;

	ck_assert_int_ne(first, second);
	need(message_send(first, 1, "first", IPC_NOWAIT));
	must_fail(message_receive(second, &got, 0, IPC_NOWAIT), ENOMSG);
	must_move(message_receive(first, &got, 0, IPC_NOWAIT), 5);

	need(msgctl(first, IPC_RMID, NULL));
	need(msgctl(second, IPC_RMID, NULL));
}

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

CASE(sysv_msg, open, creat_existing_key_returns_same_id,
	.claim = "msgget() with IPC_CREAT and a key in use gives the queue that there is, and "
		 "changes neither its mode nor its messages",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgget(), DESCRIPTION")
{
	const int id = queue_made(1, 0660);
	struct message got;

	need(message_send(id, 1, "kept", IPC_NOWAIT));
	ck_assert_int_eq(must_succeed(msgget(own_key(1), IPC_CREAT | 0600)), id);

	ck_assert_uint_eq(queue_status(id).msg_perm.mode & 0777, 0660);
	ck_assert_uint_eq(queue_status(id).msg_qnum, 1);
	must_move(message_receive(id, &got, 0, IPC_NOWAIT), 4);
	ck_assert_str_eq(got.text, "kept");
}

HELPER(find_queue)
{
	ck_assert_int_eq(argc, 2);
	ck_assert_int_eq(must_succeed(msgget(own_key(1), 0)), atoi(argv[1]));
	return 0;
}

static void find_from_new_image(void *arg)
{
	const int *id = arg;
	char number[16];

	(void)snprintf(number, sizeof(number), "%d", *id);
	peer_exec("find_queue", number, NULL);
}

CASE(sysv_msg, open, existing_key_without_creat_returns_id,
	.claim = "msgget() with flags 0 and a key in use gives the identifier of the queue, in "
		 "another process too",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgget(), DESCRIPTION",
	.needs = NEED_EXEC)
{
	int id = queue_made(1, 0600);

	ck_assert_int_eq(must_succeed(msgget(own_key(1), 0)), id);
	struct peer other = peer_start(find_from_new_image, &id);
	peer_join(&other);
}

CASE(sysv_msg, open, excl_on_existing_gives_eexist,
	.claim = "msgget() with IPC_CREAT, IPC_EXCL and a key in use fails with EEXIST",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgget(), ERRORS EEXIST")
{
	queue_made(1, 0600);
	must_fail(msgget(own_key(1), IPC_CREAT | IPC_EXCL | 0600), EEXIST);
}

CASE(sysv_msg, open, excl_without_creat,
	.claim = "msgget() with IPC_EXCL alone gives the queue of a key in use or fails, and "
		 "never creates one",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 msgget(), DESCRIPTION; ERRORS ENOENT and EEXIST, which wants "
		"both flags")
{
	const int id = queue_made(1, 0600);
	const int found = msgget(own_key(1), IPC_EXCL);

	note_choice("key in use",
		found == -1           ? errno_name(errno)
			: found == id ? "the queue"
				      : "another queue",
		"the queue", "EEXIST", "EINVAL");
	must_fail(msgget(own_key(2), IPC_EXCL | 0600), ENOENT);
}

CASE(sysv_msg, open, missing_without_creat_gives_enoent,
	.claim = "msgget() without IPC_CREAT and with an unused key fails with ENOENT",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgget(), ERRORS ENOENT")
{
	must_fail(msgget(own_key(1), 0600), ENOENT);
	must_fail(msgget(own_key(1), 0), ENOENT);
}

CASE(sysv_msg, open, key_reusable_after_rmid,
	.claim = "after IPC_RMID the key is unused, and creating its queue anew gives an empty "
		 "one",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 msgctl(), IPC_RMID; msgget(), DESCRIPTION")
{
	const int old = queue_made(1, 0600);
	struct message got;

	need(message_send(old, 1, "old", IPC_NOWAIT));
	need(msgctl(old, IPC_RMID, NULL));
	must_fail(msgget(own_key(1), 0), ENOENT);

	const int new = must_succeed(msgget(own_key(1), IPC_CREAT | IPC_EXCL | 0600));
	ck_assert_uint_eq(queue_status(new).msg_qnum, 0);
	must_fail(message_receive(new, &got, 0, IPC_NOWAIT), ENOMSG);
}

/* The kernel goes through some indexes before it takes the first again. */
enum { REUSES = 200 };

CASE(sysv_msg, open, identifiers_not_immediately_reused,
	.claim = "the identifier of a removed queue does not denote the queue that is created "
		 "next",
	.level = LEVEL_LINUX,
	.spec = "msgctl(2), ERRORS EINVAL; struct ipc_perm, __seq")
{
	struct msqid_ds status;

	for (int i = 0; i < REUSES; i++) {
		const int old = queue_made(1, 0600);
		need(msgctl(old, IPC_RMID, NULL));
		const int new = queue_made(1, 0600);
		ck_assert_int_ne(old, new);
		must_fail(msgctl(old, IPC_STAT, &status), EINVAL);
		need(msgctl(new, IPC_RMID, NULL));
	}
}

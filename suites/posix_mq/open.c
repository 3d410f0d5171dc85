/*
 * open: what mq_open() finds under a name that has a queue or has none, and what the
 * descriptor that it returns is good for.
 */
#include <fcntl.h>
#include <mqueue.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assay.h"
#include "queue.h"

enum { CONTESTANTS = 5, ROUNDS = 20 };

CASE(posix_mq, open, creat_on_existing_opens_same_queue,
	.claim = "mq_open(O_CREAT) of a name that exists opens the queue that has it",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, O_CREAT")
{
	struct mq_attr tiny = queue_tiny();
	const mqd_t first = queue_made("q", O_WRONLY);
	const mqd_t second =
		must_succeed(mq_open(own_name("q"), O_CREAT | O_RDONLY, 0600, &tiny));

	queue_put(first, "hello", 0);
	must_receive(second, "hello");
}

CASE(posix_mq, open, creat_on_existing_keeps_attributes,
	.claim = "mq_open(O_CREAT) of a queue that exists changes neither its sizes nor "
		 "its permission bits",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, O_CREAT: no effect if the queue "
		"exists",
	.needs = NEED_UNPRIVILEGED)
{
	struct mq_attr other = {.mq_maxmsg = 1, .mq_msgsize = 8};
	struct mq_attr tiny = queue_tiny();

	need(mq_open(own_name("q"), O_CREAT | O_EXCL | O_RDWR, 0400, &tiny));
	const mqd_t again =
		must_succeed(mq_open(own_name("q"), O_CREAT | O_RDONLY, 0200, &other));

	const struct mq_attr kept = queue_attributes(again);
	ck_assert_int_eq(kept.mq_maxmsg, QUEUE_DEPTH);
	ck_assert_int_eq(kept.mq_msgsize, QUEUE_BYTES);
	/* Without capabilities the bits of the owner decide, and they are still 0400. */
	drop_capabilities();
	must_succeed(mq_open(own_name("q"), O_RDONLY));
	must_fail(mq_open(own_name("q"), O_WRONLY), EACCES);
}

CASE(posix_mq, open, creat_on_existing_with_bad_attr,
	.claim = "mq_open(O_CREAT) of a queue that exists, with mq_maxmsg 0, opens it or "
		 "fails with EINVAL, and leaves it as it is",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 mq_open(), O_CREAT: no effect if the queue exists; ERRORS "
		"EINVAL: mq_maxmsg not greater than zero")
{
	struct mq_attr bad = {.mq_maxmsg = 0, .mq_msgsize = QUEUE_BYTES};
	const mqd_t queue = queue_made("q", O_RDWR);

	queue_put(queue, "kept", 0);
	const mqd_t again = mq_open(own_name("q"), O_CREAT | O_RDWR, 0640, &bad);
	note_choice("mq_maxmsg 0", queue_outcome(again), "accepted", "EINVAL");

	const struct mq_attr kept = queue_attributes(queue);
	struct stat about;
	ck_assert_int_eq(kept.mq_maxmsg, QUEUE_DEPTH);
	ck_assert_int_eq(kept.mq_msgsize, QUEUE_BYTES);
	need(fstat(queue, &about));
	ck_assert_uint_eq(about.st_mode & 07777, 0600);
	must_receive(again == (mqd_t)-1 ? queue : again, "kept");
	ck_assert_int_eq(queue_messages(queue), 0);
}

CASE(posix_mq, open, open_does_not_alter_contents,
	.claim = "opening a queue that holds messages leaves them all and adds none",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION: does not add or remove messages")
{
	const mqd_t queue = queue_made("q", O_WRONLY);

	queue_put(queue, "first", 0);
	queue_put(queue, "second", 0);
	queue_put(queue, "third", 0);
	const mqd_t again = must_succeed(mq_open(own_name("q"), O_RDONLY));

	ck_assert_int_eq(queue_messages(again), 3);
	must_receive(again, "first");
	must_receive(again, "second");
	must_receive(again, "third");
	ck_assert_int_eq(queue_messages(again), 0);
}

CASE(posix_mq, open, excl_on_existing_gives_eexist,
	.claim = "mq_open(O_CREAT | O_EXCL) of a name that exists fails with EEXIST",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), ERRORS EEXIST")
{
	struct mq_attr tiny = queue_tiny();

	queue_made("q", O_RDWR);
	must_fail(mq_open(own_name("q"), O_CREAT | O_EXCL | O_RDWR, 0600, &tiny), EEXIST);
}

struct contestant {
	int error[ROUNDS]; /* 0: this one made the queue */
};

/* All create; when all have, the one that made the queue unlinks it for the next round. */
static void create_at_once(void *arg)
{
	struct contestant *const self = arg;
	struct mq_attr tiny = queue_tiny();

	for (int round = 0; round < ROUNDS; round++) {
		race_start(CONTESTANTS);
		const mqd_t queue =
			mq_open(own_name("q"), O_CREAT | O_EXCL | O_RDWR, 0600, &tiny);
		self->error[round] = queue != (mqd_t)-1 ? 0 : errno;
		race_start(CONTESTANTS);
		if (queue == (mqd_t)-1)
			continue;
		need(mq_close(queue));
		(void)mq_unlink(own_name("q")); /* a second winner finds it gone */
	}
}

CASE(posix_mq, open, excl_race_has_one_winner,
	.claim = "of many processes that mq_open(O_CREAT | O_EXCL) one unused name at "
		 "once exactly one succeeds and the others get EEXIST",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, O_EXCL: atomic with respect to "
		"other processes")
{
	struct contestant *const all = arena(CONTESTANTS * sizeof(*all));
	struct peer peers[CONTESTANTS];

	for (int i = 0; i < CONTESTANTS; i++)
		peers[i] = peer_start(create_at_once, &all[i]);
	for (int i = 0; i < CONTESTANTS; i++)
		peer_join(&peers[i]);

	for (int round = 0; round < ROUNDS; round++) {
		int won = 0, existed = 0;

		for (int i = 0; i < CONTESTANTS; i++) {
			won += all[i].error[round] == 0;
			existed += all[i].error[round] == EEXIST;
		}
		ck_assert_int_eq(won, 1);
		ck_assert_int_eq(existed, CONTESTANTS - 1);
	}
}

CASE(posix_mq, open, excl_without_creat,
	.claim = "mq_open(O_EXCL) without O_CREAT of a queue that exists opens or refuses "
		 "it, and keeps or loses its messages, as the implementation chooses",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, O_EXCL: undefined without O_CREAT")
{
	const mqd_t queue = queue_made("q", O_RDWR);

	queue_put(queue, "x", 0);
	const mqd_t again = mq_open(own_name("q"), O_RDWR | O_EXCL);
	note_choice("O_EXCL alone", queue_outcome(again), "accepted", "EEXIST", "EINVAL");
	note_choice("message sent before", queue_messages(queue) == 1 ? "kept" : "lost",
		"kept", "lost");
}

CASE(posix_mq, open, missing_without_creat_gives_enoent,
	.claim = "mq_open() without O_CREAT of a name that no queue has fails with ENOENT",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), ERRORS ENOENT")
{
	must_fail(mq_open(own_name("q"), O_RDONLY), ENOENT);
	must_fail(mq_open(own_name("q"), O_WRONLY), ENOENT);
	must_fail(mq_open(own_name("q"), O_RDWR), ENOENT);
}

HELPER(receive_hello_by_name)
{
	ck_assert_int_eq(argc, 2);
	const mqd_t queue = must_succeed(mq_open(argv[1], O_RDONLY));

	must_receive(queue, "hello");
	return 0;
}

static void become_receiver(void *name)
{
	peer_exec("receive_hello_by_name", (const char *)name, NULL);
}

CASE(posix_mq, open, same_name_reaches_same_queue_in_other_process,
	.claim = "a process that inherited nothing reaches the queue of another by its "
		 "name",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION: processes that use the same name "
		"beginning with a slash refer to the same queue",
	.needs = NEED_EXEC)
{
	const mqd_t queue = queue_made("q", O_WRONLY);

	queue_put(queue, "hello", 0);
	struct peer receiver = peer_start(become_receiver, (void *)own_name("q"));
	peer_join(&receiver);
}

static const struct access_modes_row {
	const char *name;
	const char *tag; /* "old" has a queue */
	int oflag;
} access_modes_rows[] = {
	{"existing", "old", O_RDONLY | O_WRONLY | O_RDWR},
	{"created", "new", O_RDONLY | O_WRONLY | O_RDWR | O_CREAT},
};

CASE_EACH(posix_mq, open, both_access_bits_set, access_modes_rows,
	.claim = "mq_open() with an access mode that is none of the three is accepted or "
		 "refused, as the implementation chooses",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, oflag: exactly one access mode is "
		"the application's duty")
{
	struct mq_attr tiny = queue_tiny();

	queue_made("old", O_RDWR);
	const mqd_t queue = mq_open(own_name(row->tag), row->oflag, 0600, &tiny);
	note_choice("access mode 3", queue_outcome(queue), "accepted", "EINVAL",
		"EACCES");
}

static void send_x(void *arg)
{
	(void)arg;
	queue_put(queue_opened("q", O_WRONLY), "x", 0);
}

static void receive_x(void *arg)
{
	(void)arg;
	must_receive(queue_opened("q", O_RDONLY), "x");
}

CASE(posix_mq, open, rdonly_descriptor_receives,
	.claim = "a descriptor opened with O_RDONLY receives what another process sends",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, O_RDONLY")
{
	struct mq_attr tiny = queue_tiny();
	const mqd_t queue = must_succeed(mq_open(own_name("q"),
		O_CREAT | O_EXCL | O_RDONLY, 0600, &tiny));

	struct peer sender = peer_start(send_x, NULL);
	peer_join(&sender);
	must_receive(queue, "x");
}

CASE(posix_mq, open, wronly_descriptor_sends,
	.claim = "a descriptor opened with O_WRONLY sends what another process receives",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, O_WRONLY")
{
	struct mq_attr tiny = queue_tiny();
	const mqd_t queue = must_succeed(mq_open(own_name("q"),
		O_CREAT | O_EXCL | O_WRONLY, 0600, &tiny));

	must_succeed(mq_send(queue, "x", 1, 0));
	struct peer receiver = peer_start(receive_x, NULL);
	peer_join(&receiver);
}

CASE(posix_mq, open, eight_queues_can_be_open,
	.claim = "a process can have eight message queues open at once",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 <limits.h>, _POSIX_MQ_OPEN_MAX")
{
	static const char *const texts[] = {"0", "1", "2", "3", "4", "5", "6", "7"};
	struct mq_attr smallest = {.mq_maxmsg = 1, .mq_msgsize = 1};
	mqd_t queues[8];

	for (int i = 0; i < 8; i++) {
		queues[i] = must_succeed(mq_open(own_name(texts[i]),
			O_CREAT | O_EXCL | O_RDWR, 0600, &smallest));
		must_succeed(mq_send(queues[i], texts[i], 1, 0));
	}
	for (int i = 0; i < 8; i++)
		must_receive(queues[i], texts[i]);
}

CASE(posix_mq, open, descriptor_is_lowest_free_fd,
	.claim = "mq_open() returns the lowest file descriptor that is free",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Linux implementation of message queue descriptors; "
		"POSIX.1-2024, File Descriptor Allocation")
{
	struct mq_attr tiny = queue_tiny();

	for (int fd = 3; fd < 10; fd++)
		need(dup2(0, fd));
	need(close(8));
	need(close(5));

	ck_assert_int_eq(mq_open(own_name("q"), O_CREAT | O_RDWR, 0600, &tiny), 5);
	ck_assert_int_eq(mq_open(own_name("q"), O_RDWR), 8);
}

/*
 * open_create: the queue that mq_open(O_CREAT) makes: its sizes, its permission bits, and
 * nothing at all where it fails.
 */
#include <fcntl.h>
#include <limits.h>
#include <mqueue.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "assay.h"
#include "queue.h"

CASE(posix_mq, open, creat_new_gives_usable_descriptor,
	.claim = "mq_open(O_CREAT | O_RDWR) of an unused name gives a descriptor that sends "
		 "and receives",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, O_CREAT")
{
	struct mq_attr tiny = queue_tiny();
	char got[QUEUE_BYTES] = "";
	const mqd_t queue =
		must_succeed(mq_open(own_name("q"), O_CREAT | O_RDWR, 0600, &tiny));

	must_succeed(mq_send(queue, "hello", 5, 0));
	must_move(mq_receive(queue, got, sizeof(got), NULL), 5);
	ck_assert_str_eq(got, "hello");
}

CASE(posix_mq, open, new_queue_is_empty,
	.claim = "a new queue counts no messages and has none to receive",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, O_CREAT; mq_receive(), ERRORS EAGAIN")
{
	char got[QUEUE_BYTES];
	const mqd_t queue = queue_made("q", O_RDWR | O_NONBLOCK);

	ck_assert_int_eq(queue_messages(queue), 0);
	must_fail(mq_receive(queue, got, sizeof(got), NULL), EAGAIN);
}

CASE(posix_mq, open, attr_null_uses_defaults,
	.claim = "a queue created without attributes holds as many messages of as many "
		 "bytes as it reports, at least one of one byte",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, O_CREAT: attr is NULL")
{
	const mqd_t queue = must_succeed(mq_open(own_name("q"),
		O_CREAT | O_EXCL | O_RDWR | O_NONBLOCK, 0600, NULL));
	const struct mq_attr given = queue_attributes(queue);

	note("mq_maxmsg", "%ld", (long)given.mq_maxmsg);
	note("mq_msgsize", "%ld", (long)given.mq_msgsize);
	ck_assert_int_gt(given.mq_maxmsg, 0);
	ck_assert_int_gt(given.mq_msgsize, 0);
	const size_t bytes = (size_t)given.mq_msgsize;
	char *const message = need(calloc(1, bytes));
	for (long i = 0; i < given.mq_maxmsg; i++)
		must_succeed(mq_send(queue, message, bytes, 0));
	for (long i = 0; i < given.mq_maxmsg; i++)
		must_move(mq_receive(queue, message, bytes, NULL), bytes);
}

static const struct sizes_row {
	const char *name;
	long depth, bytes;
} sizes_rows[] = {
	{"1x1", 1, 1},
	{"1x60", 1, 60},
	{"4x3", 4, 3},
};

static void find_sizes(void *arg)
{
	const struct sizes_row *const wanted = arg;
	const struct mq_attr found = queue_attributes(queue_opened("q", O_RDONLY));

	ck_assert_int_eq(found.mq_maxmsg, wanted->depth);
	ck_assert_int_eq(found.mq_msgsize, wanted->bytes);
}

CASE_EACH(posix_mq, open, attr_sets_maxmsg_and_msgsize, sizes_rows,
	.claim = "the mq_maxmsg and mq_msgsize with which a queue is created are those that "
		 "its creator and other processes find",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, O_CREAT; mq_getattr(), DESCRIPTION")
{
	struct mq_attr found,
		wanted = {.mq_maxmsg = row->depth, .mq_msgsize = row->bytes};
	const mqd_t queue = must_succeed(mq_open(own_name("q"), O_CREAT | O_EXCL | O_RDWR,
		0600, &wanted));

	must_succeed(mq_getattr(queue, &found));
	ck_assert_int_eq(found.mq_maxmsg, row->depth);
	ck_assert_int_eq(found.mq_msgsize, row->bytes);
	struct peer other = peer_start(find_sizes, (void *)row);
	peer_join(&other);
}

CASE(posix_mq, open, attr_flags_and_curmsgs_ignored,
	.claim = "mq_flags and mq_curmsgs in the attributes with which a queue is created "
		 "have no effect",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, O_CREAT: only mq_maxmsg and "
		"mq_msgsize are used; mq_open(3)")
{
	struct mq_attr asked = queue_tiny();

	asked.mq_flags = O_NONBLOCK;
	asked.mq_curmsgs = 3;
	const mqd_t queue = must_succeed(mq_open(own_name("q"), O_CREAT | O_EXCL | O_RDWR,
		0600, &asked));

	const struct mq_attr found = queue_attributes(queue);
	ck_assert_int_eq(found.mq_flags, 0);
	ck_assert_int_eq(found.mq_curmsgs, 0);
}

static const struct nonpositive_row {
	const char *name;
	long value;
} nonpositive_rows[] = {
	{"0", 0},
	{"minus-1", -1},
	{"long-min", LONG_MIN},
};

CASE_EACH(posix_mq, open, nonpositive_maxmsg_gives_einval, nonpositive_rows,
	.claim = "creating a queue for no or a negative number of messages fails with EINVAL",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), ERRORS EINVAL: mq_maxmsg")
{
	struct mq_attr bad = {.mq_maxmsg = row->value, .mq_msgsize = QUEUE_BYTES};

	must_fail(mq_open(own_name("q"), O_CREAT | O_RDWR, 0600, &bad), EINVAL);
}

CASE_EACH(posix_mq, open, nonpositive_msgsize_gives_einval, nonpositive_rows,
	.claim = "creating a queue for messages of no or a negative size fails with EINVAL",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), ERRORS EINVAL: mq_msgsize")
{
	struct mq_attr bad = {.mq_maxmsg = QUEUE_DEPTH, .mq_msgsize = row->value};

	must_fail(mq_open(own_name("q"), O_CREAT | O_RDWR, 0600, &bad), EINVAL);
}

static const struct failing_row {
	const char *name;
	struct mq_attr attributes;
	unsigned descriptors; /* RLIMIT_NOFILE; a body begins with three */
	int error;
} failing_rows[] = {
	{"no-messages", {.mq_maxmsg = 0, .mq_msgsize = QUEUE_BYTES}, 64, EINVAL},
	{"no-bytes", {.mq_maxmsg = QUEUE_DEPTH, .mq_msgsize = 0}, 64, EINVAL},
	{"too-many-messages", {.mq_maxmsg = LONG_MAX, .mq_msgsize = 1}, 64, EINVAL},
	{"no-descriptor-left", {.mq_maxmsg = 1, .mq_msgsize = 1}, 3, EMFILE},
};

CASE_EACH(posix_mq, open, failed_creation_leaves_no_queue, failing_rows,
	.claim = "mq_open(O_CREAT) that fails leaves no queue behind",
	.level = LEVEL_LINUX,
	.spec = "mq_open(3), ERRORS; POSIX.1-2024 mq_open(), O_CREAT, where the caller "
		"lacks the privileges for the attributes",
	.needs = NEED_PRIVATE_MOUNT)
{
	const char *const queues = queues_mounted("m");
	struct mq_attr attributes = row->attributes;

	limit_set(RLIMIT_NOFILE, row->descriptors);
	must_fail(mq_open(own_name("q"), O_CREAT | O_RDWR, 0600, &attributes),
		row->error);

	limit_set(RLIMIT_NOFILE, 64);
	must_fail(mq_open(own_name("q"), O_RDONLY), ENOENT);
	ck_assert_int_eq(queues_listed(queues), 0);
}

static const struct umask_row {
	const char *name;
	mode_t umask, asked, made;
} umask_rows[] = {
	{"027", 027, 0777, 0750},
	{"022", 022, 0666, 0644},
	{"777", 0777, 0666, 0},
	{"none", 0, 0626, 0626},
};

CASE_EACH(posix_mq, open, mode_filtered_by_umask, umask_rows,
	.claim = "a new queue has the permission bits of mode without those of the umask",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 umask(), DESCRIPTION, which names mq_open(); mq_open(3)")
{
	struct mq_attr tiny = queue_tiny();
	struct stat made;

	umask(row->umask);
	const mqd_t queue = must_succeed(mq_open(own_name("q"), O_CREAT | O_EXCL | O_RDWR,
		row->asked, &tiny));

	need(fstat(queue, &made));
	ck_assert_msg((made.st_mode & 07777) == row->made,
		"the mode is %04o, wanted %04o", made.st_mode & 07777, row->made);
}

CASE(posix_mq, open, mode_zero_still_opens_for_creator,
	.claim = "mq_open(O_CREAT | O_RDWR) with mode 0 gives a descriptor that sends and "
		 "receives, and nobody can open the queue again",
	.level = LEVEL_LINUX,
	.spec = "mq_open(3): mode as for open(2), O_CREAT: it applies to future accesses",
	.needs = NEED_UNPRIVILEGED)
{
	struct mq_attr tiny = queue_tiny();

	drop_capabilities();
	const mqd_t queue =
		must_succeed(mq_open(own_name("q"), O_CREAT | O_EXCL | O_RDWR, 0, &tiny));

	must_succeed(mq_send(queue, "x", 1, 0));
	must_receive(queue, "x");
	must_fail(mq_open(own_name("q"), O_RDWR), EACCES);
}

static const struct mode_bits_row {
	const char *name;
	mode_t bits;
} mode_bits_rows[] = {
	{"file-type", S_IFSOCK},
	{"set-id-and-sticky", S_ISUID | S_ISGID | S_ISVTX},
};

CASE_EACH(posix_mq, open, non_permission_mode_bits, mode_bits_rows,
	.claim = "bits in mode beside the permission bits are refused, or have an effect or "
		 "none, as the implementation chooses",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, O_CREAT: other bits in mode have an "
		"unspecified effect")
{
	struct mq_attr tiny = queue_tiny();
	struct stat made = {.st_mode = 0};

	const mqd_t queue = mq_open(own_name("q"), O_CREAT | O_EXCL | O_RDWR,
		row->bits | 0600, &tiny);
	note_choice("creation", queue_outcome(queue), "accepted", "EINVAL");
	/* Refused, there is nothing to look at, and no bit was kept. */
	(void)fstat(queue, &made);
	note("resulting mode", "%#o", made.st_mode);
}

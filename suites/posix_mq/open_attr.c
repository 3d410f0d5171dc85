/*
 * open_attr: what mq_getattr() and mq_setattr() tell and change of an open queue.
 */
#include <fcntl.h>
#include <mqueue.h>

#include "assay.h"
#include "queue.h"

/* Whether QUEUE was opened with O_NONBLOCK or has been given it. */
static bool never_waits(mqd_t queue)
{
	return queue_attributes(queue).mq_flags & O_NONBLOCK;
}

static const struct nonblock_row {
	const char *name;
	int oflag;
} nonblock_rows[] = {
	{"without", 0},
	{"with", O_NONBLOCK},
};

CASE_EACH(posix_mq, open, nonblock_flag_reported_in_mq_flags, nonblock_rows,
	.claim = "mq_getattr() reports O_NONBLOCK in mq_flags, and nothing else, exactly "
		 "when the descriptor was opened with it",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), O_NONBLOCK; mq_getattr(), DESCRIPTION, mq_flags")
{
	const mqd_t made = queue_made("made", O_RDWR | row->oflag);
	struct mq_attr found;

	must_succeed(mq_getattr(made, &found));
	ck_assert_int_eq(found.mq_flags, row->oflag);
	const mqd_t opened = queue_opened("made", O_RDONLY | row->oflag);
	must_succeed(mq_getattr(opened, &found));
	ck_assert_int_eq(found.mq_flags, row->oflag);
}

CASE(posix_mq, open, each_open_has_own_description,
	.claim = "O_NONBLOCK set through one descriptor of a queue is not set for another "
		 "that was opened separately",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION: a message queue description; "
		"mq_setattr(), mq_flags")
{
	const struct mq_attr nonblock = {.mq_flags = O_NONBLOCK};
	const mqd_t first = queue_made("q", O_RDWR);
	const mqd_t second = queue_opened("q", O_RDWR);

	need(mq_setattr(first, &nonblock, NULL));
	ck_assert(never_waits(first));
	ck_assert(!never_waits(second));
}

CASE(posix_mq, open, setattr_changes_only_nonblock,
	.claim = "mq_setattr() sets O_NONBLOCK and ignores the sizes and the count that it "
		 "is given",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_setattr(), DESCRIPTION: mq_maxmsg, mq_msgsize and "
		"mq_curmsgs are ignored")
{
	const struct mq_attr absurd = {.mq_flags = O_NONBLOCK,
		.mq_maxmsg = -1,
		.mq_msgsize = 1000000000,
		.mq_curmsgs = 77};
	const mqd_t queue = queue_made("q", O_RDWR);

	queue_put(queue, "x", 0);
	must_succeed(mq_setattr(queue, &absurd, NULL));

	const struct mq_attr found = queue_attributes(queue);
	ck_assert_int_eq(found.mq_flags, O_NONBLOCK);
	ck_assert_int_eq(found.mq_maxmsg, QUEUE_DEPTH);
	ck_assert_int_eq(found.mq_msgsize, QUEUE_BYTES);
	ck_assert_int_eq(found.mq_curmsgs, 1);
}

CASE(posix_mq, open, setattr_returns_previous_attributes,
	.claim = "mq_setattr() stores what mq_getattr() would have said just before",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_setattr(), DESCRIPTION, omqstat")
{
	const struct mq_attr block = {.mq_flags = 0};
	struct mq_attr previous;
	const mqd_t queue = queue_made("q", O_RDWR | O_NONBLOCK);

	queue_put(queue, "x", 0);
	queue_put(queue, "y", 0);
	memset(&previous, 0x55, sizeof(previous));
	must_succeed(mq_setattr(queue, &block, &previous));

	ck_assert_int_eq(previous.mq_flags, O_NONBLOCK);
	ck_assert_int_eq(previous.mq_maxmsg, QUEUE_DEPTH);
	ck_assert_int_eq(previous.mq_msgsize, QUEUE_BYTES);
	ck_assert_int_eq(previous.mq_curmsgs, 2);
	ck_assert(!never_waits(queue));
}

CASE(posix_mq, open, setattr_null_old_is_accepted,
	.claim = "mq_setattr() without a place for the previous attributes sets and clears "
		 "O_NONBLOCK all the same",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_setattr(), DESCRIPTION: if omqstat is not NULL")
{
	const struct mq_attr nonblock = {.mq_flags = O_NONBLOCK}, block = {.mq_flags = 0};
	const mqd_t queue = queue_made("q", O_RDWR);

	must_succeed(mq_setattr(queue, &nonblock, NULL));
	ck_assert(never_waits(queue));
	must_succeed(mq_setattr(queue, &block, NULL));
	ck_assert(!never_waits(queue));
}

static const struct unknown_flag_row {
	const char *name;
	long flags;
} unknown_flag_rows[] = {
	{"append", O_APPEND},
	{"nonblock-and-append", O_NONBLOCK | O_APPEND},
	{"rdwr", O_RDWR},
};

CASE_EACH(posix_mq, open, setattr_unknown_flag_gives_einval, unknown_flag_rows,
	.claim = "mq_setattr() with a flag other than O_NONBLOCK fails with EINVAL and "
		 "changes nothing",
	.level = LEVEL_LINUX,
	.spec = "mq_getattr(3), ERRORS EINVAL")
{
	const struct mq_attr unknown = {.mq_flags = row->flags};
	const mqd_t queue = queue_made("q", O_RDWR),
		    other = queue_opened("q", O_RDWR | O_NONBLOCK);

	must_fail(mq_setattr(queue, &unknown, NULL), EINVAL);
	ck_assert_int_eq(queue_attributes(queue).mq_flags, 0);
	must_fail(mq_setattr(other, &unknown, NULL), EINVAL);
	ck_assert_int_eq(queue_attributes(other).mq_flags, O_NONBLOCK);
}

/*
 * open_names: which names mq_open() takes, and how it refuses the others.
 */
#include <fcntl.h>
#include <limits.h>
#include <mqueue.h>

#include "assay.h"
#include "queue.h"

static const struct distinct_row {
	const char *name;
	const char *first, *second;
} distinct_rows[] = {
	{"last-byte", "queue-name-01", "queue-name-02"},
	{"case", "queue-name-a", "queue-name-A"},
	{"one-longer", "queue-name-0", "queue-name-01"},
};

CASE_EACH(posix_mq, open, distinct_names_are_distinct_queues, distinct_rows,
	.claim = "two names of up to 14 bytes that differ in the last, in its case, or in "
		 "length, are two queues",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, name; <limits.h>, "
		"_POSIX_NAME_MAX")
{
	struct mq_attr tiny = queue_tiny();
	const mqd_t first = must_succeed(mq_open(own_name(row->first),
		O_CREAT | O_EXCL | O_RDWR, 0600, &tiny));
	const mqd_t second = must_succeed(mq_open(own_name(row->second),
		O_CREAT | O_EXCL | O_RDWR, 0600, &tiny));

	must_succeed(mq_send(first, "x", 1, 0));
	ck_assert_int_eq(queue_messages(second), 0);
	must_receive(first, "x");
}

CASE(posix_mq, open, name_without_leading_slash,
	.claim = "a name without a leading slash is taken or refused with EINVAL, as the "
		 "implementation chooses",
	.level = LEVEL_POSIX_MAY,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, name: the effect is "
		"implementation-defined; mq_open(3), NOTES")
{
	struct mq_attr tiny = queue_tiny();
	const char *const bare = own_name("q") + 1;

	const mqd_t queue = mq_open(bare, O_CREAT | O_RDWR, 0600, &tiny);
	note_choice("name without slash", queue_outcome(queue), "accepted", "EINVAL");
	const mqd_t slashed = mq_open(own_name("q"), O_RDONLY);
	note("the same name with a slash", "%s", queue_outcome(slashed));
	(void)mq_unlink(bare); /* whatever name it has become */
}

CASE(posix_mq, open, empty_name_refused,
	.claim = "the empty name is refused with EINVAL or ENOENT, even with O_CREAT",
	.level = LEVEL_LIBC,
	.spec = "mq_open(3), ERRORS EINVAL; the C library takes off the slash")
{
	struct mq_attr tiny = queue_tiny();

	const mqd_t opened = mq_open("", O_RDWR);
	note_choice("opened", queue_outcome(opened), "EINVAL", "ENOENT");
	const mqd_t created = mq_open("", O_CREAT | O_RDWR, 0600, &tiny);
	note_choice("created", queue_outcome(created), "EINVAL", "ENOENT");
}

CASE(posix_mq, open, lone_slash_gives_enoent,
	.claim = "the name \"/\" is refused with ENOENT, even with O_CREAT",
	.level = LEVEL_LINUX,
	.spec = "mq_open(3), ERRORS ENOENT")
{
	struct mq_attr tiny = queue_tiny();

	must_fail(mq_open("/", O_RDWR), ENOENT);
	must_fail(mq_open("/", O_CREAT | O_RDWR, 0600, &tiny), ENOENT);
}

/* Fixed names: where one is taken it is a leftover, and says so. */
static const struct bad_name_row {
	const char *name;
	const char *queue;
} second_slash_rows[] =
	{
		{"inner", "/assay/q"},
		{"leading", "//assay-q"},
		{"trailing", "/assay-q/"},
},
  dot_rows[] = {
	  {"dot", "/."},
	  {"dot-dot", "/.."},
};

CASE_EACH(posix_mq, open, second_slash_gives_eacces, second_slash_rows,
	.claim = "a name with a second slash is refused with EACCES, even with O_CREAT",
	.level = LEVEL_LINUX,
	.spec = "mq_open(3), ERRORS EACCES: more than one slash")
{
	struct mq_attr tiny = queue_tiny();

	must_fail(mq_open(row->queue, O_RDWR), EACCES);
	must_fail(mq_open(row->queue, O_CREAT | O_RDWR, 0600, &tiny), EACCES);
}

CASE_EACH(posix_mq, open, dot_names_refused, dot_rows,
	.claim = "the names \"/.\" and \"/..\" are refused with EACCES, even with O_CREAT",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Mounting the message queue filesystem: names are entries "
		"of its directory, where these two are taken")
{
	struct mq_attr tiny = queue_tiny();

	must_fail(mq_open(row->queue, O_RDWR), EACCES);
	must_fail(mq_open(row->queue, O_CREAT | O_RDWR, 0600, &tiny), EACCES);
}

CASE(posix_mq, open, name_of_255_bytes_accepted,
	.claim = "a name with NAME_MAX bytes after the slash can be created, opened and "
		 "unlinked",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), DESCRIPTION: up to NAME_MAX (255) characters")
{
	struct mq_attr tiny = queue_tiny();
	const char *const name = queue_name_of(NAME_MAX);
	const mqd_t queue =
		must_succeed(mq_open(name, O_CREAT | O_EXCL | O_RDWR, 0600, &tiny));

	queue_put(queue, "x", 0);
	must_receive(must_succeed(mq_open(name, O_RDONLY)), "x");
	must_succeed(mq_unlink(name));
	must_fail(mq_open(name, O_RDONLY), ENOENT);
}

CASE(posix_mq, open, name_of_256_bytes_gives_enametoolong,
	.claim = "a name with NAME_MAX + 1 bytes after the slash is refused with "
		 "ENAMETOOLONG, even with O_CREAT",
	.level = LEVEL_LINUX,
	.spec = "mq_open(3), ERRORS ENAMETOOLONG; POSIX.1-2024: it may fail")
{
	struct mq_attr tiny = queue_tiny();
	const char *const name = queue_name_of(NAME_MAX + 1);

	must_fail(mq_open(name, O_RDWR), ENAMETOOLONG);
	must_fail(mq_open(name, O_CREAT | O_RDWR, 0600, &tiny), ENAMETOOLONG);
}

CASE(posix_mq, open, name_beyond_path_max_refused,
	.claim = "a name longer than PATH_MAX is refused with ENAMETOOLONG by mq_open() and "
		 "by mq_unlink()",
	.level = LEVEL_LINUX,
	.spec = "mq_open(3), mq_unlink(3), ERRORS ENAMETOOLONG")
{
	struct mq_attr tiny = queue_tiny();
	const char *const name = queue_name_of(PATH_MAX + 1);

	must_fail(mq_open(name, O_RDWR), ENAMETOOLONG);
	must_fail(mq_open(name, O_CREAT | O_RDWR, 0600, &tiny), ENAMETOOLONG);
	must_fail(mq_unlink(name), ENAMETOOLONG);
}

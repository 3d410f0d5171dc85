/*
 * access: for which direction a descriptor was opened, whom the permission bits of a queue
 * keep out, and who may unlink it.
 */
#include <fcntl.h>
#include <grp.h>
#include <mqueue.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assay.h"
#include "queue.h"

/* Creates the queue own_name("q") with exactly MODE. */
static mqd_t queue_of_mode(mode_t mode)
{
	struct mq_attr tiny = queue_tiny();

	umask(0);
	return need(mq_open(own_name("q"), O_CREAT | O_EXCL | O_RDWR, mode, &tiny));
}

CASE(posix_mq, access, send_on_rdonly_gives_ebadf,
	.claim = "mq_send() and mq_timedsend() on a descriptor opened with O_RDONLY fail "
		 "with EBADF",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_send(), ERRORS EBADF")
{
	const struct timespec past = long_ago();
	const mqd_t queue = queue_made("q", O_RDONLY);

	must_fail(mq_send(queue, "x", 1, 0), EBADF);
	must_fail(mq_timedsend(queue, "x", 1, 0, &past), EBADF);
	ck_assert_int_eq(queue_messages(queue), 0);
}

CASE(posix_mq, access, receive_on_wronly_gives_ebadf,
	.claim = "mq_receive() and mq_timedreceive() on a descriptor opened with O_WRONLY "
		 "fail with EBADF and leave the message",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_receive(), ERRORS EBADF")
{
	const struct timespec past = long_ago();
	char got[QUEUE_BYTES];
	const mqd_t queue = queue_made("q", O_WRONLY);

	queue_put(queue, "x", 0);
	must_fail(mq_receive(queue, got, sizeof(got), NULL), EBADF);
	must_fail(mq_timedreceive(queue, got, sizeof(got), NULL, &past), EBADF);
	ck_assert_int_eq(queue_messages(queue), 1);
}

static const struct oflag_row {
	const char *name;
	int oflag;
} reading_rows[] =
	{
		{"rdonly", O_RDONLY},
		{"rdwr", O_RDWR},
},
  writing_rows[] =
	  {
		  {"wronly", O_WRONLY},
		  {"rdwr", O_RDWR},
},
  any_access_rows[] = {
	  {"rdonly", O_RDONLY},
	  {"wronly", O_WRONLY},
	  {"rdwr", O_RDWR},
};

static void open_as_other_refused(void *arg)
{
	const struct oflag_row *const row = arg;

	become_uid(1);
	must_fail(mq_open(own_name("q"), row->oflag), EACCES);
}

CASE_EACH(posix_mq, access, open_without_read_permission_gives_eacces, reading_rows,
	.claim = "opening a queue for receiving without read permission fails with EACCES",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), ERRORS EACCES",
	.needs = NEED_SECOND_UID)
{
	queue_of_mode(0622);
	struct peer other = peer_start(open_as_other_refused, (void *)row);
	peer_join(&other);
}

CASE_EACH(posix_mq, access, open_without_write_permission_gives_eacces, writing_rows,
	.claim = "opening a queue for sending without write permission fails with EACCES",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), ERRORS EACCES",
	.needs = NEED_SECOND_UID)
{
	queue_of_mode(0644);
	struct peer other = peer_start(open_as_other_refused, (void *)row);
	peer_join(&other);
}

static const struct partial_row {
	const char *name;
	mode_t mode;
	int allowed, refused;
} partial_rows[] = {
	{"write-only", 0602, O_WRONLY, O_RDONLY},
	{"read-only", 0604, O_RDONLY, O_WRONLY},
};

static void open_in_one_direction(void *arg)
{
	const struct partial_row *const row = arg;

	become_uid(1);
	must_succeed(mq_open(own_name("q"), row->allowed));
	must_fail(mq_open(own_name("q"), row->refused), EACCES);
}

CASE_EACH(posix_mq, access, partial_permission_allows_that_direction, partial_rows,
	.claim = "permission for one direction is enough to open the queue for that one",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, oflag: permissions for the requested "
		"access",
	.needs = NEED_SECOND_UID)
{
	queue_of_mode(row->mode);
	struct peer other = peer_start(open_in_one_direction, (void *)row);
	peer_join(&other);
}

static void creat_as_other_refused(void *arg)
{
	const struct oflag_row *const row = arg;
	struct mq_attr tiny = queue_tiny();

	become_uid(1);
	must_fail(mq_open(own_name("q"), O_CREAT | row->oflag, 0666, &tiny), EACCES);
}

CASE_EACH(posix_mq, access, creat_on_existing_checks_permission, any_access_rows,
	.claim = "mq_open(O_CREAT) of a queue that exists, without the permission for its "
		 "access mode, fails with EACCES",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), ERRORS EACCES",
	.needs = NEED_SECOND_UID)
{
	queue_of_mode(0600);
	struct peer other = peer_start(creat_as_other_refused, (void *)row);
	peer_join(&other);
}

static void creat_excl_as_other(void *arg)
{
	struct mq_attr tiny = queue_tiny();

	(void)arg;
	become_uid(1);
	must_fail(mq_open(own_name("q"), O_RDWR), EACCES);
	must_fail(mq_open(own_name("q"), O_CREAT | O_EXCL | O_RDWR, 0666, &tiny), EEXIST);
}

CASE(posix_mq, access, excl_on_inaccessible_existing_gives_eexist,
	.claim = "mq_open(O_CREAT | O_EXCL) of a queue that exists fails with EEXIST, also "
		 "for a caller who may not open it",
	.level = LEVEL_LINUX,
	.spec = "mq_open(3), ERRORS EEXIST",
	.needs = NEED_SECOND_UID)
{
	queue_of_mode(0600);
	struct peer other = peer_start(creat_excl_as_other, NULL);
	peer_join(&other);
}

CASE(posix_mq, access, queue_owned_by_effective_ids,
	.claim = "a new queue belongs to the effective user, and to the effective group or "
		 "that of the directory in which its name shows",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 mq_open(), DESCRIPTION, O_CREAT; mq_open(3)",
	.needs = NEED_SECOND_UID | NEED_PRIVATE_MOUNT)
{
	struct mq_attr tiny = queue_tiny();
	struct stat made, directory;

	need(stat(queues_mounted("m"), &directory));
	need(setegid(own_uid(2)));
	need(seteuid(own_uid(1)));
	const mqd_t queue = must_succeed(mq_open(own_name("q"), O_CREAT | O_EXCL | O_RDWR,
		0600, &tiny));

	need(fstat(queue, &made));
	ck_assert_uint_eq(made.st_uid, own_uid(1));
	const char *const group = made.st_gid == own_uid(2) ? "process"
		: made.st_gid == directory.st_gid           ? "directory"
							    : "neither";
	note_choice("group from", group, "process", "directory");
}

CASE_EACH(posix_mq, access, owner_class_is_decisive, any_access_rows,
	.claim = "the owner of a queue of mode 0077 may not open it, although all others "
		 "may",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 XBD, File Access Permissions",
	.needs = NEED_UNPRIVILEGED)
{
	queue_of_mode(0077);
	drop_capabilities();
	must_fail(mq_open(own_name("q"), row->oflag), EACCES);
}

/* The queue own_name(TAG) of MODE, whose owner and group nobody here is. */
static void queue_of_group(const char *tag, mode_t mode)
{
	const mqd_t queue = queue_made(tag, O_RDWR);

	need(fchmod(queue, mode));
	need(fchown(queue, own_uid(1), own_uid(2)));
	need(mq_close(queue));
}

static void judged_by_the_bits_for_others(void *arg)
{
	(void)arg;
	become_uid(3);
	must_fail(mq_open(own_name("for-group"), O_RDWR), EACCES);
	must_succeed(mq_open(own_name("for-others"), O_RDWR));
}

CASE(posix_mq, access, group_bits_apply_to_supplementary_groups,
	.claim = "a process that has the group of a queue among its supplementary "
		 "groups is judged by the group bits, and by no others",
	.level = LEVEL_POSIX,
	.spec = "POSIX.1-2024 XBD, File Access Permissions: supplementary group IDs",
	.needs = NEED_SECOND_UID)
{
	const gid_t group = own_uid(2);

	queue_of_group("for-group", 0060);
	queue_of_group("for-others", 0606);
	struct peer outside = peer_start(judged_by_the_bits_for_others, NULL);
	peer_join(&outside);
	need(setgroups(1, &group));
	drop_capabilities();
	must_succeed(mq_open(own_name("for-group"), O_RDWR));
	must_fail(mq_open(own_name("for-others"), O_RDWR), EACCES);
}

CASE(posix_mq, access, dac_override_bypasses_mode,
	.claim = "CAP_DAC_OVERRIDE opens a queue of mode 0, and without it nobody does",
	.level = LEVEL_LINUX,
	.spec = "capabilities(7), CAP_DAC_OVERRIDE",
	.needs = NEED_UNPRIVILEGED | NEED_PRIVATE_MOUNT)
{
	queue_of_mode(0);
	must_succeed(mq_open(own_name("q"), O_RDWR));
	drop_capabilities();
	must_fail(mq_open(own_name("q"), O_RDWR), EACCES);
}

static void exchange_as_other(void *inherited)
{
	const mqd_t queue = *(const mqd_t *)inherited;

	become_uid(1);
	must_fail(mq_open(own_name("q"), O_RDONLY), EACCES);
	must_succeed(mq_send(queue, "x", 1, 0));
	must_receive(queue, "x");
}

CASE(posix_mq, access, permission_checked_at_open_only,
	.claim = "a descriptor sends and receives after its queue lost all permission bits "
		 "and its process all privileges",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Linux implementation of message queue descriptors; open(2)",
	.needs = NEED_SECOND_UID)
{
	mqd_t queue = queue_of_mode(0666);

	need(fchmod(queue, 0));
	struct peer other = peer_start(exchange_as_other, &queue);
	peer_join(&other);
}

static mode_t queue_mode(mqd_t queue)
{
	struct stat about;

	need(fstat(queue, &about));
	return about.st_mode & 07777;
}

static void follow_the_mode(void *path)
{
	become_uid(1);
	must_fail(mq_open(own_name("q"), O_RDONLY), EACCES);
	peer_rest();

	const mqd_t queue = must_succeed(mq_open(own_name("q"), O_RDONLY));
	must_fail(fchmod(queue, 0666), EPERM);
	must_fail(chmod(path, 0666), EPERM);
	ck_assert_uint_eq(queue_mode(queue), 0604);
	peer_rest();

	must_fail(mq_open(own_name("q"), O_RDONLY), EACCES);
}

CASE(posix_mq, access, fchmod_governs_later_opens,
	.claim = "fchmod() of a descriptor and chmod() in a mount decide who can open the "
		 "queue from then on, and only its owner may call them",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Mounting the message queue filesystem; chmod(2), ERRORS "
		"EPERM",
	.needs = NEED_SECOND_UID | NEED_UNPRIVILEGED | NEED_PRIVATE_MOUNT)
{
	const char *const path = queue_below(queues_mounted("m"), "q");
	const mqd_t queue = queue_of_mode(0600);

	struct peer other = peer_start(follow_the_mode, (void *)path);
	peer_wait_resting(&other);
	drop_capabilities(); /* it is the owner's right */
	must_succeed(fchmod(queue, 0604));
	peer_resume(&other);
	peer_wait_resting(&other);
	must_succeed(chmod(path, 0600));
	peer_resume(&other);
	peer_join(&other);
}

static void unlink_as_other(void *arg)
{
	(void)arg;
	become_uid(1);
	must_fail(mq_unlink(own_name("q")), EACCES);
}

CASE(posix_mq, access, unlink_by_non_owner_gives_eacces,
	.claim = "mq_unlink() of another user's queue fails with EACCES, whatever its mode, "
		 "and leaves it in place",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7): the sticky bit of the directory; mq_unlink(3), ERRORS "
		"EACCES",
	.needs = NEED_SECOND_UID)
{
	queue_of_mode(0666);
	struct peer other = peer_start(unlink_as_other, NULL);
	peer_join(&other);
	must_succeed(mq_open(own_name("q"), O_RDWR));
}

static void create_and_unlink(void *arg)
{
	(void)arg;
	become_uid(1);
	queue_of_mode(0600);
	must_succeed(mq_unlink(own_name("q")));
	must_fail(mq_open(own_name("q"), O_RDWR), ENOENT);
}

CASE(posix_mq, access, unlink_by_owner_succeeds,
	.claim = "the owner of a queue may unlink it without any privilege",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7): the sticky bit of the directory; mq_unlink(3)",
	.needs = NEED_SECOND_UID)
{
	struct peer owner = peer_start(create_and_unlink, NULL);
	peer_join(&owner);
}

CASE(posix_mq, access, mqueue_root_is_sticky,
	.claim = "the root of an mqueue mount has mode 1777",
	.level = LEVEL_LINUX,
	.spec = "mq_overview(7), Mounting the message queue filesystem",
	.needs = NEED_PRIVATE_MOUNT)
{
	struct stat root;

	need(stat(queues_mounted("m"), &root));
	ck_assert_msg((root.st_mode & 07777) == 01777, "the mode is %04o, wanted 1777",
		root.st_mode & 07777);
}

/*
 * What is filled is full: the next user is refused, and one more fits when one is gone.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <mqueue.h>
#include <semaphore.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <unistd.h>

#include "planted.h"

PLANT(fill, socket, "pass", .claim = "a filled socket takes no byte until it is read")
{
	static char bytes[65536];
	int ends[2];
	need(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));

	ck_assert_uint_gt(need((long)fill(ends[0])), 4096);
	must_fail(send(ends[0], "x", 1, MSG_DONTWAIT), EAGAIN);
	while (recv(ends[1], bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
		continue;
	must_move(send(ends[0], "x", 1, MSG_DONTWAIT), 1);
}

PLANT(fill, posix_queue, "pass",
	.claim = "a filled queue takes no message until one is gone")
{
	struct mq_attr attr = {.mq_maxmsg = 4, .mq_msgsize = 16};
	char bytes[16];
	const mqd_t queue =
		need(mq_open(own_name("q"), O_CREAT | O_RDWR | O_NONBLOCK, 0600, &attr));

	ck_assert_uint_eq(need((long)fill_mq(queue)), 4);
	must_fail(mq_send(queue, "x", 1, 0), EAGAIN);
	must_move(mq_receive(queue, bytes, sizeof(bytes), NULL), 1);
	must_succeed(mq_send(queue, "x", 1, 0));
}

PLANT(fill, posix_queue_for_reading, "broken",
	.claim = "a queue open for reading is refused")
{
	struct mq_attr attr = {.mq_maxmsg = 4, .mq_msgsize = 16};

	need((long)fill_mq(need(mq_open(own_name("q"), O_CREAT | O_RDONLY, 0600,
		&attr))));
}

PLANT(fill, system_v_queue, "pass", .claim = "a filled queue takes no byte")
{
	struct {
		long type;
		char text[1];
	} message = {.type = 1};
	const int id = need(msgget(own_key(1), IPC_CREAT | 0600));
	struct msqid_ds about;

	const size_t bytes = need((long)fill_msg(id));
	need(msgctl(id, IPC_STAT, &about));
	ck_assert_uint_eq(bytes, about.msg_qbytes);
	must_fail(msgsnd(id, &message, 1, IPC_NOWAIT), EAGAIN);
}

PLANT(fill, system_v_semaphore, "pass", .claim = "a filled semaphore cannot be raised")
{
	const int id = need(semget(own_key(1), 2, IPC_CREAT | 0600));
	struct sembuf raise = {.sem_num = 1, .sem_op = 1};

	ck_assert_uint_eq(need((long)fill_semaphore(id, 1)), 32767);
	must_fail(semop(id, &raise, 1), ERANGE);
	ck_assert_int_eq(need(semctl(id, 0, GETVAL)), 0);
}

PLANT(fill, posix_semaphore, "pass", .claim = "a filled semaphore cannot be posted")
{
	sem_t *const semaphore = need(sem_open(own_name("s"), O_CREAT, 0600, 3));

	ck_assert_int_eq(need((long)fill_sem(semaphore)), SEM_VALUE_MAX);
	must_fail(sem_post(semaphore), EOVERFLOW);
	need(sem_wait(semaphore));
	must_succeed(sem_post(semaphore));
}

PLANT(fill, descriptors, "pass", .claim = "a filled table has no room for one descriptor")
{
	limit_set(RLIMIT_NOFILE, 64);
	ck_assert_uint_gt(need((long)fill_fds()), 32);
	must_fail(dup(0), EMFILE);
	need(close(40));
	ck_assert_int_eq(must_succeed(dup(0)), 40);
}

PLANT(fill, tmpfs_blocks, "pass", .claim = "a filled tmpfs takes files, and no byte",
	.needs = NEED_PRIVATE_MOUNT)
{
	struct problem why;
	const int before = need(shm_open(own_name("before"), O_CREAT | O_RDWR, 0600));
	need(ftruncate(before, 10));
	need(write(before, "x", 1));

	ck_assert_msg(fill_tmpfs_blocks("/dev/shm", &why), "%s", why.text);
	const int fd = need(shm_open(own_name("s"), O_CREAT | O_RDWR, 0600));
	must_fail(write(fd, "x", 1), ENOSPC);
	must_move(write(before, "y", 1), 1);
}

PLANT(fill, tmpfs_inodes, "pass", .claim = "a tmpfs without inodes takes no file",
	.needs = NEED_PRIVATE_MOUNT)
{
	struct problem why;
	const int before = need(shm_open(own_name("before"), O_CREAT | O_RDWR, 0600));

	ck_assert_msg(fill_tmpfs_inodes("/dev/shm", &why), "%s", why.text);
	must_fail(shm_open(own_name("s"), O_CREAT | O_RDWR, 0600), ENOSPC);
	must_move(write(before, "y", 1), 1);
	need(shm_unlink(own_name("before")));
	need(close(before));
	must_succeed(shm_open(own_name("s"), O_CREAT | O_RDWR, 0600));
}

PLANT(fill, what_is_no_tmpfs, "fail", .claim = "what is no tmpfs is refused")
{
	struct problem why;

	ck_assert_msg(fill_tmpfs_blocks("/proc", &why), "%s", why.text);
}

PLANT(fill, by_rule, "pass", .claim = "rules that fill and limit act at once",
	.needs = NEED_SUPERVISOR | NEED_PRIVATE_MOUNT)
{
	fault_arm("limit:nofile=20", "fill:tmpfs-inodes", "fill:fds", "count:dup");
	must_fail(dup(0), EMFILE);
	ck_assert_uint_eq(fault_seen("count:dup"), 1);
	need(close(15));
	must_fail(shm_open(own_name("s"), O_CREAT | O_RDWR, 0600), ENOSPC);
}

PLANT(fill, limit_above_the_hard_one, "broken",
	.claim = "a limit that is refused is broken",
	.needs = NEED_SUPERVISOR | NEED_UNPRIVILEGED)
{
	drop_capabilities();
	fault_arm("limit:core=4711");
}

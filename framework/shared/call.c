#include "call.h"

#include <string.h>
#include <sys/syscall.h>

/* Not every architecture (or set of headers) has these; absent ones are -1. */
#ifndef SYS_open
#define SYS_open -1
#endif
#ifndef SYS_openat2
#define SYS_openat2 -1
#endif
#ifndef SYS_poll
#define SYS_poll -1
#endif
#ifndef SYS_ppoll_time64
#define SYS_ppoll_time64 -1
#endif
#ifndef SYS_select
#define SYS_select -1
#endif
#ifndef SYS__newselect
#define SYS__newselect -1
#endif
#ifndef SYS_pselect6_time64
#define SYS_pselect6_time64 -1
#endif
#ifndef SYS_epoll_wait
#define SYS_epoll_wait -1
#endif
#ifndef SYS_epoll_pwait2
#define SYS_epoll_pwait2 -1
#endif
#ifndef SYS_futex_time64
#define SYS_futex_time64 -1
#endif
#ifndef SYS_futex_waitv
#define SYS_futex_waitv -1
#endif
#ifndef SYS_waitpid
#define SYS_waitpid -1
#endif
#ifndef SYS_pipe
#define SYS_pipe -1
#endif
#ifndef SYS_mknod
#define SYS_mknod -1
#endif
#ifndef SYS_sendfile
#define SYS_sendfile -1
#endif
#ifndef SYS_sendfile64
#define SYS_sendfile64 -1
#endif
#ifndef SYS_mmap
#define SYS_mmap -1
#endif
#ifndef SYS_mmap2
#define SYS_mmap2 -1
#endif
#ifndef SYS_clock_nanosleep_time64
#define SYS_clock_nanosleep_time64 -1
#endif
#ifndef SYS_pause
#define SYS_pause -1
#endif
#ifndef SYS_rt_sigtimedwait_time64
#define SYS_rt_sigtimedwait_time64 -1
#endif
#ifndef SYS_fcntl
#define SYS_fcntl -1
#endif
#ifndef SYS_fcntl64
#define SYS_fcntl64 -1
#endif
#ifndef SYS_ftruncate64
#define SYS_ftruncate64 -1
#endif
#ifndef SYS_newfstatat
#define SYS_newfstatat -1
#endif
#ifndef SYS_fstatat64
#define SYS_fstatat64 -1
#endif
#ifndef SYS_statx
#define SYS_statx -1
#endif
#ifndef SYS_fork
#define SYS_fork -1
#endif
#ifndef SYS_vfork
#define SYS_vfork -1
#endif
#ifndef SYS_clone3
#define SYS_clone3 -1
#endif
#ifndef SYS_accept
#define SYS_accept -1
#endif
#ifndef SYS_send
#define SYS_send -1
#endif
#ifndef SYS_recv
#define SYS_recv -1
#endif
#ifndef SYS_mq_timedsend_time64
#define SYS_mq_timedsend_time64 -1
#endif
#ifndef SYS_mq_timedreceive_time64
#define SYS_mq_timedreceive_time64 -1
#endif
#ifndef SYS_msgget
#define SYS_msgget -1
#endif
#ifndef SYS_msgsnd
#define SYS_msgsnd -1
#endif
#ifndef SYS_msgrcv
#define SYS_msgrcv -1
#endif
#ifndef SYS_ipc
#define SYS_ipc -1
#endif
#ifndef SYS_msgctl
#define SYS_msgctl -1
#endif
#ifndef SYS_semget
#define SYS_semget -1
#endif
#ifndef SYS_semop
#define SYS_semop -1
#endif
#ifndef SYS_semtimedop
#define SYS_semtimedop -1
#endif
#ifndef SYS_semtimedop_time64
#define SYS_semtimedop_time64 -1
#endif
#ifndef SYS_shmget
#define SYS_shmget -1
#endif
#ifndef SYS_shmat
#define SYS_shmat -1
#endif
#ifndef SYS_eventfd
#define SYS_eventfd -1
#endif
#ifndef SYS_signalfd
#define SYS_signalfd -1
#endif
#ifndef SYS_memfd_create
#define SYS_memfd_create -1
#endif
#ifndef SYS_socket
#define SYS_socket -1
#endif
#ifndef SYS_socketpair
#define SYS_socketpair -1
#endif
#ifndef SYS_connect
#define SYS_connect -1
#endif

struct member {
	const char *name;
	long number_plus_one;
};

struct family {
	const char *name;
	bool may_restart; /* continues as restart_syscall after a stop signal */
	struct member members[CALL_FAMILY_MAX];
};

/* Numbers are stored plus one, so that 0 is no call (read is 0 on some architectures), and
 * an absent one, -1, becomes 0 too: it has a name all the same, for processes of another
 * architecture. */
#define M(call)                                                  \
	{                                                        \
		.name = #call, .number_plus_one = SYS_##call + 1 \
	}

static const struct family families[] = {
	{"read", false, {M(read)}},
	{"readv", false, {M(readv)}},
	{"pread", false, {M(pread64)}},
	{"pwrite", false, {M(pwrite64)}},
	{"write", false, {M(write)}},
	{"writev", false, {M(writev)}},
	{"open", false, {M(open), M(openat), M(openat2)}},
	{"close", false, {M(close)}},
	{"poll", true, {M(poll), M(ppoll), M(ppoll_time64)}},
	{"select", false, {M(select), M(_newselect), M(pselect6), M(pselect6_time64)}},
	{"epoll_wait", false, {M(epoll_wait), M(epoll_pwait), M(epoll_pwait2)}},
	{"futex", true, {M(futex), M(futex_time64), M(futex_waitv)}},
	{"wait", false, {M(wait4), M(waitid), M(waitpid)}},
	{"pipe", false, {M(pipe), M(pipe2)}},
	{"mknod", false, {M(mknod), M(mknodat)}},
	{"splice", false, {M(splice)}},
	{"tee", false, {M(tee)}},
	{"vmsplice", false, {M(vmsplice)}},
	{"sendfile", false, {M(sendfile), M(sendfile64)}},
	{"nanosleep", true,
		{M(nanosleep), M(clock_nanosleep), M(clock_nanosleep_time64)}},
	{"pause", false, {M(pause), M(rt_sigsuspend), M(ppoll)}},
	{"sigwait", false, {M(rt_sigtimedwait), M(rt_sigtimedwait_time64)}},
	{"fcntl", false, {M(fcntl), M(fcntl64)}},
	{"flock", false, {M(flock)}},
	{"ioctl", false, {M(ioctl)}},
	{"fsync", false, {M(fsync)}},
	{"fstatat", false, {M(newfstatat), M(fstatat64), M(statx)}},
	{"ftruncate", false, {M(ftruncate), M(ftruncate64)}},
	{"mmap", false, {M(mmap), M(mmap2)}},
	{"fork", false, {M(fork), M(vfork), M(clone), M(clone3)}},
	{"exec", false, {M(execve), M(execveat)}},
	{"kill", false, {M(kill), M(tgkill), M(tkill)}},
	{"socket", false, {M(socket)}},
	{"socketpair", false, {M(socketpair)}},
	{"connect", false, {M(connect)}},
	{"accept", false, {M(accept), M(accept4)}},
	{"send", false, {M(sendto), M(sendmsg), M(sendmmsg), M(send)}},
	{"recv", false, {M(recvfrom), M(recvmsg), M(recvmmsg), M(recv)}},
	{"mq_open", false, {M(mq_open)}},
	{"mq_send", false, {M(mq_timedsend), M(mq_timedsend_time64)}},
	{"mq_receive", false, {M(mq_timedreceive), M(mq_timedreceive_time64)}},
	{"mq_notify", false, {M(mq_notify)}},
	{"msgget", false, {M(msgget)}},
	{"msgsnd", false, {M(msgsnd)}},
	{"msgrcv", false, {M(msgrcv)}},
	{"msgctl", false, {M(msgctl)}},
	{"semget", false, {M(semget)}},
	{"semop", false, {M(semop), M(semtimedop), M(semtimedop_time64)}},
	{"shmget", false, {M(shmget)}},
	{"shmat", false, {M(shmat)}},
	{"eventfd", false, {M(eventfd), M(eventfd2)}},
	{"signalfd", false, {M(signalfd), M(signalfd4)}},
	{"memfd_create", false, {M(memfd_create)}},
};

static const struct family *family_named(const char *name)
{
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		if (strcmp(families[i].name, name) == 0)
			return &families[i];
	return NULL;
}

size_t call_family(const char *name, long numbers[CALL_FAMILY_MAX])
{
	const struct family *const family = family_named(name);
	size_t count = 0;

	for (size_t i = 0; family && i < CALL_FAMILY_MAX; i++)
		if (family->members[i].number_plus_one > 0)
			numbers[count++] = family->members[i].number_plus_one - 1;
	return count;
}

size_t call_family_names(const char *name, const char *names[CALL_FAMILY_MAX])
{
	const struct family *const family = family_named(name);
	size_t count = 0;

	for (size_t i = 0; family && i < CALL_FAMILY_MAX && family->members[i].name; i++)
		names[count++] = family->members[i].name;
	return count;
}

static bool has_member(const struct family *family, long number)
{
	if (number < 0)
		return false;
#ifdef SYS_restart_syscall
	if (family->may_restart && number == SYS_restart_syscall)
		return true;
#endif
	for (size_t i = 0; i < CALL_FAMILY_MAX; i++)
		if (family->members[i].number_plus_one == number + 1)
			return true;
	return false;
}

/* The first argument of ipc(2) to the family; linux/ipc.h. */
static const struct {
	unsigned operation;
	const char *family;
} bundled[] = {
	{1, "semop"},
	{2, "semget"},
	{4, "semop"}, /* with a timeout */
	{11, "msgsnd"},
	{12, "msgrcv"},
	{13, "msgget"},
	{14, "msgctl"},
	{21, "shmat"},
	{23, "shmget"},
};

long call_unbundled(long number, unsigned long long first)
{
	long numbers[CALL_FAMILY_MAX];

	if (number < 0 || number != SYS_ipc)
		return number;
	/* The upper half of the argument is a version. */
	for (size_t i = 0; i < sizeof(bundled) / sizeof(bundled[0]); i++)
		if (bundled[i].operation == (first & 0xffff) &&
			call_family(bundled[i].family, numbers) > 0)
			return numbers[0];
	return number;
}

bool call_is_in_family(long number, const char *name)
{
	const struct family *const family = family_named(name);

	return family && has_member(family, number);
}

const char *call_family_of(long number)
{
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		if (has_member(&families[i], number))
			return families[i].name;
	return NULL;
}

const char *call_family_of_name(const char *name)
{
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		for (size_t m = 0; m < CALL_FAMILY_MAX && families[i].members[m].name;
			m++)
			if (strcmp(families[i].members[m].name, name) == 0)
				return families[i].name;
	return NULL;
}

const char *call_family_at(size_t index)
{
	return index < sizeof(families) / sizeof(families[0]) ? families[index].name
							      : NULL;
}

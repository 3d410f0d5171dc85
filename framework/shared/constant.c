#include "constant.h"

#include "errno_name.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct constant {
	enum constant_group group;
	const char *name;
	uint64_t value;
};

/* A negative one, AT_FDCWD, is sign-extended, as it is in a register. */
#define C(group, name)                                             \
	{                                                          \
		CONSTANT_##group, #name, (uint64_t)(int64_t)(name) \
	}

/* Of two names for one value the first is given. */
static const struct constant constants[] = {
	C(AT, AT_FDCWD),
	C(AT, AT_SYMLINK_NOFOLLOW),
	C(AT, AT_REMOVEDIR),
	C(AT, AT_SYMLINK_FOLLOW),
	C(AT, AT_NO_AUTOMOUNT),
	C(AT, AT_EMPTY_PATH),
	C(DOMAIN, AF_UNSPEC),
	C(DOMAIN, AF_UNIX),
	C(DOMAIN, AF_LOCAL),
	C(DOMAIN, AF_INET),
	C(DOMAIN, AF_INET6),
	C(DOMAIN, AF_NETLINK),
	C(DOMAIN, AF_PACKET),
	C(DOMAIN, AF_ALG),
#ifdef AF_VSOCK
	C(DOMAIN, AF_VSOCK),
#endif
	C(CLOCK, CLOCK_REALTIME),
	C(CLOCK, CLOCK_MONOTONIC),
	C(CLOCK, CLOCK_PROCESS_CPUTIME_ID),
	C(CLOCK, CLOCK_THREAD_CPUTIME_ID),
	C(CLOCK, CLOCK_BOOTTIME),
	C(CLOCK, TIMER_ABSTIME),
	C(CLONE, CLONE_VM),
	C(CLONE, CLONE_FS),
	C(CLONE, CLONE_FILES),
	C(CLONE, CLONE_SIGHAND),
	C(CLONE, CLONE_PTRACE),
	C(CLONE, CLONE_VFORK),
	C(CLONE, CLONE_PARENT),
	C(CLONE, CLONE_THREAD),
	C(CLONE, CLONE_NEWNS),
	C(CLONE, CLONE_SYSVSEM),
	C(CLONE, CLONE_SETTLS),
	C(CLONE, CLONE_PARENT_SETTID),
	C(CLONE, CLONE_CHILD_CLEARTID),
	C(CLONE, CLONE_UNTRACED),
	C(CLONE, CLONE_CHILD_SETTID),
	C(CLONE, CLONE_NEWUTS),
	C(CLONE, CLONE_NEWIPC),
	C(CLONE, CLONE_NEWUSER),
	C(CLONE, CLONE_NEWPID),
	C(CLONE, CLONE_NEWNET),
	C(CLONE, CLONE_IO),
#ifdef CLONE_PIDFD
	C(CLONE, CLONE_PIDFD),
#endif
	C(CLONE, SIGCHLD),
	C(EPOLL, EPOLL_CTL_ADD),
	C(EPOLL, EPOLL_CTL_DEL),
	C(EPOLL, EPOLL_CTL_MOD),
	C(EPOLL, EPOLL_CLOEXEC),
	C(FCNTL, F_DUPFD),
	C(FCNTL, F_GETFD),
	C(FCNTL, F_SETFD),
	C(FCNTL, F_GETFL),
	C(FCNTL, F_SETFL),
	C(FCNTL, F_GETLK),
	C(FCNTL, F_SETLK),
	C(FCNTL, F_SETLKW),
	C(FCNTL, F_SETOWN),
	C(FCNTL, F_GETOWN),
#ifdef F_OFD_GETLK
	C(FCNTL, F_OFD_GETLK),
	C(FCNTL, F_OFD_SETLK),
	C(FCNTL, F_OFD_SETLKW),
#endif
	C(FCNTL, F_SETSIG),
	C(FCNTL, F_GETSIG),
	C(FCNTL, F_SETLEASE),
	C(FCNTL, F_GETLEASE),
	C(FCNTL, F_NOTIFY),
	C(FCNTL, F_DUPFD_CLOEXEC),
	C(FCNTL, F_SETPIPE_SZ),
	C(FCNTL, F_GETPIPE_SZ),
	C(FCNTL, F_ADD_SEALS),
	C(FCNTL, F_GET_SEALS),
	C(DESCRIPTOR, EFD_CLOEXEC),
	C(DESCRIPTOR, EFD_NONBLOCK),
	C(DESCRIPTOR, EFD_SEMAPHORE),
	C(DESCRIPTOR, SFD_CLOEXEC),
	C(DESCRIPTOR, SFD_NONBLOCK),
	C(DESCRIPTOR, TFD_CLOEXEC),
	C(DESCRIPTOR, TFD_NONBLOCK),
	C(DESCRIPTOR, TFD_TIMER_ABSTIME),
	C(DESCRIPTOR, MFD_CLOEXEC),
	C(DESCRIPTOR, MFD_ALLOW_SEALING),
	C(FUTEX, FUTEX_WAIT),
	C(FUTEX, FUTEX_WAKE),
	C(FUTEX, FUTEX_REQUEUE),
	C(FUTEX, FUTEX_CMP_REQUEUE),
	C(FUTEX, FUTEX_WAKE_OP),
	C(FUTEX, FUTEX_LOCK_PI),
	C(FUTEX, FUTEX_UNLOCK_PI),
	C(FUTEX, FUTEX_TRYLOCK_PI),
	C(FUTEX, FUTEX_WAIT_BITSET),
	C(FUTEX, FUTEX_WAKE_BITSET),
	C(FUTEX, FUTEX_WAIT_REQUEUE_PI),
	C(FUTEX, FUTEX_CMP_REQUEUE_PI),
#ifdef FUTEX_LOCK_PI2
	C(FUTEX, FUTEX_LOCK_PI2),
#endif
	C(FUTEX, FUTEX_WAIT_PRIVATE),
	C(FUTEX, FUTEX_WAKE_PRIVATE),
	C(FUTEX, FUTEX_REQUEUE_PRIVATE),
	C(FUTEX, FUTEX_CMP_REQUEUE_PRIVATE),
	C(FUTEX, FUTEX_WAKE_OP_PRIVATE),
	C(FUTEX, FUTEX_LOCK_PI_PRIVATE),
	C(FUTEX, FUTEX_UNLOCK_PI_PRIVATE),
	C(FUTEX, FUTEX_TRYLOCK_PI_PRIVATE),
	C(FUTEX, FUTEX_WAIT_BITSET_PRIVATE),
	C(FUTEX, FUTEX_WAKE_BITSET_PRIVATE),
	C(FUTEX, FUTEX_WAIT_REQUEUE_PI_PRIVATE),
	C(FUTEX, FUTEX_CMP_REQUEUE_PI_PRIVATE),
#ifdef FUTEX_LOCK_PI2_PRIVATE
	C(FUTEX, FUTEX_LOCK_PI2_PRIVATE),
#endif
	C(FUTEX, FUTEX_PRIVATE_FLAG),
	C(FUTEX, FUTEX_CLOCK_REALTIME),
	C(IPC, IPC_PRIVATE),
	C(IPC, IPC_CREAT),
	C(IPC, IPC_EXCL),
	C(IPC, IPC_NOWAIT),
	C(IPC, IPC_RMID),
	C(IPC, IPC_SET),
	C(IPC, IPC_STAT),
	C(IPC, IPC_INFO),
	C(IPC, MSG_NOERROR),
	C(IPC, MSG_EXCEPT),
#ifdef MSG_COPY
	C(IPC, MSG_COPY),
#endif
	C(IPC, SEM_UNDO),
	C(IPC, GETPID),
	C(IPC, GETVAL),
	C(IPC, GETALL),
	C(IPC, GETNCNT),
	C(IPC, GETZCNT),
	C(IPC, SETVAL),
	C(IPC, SETALL),
	C(IPC, SHM_RDONLY),
	C(IPC, SHM_RND),
	C(IPC, SHM_REMAP),
	C(IPC, SHM_EXEC),
	C(LOCK, LOCK_SH),
	C(LOCK, LOCK_EX),
	C(LOCK, LOCK_NB),
	C(LOCK, LOCK_UN),
	C(MAP, MAP_SHARED),
	C(MAP, MAP_PRIVATE),
	C(MAP, MAP_SHARED_VALIDATE),
	C(MAP, MAP_FIXED),
	C(MAP, MAP_ANONYMOUS),
	C(MAP, MAP_GROWSDOWN),
	C(MAP, MAP_LOCKED),
	C(MAP, MAP_NORESERVE),
	C(MAP, MAP_POPULATE),
	C(MAP, MAP_NONBLOCK),
	C(MAP, MAP_STACK),
	C(MAP, MAP_HUGETLB),
#ifdef MAP_FIXED_NOREPLACE
	C(MAP, MAP_FIXED_NOREPLACE),
#endif
	C(MAP, MREMAP_MAYMOVE),
	C(MAP, MREMAP_FIXED),
	C(MAP, MS_ASYNC),
	C(MAP, MS_INVALIDATE),
	C(MAP, MS_SYNC),
	C(MESSAGE, MSG_OOB),
	C(MESSAGE, MSG_PEEK),
	C(MESSAGE, MSG_DONTROUTE),
	C(MESSAGE, MSG_CTRUNC),
	C(MESSAGE, MSG_TRUNC),
	C(MESSAGE, MSG_DONTWAIT),
	C(MESSAGE, MSG_EOR),
	C(MESSAGE, MSG_WAITALL),
	C(MESSAGE, MSG_CONFIRM),
	C(MESSAGE, MSG_ERRQUEUE),
	C(MESSAGE, MSG_NOSIGNAL),
	C(MESSAGE, MSG_MORE),
	C(MESSAGE, MSG_WAITFORONE),
	C(MESSAGE, MSG_CMSG_CLOEXEC),
	C(OPEN, O_RDONLY),
	C(OPEN, O_WRONLY),
	C(OPEN, O_RDWR),
	C(OPEN, O_ACCMODE),
	C(OPEN, O_CREAT),
	C(OPEN, O_EXCL),
	C(OPEN, O_NOCTTY),
	C(OPEN, O_TRUNC),
	C(OPEN, O_APPEND),
	C(OPEN, O_NONBLOCK),
	C(OPEN, O_NDELAY),
	C(OPEN, O_DSYNC),
	C(OPEN, O_SYNC),
	C(OPEN, O_ASYNC),
	C(OPEN, O_DIRECT),
	C(OPEN, O_DIRECTORY),
	C(OPEN, O_NOFOLLOW),
	C(OPEN, O_NOATIME),
	C(OPEN, O_CLOEXEC),
	C(OPEN, O_PATH),
	C(OPEN, O_TMPFILE),
	C(PROTECTION, PROT_NONE),
	C(PROTECTION, PROT_READ),
	C(PROTECTION, PROT_WRITE),
	C(PROTECTION, PROT_EXEC),
	C(PROTECTION, PROT_GROWSDOWN),
	C(PROTECTION, PROT_GROWSUP),
	C(SEEK, SEEK_SET),
	C(SEEK, SEEK_CUR),
	C(SEEK, SEEK_END),
	C(SEEK, SEEK_DATA),
	C(SEEK, SEEK_HOLE),
	C(SOCKET, SOCK_STREAM),
	C(SOCKET, SOCK_DGRAM),
	C(SOCKET, SOCK_RAW),
	C(SOCKET, SOCK_RDM),
	C(SOCKET, SOCK_SEQPACKET),
	C(SOCKET, SOCK_CLOEXEC),
	C(SOCKET, SOCK_NONBLOCK),
	C(SPLICE, SPLICE_F_MOVE),
	C(SPLICE, SPLICE_F_NONBLOCK),
	C(SPLICE, SPLICE_F_MORE),
	C(SPLICE, SPLICE_F_GIFT),
	C(WAIT, WNOHANG),
	C(WAIT, WUNTRACED),
	C(WAIT, WSTOPPED),
	C(WAIT, WEXITED),
	C(WAIT, WCONTINUED),
	C(WAIT, WNOWAIT),
};

enum { CONSTANT_COUNT = sizeof(constants) / sizeof(constants[0]) };

/* The name to show for a group, and whether its values can be joined: F_SETFL is a value,
 * not the sum of two others. */
static const struct {
	const char *example;
	bool has_bits;
} groups[CONSTANT_GROUP_COUNT] = {
	[CONSTANT_AT] = {"AT_FDCWD", true},
	[CONSTANT_DOMAIN] = {"AF_UNIX", false},
	[CONSTANT_CLOCK] = {"CLOCK_MONOTONIC", false},
	[CONSTANT_CLONE] = {"CLONE_VM", true},
	[CONSTANT_EPOLL] = {"EPOLL_CTL_ADD", false},
	[CONSTANT_FCNTL] = {"F_SETFL", false},
	[CONSTANT_DESCRIPTOR] = {"EFD_CLOEXEC", true},
	[CONSTANT_FUTEX] = {"FUTEX_WAIT", true},
	[CONSTANT_IPC] = {"IPC_CREAT", true},
	[CONSTANT_LOCK] = {"LOCK_EX", true},
	[CONSTANT_MAP] = {"MAP_SHARED", true},
	[CONSTANT_MESSAGE] = {"MSG_PEEK", true},
	[CONSTANT_OPEN] = {"O_CREAT", true},
	[CONSTANT_PROTECTION] = {"PROT_READ", true},
	[CONSTANT_SEEK] = {"SEEK_SET", false},
	[CONSTANT_SIGNAL] = {"SIGTERM", false},
	[CONSTANT_SOCKET] = {"SOCK_STREAM", true},
	[CONSTANT_SPLICE] = {"SPLICE_F_MORE", true},
	[CONSTANT_WAIT] = {"WNOHANG", true},
};

bool constant_find(enum constant_group group, const char *name, uint64_t *value)
{
	int signal;

	if (group == CONSTANT_SIGNAL && signal_find(name, &signal)) {
		*value = (uint64_t)signal;
		return true;
	}
	for (size_t i = 0; i < CONSTANT_COUNT; i++) {
		if (constants[i].group != group || strcmp(constants[i].name, name) != 0)
			continue;
		*value = constants[i].value;
		return true;
	}
	return false;
}

const char *constant_example(enum constant_group group)
{
	return groups[group].example;
}

/* The name of exactly VALUE, else, where values join, the largest that is part of it. */
static const struct constant *best(enum constant_group group, uint64_t value)
{
	const struct constant *found = NULL;

	for (size_t i = 0; i < CONSTANT_COUNT; i++) {
		const struct constant *const c = &constants[i];
		if (c->group != group)
			continue;
		if (c->value == value)
			return c;
		const bool is_part = groups[group].has_bits && c->value != 0 &&
			(c->value & ~value) == 0;
		if (is_part && (!found || c->value > found->value))
			found = c;
	}
	return found;
}

bool constant_add(struct text *text, enum constant_group group, uint64_t value)
{
	char names[256];
	struct text joined = TEXT_OVER(names);

	if (group == CONSTANT_SIGNAL) {
		int signal;
		if (value > INT32_MAX || !signal_find(signal_name((int)value), &signal))
			return false;
		text_add(text, "%s", signal_name((int)value));
		return true;
	}
	do {
		const struct constant *const c = best(group, value);
		if (!c)
			return false;
		text_add(&joined, "%s%s", joined.used > 0 ? "|" : "", c->name);
		value &= ~c->value;
	} while (value != 0);
	if (joined.cut)
		return false;
	text_add(text, "%s", names);
	return true;
}

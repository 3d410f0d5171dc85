#include "sweep_calls.h"

#include "call.h"

/* Families where a C library has a choice (call.h), single calls otherwise.  Not here: futex,
 * whose errors depend on the operation and whose wake has none; close, which has closed also when it fails, as a call that is
 * not made has not; brk, which reports no error; calls that cannot fail. */
static const char *const names[] = {"open", "read", "readv", "pread", "write", "writev",
	"pwrite", "mmap", "mprotect", "munmap", "mremap", "stat", "lstat", "newfstatat",
	"fstat", "statx", "statfs", "fstatfs", "access", "faccessat", "faccessat2",
	"readlink", "readlinkat", "getdents64", "lseek", "getcwd", "chdir", "mkdir",
	"mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2",
	"link", "linkat", "symlink", "symlinkat", "chmod", "fchmod", "fchmodat", "chown",
	"fchown", "fchownat", "truncate", "ftruncate", "fallocate", "fsync", "fdatasync",
	"msync", "sendfile", "splice", "tee", "vmsplice", "fcntl", "flock", "dup", "dup2",
	"dup3", "pipe", "mknod", "poll", "select", "epoll_create1", "epoll_ctl",
	"epoll_wait", "eventfd", "signalfd", "timerfd_create", "memfd_create",
	"inotify_init1", "timer_create", "fork", "exec", "wait", "kill", "sigwait",
	"nanosleep", "getrandom", "prlimit64", "socket", "socketpair", "bind", "listen",
	"accept", "connect", "send", "recv", "shutdown", "mq_open", "mq_send",
	"mq_receive", "mq_notify", "mq_unlink", "msgget", "msgsnd", "msgrcv", "msgctl",
	"semget", "semop", "semctl", "shmget", "shmat", "shmctl"};

const char *sweep_calls_name(size_t index)
{
	return index < sizeof(names) / sizeof(names[0]) ? names[index] : NULL;
}

const char *sweep_calls_transfer(size_t index)
{
	static const char *const transfers[] = {"read", "readv", "pread", "preadv",
		"write", "writev", "pwrite", "pwritev", "send", "recv"};

	return index < sizeof(transfers) / sizeof(transfers[0]) ? transfers[index] : NULL;
}

size_t sweep_calls_errors(const char *call, bool with_arguments,
	int errors[ERRNO_OF_CALL_MAX])
{
	const char *members[CALL_FAMILY_MAX];
	const size_t count = call_family_names(call, members);

	for (size_t i = 0; i < count; i++) {
		const size_t found = errno_of_call(members[i], with_arguments, errors);

		if (found > 0)
			return found;
	}
	return errno_of_call(call, with_arguments, errors);
}

#include "errno_of_call.h"

#include <errno.h>
#include <string.h>

enum { ROW_ERRORS = 24, ROW_ARGUMENTS = 6 };

/* ETXTBSY and the like are left to the calls that document them; ENOSYS, which a system
 * without the call gives, to none. */
static const struct row {
	const char *calls; /* words, separated by blanks */
	int errors[ROW_ERRORS];
	int arguments[ROW_ARGUMENTS];
} rows[] = {
	{"open openat openat2 creat",
		{EACCES, EDQUOT, EEXIST, EFBIG, EINTR, EISDIR, ELOOP, EMFILE,
			ENAMETOOLONG, ENFILE, ENODEV, ENOENT, ENOMEM, ENOSPC, ENOTDIR,
			ENXIO, EOVERFLOW, EPERM, EROFS, ETXTBSY, EAGAIN, EBUSY},
		{EBADF, EFAULT, EINVAL}},
	{"read readv pread64 preadv preadv2", {EAGAIN, EINTR, EIO, EISDIR},
		{EBADF, EFAULT, EINVAL}},
	{"write writev pwrite64 pwritev pwritev2",
		{EAGAIN, EDQUOT, EFBIG, EINTR, EIO, ENOSPC, EPERM, EPIPE},
		{EBADF, EFAULT, EINVAL, EDESTADDRREQ}},
	{"close", {EINTR, EIO, ENOSPC, EDQUOT}, {EBADF}},
	{"mmap mmap2",
		{EACCES, EAGAIN, ENFILE, ENODEV, ENOMEM, EOVERFLOW, EPERM, ETXTBSY},
		{EBADF, EINVAL}},
	{"munmap", {ENOMEM}, {EINVAL}},
	{"mprotect", {EACCES, ENOMEM}, {EINVAL}},
	{"mremap", {EAGAIN, ENOMEM}, {EFAULT, EINVAL}},
	{"madvise", {EAGAIN, EIO, ENOMEM}, {EBADF, EINVAL}},
	{"msync", {EBUSY, ENOMEM}, {EINVAL}},
	{"pipe pipe2", {EMFILE, ENFILE}, {EFAULT, EINVAL}},
	{"dup", {EMFILE}, {EBADF}},
	{"dup2 dup3", {EBUSY, EINTR, EMFILE}, {EBADF, EINVAL}},
	{"fcntl fcntl64", {EACCES, EAGAIN, EBUSY, EDEADLK, EINTR, EMFILE, ENOLCK, EPERM},
		{EBADF, EFAULT, EINVAL}},
	{"flock", {EAGAIN, EINTR, ENOLCK}, {EBADF, EINVAL}},
	{"stat lstat fstat newfstatat statx stat64 lstat64 fstat64 fstatat64",
		{EACCES, ELOOP, ENAMETOOLONG, ENOENT, ENOMEM, ENOTDIR, EOVERFLOW},
		{EBADF, EFAULT, EINVAL}},
	{"statfs fstatfs",
		{EACCES, EINTR, EIO, ELOOP, ENOENT, ENOMEM, ENOTDIR, EOVERFLOW},
		{EBADF, EFAULT}},
	{"access faccessat faccessat2",
		{EACCES, EIO, ELOOP, ENAMETOOLONG, ENOENT, ENOMEM, ENOTDIR, EPERM, EROFS},
		{EBADF, EFAULT, EINVAL}},
	{"ftruncate truncate ftruncate64 fallocate",
		{EACCES, EFBIG, EINTR, EIO, ENOSPC, EPERM, EROFS, ETXTBSY},
		{EBADF, EINVAL}},
	{"chmod fchmod fchmodat chown fchown fchownat",
		{EACCES, EIO, ELOOP, ENOENT, ENOMEM, ENOTDIR, EPERM, EROFS},
		{EBADF, EFAULT}},
	{"unlink unlinkat rmdir",
		{EACCES, EBUSY, EIO, EISDIR, ELOOP, ENAMETOOLONG, ENOENT, ENOMEM, ENOTDIR,
			EPERM, EROFS},
		{EBADF, EFAULT, EINVAL}},
	{"link linkat symlink symlinkat",
		{EACCES, EDQUOT, EEXIST, EIO, ELOOP, EMLINK, ENAMETOOLONG, ENOENT, ENOMEM,
			ENOSPC, ENOTDIR, EPERM, EROFS, EXDEV},
		{EBADF, EFAULT, EINVAL}},
	{"rename renameat renameat2",
		{EACCES, EBUSY, EDQUOT, EEXIST, EISDIR, ELOOP, EMLINK, ENAMETOOLONG,
			ENOENT, ENOMEM, ENOSPC, ENOTDIR, EPERM, EROFS, EXDEV},
		{EBADF, EFAULT, EINVAL}},
	{"mkdir mkdirat mknod mknodat",
		{EACCES, EDQUOT, EEXIST, ELOOP, EMLINK, ENAMETOOLONG, ENOENT, ENOMEM,
			ENOSPC, ENOTDIR, EPERM, EROFS},
		{EBADF, EFAULT, EINVAL}},
	{"readlink readlinkat chdir getcwd",
		{EACCES, EIO, ELOOP, ENAMETOOLONG, ENOENT, ENOMEM, ENOTDIR},
		{EFAULT, EINVAL, ERANGE}},
	{"getdents getdents64", {ENOENT, ENOTDIR}, {EBADF, EFAULT, EINVAL}},
	{"lseek", {EOVERFLOW}, {EBADF, EINVAL, ENXIO, ESPIPE}},
	{"fsync fdatasync", {EDQUOT, EINTR, EIO, ENOSPC, EROFS}, {EBADF, EINVAL}},
	{"futex futex_time64",
		{EACCES, EAGAIN, EDEADLK, EINTR, ENOMEM, EPERM, ESRCH, ETIMEDOUT},
		{EFAULT, EINVAL}},
	{"fork vfork clone clone3", {EAGAIN, ENOMEM, ENOSPC, EPERM, EUSERS}, {EINVAL}},
	{"execve execveat",
		{E2BIG, EACCES, EAGAIN, EIO, EISDIR, ELIBBAD, ELOOP, EMFILE, ENAMETOOLONG,
			ENFILE, ENOENT, ENOEXEC, ENOMEM, ENOTDIR, EPERM, ETXTBSY},
		{EFAULT, EINVAL}},
	{"wait4 waitid waitpid", {EAGAIN, ECHILD, EINTR}, {EINVAL, ESRCH}},
	{"kill tkill tgkill", {EAGAIN, EPERM, ESRCH}, {EINVAL}},
	{"rt_sigtimedwait rt_sigtimedwait_time64", {EAGAIN, EINTR}, {EINVAL}},
	{"rt_sigsuspend pause", {EINTR}, {EFAULT}},
	{"rt_sigaction rt_sigprocmask", {0}, {EFAULT, EINVAL}},
	{"nanosleep clock_nanosleep clock_nanosleep_time64", {EINTR}, {EFAULT, EINVAL}},
	{"poll ppoll ppoll_time64 select _newselect pselect6 pselect6_time64",
		{EINTR, ENOMEM}, {EFAULT, EINVAL}},
	{"epoll_create epoll_create1", {EMFILE, ENFILE, ENOMEM}, {EINVAL}},
	{"epoll_ctl", {EEXIST, ELOOP, ENOENT, ENOMEM, ENOSPC, EPERM}, {EBADF, EINVAL}},
	{"epoll_wait epoll_pwait epoll_pwait2", {EINTR}, {EBADF, EFAULT, EINVAL}},
	{"eventfd eventfd2 signalfd signalfd4 timerfd_create inotify_init1",
		{EMFILE, ENFILE, ENODEV, ENOMEM}, {EINVAL}},
	{"memfd_create", {EMFILE, ENFILE, ENOMEM, EPERM}, {EFAULT, EINVAL}},
	{"timer_create", {EAGAIN, ENOMEM}, {EINVAL}},
	{"socket socketpair",
		{EACCES, EAFNOSUPPORT, EMFILE, ENFILE, ENOBUFS, ENOMEM, EPROTONOSUPPORT},
		{EFAULT, EINVAL, EOPNOTSUPP}},
	{"connect",
		{EACCES, EADDRINUSE, EADDRNOTAVAIL, EAGAIN, EALREADY, ECONNREFUSED,
			EINPROGRESS, EINTR, EISCONN, ENETUNREACH, ENOENT, EPERM,
			ETIMEDOUT},
		{EAFNOSUPPORT, EBADF, EFAULT, ENOTSOCK, EPROTOTYPE}},
	{"bind",
		{EACCES, EADDRINUSE, EADDRNOTAVAIL, ELOOP, ENAMETOOLONG, ENOENT, ENOMEM,
			ENOTDIR, EROFS},
		{EBADF, EFAULT, EINVAL, ENOTSOCK}},
	{"listen", {EADDRINUSE}, {EBADF, ENOTSOCK, EOPNOTSUPP}},
	{"accept accept4",
		{EAGAIN, ECONNABORTED, EINTR, EMFILE, ENFILE, ENOBUFS, ENOMEM, EPERM,
			EPROTO},
		{EBADF, EFAULT, EINVAL, ENOTSOCK, EOPNOTSUPP}},
	{"send sendto sendmsg sendmmsg",
		{EACCES, EAGAIN, ECONNRESET, EINTR, EISCONN, EMSGSIZE, ENOBUFS, ENOMEM,
			ENOTCONN, EPIPE},
		{EBADF, EDESTADDRREQ, EFAULT, EINVAL, ENOTSOCK, EOPNOTSUPP}},
	{"recv recvfrom recvmsg recvmmsg recvmmsg_time64",
		{EAGAIN, ECONNREFUSED, EINTR, ENOMEM, ENOTCONN},
		{EBADF, EFAULT, EINVAL, ENOTSOCK}},
	{"shutdown", {ENOTCONN}, {EBADF, EINVAL, ENOTSOCK}},
	{"mq_open",
		{EACCES, EEXIST, EMFILE, ENAMETOOLONG, ENFILE, ENOENT, ENOMEM, ENOSPC},
		{EINVAL}},
	{"mq_unlink", {EACCES, ENAMETOOLONG, ENOENT}, {0}},
	{"mq_timedsend mq_timedreceive mq_timedsend_time64 mq_timedreceive_time64",
		{EAGAIN, EINTR, EMSGSIZE, ETIMEDOUT}, {EBADF, EINVAL}},
	{"mq_notify", {EBUSY, ENOMEM}, {EBADF, EINVAL}},
	{"mq_getsetattr", {0}, {EBADF, EFAULT, EINVAL}},
	{"msgget", {EACCES, EEXIST, ENOENT, ENOMEM, ENOSPC}, {0}},
	{"msgsnd", {EACCES, EAGAIN, EIDRM, EINTR, ENOMEM}, {EFAULT, EINVAL}},
	{"msgrcv", {E2BIG, EACCES, EIDRM, EINTR, ENOMSG}, {EFAULT, EINVAL}},
	{"semget", {EACCES, EEXIST, ENOENT, ENOMEM, ENOSPC}, {EINVAL}},
	{"semop semtimedop semtimedop_time64",
		{EACCES, EAGAIN, EIDRM, EINTR, ENOMEM, ERANGE},
		{E2BIG, EFAULT, EFBIG, EINVAL}},
	{"shmget", {EACCES, EEXIST, ENFILE, ENOENT, ENOMEM, ENOSPC, EPERM}, {EINVAL}},
	{"shmat", {EACCES, EIDRM, ENOMEM}, {EINVAL}},
	{"shmdt", {0}, {EINVAL}},
	{"msgctl semctl shmctl", {EACCES, EIDRM, ENOMEM, EOVERFLOW, EPERM},
		{EFAULT, EINVAL}},
	{"splice tee vmsplice sendfile sendfile64", {EAGAIN, EIO, ENOMEM},
		{EBADF, EFAULT, EINVAL, EOVERFLOW, ESPIPE}},
	{"ioctl", {0}, {EBADF, EFAULT, EINVAL, ENOTTY}},
	{"getrandom", {EAGAIN, EINTR}, {EFAULT, EINVAL}},
	{"setrlimit prlimit64", {EPERM}, {EFAULT, EINVAL, ESRCH}},
};

static const char *const can_block =
	"read readv pread64 preadv preadv2 write writev pwrite64 pwritev pwritev2 open "
	"openat "
	"openat2 fcntl fcntl64 flock ioctl futex futex_time64 wait4 waitid waitpid "
	"rt_sigtimedwait rt_sigtimedwait_time64 rt_sigsuspend pause nanosleep "
	"clock_nanosleep "
	"clock_nanosleep_time64 poll ppoll ppoll_time64 select _newselect pselect6 "
	"pselect6_time64 epoll_wait epoll_pwait epoll_pwait2 connect accept accept4 send "
	"sendto "
	"sendmsg sendmmsg recv recvfrom recvmsg recvmmsg recvmmsg_time64 mq_timedsend "
	"mq_timedreceive mq_timedsend_time64 mq_timedreceive_time64 msgsnd msgrcv semop "
	"semtimedop semtimedop_time64 splice tee vmsplice sendfile sendfile64 getrandom";

static bool has_word(const char *words, const char *word)
{
	const size_t length = strlen(word);

	for (const char *from = words; *from;) {
		const size_t this = strcspn(from, " ");
		if (this == length && memcmp(from, word, length) == 0)
			return true;
		from += this + strspn(from + this, " ");
	}
	return false;
}

/* Appends FROM, which ends with 0 or after MAX, to ERRORS of COUNT; returns the new count. */
static size_t append(const int *from, size_t max, int *errors, size_t count)
{
	for (size_t i = 0; i < max && from[i] && count < ERRNO_OF_CALL_MAX; i++)
		errors[count++] = from[i];
	return count;
}

size_t errno_of_call(const char *call, bool with_arguments, int errors[ERRNO_OF_CALL_MAX])
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!has_word(rows[i].calls, call))
			continue;
		const size_t count = append(rows[i].errors, ROW_ERRORS, errors, 0);
		return with_arguments
			? append(rows[i].arguments, ROW_ARGUMENTS, errors, count)
			: count;
	}
	return 0;
}

bool call_can_block(const char *call)
{
	return has_word(can_block, call);
}

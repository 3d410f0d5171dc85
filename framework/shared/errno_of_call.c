#include "errno_of_call.h"

#include <errno.h>
#include <string.h>

enum { ROW_ERRORS = 24, ROW_ARGUMENTS = 6 };

/* ENOSYS, which a system without the call gives, is left out.  What only a flag brings about
 * stands among the arguments. */
static const struct row {
	const char *calls; /* words, separated by blanks */
	int errors[ROW_ERRORS];
	int arguments[ROW_ARGUMENTS];
} rows[] = {
	{"open openat openat2 creat",
		{EACCES, EDQUOT, EEXIST, EFBIG, EINTR, EISDIR, ELOOP, EMFILE,
			ENAMETOOLONG, ENFILE, ENODEV, ENOENT, ENOMEM, ENOSPC, ENOTDIR,
			ENXIO, EOPNOTSUPP, EOVERFLOW, EPERM, EROFS, ETXTBSY, EAGAIN,
			EBUSY},
		{E2BIG, EBADF, EFAULT, EINVAL, EXDEV}},
	{"read readv pread64 preadv preadv2", {EAGAIN, EINTR, EIO, EISDIR},
		{EBADF, EFAULT, EINVAL, EOPNOTSUPP}},
	{"write writev pwrite64 pwritev pwritev2",
		{EAGAIN, EDQUOT, EFBIG, EINTR, EIO, ENOSPC, EPERM, EPIPE},
		{EBADF, EDESTADDRREQ, EFAULT, EINVAL, EOPNOTSUPP}},
	{"close", {EINTR, EIO, ENOSPC, EDQUOT}, {EBADF}},
	{"mmap mmap2",
		{EACCES, EAGAIN, ENFILE, ENODEV, ENOMEM, EOVERFLOW, EPERM, ETXTBSY},
		{EBADF, EEXIST, EINVAL}},
	{"munmap", {ENOMEM}, {EINVAL}},
	{"mprotect", {EACCES, ENOMEM}, {EFAULT, EINVAL}},
	{"mremap", {EAGAIN, ENOMEM}, {EFAULT, EINVAL}},
	{"madvise", {EACCES, EAGAIN, EBUSY, EHWPOISON, EIO, ENOMEM, EPERM},
		{EBADF, EFAULT, EINVAL}},
	{"msync", {EBUSY, ENOMEM}, {EINVAL}},
	{"pipe pipe2", {EMFILE, ENFILE}, {EFAULT, EINVAL, ENOPKG}},
	{"dup", {EMFILE}, {EBADF}},
	{"dup2 dup3", {EBUSY, EINTR, EMFILE}, {EBADF, EINVAL}},
	{"fcntl fcntl64", {EACCES, EAGAIN, EBUSY, EDEADLK, EINTR, EMFILE, ENOLCK, EPERM},
		{EBADF, EFAULT, EINVAL, ENOTDIR}},
	{"flock", {EAGAIN, EINTR, ENOLCK}, {EBADF, EINVAL}},
	{"stat lstat fstat newfstatat statx stat64 lstat64 fstat64 fstatat64",
		{EACCES, ELOOP, ENAMETOOLONG, ENOENT, ENOMEM, ENOTDIR, EOVERFLOW},
		{EBADF, EFAULT, EINVAL}},
	{"statfs fstatfs",
		{EACCES, EINTR, EIO, ELOOP, ENAMETOOLONG, ENOENT, ENOMEM, ENOTDIR,
			EOVERFLOW},
		{EBADF, EFAULT}},
	{"access faccessat faccessat2",
		{EACCES, EIO, ELOOP, ENAMETOOLONG, ENOENT, ENOMEM, ENOTDIR, EPERM, EROFS,
			ETXTBSY},
		{EBADF, EFAULT, EINVAL}},
	{"ftruncate ftruncate64",
		{EACCES, EFBIG, EINTR, EIO, ENOSPC, EPERM, EROFS, ETXTBSY},
		{EBADF, EINVAL}},
	{"truncate truncate64",
		{EACCES, EFBIG, EINTR, EIO, EISDIR, ELOOP, ENAMETOOLONG, ENOENT, ENOSPC,
			ENOTDIR, EPERM, EROFS, ETXTBSY},
		{EFAULT, EINVAL}},
	{"fallocate", {EFBIG, EINTR, EIO, ENOSPC, EOPNOTSUPP, EPERM, ETXTBSY},
		{EBADF, EINVAL, ENODEV, ESPIPE}},
	{"chmod fchmod fchmodat chown fchown fchownat",
		{EACCES, EIO, ELOOP, ENAMETOOLONG, ENOENT, ENOMEM, ENOTDIR, EPERM, EROFS},
		{EBADF, EFAULT, EINVAL, ENOTSUP}},
	{"unlink",
		{EACCES, EBUSY, EIO, EISDIR, ELOOP, ENAMETOOLONG, ENOENT, ENOMEM, ENOTDIR,
			EPERM, EROFS},
		{EFAULT}},
	{"unlinkat rmdir",
		{EACCES, EBUSY, EEXIST, EIO, EISDIR, ELOOP, ENAMETOOLONG, ENOENT, ENOMEM,
			ENOTDIR, ENOTEMPTY, EPERM, EROFS},
		{EBADF, EFAULT, EINVAL}},
	{"link linkat symlink symlinkat",
		{EACCES, EDQUOT, EEXIST, EIO, ELOOP, EMLINK, ENAMETOOLONG, ENOENT, ENOMEM,
			ENOSPC, ENOTDIR, EPERM, EROFS, EXDEV},
		{EBADF, EFAULT, EINVAL}},
	{"rename renameat renameat2",
		{EACCES, EBUSY, EDQUOT, EEXIST, EISDIR, ELOOP, EMLINK, ENAMETOOLONG,
			ENOENT, ENOMEM, ENOSPC, ENOTDIR, ENOTEMPTY, EPERM, EROFS, EXDEV},
		{EBADF, EFAULT, EINVAL}},
	{"mkdir mkdirat mknod mknodat",
		{EACCES, EDQUOT, EEXIST, ELOOP, EMLINK, ENAMETOOLONG, ENOENT, ENOMEM,
			ENOSPC, ENOTDIR, EPERM, EROFS},
		{EBADF, EFAULT, EINVAL}},
	{"readlink readlinkat chdir getcwd",
		{EACCES, EIO, ELOOP, ENAMETOOLONG, ENOENT, ENOMEM, ENOTDIR},
		{EBADF, EFAULT, EINVAL, ERANGE}},
	{"getdents getdents64", {ENOENT, ENOTDIR}, {EBADF, EFAULT, EINVAL}},
	{"lseek", {EOVERFLOW}, {EBADF, EINVAL, ENXIO, ESPIPE}},
	{"fsync fdatasync", {EDQUOT, EINTR, EIO, ENOSPC, EROFS}, {EBADF, EINVAL}},
	{"futex futex_time64",
		{EACCES, EAGAIN, EDEADLK, EINTR, ENOMEM, EPERM, ESRCH, ETIMEDOUT},
		{EFAULT, EINVAL, ENFILE}},
	{"fork vfork clone clone3", {EAGAIN, ENOMEM, ENOSPC, EPERM, EUSERS},
		{EACCES, EBUSY, EEXIST, EINVAL, EOPNOTSUPP}},
	{"execve execveat",
		{E2BIG, EACCES, EAGAIN, EIO, EISDIR, ELIBBAD, ELOOP, EMFILE, ENAMETOOLONG,
			ENFILE, ENOENT, ENOEXEC, ENOMEM, ENOTDIR, EPERM, ETXTBSY},
		{EFAULT, EINVAL}},
	{"wait4 waitid waitpid", {EAGAIN, ECHILD, EINTR}, {EINVAL, ESRCH}},
	{"kill tkill tgkill", {EAGAIN, EPERM, ESRCH}, {EINVAL}},
	{"rt_sigtimedwait rt_sigtimedwait_time64", {EAGAIN, EINTR}, {EINVAL}},
	{"rt_sigsuspend pause", {EINTR}, {EFAULT}},
	{"rt_sigaction rt_sigprocmask", {0}, {EFAULT, EINVAL}},
	{"nanosleep clock_nanosleep clock_nanosleep_time64", {EINTR},
		{EFAULT, EINVAL, ENOTSUP}},
	{"poll ppoll ppoll_time64", {EINTR, ENOMEM}, {EFAULT, EINVAL}},
	{"select _newselect pselect6 pselect6_time64", {EINTR, ENOMEM},
		{EBADF, EFAULT, EINVAL}},
	{"epoll_create epoll_create1", {EMFILE, ENFILE, ENOMEM}, {EINVAL}},
	{"epoll_ctl", {EEXIST, ELOOP, ENOENT, ENOMEM, ENOSPC, EPERM}, {EBADF, EINVAL}},
	{"epoll_wait epoll_pwait epoll_pwait2", {EINTR}, {EBADF, EFAULT, EINVAL}},
	{"eventfd eventfd2 inotify_init1", {EMFILE, ENFILE, ENODEV, ENOMEM}, {EINVAL}},
	{"signalfd signalfd4", {EMFILE, ENFILE, ENODEV, ENOMEM}, {EBADF, EINVAL}},
	{"timerfd_create", {EMFILE, ENFILE, ENODEV, ENOMEM, EPERM}, {EINVAL}},
	{"memfd_create", {EMFILE, ENFILE, ENOMEM, EPERM}, {EFAULT, EINVAL}},
	{"timer_create", {EAGAIN, ENOMEM, EPERM}, {EINVAL, ENOTSUP}},
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
		{EAGAIN, ECONNABORTED, EINTR, EMFILE, ENFILE, ENOBUFS, ENOMEM, ENOSR,
			EPERM, EPROTO, EPROTONOSUPPORT, ESOCKTNOSUPPORT, ETIMEDOUT},
		{EBADF, EFAULT, EINVAL, ENOTSOCK, EOPNOTSUPP}},
	{"send sendto sendmsg sendmmsg",
		{EACCES, EAGAIN, EALREADY, ECONNRESET, EINTR, EISCONN, EMSGSIZE, ENOBUFS,
			ENOMEM, ENOTCONN, EPIPE},
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
		{EFAULT, EINVAL, ERANGE}},
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

static const struct futex_row {
	unsigned operations; /* bit n: operation n (futex(2), linux/futex.h) */
	int errors[ROW_ERRORS];
} futex_rows[] = {
	/* WAIT, WAIT_BITSET */
	{1u << 0 | 1u << 9, {EAGAIN, EINTR, ETIMEDOUT}},
	/* CMP_REQUEUE */
	{1u << 4, {EAGAIN}},
	/* LOCK_PI, TRYLOCK_PI, LOCK_PI2 */
	{1u << 6 | 1u << 8 | 1u << 13,
		{EAGAIN, EDEADLK, ENOMEM, EPERM, ESRCH, ETIMEDOUT}},
	/* UNLOCK_PI */
	{1u << 7, {EPERM}},
	/* WAIT_REQUEUE_PI */
	{1u << 11, {EAGAIN, ETIMEDOUT}},
	/* CMP_REQUEUE_PI */
	{1u << 12, {EAGAIN, EDEADLK, ENOMEM, EPERM, ESRCH}},
	/* FD */
	{1u << 2, {ENFILE}},
};

size_t errno_of_futex(int op, bool has_timeout, bool with_arguments,
	int errors[ERRNO_OF_CALL_MAX])
{
	static const int arguments[] = {EACCES, EFAULT, EINVAL};
	const unsigned operation = (unsigned)op & 127; /* FUTEX_CMD_MASK, for 32 bits */
	size_t count = 0;

	for (size_t i = 0; i < sizeof(futex_rows) / sizeof(futex_rows[0]); i++) {
		const struct futex_row *const row = &futex_rows[i];
		if (operation >= 32 || !(row->operations >> operation & 1))
			continue;
		for (size_t e = 0; row->errors[e]; e++)
			if (row->errors[e] != ETIMEDOUT || has_timeout)
				errors[count++] = row->errors[e];
	}
	return with_arguments ? append(arguments, 3, errors, count) : count;
}

bool call_can_block(const char *call)
{
	return has_word(can_block, call);
}

#include "call_argument.h"

#include "call.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { ARGUMENT_MAX = 6 };

struct argument {
	const char *name; /* at most 11 bytes: struct rule_condition */
	enum call_argument_kind kind;
	enum constant_group names;
};

struct signature {
	const char *call;
	struct argument arguments[ARGUMENT_MAX];
};

/* An argument without use for a condition (a pointer to a structure) still has a name: its
 * address may be compared with 0. */
#define INT(name)                                      \
	{                                              \
		name, CALL_ARGUMENT_INT, CONSTANT_NONE \
	}
#define NAMED(name, group)                                \
	{                                                 \
		name, CALL_ARGUMENT_INT, CONSTANT_##group \
	}
#define WORD(name)                                      \
	{                                               \
		name, CALL_ARGUMENT_WORD, CONSTANT_NONE \
	}
#define BITS(name, group)                                  \
	{                                                  \
		name, CALL_ARGUMENT_WORD, CONSTANT_##group \
	}
#define COUNT(name)                                      \
	{                                                \
		name, CALL_ARGUMENT_COUNT, CONSTANT_NONE \
	}
#define PATH(name)                                      \
	{                                               \
		name, CALL_ARGUMENT_PATH, CONSTANT_NONE \
	}
#define FD INT("fd")
#define DIRFD NAMED("dirfd", AT)
#define FLAGS(group) NAMED("flags", group)
#define VECTOR                                                \
	{                                                     \
		"vector", CALL_ARGUMENT_VECTOR, CONSTANT_NONE \
	}
#define MESSAGE_HEADER                                          \
	{                                                       \
		"message", CALL_ARGUMENT_MESSAGE, CONSTANT_NONE \
	}
#define SIZE WORD("size")
#define ADDRESS WORD("address")

/* In the order of the kernel, SYSCALL_DEFINE, on 64 bits. */
static const struct signature signatures[] = {
	{"read", {FD, ADDRESS, COUNT("size")}},
	{"write", {FD, ADDRESS, COUNT("size")}},
	{"pread64", {FD, ADDRESS, COUNT("size"), WORD("offset")}},
	{"pwrite64", {FD, ADDRESS, COUNT("size"), WORD("offset")}},
	{"readv", {FD, VECTOR, WORD("count")}},
	{"writev", {FD, VECTOR, WORD("count")}},
	{"preadv", {FD, VECTOR, WORD("count"), WORD("offset")}},
	{"pwritev", {FD, VECTOR, WORD("count"), WORD("offset")}},
	{"getrandom", {ADDRESS, SIZE, INT("flags")}},
	{"open", {PATH("path"), FLAGS(OPEN), INT("mode")}},
	{"openat", {DIRFD, PATH("path"), FLAGS(OPEN), INT("mode")}},
	{"openat2", {DIRFD, PATH("path"), WORD("how"), SIZE}},
	{"creat", {PATH("path"), INT("mode")}},
	{"close", {FD}},
	{"close_range", {FD, INT("last"), INT("flags")}},
	{"dup", {FD}},
	{"dup2", {FD, INT("new_fd")}},
	{"dup3", {FD, INT("new_fd"), FLAGS(OPEN)}},
	{"fcntl", {FD, NAMED("op", FCNTL), WORD("value")}},
	{"fcntl64", {FD, NAMED("op", FCNTL), WORD("value")}},
	{"flock", {FD, NAMED("op", LOCK)}},
	{"ioctl", {FD, INT("op"), WORD("value")}},
	{"fsync", {FD}},
	{"fdatasync", {FD}},
	{"syncfs", {FD}},
	{"fchdir", {FD}},
	{"ftruncate", {FD, SIZE}},
	{"truncate", {PATH("path"), SIZE}},
	{"fallocate", {FD, INT("mode"), WORD("offset"), SIZE}},
	{"lseek", {FD, WORD("offset"), NAMED("whence", SEEK)}},
	{"getdents64", {FD, ADDRESS, SIZE}},
	{"getdents", {FD, ADDRESS, SIZE}},
	{"fstat", {FD, ADDRESS}},
	{"stat", {PATH("path"), ADDRESS}},
	{"lstat", {PATH("path"), ADDRESS}},
	{"stat64", {PATH("path"), ADDRESS}},
	{"lstat64", {PATH("path"), ADDRESS}},
	{"fstat64", {FD, ADDRESS}},
	{"fstatat64", {DIRFD, PATH("path"), ADDRESS, FLAGS(AT)}},
	{"newfstatat", {DIRFD, PATH("path"), ADDRESS, FLAGS(AT)}},
	{"statx", {DIRFD, PATH("path"), FLAGS(AT), INT("mask"), ADDRESS}},
	{"statfs", {PATH("path"), ADDRESS}},
	{"fstatfs", {FD, ADDRESS}},
	{"access", {PATH("path"), INT("mode")}},
	{"faccessat", {DIRFD, PATH("path"), INT("mode")}},
	{"faccessat2", {DIRFD, PATH("path"), INT("mode"), FLAGS(AT)}},
	{"readlink", {PATH("path"), ADDRESS, SIZE}},
	{"readlinkat", {DIRFD, PATH("path"), ADDRESS, SIZE}},
	{"chdir", {PATH("path")}},
	{"chroot", {PATH("path")}},
	{"chmod", {PATH("path"), INT("mode")}},
	{"fchmod", {FD, INT("mode")}},
	{"fchmodat", {DIRFD, PATH("path"), INT("mode")}},
	{"chown", {PATH("path"), INT("uid"), INT("gid")}},
	{"fchown", {FD, INT("uid"), INT("gid")}},
	{"fchownat", {DIRFD, PATH("path"), INT("uid"), INT("gid"), FLAGS(AT)}},
	{"mkdir", {PATH("path"), INT("mode")}},
	{"mkdirat", {DIRFD, PATH("path"), INT("mode")}},
	{"mknod", {PATH("path"), INT("mode"), INT("device")}},
	{"mknodat", {DIRFD, PATH("path"), INT("mode"), INT("device")}},
	{"rmdir", {PATH("path")}},
	{"unlink", {PATH("path")}},
	{"unlinkat", {DIRFD, PATH("path"), FLAGS(AT)}},
	{"link", {PATH("path"), PATH("new_path")}},
	{"linkat",
		{DIRFD, PATH("path"), NAMED("new_dirfd", AT), PATH("new_path"),
			FLAGS(AT)}},
	{"rename", {PATH("path"), PATH("new_path")}},
	{"renameat", {DIRFD, PATH("path"), NAMED("new_dirfd", AT), PATH("new_path")}},
	{"renameat2",
		{DIRFD, PATH("path"), NAMED("new_dirfd", AT), PATH("new_path"),
			INT("flags")}},
	{"symlink", {PATH("path"), PATH("new_path")}},
	{"symlinkat", {PATH("path"), NAMED("new_dirfd", AT), PATH("new_path")}},
	{"execve", {PATH("path"), WORD("argv"), WORD("envp")}},
	{"execveat", {DIRFD, PATH("path"), WORD("argv"), WORD("envp"), FLAGS(AT)}},
	{"pipe", {WORD("fds")}},
	{"pipe2", {WORD("fds"), FLAGS(OPEN)}},
	{"poll", {WORD("fds"), INT("count"), INT("timeout")}},
	{"ppoll", {WORD("fds"), INT("count"), WORD("timeout"), WORD("mask"), SIZE}},
	{"ppoll_time64",
		{WORD("fds"), INT("count"), WORD("timeout"), WORD("mask"), SIZE}},
	{"select",
		{INT("count"), WORD("reads"), WORD("writes"), WORD("excepts"),
			WORD("timeout")}},
	{"_newselect",
		{INT("count"), WORD("reads"), WORD("writes"), WORD("excepts"),
			WORD("timeout")}},
	{"pselect6",
		{INT("count"), WORD("reads"), WORD("writes"), WORD("excepts"),
			WORD("timeout"), WORD("mask")}},
	{"pselect6_time64",
		{INT("count"), WORD("reads"), WORD("writes"), WORD("excepts"),
			WORD("timeout"), WORD("mask")}},
	{"epoll_create1", {FLAGS(EPOLL)}},
	{"epoll_ctl", {FD, NAMED("op", EPOLL), INT("target"), WORD("event")}},
	{"epoll_wait", {FD, WORD("events"), INT("count"), INT("timeout")}},
	{"epoll_pwait",
		{FD, WORD("events"), INT("count"), INT("timeout"), WORD("mask"), SIZE}},
	{"epoll_pwait2",
		{FD, WORD("events"), INT("count"), WORD("timeout"), WORD("mask"), SIZE}},
	{"eventfd", {INT("value")}},
	{"eventfd2", {INT("value"), FLAGS(DESCRIPTOR)}},
	{"signalfd", {FD, WORD("mask"), SIZE}},
	{"signalfd4", {FD, WORD("mask"), SIZE, FLAGS(DESCRIPTOR)}},
	{"timerfd_create", {NAMED("clock", CLOCK), FLAGS(DESCRIPTOR)}},
	{"timerfd_settime", {FD, FLAGS(DESCRIPTOR), WORD("time"), WORD("old_time")}},
	{"memfd_create", {PATH("path"), FLAGS(DESCRIPTOR)}},
	{"splice",
		{FD, WORD("offset"), INT("fd_out"), WORD("offset_out"), SIZE,
			FLAGS(SPLICE)}},
	{"tee", {FD, INT("fd_out"), SIZE, FLAGS(SPLICE)}},
	{"vmsplice", {FD, WORD("vector"), WORD("count"), FLAGS(SPLICE)}},
	{"sendfile", {INT("fd_out"), FD, WORD("offset"), SIZE}},
	{"sendfile64", {INT("fd_out"), FD, WORD("offset"), SIZE}},
	{"copy_file_range",
		{FD, WORD("offset"), INT("fd_out"), WORD("offset_out"), SIZE,
			INT("flags")}},
	{"futex",
		{ADDRESS, NAMED("op", FUTEX), INT("value"), WORD("timeout"),
			WORD("address2"), INT("value3")}},
	{"futex_time64",
		{ADDRESS, NAMED("op", FUTEX), INT("value"), WORD("timeout"),
			WORD("address2"), INT("value3")}},
	{"futex_waitv",
		{WORD("waiters"), INT("count"), INT("flags"), WORD("timeout"),
			NAMED("clock", CLOCK)}},
	{"set_robust_list", {ADDRESS, SIZE}},
	{"wait4", {INT("pid"), WORD("status"), NAMED("options", WAIT), WORD("usage")}},
	{"waitpid", {INT("pid"), WORD("status"), NAMED("options", WAIT)}},
	{"waitid",
		{INT("which"), INT("pid"), WORD("info"), NAMED("options", WAIT),
			WORD("usage")}},
	{"nanosleep", {WORD("time"), WORD("remain")}},
	{"clock_nanosleep",
		{NAMED("clock", CLOCK), FLAGS(CLOCK), WORD("time"), WORD("remain")}},
	{"clock_nanosleep_time64",
		{NAMED("clock", CLOCK), FLAGS(CLOCK), WORD("time"), WORD("remain")}},
	{"rt_sigsuspend", {WORD("mask"), SIZE}},
	{"rt_sigtimedwait", {WORD("mask"), WORD("info"), WORD("timeout"), SIZE}},
	{"rt_sigtimedwait_time64", {WORD("mask"), WORD("info"), WORD("timeout"), SIZE}},
	{"rt_sigaction",
		{NAMED("signal", SIGNAL), WORD("action"), WORD("old_action"), SIZE}},
	{"kill", {INT("pid"), NAMED("signal", SIGNAL)}},
	{"tkill", {INT("tid"), NAMED("signal", SIGNAL)}},
	{"tgkill", {INT("pid"), INT("tid"), NAMED("signal", SIGNAL)}},
	{"rt_sigqueueinfo", {INT("pid"), NAMED("signal", SIGNAL), WORD("info")}},
	{"rt_tgsigqueueinfo",
		{INT("pid"), INT("tid"), NAMED("signal", SIGNAL), WORD("info")}},
	{"pidfd_open", {INT("pid"), INT("flags")}},
	{"pidfd_send_signal", {FD, NAMED("signal", SIGNAL), WORD("info"), INT("flags")}},
	{"mmap",
		{ADDRESS, SIZE, NAMED("prot", PROTECTION), FLAGS(MAP), FD,
			WORD("offset")}},
	{"mmap2",
		{ADDRESS, SIZE, NAMED("prot", PROTECTION), FLAGS(MAP), FD,
			WORD("offset")}},
	{"munmap", {ADDRESS, SIZE}},
	{"mprotect", {ADDRESS, SIZE, NAMED("prot", PROTECTION)}},
	{"mremap", {ADDRESS, SIZE, WORD("new_size"), FLAGS(MAP), WORD("new_address")}},
	{"madvise", {ADDRESS, SIZE, INT("advice")}},
	{"msync", {ADDRESS, SIZE, FLAGS(MAP)}},
	{"mlock", {ADDRESS, SIZE}},
	{"munlock", {ADDRESS, SIZE}},
	{"brk", {ADDRESS}},
	{"clone", {BITS("flags", CLONE), WORD("stack")}},
	{"clone3", {ADDRESS, SIZE}},
	{"socket", {NAMED("domain", DOMAIN), NAMED("type", SOCKET), INT("protocol")}},
	{"socketpair",
		{NAMED("domain", DOMAIN), NAMED("type", SOCKET), INT("protocol"),
			WORD("fds")}},
	{"bind", {FD, ADDRESS, INT("size")}},
	{"connect", {FD, ADDRESS, INT("size")}},
	{"listen", {FD, INT("backlog")}},
	{"accept", {FD, ADDRESS, WORD("size")}},
	{"accept4", {FD, ADDRESS, WORD("size"), FLAGS(SOCKET)}},
	{"shutdown", {FD, INT("how")}},
	{"getsockopt", {FD, INT("level"), INT("option"), WORD("value"), WORD("size")}},
	{"setsockopt", {FD, INT("level"), INT("option"), WORD("value"), INT("size")}},
	{"send", {FD, ADDRESS, COUNT("size"), FLAGS(MESSAGE)}},
	{"sendto", {FD, ADDRESS, COUNT("size"), FLAGS(MESSAGE)}},
	{"sendmsg", {FD, MESSAGE_HEADER, FLAGS(MESSAGE)}},
	{"sendmmsg", {FD, WORD("messages"), INT("count"), FLAGS(MESSAGE)}},
	{"recv", {FD, ADDRESS, COUNT("size"), FLAGS(MESSAGE)}},
	{"recvfrom", {FD, ADDRESS, COUNT("size"), FLAGS(MESSAGE)}},
	{"recvmsg", {FD, MESSAGE_HEADER, FLAGS(MESSAGE)}},
	{"recvmmsg",
		{FD, WORD("messages"), INT("count"), FLAGS(MESSAGE), WORD("timeout")}},
	{"recvmmsg_time64",
		{FD, WORD("messages"), INT("count"), FLAGS(MESSAGE), WORD("timeout")}},
	/* The C library takes the slash off the name of a queue: the path of "/q" is "q". */
	{"mq_open", {PATH("path"), FLAGS(OPEN), INT("mode"), WORD("attributes")}},
	{"mq_unlink", {PATH("path")}},
	{"mq_timedsend", {FD, ADDRESS, SIZE, INT("priority"), WORD("timeout")}},
	{"mq_timedsend_time64", {FD, ADDRESS, SIZE, INT("priority"), WORD("timeout")}},
	{"mq_timedreceive", {FD, ADDRESS, SIZE, WORD("priority"), WORD("timeout")}},
	{"mq_timedreceive_time64",
		{FD, ADDRESS, SIZE, WORD("priority"), WORD("timeout")}},
	{"mq_notify", {FD, WORD("event")}},
	{"mq_getsetattr", {FD, WORD("attributes"), WORD("old")}},
	{"msgget", {INT("key"), FLAGS(IPC)}},
	{"msgsnd", {INT("id"), ADDRESS, SIZE, FLAGS(IPC)}},
	{"msgrcv", {INT("id"), ADDRESS, SIZE, WORD("type"), FLAGS(IPC)}},
	{"msgctl", {INT("id"), NAMED("op", IPC), ADDRESS}},
	{"semget", {INT("key"), INT("count"), FLAGS(IPC)}},
	{"semop", {INT("id"), WORD("operations"), INT("count")}},
	{"semtimedop", {INT("id"), WORD("operations"), INT("count"), WORD("timeout")}},
	{"semtimedop_time64",
		{INT("id"), WORD("operations"), INT("count"), WORD("timeout")}},
	{"semctl", {INT("id"), INT("index"), NAMED("op", IPC), WORD("value")}},
	{"shmget", {INT("key"), SIZE, FLAGS(IPC)}},
	{"shmat", {INT("id"), ADDRESS, FLAGS(IPC)}},
	{"shmdt", {ADDRESS}},
	{"shmctl", {INT("id"), NAMED("op", IPC), ADDRESS}},
	{"prctl", {INT("op"), WORD("value")}},
	{"setrlimit", {INT("resource"), WORD("limit")}},
	{"prlimit64", {INT("pid"), INT("resource"), WORD("limit"), WORD("old_limit")}},
};

static const struct signature *signature_of(const char *call)
{
	for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++)
		if (strcmp(signatures[i].call, call) == 0)
			return &signatures[i];
	return NULL;
}

static bool transfers(enum call_argument_kind kind)
{
	return kind == CALL_ARGUMENT_COUNT || kind == CALL_ARGUMENT_VECTOR ||
		kind == CALL_ARGUMENT_MESSAGE;
}

/* The argument of CALL that is called NAME or, when NAME is NULL, by which it transfers less. */
static bool find(const char *call, const char *name, struct call_argument *out)
{
	const struct signature *const signature = signature_of(call);

	for (int i = 0; signature && i < ARGUMENT_MAX; i++) {
		const struct argument *const argument = &signature->arguments[i];
		if (!argument->name)
			break;
		const bool is_it = name ? strcmp(argument->name, name) == 0
					: transfers(argument->kind);
		if (!is_it)
			continue;
		*out = (struct call_argument){i, argument->kind, argument->names};
		return true;
	}
	return false;
}

static bool find_any(const char *call, const char *name, struct call_argument *out)
{
	const char *members[CALL_FAMILY_MAX];
	const size_t count = call_family_names(call, members);

	if (count == 0)
		return find(call, name, out);
	for (size_t i = 0; i < count; i++)
		if (find(members[i], name, out))
			return true;
	return false;
}

static bool is_numbered(const char *name, struct call_argument *out)
{
	const int index = strncmp(name, "arg", 3) == 0 ? name[3] - '0' : -1;

	if (index < 0 || index >= ARGUMENT_MAX || name[4] != '\0')
		return false;
	*out = (struct call_argument){index, CALL_ARGUMENT_WORD, CONSTANT_NONE};
	return true;
}

bool call_argument_find(const char *call, const char *name, struct call_argument *out)
{
	return is_numbered(name, out) || find(call, name, out);
}

bool call_argument_find_any(const char *call, const char *name, struct call_argument *out)
{
	return is_numbered(name, out) || find_any(call, name, out);
}

bool call_argument_transfer(const char *call, struct call_argument *out)
{
	return find(call, NULL, out);
}

bool call_argument_transfer_any(const char *call, struct call_argument *out)
{
	return find_any(call, NULL, out);
}

void call_argument_list(struct text *text, const char *call)
{
	const char *members[CALL_FAMILY_MAX] = {call};
	size_t count = call_family_names(call, members);
	const char *listed[CALL_FAMILY_MAX * ARGUMENT_MAX];
	size_t used = 0;

	if (count == 0)
		count = 1;
	for (size_t i = 0; i < count * ARGUMENT_MAX; i++) {
		const struct signature *const signature =
			signature_of(members[i / ARGUMENT_MAX]);
		const char *const name =
			signature ? signature->arguments[i % ARGUMENT_MAX].name : NULL;
		bool is_new = name != NULL;
		for (size_t k = 0; is_new && k < used; k++)
			is_new = strcmp(listed[k], name) != 0;
		if (!is_new)
			continue;
		text_add(text, "%s%s", used > 0 ? ", " : "", name);
		listed[used++] = name;
	}
}

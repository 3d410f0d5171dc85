#include "waiting.h"

#include "call.h"
#include "observe.h"

#include <ctype.h>
#include <dirent.h>
#include <elf.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Where a call that blocks says for how long it may. */
static const struct {
	const char *family;
	int argument; /* -1: it has no timeout */
	bool is_number; /* of milliseconds, negative for ever; else a pointer, NULL for ever */
} waits[] = {
	{"accept", -1, false},
	{"close", -1, false},
	{"connect", -1, false},
	{"epoll_wait", 3, true},
	{"fcntl", -1, false},
	{"flock", -1, false},
	{"futex", 3, false},
	{"mq_receive", 4, false},
	{"mq_send", 4, false},
	{"msgrcv", -1, false},
	{"msgsnd", -1, false},
	{"open", -1, false},
	{"pause", -1, false},
	{"pread", -1, false},
	{"read", -1, false},
	{"readv", -1, false},
	{"recv", -1, false},
	{"select", 4, false},
	{"send", -1, false},
	{"sendfile", -1, false},
	{"sigwait", 2, false},
	{"splice", -1, false},
	{"tee", -1, false},
	{"vmsplice", -1, false},
	{"wait", -1, false},
	{"write", -1, false},
	{"writev", -1, false},
};

/* Of i386: one call for many, which its first argument tells apart (libseccomp counts them
 * from -101 and -201 on); and one whose arguments lie in memory. */
enum { I386_SELECT = 82, I386_SOCKETCALL = 102, I386_IPC = 117, IPC_SEMTIMEDOP = 4 };

static bool has_no_timeout(const char *family, const unsigned long *arguments)
{
	if (strcmp(family, "poll") == 0)
		/* poll counts milliseconds, ppoll points to a time. */
		return (int)arguments[2] == -1 || arguments[2] == 0;
	if (strcmp(family, "semop") == 0)
		return arguments[3] == 0;
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		if (strcmp(family, waits[i].family) != 0)
			continue;
		if (waits[i].argument < 0)
			return true;
		const unsigned long value = arguments[waits[i].argument];
		return waits[i].is_number ? (int)value < 0 : value == 0;
	}
	return false;
}

/* The family of call NUMBER of another architecture than this build's; its timeout, if it has
 * one, is put where others of the family have it. */
static const char *foreign_family(long number, uint32_t arch, unsigned long *arguments)
{
	const bool is_ipc = arch == SCMP_ARCH_X86 && number == I386_IPC;

	if (arch == SCMP_ARCH_X86 && number == I386_SELECT)
		return NULL;
	if (arch == SCMP_ARCH_X86 && number == I386_SOCKETCALL)
		number = -100 - (long)arguments[0];
	else if (is_ipc)
		number = -200 - (long)(arguments[0] & 0xffff);
	char *const name = seccomp_syscall_resolve_num_arch(arch, (int)number);
	const char *const family = name ? call_family_of_name(name) : NULL;
	/* semop has none; that of semtimedop is the fifth argument of ipc(2). */
	if (name && strcmp(name, "semop") == 0)
		arguments[3] = 0;
	else if (is_ipc)
		arguments[3] = (arguments[0] & 0xffff) == IPC_SEMTIMEDOP ? arguments[5]
									 : arguments[3];
	free(name);
	return family;
}

static const char *family_of(long number, uint32_t arch, unsigned long *arguments)
{
	if (arch != seccomp_arch_native())
		return foreign_family(number, arch, arguments);
#ifdef SYS_semop
	if (number == SYS_semop)
		arguments[3] = 0;
#endif
	return call_family_of(number);
}

static void mix(uint64_t *picture, const char *text)
{
	for (; *text; text++)
		*picture = (*picture ^ (unsigned char)*text) * 0x100000001b3ULL;
}

static bool read_of(pid_t pid, pid_t tid, const char *what, char text[1024])
{
	char path[80];

	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/%s", (int)pid, (int)tid,
		what);
	return observe_read_file(path, text, 1024) > 0;
}

static char letter_in(const char *stat_line)
{
	const char *const end = strrchr(stat_line, ')');

	return end && end[1] == ' ' ? end[2] : '?';
}

/* Which child would end a wait: of waitid() its second argument may say, of others the first. */
static pid_t awaited_child(long number, uint32_t arch, const unsigned long *arguments)
{
	char *const name = seccomp_syscall_resolve_num_arch(arch, (int)number);
	const bool is_waitid = name && strcmp(name, "waitid") == 0;
	free(name);

	if (is_waitid)
		return arguments[0] == P_PID ? (pid_t)arguments[1] : 0;
	return (pid_t)arguments[0] > 0 ? (pid_t)arguments[0] : 0;
}

bool waiting_is_over(const struct waiting *look, pid_t pid,
	const struct process_list *list)
{
	if (!look->family || strcmp(look->family, "wait") != 0)
		return false;
	for (size_t i = 0; i < list->count; i++) {
		const struct process *const other = &list->processes[i];
		if (other->parent == pid && other->state == 'Z' &&
			(look->child == 0 || look->child == other->pid))
			return true;
	}
	return false;
}

void waiting_look(pid_t pid, pid_t tid, uint32_t arch, struct waiting *out)
{
	char line[1024], stat[1024];
	long number;

	*out = (struct waiting){.state = WAITING_OTHERWISE, .call = WAITING_NO_PICTURE};
	unsigned long *const a = out->arguments;
	const bool seen = read_of(pid, tid, "syscall", line);
	const char letter = read_of(pid, tid, "stat", stat) ? letter_in(stat) : 'Z';
	if (letter == 'Z' || letter == 'X')
		out->state = WAITING_ENDED;
	else if (letter == 'R')
		out->state = WAITING_RUNS;
	if (letter != 'S' || !seen || arch == 0 ||
		sscanf(line, "%ld %lx %lx %lx %lx %lx %lx", &number, &a[0], &a[1], &a[2],
			&a[3], &a[4], &a[5]) != 7)
		return;
	mix(&out->call, line);
	out->family = family_of(number, arch, a);
	if (out->family && strcmp(out->family, "wait") == 0)
		out->child = awaited_child(number, arch, a);
	if (out->family && has_no_timeout(out->family, a))
		out->state = WAITING_FOR_EVER;
}

void waiting_add(pid_t pid, pid_t tid, const struct waiting *look, uint64_t *picture)
{
	char switches[1024];

	*picture = (*picture ^ look->call) * 0x100000001b3ULL;
	if (read_of(pid, tid, "schedstat", switches))
		mix(picture, switches);
}

struct waiting_processor waiting_processor(pid_t pid, pid_t tid)
{
	struct waiting_processor times = {.on_ns = -1, .for_ns = -1};
	char text[1024];

	if (!read_of(pid, tid, "schedstat", text) ||
		sscanf(text, "%lld %lld", &times.on_ns, &times.for_ns) != 2)
		return (struct waiting_processor){.on_ns = -1, .for_ns = -1};
	return times;
}

/* What e_machine says, where one kernel runs programs of several. */
static const struct {
	uint16_t machine;
	unsigned char class;
	uint32_t arch;
} images[] = {
	{EM_386, ELFCLASS32, SCMP_ARCH_X86},
	{EM_X86_64, ELFCLASS64, SCMP_ARCH_X86_64},
	{EM_X86_64, ELFCLASS32, SCMP_ARCH_X32},
	{EM_ARM, ELFCLASS32, SCMP_ARCH_ARM},
	{EM_AARCH64, ELFCLASS64, SCMP_ARCH_AARCH64},
	{EM_S390, ELFCLASS32, SCMP_ARCH_S390},
	{EM_S390, ELFCLASS64, SCMP_ARCH_S390X},
};

uint32_t waiting_architecture(pid_t pid)
{
	const unsigned char own = sizeof(long) == 8 ? ELFCLASS64 : ELFCLASS32;
	Elf32_Ehdr head = {.e_type = 0};
	char path[64];

	(void)snprintf(path, sizeof(path), "/proc/%d/exe", (int)pid);
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	const bool has_head =
		fd >= 0 && read(fd, &head, sizeof(head)) == (ssize_t)sizeof(head);
	if (fd >= 0)
		(void)close(fd);
	if (!has_head)
		return 0;
	for (size_t i = 0; i < sizeof(images) / sizeof(images[0]); i++)
		if (images[i].machine == head.e_machine &&
			images[i].class == head.e_ident[EI_CLASS])
			return images[i].arch;
	/* Any other machine runs its own programs only. */
	return head.e_ident[EI_CLASS] == own ? seccomp_arch_native() : 0;
}

bool waiting_visit_threads(pid_t pid, bool (*visit)(void *context, pid_t pid, pid_t tid),
	void *context)
{
	char path[64];
	bool goes_on = true;

	(void)snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	DIR *const tasks = opendir(path);
	for (const struct dirent *entry; goes_on && tasks && (entry = readdir(tasks));)
		if (isdigit((unsigned char)entry->d_name[0]))
			goes_on = visit(context, pid, (pid_t)atoi(entry->d_name));
	if (tasks)
		(void)closedir(tasks);
	return goes_on;
}

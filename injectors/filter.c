#include "filter.h"

#include "errno_name.h"
#include "outside.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Headers older than Linux 5.19 lack it. */
#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
#endif

enum {
	LINES_MAX = 4096, /* of the kernel: BPF_MAXINSNS */
	KEY_BYTES = 1024,
	API_NOTIFIES = 5, /* of libseccomp: seccomp_api_get(3) */
};

struct program {
	ssize_t length;
	struct sock_filter lines[LINES_MAX];
	char key[KEY_BYTES]; /* what it filters */
};

/* What this thread has compiled last.  Kept: once a filter is loaded nothing may be freed before
 * somebody answers, because that may be a call. */
static _Thread_local struct program *prepared;

/* Other architectures whose programs the kernel of this build may run. */
static const uint32_t companions[] = {
#if defined(__x86_64__)
	SCMP_ARCH_X86,
	SCMP_ARCH_X32,
#elif defined(__i386__)
	SCMP_ARCH_X86_64,
#elif defined(__aarch64__)
	SCMP_ARCH_ARM,
#elif defined(__s390x__)
	SCMP_ARCH_S390,
#elif defined(__powerpc64__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	SCMP_ARCH_PPC,
#endif
	SCMP_ARCH_NATIVE,
};

static bool has_any_call(const struct rule *rules, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (rules[i].verb == RULE_KILL && rules[i].point == RULE_POINT_ANY_CALL)
			return true;
	return false;
}

bool filter_has(const struct rule *rules, size_t count, const char *call)
{
	const char *names[CALL_FAMILY_MAX];
	bool found = has_any_call(rules, count);

	for (size_t i = 0; i < count; i++)
		for (size_t name = rule_call_names(&rules[i], names); name-- > 0;)
			found = found || strcmp(names[name], call) == 0;
	return found;
}

/* Returns 0 or a negative errno, like libseccomp. */
static int add_name(scmp_filter_ctx filter, const char *name)
{
	const int number = seccomp_syscall_resolve_name(name);

	if (number == __NR_SCMP_ERROR)
		return 0; /* a call newer than this library */
	const int result = seccomp_rule_add(filter, SCMP_ACT_NOTIFY, number, 0);

	/* Two rules for one call are one line of the filter. */
	return result == -EEXIST ? 0 : result;
}

static int add_rules(scmp_filter_ctx filter, const struct rule *rules, size_t count)
{
	int result = 0;

	for (size_t i = 0; i < count && result == 0; i++) {
		const char *names[CALL_FAMILY_MAX];
		const size_t members = rule_call_names(&rules[i], names);
		for (size_t member = 0; member < members && result == 0; member++)
			result = add_name(filter, names[member]);
	}
	return result;
}

/* Writes FILTER as a program into PROGRAM.  Returns its length in instructions, or a negative
 * errno. */
static ssize_t compile(scmp_filter_ctx filter, struct sock_filter *program)
{
	const int file = (int)syscall(SYS_memfd_create, "filter", 1 /* MFD_CLOEXEC */);

	if (file < 0)
		return -errno;
	const int exported = seccomp_export_bpf(filter, file);
	const ssize_t bytes = exported == 0
		? pread(file, program, sizeof(struct sock_filter) * LINES_MAX, 0)
		: exported;
	(void)close(file);
	return bytes > 0 ? bytes / (ssize_t)sizeof(*program) : bytes;
}

/* The program for RULES.  Returns its length, or a negative errno. */
static ssize_t build(const struct rule *rules, size_t count, bool and_exec,
	struct sock_filter *program)
{
	if (has_any_call(rules, count)) {
		/* libseccomp takes no notification as the default action. */
		program[0] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K,
			SECCOMP_RET_USER_NOTIF);
		return 1;
	}
	const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	if (!filter)
		return -ENOMEM;
	int result = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ALLOW);
	for (size_t i = 0; i < sizeof(companions) / sizeof(*companions) && result == 0;
		i++)
		if (seccomp_arch_exist(filter, companions[i]) != 0)
			result = seccomp_arch_add(filter, companions[i]);
	if (result == 0)
		result = add_rules(filter, rules, count);
	if (result == 0 && and_exec)
		result = add_name(filter, "execve");
	if (result == 0 && and_exec)
		result = add_name(filter, "execveat");
	const ssize_t length = result == 0 ? compile(filter, program) : result;
	seccomp_release(filter);
	return length;
}

/* Without asking the kernel whether it notifies, which valgrind would not let through: loading
 * the program finds it out. */
static ssize_t build_unasked(const struct rule *rules, size_t count, bool and_exec,
	struct sock_filter *program)
{
	const unsigned level = seccomp_api_get();

	if (level < API_NOTIFIES)
		(void)seccomp_api_set(API_NOTIFIES);
	const ssize_t length = build(rules, count, and_exec, program);
	if (level < API_NOTIFIES)
		(void)seccomp_api_set(level);
	return length;
}

static int load(const struct sock_fprog *program)
{
	const unsigned long listen = SECCOMP_FILTER_FLAG_NEW_LISTENER;
	const unsigned long killable = SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV;

	/* Killable: a signal does not interrupt, and so repeat, a call that has been counted.
	 * Not known before Linux 5.19. */
	const long listener = outside_call(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
		listen | killable, (long)program, 0);
	if (listener >= 0 || errno != EINVAL)
		return (int)listener;
	return (int)outside_call(SYS_seccomp, SECCOMP_SET_MODE_FILTER, listen,
		(long)program, 0);
}

/* Appends WORD and a blank to KEY, which holds USED bytes; returns how many it holds then. */
static size_t add_word(char *key, size_t used, const char *word)
{
	const size_t length = strlen(word);

	if (used + length + 2 > KEY_BYTES)
		return KEY_BYTES;
	(void)memcpy(key + used, word, length);
	key[used + length] = ' ';
	return used + length + 1;
}

/* The calls of RULES as a text, equal for equal filters; "" when they are too many for it.
 * Without stdio, which a child that was just forked would have to fault in. */
static void describe(const struct rule *rules, size_t count, bool and_exec, char *key)
{
	size_t used = 0;

	if (and_exec)
		used = add_word(key, used, "exec");
	if (has_any_call(rules, count))
		used = add_word(key, used, "*");
	for (size_t i = 0; i < count; i++)
		used = add_word(key, used, rules[i].call);
	key[used < KEY_BYTES ? used : 0] = '\0';
}

static struct program *program_new(const struct rule *rules, size_t count, bool and_exec,
	struct problem *why)
{
	struct program *const made = malloc(sizeof(*made));

	if (!made) {
		(void)problem_set(why, "out of memory");
		return NULL;
	}
	describe(rules, count, and_exec, made->key);
	made->length = build_unasked(rules, count, and_exec, made->lines);
	if (made->length > 0)
		return made;
	(void)problem_set(why, "a filter for these calls: %s",
		errno_name(made->length < 0 ? (int)-made->length : E2BIG));
	free(made);
	return NULL;
}

bool filter_prepare(const struct rule *rules, size_t count, bool and_exec,
	struct problem *why)
{
	struct program *const made = program_new(rules, count, and_exec, why);

	if (!made)
		return false;
	free(prepared);
	prepared = made;
	return true;
}

/* Loads PROGRAM; returns the listener, or -1 with *WHY. */
static int load_or_say(struct program *program, struct problem *why)
{
	const struct sock_fprog whole = {(unsigned short)program->length, program->lines};
	int listener = load(&whole);

	if (listener == -1 && errno == EACCES &&
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
		listener = load(&whole);
	if (listener == -1 && errno == EBUSY)
		(void)problem_set(why, "this process is under supervision already");
	else if (listener == -1)
		(void)problem_set(why, "seccomp(SECCOMP_FILTER_FLAG_NEW_LISTENER): %s",
			errno_name(errno));
	return listener;
}

int filter_install(const struct rule *rules, size_t count, bool and_exec,
	struct problem *why)
{
	char key[KEY_BYTES];

	describe(rules, count, and_exec, key);
	if (prepared && key[0] && strcmp(prepared->key, key) == 0)
		return load_or_say(prepared, why);
	return filter_prepare(rules, count, and_exec, why) ? load_or_say(prepared, why)
							   : -1;
}

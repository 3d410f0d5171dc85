#include "require.h"

#include "author/lost_probe.h"
#include "trial.h"

#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a case with NEEDS gets.  Real-time priorities are refused in a user namespace, with
 * every capability in it (sched(7)): root does without one.  An ordinary user needs it for
 * the other namespaces, and has the priorities where RLIMIT_RTPRIO grants them. */
static unsigned isolation_for(const struct confinement *with, unsigned needs)
{
	const bool without_user =
		needs & NEED_HOST_ROOT || (needs & NEED_REALTIME && geteuid() == 0);

	return without_user ? with->granted & ~(unsigned)ISOLATE_USER : with->granted;
}

/* Runs TRY in a child confined like a case that has NEEDS; the result is in *SHARED. */
static void attempt(const struct confinement *with, unsigned needs, bool range,
	trial_function try, struct trial *shared)
{
	const unsigned isolation = isolation_for(with, needs);
	unsigned failed;

	*shared = (struct trial){.works = false};
	(void)problem_set(&shared->why, "the trial did not end");
	const pid_t child = confine_start(with, isolation, range, &shared->why);
	if (child == 0) {
		if (confine_enter(isolation, &failed, &shared->why))
			try(shared);
		_exit(0);
	}
	while (child > 0 && waitpid(child, NULL, 0) == -1 && errno == EINTR)
		continue;
}

/* Root outside any user namespace, with CAPABILITY. */
static bool is_host_root_with(int capability)
{
	char map[128];
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct caps[2] = {{0}};
	unsigned long inside, outside, count;

	return geteuid() == 0 && syscall(SYS_capget, &header, caps) == 0 &&
		caps[0].effective & 1u << capability &&
		observe_read_file("/proc/self/uid_map", map, sizeof(map)) > 0 &&
		sscanf(map, "%lu %lu %lu", &inside, &outside, &count) == 3 &&
		inside == 0 && outside == 0 && count > 0xfffffff0;
}

static void record(struct abilities *out, enum need need, bool works, const char *why)
{
	if (works) {
		out->has |= need;
		return;
	}
	for (int bit = 0; bit < NEED_COUNT; bit++)
		if (1u << bit == (unsigned)need)
			(void)snprintf(out->why_not[bit], sizeof(out->why_not[bit]),
				"%.159s", why);
}

void require_probe(const struct confinement *with, bool own_kernel, struct abilities *out)
{
	struct trial *const shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct problem why;

	*out = (struct abilities){.proof = PROOF_NONE};
	for (size_t i = 0; i < trial_count; i++) {
		const unsigned lacking = trials[i].isolation & ~with->granted;
		const bool root_suffices =
			trials[i].need == NEED_SECOND_UID && geteuid() == 0;
		if (shared == MAP_FAILED || (lacking && !root_suffices)) {
			record(out, trials[i].need, false, "no private namespace for it");
			continue;
		}
		attempt(with, trials[i].need, trials[i].range && !lacking, trials[i].try,
			shared);
		record(out, trials[i].need, shared->works, shared->why.text);
		if (trials[i].need == NEED_BLOCK_PROOF)
			out->proof = shared->proof;
	}
	record(out, NEED_CALL_ARGUMENTS, out->proof == PROOF_SYSCALL,
		"the arguments of a blocked call are not shown");
	record(out, NEED_MEMCHECK, lost_blocks_are_found(&why), why.text);
	record(out, NEED_HOST_ROOT, is_host_root_with(CAP_SYS_ADMIN),
		"not root outside any user namespace");
	record(out, NEED_SYS_RESOURCE, is_host_root_with(CAP_SYS_RESOURCE),
		"no CAP_SYS_RESOURCE outside any user namespace");
	record(out, NEED_OWN_KERNEL, own_kernel,
		"the kernel may be shared: start the worker with --own-kernel where it "
		"is not");
	if (shared != MAP_FAILED)
		(void)munmap(shared, sizeof(*shared));
}

/* Queues with names are in the suite of that name only; a sweep's attack says how. */
unsigned require_needs(const struct case_entry *entry)
{
	static const unsigned of_attack[ATTACK_COUNT] = {
		[ATTACK_EVERY_INSTRUCTION] = NEED_TRACE,
		[ATTACK_EVERY_CALL] = NEED_CALL_STOPS,
		[ATTACK_ERRNO] = NEED_CALL_STOPS | NEED_SUPERVISOR,
		[ATTACK_EINTR] = NEED_CALL_STOPS | NEED_SUPERVISOR,
		[ATTACK_SHORT] = NEED_CALL_STOPS,
	};
	unsigned needs = entry->needs;

	if (entry->victim)
		needs |= of_attack[entry->attack] | NEED_BLOCK_PROOF;
	if (strcmp(entry->mechanism, "posix_mq") == 0)
		needs |= NEED_POSIX_MQ;
	return needs;
}

unsigned require_isolation(const struct confinement *with, const struct case_entry *entry)
{
	return isolation_for(with, require_needs(entry));
}

const char *require_missing(const struct abilities *abilities,
	const struct case_entry *entry)
{
	if (entry->lacks)
		return entry->lacks;
	for (int bit = 0; bit < NEED_COUNT; bit++)
		if (require_needs(entry) & ~abilities->has & 1u << bit)
			return abilities->why_not[bit];
	return NULL;
}

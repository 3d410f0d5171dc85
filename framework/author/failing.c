#include "failing.h"

#include "arena.h"
#include "errno_name.h"
#include "fault.h"
#include "ledger.h"
#include "lost.h"
#include "note.h"
#include "peer.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { THREAD_POLLS = 20000 };

#define EVERY ULONG_MAX /* as an occurrence */

/* What a peer of the visit is to do; lies in its parent's frame. */
struct visit {
	const struct failing_call *how;
	const struct failing_subject *subject;
	unsigned long *occurrences; /* in the arena: what the counting peer found */
	unsigned long
		occurrence; /* which one fails; 0: none, they are counted; or EVERY */
	/* In the arena, when lost memory is what counts: how many tries failed. */
	unsigned long *failures;
	const char *file;
	int line;
};

/* What a process holds that a failed call may have added to. */
struct holdings {
	struct fds fds;
	size_t shared_mappings, threads;
};

#define ENDS(v, verdict, got, wanted, ...) \
	ledger_end(verdict, ledger_site((v)->file, (v)->line), got, wanted, __VA_ARGS__)

static size_t shared_mappings(const struct visit *v)
{
	FILE *const maps = fopen("/proc/self/maps", "re");
	char line[512], permissions[8];
	size_t count = 0;

	if (!maps)
		ENDS(v, VERDICT_BROKEN, "", "", "/proc/self/maps cannot be read: %s",
			errno_name(errno));
	while (fgets(line, sizeof(line), maps))
		if (sscanf(line, "%*s %7s", permissions) == 1 && permissions[3] == 's')
			count++;
	(void)fclose(maps);
	return count;
}

static size_t count_threads(const struct visit *v)
{
	DIR *const tasks = opendir("/proc/self/task");
	size_t count = 0;

	if (!tasks)
		ENDS(v, VERDICT_BROKEN, "", "", "/proc/self/task cannot be read: %s",
			errno_name(errno));
	for (const struct dirent *entry; (entry = readdir(tasks));)
		count += entry->d_name[0] != '.';
	(void)closedir(tasks);
	return count;
}

static struct holdings holdings_now(const struct visit *v)
{
	struct holdings now;

	ledger_word_begins();
	now.shared_mappings = shared_mappings(v);
	now.threads = count_threads(v);
	ledger_word_ends();
	now.fds = fds_snapshot();
	return now;
}

/* A thread that was joined is still seen for a moment: the kernel lets it go later. */
static bool comes_down_to(const struct visit *v, size_t threads)
{
	bool is_so = false;

	ledger_word_begins();
	for (int polls = 0; !is_so && polls < THREAD_POLLS; polls++) {
		is_so = count_threads(v) <= threads;
		if (!is_so)
			(void)sched_yield();
	}
	ledger_word_ends();
	return is_so;
}

static bool has_children(void)
{
	ledger_word_begins();
	const bool has = waitpid(-1, NULL, WNOHANG | __WALL) != -1;
	ledger_word_ends();
	return has;
}

static void left_something(const struct visit *v, const char *rule, const char *left)
{
	ENDS(v, VERDICT_FAIL, left, "nothing", "%s under %s left %s", v->subject->name,
		rule, left);
}

/* Demands that nothing was added to BEFORE. */
static void nothing_is_left(const struct visit *v, const struct holdings *before,
	const char *rule)
{
	const struct holdings now = holdings_now(v);
	const char *left = NULL;

	if (memcmp(&now.fds, &before->fds, sizeof(now.fds)) != 0)
		left = "other descriptors than before";
	else if (now.shared_mappings != before->shared_mappings)
		left = "other shared mappings than before";
	else if (has_children())
		left = "a child";
	else if (!comes_down_to(v, before->threads))
		left = "a thread";
	if (left)
		left_something(v, rule, left);
}

static const char *outcome_name(int error)
{
	return error == 0 ? "success" : errno_name(error);
}

static const char *wanted_name(const struct failing_call *how)
{
	return how->wanted == FAILING_ANY ? "an error" : outcome_name(how->wanted);
}

static bool is_wanted(const struct failing_call *how, int error)
{
	if (error == 0)
		return how->wanted == 0 || how->flags & FAILING_MAY_SUCCEED;
	return how->wanted == FAILING_ANY || error == how->wanted;
}

/* The rule that V's process lives under. */
static void rule_of(const struct visit *v, char rule[RULE_TEXT_BYTES])
{
	const char *const when = v->how->when ? v->how->when : "";
	char which[48] = "";

	if (v->failures && strcmp(v->how->call, "mmap") == 0)
		/* Valgrind asks once more, for another place, when the kernel refuses one. */
		(void)snprintf(which, sizeof(which), "#%lu..%lu", v->occurrence,
			v->occurrence + 1);
	else if (v->occurrence != EVERY)
		(void)snprintf(which, sizeof(which), "#%lu", v->occurrence);
	if (v->occurrence == 0)
		(void)snprintf(rule, RULE_TEXT_BYTES, "count:%s%s", v->how->call, when);
	else
		(void)snprintf(rule, RULE_TEXT_BYTES, "fail:%s%s%s=%s", v->how->call,
			which, when, errno_name(v->how->error));
}

static int make(const struct visit *v, char object[FAILING_OBJECT_BYTES])
{
	memset(object, 0, FAILING_OBJECT_BYTES);
	return v->subject->make(object);
}

/* Without a fault, after one: nothing is in its way. */
static void second_try_works(const struct visit *v, const char *rule)
{
	char object[FAILING_OBJECT_BYTES];

	if (v->subject->remains && v->subject->remains())
		left_something(v, rule, "an object under its name");
	const int error = make(v, object);
	if (error != 0)
		ENDS(v, VERDICT_FAIL, outcome_name(error), "success",
			"%s after %s gave %s at the second try, wanted success",
			v->subject->name, rule, outcome_name(error));
	v->subject->use(object);
}

static void one_fails(const struct visit *v, const char *rule)
{
	char object[FAILING_OBJECT_BYTES];
	const struct holdings before = holdings_now(v);

	fault_arm_at((const char *const[]){rule, NULL}, v->file, v->line);
	const int error = make(v, object);

	if (fault_fired() == 0)
		ENDS(v, VERDICT_BROKEN, "", "",
			"%s did not come to %s this time, and gave %s", v->subject->name,
			rule, outcome_name(error));
	note(strchr(rule, ':') + 1, "%s", outcome_name(error));
	if (!is_wanted(v->how, error))
		ENDS(v, VERDICT_FAIL, outcome_name(error), wanted_name(v->how),
			"%s under %s gave %s, wanted %s", v->subject->name, rule,
			outcome_name(error), wanted_name(v->how));
	if (error == 0)
		v->subject->use(object);
	nothing_is_left(v, &before, rule);
	if (v->occurrence != EVERY)
		second_try_works(v, rule);
}

/* A try that succeeds all the same has an object to use, and nothing to claim. */
static void none_is_lost(const struct visit *v, const char *rule)
{
	char object[FAILING_OBJECT_BYTES];
	const unsigned long before = lost_blocks();

	fault_arm_at((const char *const[]){rule, NULL}, v->file, v->line);
	const int error = make(v, object);

	if (error == 0) {
		v->subject->use(object);
		return;
	}
	++*v->failures;
	const unsigned long lost = lost_blocks() - before;
	if (lost > 0)
		ENDS(v, VERDICT_FAIL, "a lost block", "none",
			"%s under %s gave %s and lost %lu block%s of memory",
			v->subject->name, rule, errno_name(error), lost,
			lost == 1 ? "" : "s");
}

static void all_are_counted(const struct visit *v, const char *rule)
{
	char object[FAILING_OBJECT_BYTES];

	fault_arm_at((const char *const[]){rule, NULL}, v->file, v->line);
	/* Another row may have counted the same. */
	const unsigned long before = fault_seen_at(rule, v->file, v->line);
	const int error = make(v, object);

	*v->occurrences = fault_seen_at(rule, v->file, v->line) - before;
	if (error != 0)
		ENDS(v, VERDICT_BROKEN, outcome_name(error), "success",
			"%s without a fault gave %s", v->subject->name,
			outcome_name(error));
	v->subject->use(object);
}

static void run_visit(void *arg)
{
	const struct visit *const v = arg;
	char rule[RULE_TEXT_BYTES];

	rule_of(v, rule);
	if (v->subject->prepare)
		v->subject->prepare();
	if (v->occurrence == 0)
		all_are_counted(v, rule);
	else if (v->failures)
		none_is_lost(v, rule);
	else
		one_fails(v, rule);
}

static void start_and_join(struct visit *v)
{
	struct peer peer =
		peer_start_at(run_visit, v, v->subject->name, v->file, v->line);

	peer_join_at(&peer, v->file, v->line);
}

/* Each occurrence in a process of its own. */
static void visit_each(struct visit *v)
{
	v->occurrences = arena(sizeof(*v->occurrences));
	start_and_join(v);
	if (*v->occurrences == 0 && !v->failures)
		note("occurrences", "none: %s does not call %s here", v->subject->name,
			v->how->call);
	if (*v->occurrences > FAILING_OCCURRENCES)
		ENDS(v, VERDICT_BROKEN, "", "", "%s makes %lu calls of %s, more than %d",
			v->subject->name, *v->occurrences, v->how->call,
			FAILING_OCCURRENCES);
	for (v->occurrence = 1; v->occurrence <= *v->occurrences; v->occurrence++)
		start_and_join(v);
}

/* All in one process; nothing works there any more, so the second try is the caller's. */
static void visit_all(struct visit *v)
{
	char rule[RULE_TEXT_BYTES];

	v->occurrence = EVERY;
	rule_of(v, rule);
	start_and_join(v);
	second_try_works(v, rule);
}

void failing_visit_at(const struct failing_call *how,
	const struct failing_subject *subject, const char *file, int line)
{
	struct visit v = {.how = how, .subject = subject, .file = file, .line = line};

	if (how->flags & FAILING_EVERY_TIME)
		visit_all(&v);
	else
		visit_each(&v);
}

void failing_loses_nothing_at(const struct failing_call *rows, size_t count,
	const struct failing_subject *subject, const char *file, int line)
{
	unsigned long *const failures = arena(sizeof(*failures));

	for (size_t i = 0; i < count; i++) {
		struct visit v = {.how = &rows[i],
			.subject = subject,
			.failures = failures,
			.file = file,
			.line = line};
		v.occurrence = rows[i].flags & FAILING_EVERY_TIME ? EVERY : 0;
		if (v.occurrence == EVERY)
			start_and_join(&v);
		else
			visit_each(&v);
	}
	note("failed tries", "%lu", *failures);
	if (*failures == 0)
		ledger_end(VERDICT_BROKEN, ledger_site(file, line), "", "",
			"%s never failed", subject->name);
}

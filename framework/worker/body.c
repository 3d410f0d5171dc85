#include "body.h"

#include "author/arena.h"
#include "author/ledger.h"
#include "author/scope.h"
#include "confine.h"
#include "leftovers.h"
#include "sweep.h"

#include <check.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct catalog_case *current;

/* Check's handlers for SIGALRM, SIGINT and SIGTERM, and whatever the worker ignores, would
 * be inherited by the body and its peers. */
static void reset_signals(void)
{
	struct sigaction plain = {.sa_handler = SIG_DFL};
	sigset_t none;

	(void)sigemptyset(&plain.sa_mask);
	for (int number = 1; number <= SIGRTMAX; number++)
		(void)sigaction(number, &plain, NULL);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Check's message file among them: the body ends without another word to Check. */
static void close_below_framework(void)
{
#ifdef SYS_close_range
	if (syscall(SYS_close_range, 3, FRAMEWORK_FD - 1, 0) == 0)
		return;
#endif
	for (int fd = 3; fd < FRAMEWORK_FD; fd++)
		(void)close(fd);
}

void body_require_settled_peers(void)
{
	const unsigned count = atomic_load(&ledger->peer_count);

	for (unsigned slot = 1; slot < count && slot < LEDGER_PEERS; slot++) {
		struct ledger_peer *const peer = &ledger->peers[slot];
		if (atomic_load(&peer->settled))
			continue;
		(void)ledger_settle(VERDICT_FAIL, NULL, peer->site, "", "",
			"the peer %s was never joined, killed or forgotten", peer->name);
		return;
	}
}

/* Descriptors of AFTER that are not in BEFORE, by number. */
static void report_new_fds(const struct fds *before, const struct fds *after)
{
	for (int fd = 0; fd < 1024; fd++) {
		const unsigned long long bit = 1ULL << (fd % 64);
		if (after->open[fd / 64] & ~before->open[fd / 64] & bit)
			ledger_leftover("descriptor %d", fd);
	}
}

static bool forgot_a_peer(void)
{
	const unsigned count = atomic_load(&ledger->peer_count);

	for (unsigned slot = 1; slot < count && slot < LEDGER_PEERS; slot++)
		if (atomic_load(&ledger->peers[slot].settled) == 2)
			return true;
	return false;
}

/* The census opens directories; the body may have left no descriptor to open one with, or no
 * memory to read it into. */
static void raise_limits(void)
{
	static const int raised[] = {RLIMIT_NOFILE, RLIMIT_AS, RLIMIT_DATA};
	struct rlimit limit;

	for (size_t k = 0; k < sizeof(raised) / sizeof(*raised); k++)
		if (getrlimit(raised[k], &limit) == 0) {
			limit.rlim_cur = limit.rlim_max;
			(void)setrlimit(raised[k], &limit);
		}
}

/* A case that got real-time priorities as root outside a user namespace keeps nothing else of
 * that root. */
static void keep_only_realtime(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	const unsigned kept = 1u << CAP_SYS_NICE;
	const struct __user_cap_data_struct data[2] = {
		{.effective = kept, .permitted = kept}};

	(void)syscall(SYS_capset, &header, data);
}

/* What Check calls.  The end is recorded before Check's own bookkeeping, which would die of
 * an RLIMIT_FSIZE that the body has set; for the same reason it ends by _exit. */
START_TEST(run_body)
{
	const struct case_entry *const entry = current->entry;
	struct fds before = {{0}};
	int mappings = 0;

	reset_signals();
	close_below_framework();
	(void)close(KEEPER_DIR_FD);
	if (!entry->victim) /* a sweep counts after each of its points */
		(void)close(MQUEUE_DIR_FD);
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	atomic_store(&ledger->body, getpid());
	if (entry->needs & NEED_REALTIME && !(entry->needs & NEED_HOST_ROOT))
		keep_only_realtime();
	if (entry->closes_all) {
		before = fds_snapshot();
		mappings = leftovers_shared_mappings();
	}
	if (entry->victim) {
		sweep_run(current);
	} else {
		scope_enter(current->id);
		entry->body(current->row);
		scope_leave();
	}
	atomic_store(&ledger->faults_off, 1);
	raise_limits();
	body_require_settled_peers();
	if (!(entry->leaves & LEAVES_PROCESSES) && !forgot_a_peer())
		(void)leftovers_processes();
	if (entry->closes_all) {
		const struct fds after = fds_snapshot();
		report_new_fds(&before, &after);
		const int more = leftovers_shared_mappings() - mappings;
		if (more > 0)
			ledger_leftover("%d shared mapping%s", more, more > 1 ? "s" : "");
	}
	(void)fflush(NULL);
	atomic_store(&ledger->body_reached_end, 1);
	_exit(0);
}
END_TEST

static void clean_environment(void)
{
	char place[48];

	for (char **variable = environ; *variable;) {
		char name[64];
		const char *const end = strchr(*variable, '=');
		if (strncmp(*variable, "CK_", 3) != 0 || !end ||
			end - *variable >= (long)sizeof(name)) {
			variable++;
			continue;
		}
		(void)snprintf(name, sizeof(name), "%.*s", (int)(end - *variable),
			*variable);
		(void)unsetenv(name);
	}
	(void)snprintf(place, sizeof(place), "/proc/self/fd/%d", KEEPER_DIR_FD);
	if (access(place, W_OK) == 0)
		(void)setenv("TEMP", place, 1); /* where Check makes its message file */
}

void body_run(const struct catalog_case *which)
{
	current = which;
	clean_environment();
	Suite *const suite = suite_create("case");
	TCase *const tcase = tcase_create("case");
	tcase_set_timeout(tcase, 0); /* the keeper holds the deadline */
	tcase_add_test(tcase, run_body);
	suite_add_tcase(suite, tcase);
	SRunner *const runner = srunner_create(suite);
	srunner_set_fork_status(runner, CK_FORK);
	srunner_run_all(runner, CK_SILENT);
	ledger->check_run = srunner_ntests_run(runner);
	ledger->check_failed = srunner_ntests_failed(runner);
	if (ledger->check_failed > 0) {
		TestResult **const results = srunner_failures(runner);
		(void)snprintf(ledger->check_said, sizeof(ledger->check_said), "%s",
			tr_msg(results[0]));
	}
	_exit(0);
}

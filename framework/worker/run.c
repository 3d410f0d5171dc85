/*
 * run: one case, from the request to its result line.  The worker itself does nothing but
 * wait, for the keeper and for its own end of input.
 */
#include "alone.h"
#include "answer.h"
#include "author/ledger.h"
#include "clock.h"
#include "deadline.h"
#include "errno_name.h"
#include "keeper.h"
#include "leftovers.h"
#include "mark.h"
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	ALONE_RETRY_MS = 5,
	WAITING_EVERY_MS = 1000,
};

static char buffer[ANSWER_MAX];

static bool prepare_ledger(const struct worker *worker, const struct catalog_case *which)
{
	static unsigned runs;
	const unsigned isolation = require_isolation(&worker->confinement, which->entry);
	const unsigned named = ISOLATE_IPC | ISOLATE_TMP | ISOLATE_SHM | ISOLATE_MQUEUE;
	char mark[MARK_BYTES];

	runs++;
	if (!ledger_create())
		return false;
	ledger->magic = LEDGER_MAGIC;
	ledger->peer_count = 1; /* the body */
	ledger->proof = (int)worker->abilities.proof;
	ledger->has_pid_namespace = (isolation & ISOLATE_PID) != 0;
	ledger->has_ipc_namespace = (isolation & ISOLATE_IPC) != 0;
	ledger->names_are_private = (isolation & named) == named;
	ledger->id_base =
		isolation & ISOLATE_USER ? 0 : (int)worker->confinement.ids.base;
	ledger->key_base = 0x41530000;
	(void)snprintf(ledger->tmp, sizeof(ledger->tmp), "/tmp");
	mark_own(mark);
	if (!ledger->names_are_private) {
		(void)snprintf(ledger->unique, sizeof(ledger->unique), "%s%x-", mark,
			runs & 0xfff);
		ledger->key_base = 0x41000000u + ((mark_number() + runs) % 0xffffu << 8);
	}
	if (!(isolation & ISOLATE_TMP))
		(void)snprintf(ledger->tmp, sizeof(ledger->tmp), "/tmp/%s%x", mark,
			runs & 0xfff);
	return true;
}

/* A result for which the ledger has nothing to say. */
static void answer_plain(struct worker *worker, const struct catalog_case *which,
	enum verdict verdict, const char *reason, int64_t began_us)
{
	const int64_t duration_us = began_us ? clock_now_us() - began_us : 0;
	struct text line = TEXT_OVER(buffer);

	text_add(&line, "{\"type\":\"result\"");
	answer_string(&line, "id", which->id);
	answer_string(&line, "verdict", verdict_name(verdict));
	answer_string(&line, "text", reason);
	answer_string(&line, "file", which->entry->file);
	text_add(&line, ",\"line\":%d,\"announced\":%s,\"duration_us\":%lld}",
		which->entry->line, verdict == VERDICT_UNSUPPORTED ? "true" : "false",
		(long long)duration_us);
	worker_answer(worker, line.at);
}

static void answer_lists(struct text *line)
{
	const char *separator = "";
	const char *at = ledger->leftovers;

	text_add(line, ",\"notes\":[");
	for (unsigned i = 0; i < LEDGER_NOTES; i++) {
		const struct ledger_note *const note = &ledger->notes[i];
		if (!atomic_load(&note->ready))
			continue;
		text_add(line, "%s{\"key\":", separator);
		text_add_json(line, note->key, strnlen(note->key, sizeof(note->key)));
		text_add(line, ",\"value\":");
		text_add_json(line, note->value,
			strnlen(note->value, sizeof(note->value)));
		text_add(line, "%s}", note->is_choice ? ",\"choice\":true" : "");
		separator = ",";
	}
	if (atomic_load(&ledger->notes_dropped))
		text_add(line, "%s{\"key\":\"notes-dropped\",\"value\":\"%u\"}",
			separator, atomic_load(&ledger->notes_dropped));
	text_add(line, "],\"leftovers\":[");
	separator = "";
	for (const char *end; (end = strchr(at, '\n')); at = end + 1) {
		text_add(line, "%s", separator);
		text_add_json(line, at, (size_t)(end - at));
		separator = ",";
	}
	if (ledger->leftovers_cut)
		text_add(line, "%s\"and more\"", separator);
	text_add(line, "]");
}

/* A fact is observed, never failed. */
static void soften_fact(const struct case_entry *entry)
{
	struct ledger_outcome *const outcome = &ledger->outcome;
	struct ledger_note *const note = &ledger->notes[LEDGER_NOTES - 1];

	if (entry->level != LEVEL_FACT)
		return;
	if (outcome->verdict != VERDICT_FAIL && outcome->verdict != VERDICT_PASS)
		return;
	(void)snprintf(note->key, sizeof(note->key), "fact");
	(void)snprintf(note->value, sizeof(note->value), "%.200s",
		outcome->verdict == VERDICT_PASS ? "holds" : outcome->text);
	atomic_store(&note->ready, 1);
	outcome->verdict = VERDICT_PASS;
	outcome->text[0] = outcome->got[0] = outcome->wanted[0] = '\0';
}

static void answer_result(struct worker *worker, const struct catalog_case *which)
{
	const struct ledger_outcome *const outcome = &ledger->outcome;
	struct text line = TEXT_OVER(buffer);

	soften_fact(which->entry);
	text_add(&line, "{\"type\":\"result\"");
	answer_string(&line, "id", which->id);
	answer_string(&line, "verdict", verdict_name((enum verdict)outcome->verdict));
	answer_string(&line, "text", outcome->text);
	answer_string(&line, "got", outcome->got);
	answer_string(&line, "wanted", outcome->wanted);
	answer_string(&line, "who", outcome->who);
	answer_string(&line, "file", outcome->site.file);
	text_add(&line, ",\"line\":%d,\"announced\":false", outcome->site.line);
	answer_lists(&line);
	if (ledger->map[0])
		answer_string(&line, "points", ledger->map);
	text_add(&line, ",\"output\":");
	text_add_json(&line, ledger->output, ledger->output_used);
	text_add(&line, ",\"output_dropped\":%zu,\"duration_us\":%lld}",
		ledger->output_dropped,
		(long long)(ledger->ended_us - ledger->started_us));
	worker_answer(worker, line.at);
}

/* Waits for the end of KEEPER; an end of input meanwhile ends it at once.  What cases leave
 * comes to the worker where it is the first process of a container: it is reaped, too. */
static int wait_for_keeper(struct worker *worker, pid_t keeper)
{
	struct pollfd input = {.fd = worker->in, .events = POLLIN};
	sigset_t none;
	int status = 0;

	(void)sigemptyset(&none);
	for (pid_t reaped; (reaped = waitpid(-1, &status, WNOHANG)) != keeper;) {
		if (reaped > 0)
			continue;
		if (reaped == -1 && errno != EINTR)
			return -1;
		if (ppoll(&input, worker_may_read(worker), NULL, &none) > 0)
			worker_read(worker);
		if (worker_is_told_to_end())
			worker->ended = true;
		if (worker->ended)
			/* Without a pid namespace the keeper has to clean up first. */
			(void)kill(keeper, ledger->has_pid_namespace ? SIGKILL : SIGTERM);
		if (worker->ended)
			return waitpid(keeper, &status, 0) == keeper ? status : -1;
	}
	return status;
}

static void restore_sysctls(void)
{
	for (unsigned i = 0; i < atomic_load(&ledger->sysctl_count) && i < LEDGER_SYSCTLS;
		i++) {
		const struct ledger_sysctl *const saved = &ledger->sysctls[i];
		char path[160];
		(void)snprintf(path, sizeof(path), "/proc/sys/%s", saved->name);
		const int fd = open(path, O_WRONLY | O_CLOEXEC);
		if (fd >= 0)
			(void)!write(fd, saved->old, strlen(saved->old));
		if (fd >= 0)
			(void)close(fd);
	}
}

/* Takes the lock that .alone names; as root every worker has a budget of its own.  Returns
 * -1 without one, or when the worker is to end. */
static int take_alone(struct worker *worker, const struct catalog_case *which)
{
	const char *const name = which->entry->alone;
	const struct timespec retry = {.tv_nsec = ALONE_RETRY_MS * 1000000};
	sigset_t none;
	int lock = -1;

	(void)sigemptyset(&none);
	if (!name ||
		(worker->confinement.ids.has_range &&
			worker->confinement.granted & ISOLATE_USER))
		return -1;
	for (int waited = 0; (lock = alone_try(name, (unsigned)geteuid())) < 0;) {
		struct pollfd input = {.fd = worker->in, .events = POLLIN};
		if (ppoll(&input, worker_may_read(worker), &retry, &none) > 0)
			worker_read(worker);
		if (worker->ended || worker_is_told_to_end())
			return -1;
		waited += ALONE_RETRY_MS;
		if (waited % WAITING_EVERY_MS != 0)
			continue;
		struct text line = TEXT_OVER(buffer);
		text_add(&line, "{\"type\":\"waiting\"");
		answer_string(&line, "id", which->id);
		answer_string(&line, "alone", name);
		text_add(&line, "}");
		worker_answer(worker, line.at);
	}
	return lock;
}

static void run_confined(struct worker *worker, const struct catalog_case *which,
	long deadline_ms)
{
	const struct case_entry *const entry = which->entry;
	const struct ledger_site site = ledger_site(entry->file, entry->line);
	const struct keeper_order order = {
		.which = which,
		.isolation = require_isolation(&worker->confinement, entry),
		.deadline_ms = deadline_ms,
		.protocol_fds = {worker->in, worker->out},
	};
	const bool range = (entry->needs & NEED_SECOND_UID) != 0;
	const int64_t began_us = clock_now_us();
	struct problem why;
	const pid_t keeper =
		confine_start(&worker->confinement, order.isolation, range, &why);

	if (keeper == 0)
		keeper_run(&order);
	const int status = keeper > 0 ? wait_for_keeper(worker, keeper) : -1;
	if (!ledger_is_sane()) {
		answer_plain(worker, which, VERDICT_BROKEN,
			"the case wrote over the ledger of its verdict", began_us);
		return;
	}
	restore_sysctls();
	if (worker->ended)
		return;
	if (keeper < 0)
		(void)ledger_settle(VERDICT_BROKEN, "worker", site, "", "", "%s",
			why.text);
	else if (status != 0)
		(void)ledger_settle(VERDICT_BROKEN, "worker", site, "", "",
			"the keeper ended with %s %d",
			WIFSIGNALED(status) ? "signal" : "status",
			WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	answer_result(worker, which);
}

void worker_run(struct worker *worker, const struct worker_order *order)
{
	const struct catalog_case *const which = order->which;
	long deadline_ms = order->deadline_ms;
	const struct case_entry *const entry = which->entry;
	const char *const missing = require_missing(&worker->abilities, entry);

	if (missing) {
		answer_plain(worker, which, VERDICT_UNSUPPORTED, missing, 0);
		return;
	}
	if (deadline_ms < 0)
		deadline_ms = catalog_deadline_ms(entry) *
			(order->exhaustive && entry->victim ? DEADLINE_EXHAUSTIVE : 1);
	if (!prepare_ledger(worker, which)) {
		worker_error(worker, "no memory for a ledger: %s", errno_name(errno));
		return;
	}
	(void)snprintf(ledger->sweep_at, sizeof(ledger->sweep_at), "%s", order->at);
	ledger->sweep_exhaustive = order->exhaustive;
	const int lock = take_alone(worker, which);
	if (!worker->ended && !worker_is_told_to_end())
		run_confined(worker, which, deadline_ms);
	if (lock >= 0)
		(void)close(lock);
}

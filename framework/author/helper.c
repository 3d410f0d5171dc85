/*
 * helper: a peer in a new image.  peer_exec() runs the worker's own binary again, through a
 * descriptor that was opened at start (a private /tmp may hide its path), and
 * helper_main() finds the ledger there by its fixed number.
 */
#include "helper.h"

#include "peer.h"
#include "scope.h"
#include "word_site.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The functions themselves, which stand behind the macros. */
#undef peer_exec

enum { HELPER_ARGUMENTS = 32 };

extern const struct helper_entry *const __start_assay_helpers[] __attribute__((weak));
extern const struct helper_entry *const __stop_assay_helpers[] __attribute__((weak));

static const struct helper_entry *helper_named(const char *name)
{
	const struct helper_entry *const *at = __start_assay_helpers;

	for (; at && (uintptr_t)at < (uintptr_t)__stop_assay_helpers; at++)
		if (strcmp((*at)->name, name) == 0)
			return *at;
	return NULL;
}

static void set_kept_over_exec(bool kept)
{
	(void)fcntl(LEDGER_FD, F_SETFD, kept ? 0 : FD_CLOEXEC);
	(void)fcntl(WORKER_IMAGE_FD, F_SETFD, kept ? 0 : FD_CLOEXEC);
	(void)fcntl(LEDGER_WAKE_FD, F_SETFD, kept ? 0 : FD_CLOEXEC);
}

void peer_exec(const char *name, ...)
{
	char image[] = "assay-worker", option[] = "--helper", slot[16];
	char *argv[HELPER_ARGUMENTS + 5] = {image, option, slot};
	int argc = 3;
	va_list args;

	if (!helper_named(name))
		word_broken("no HELPER is called '%s'", name);
	(void)snprintf(slot, sizeof(slot), "%d", ledger_self());
	va_start(args, name);
	for (const char *arg = name; arg; arg = va_arg(args, const char *)) {
		if (argc >= HELPER_ARGUMENTS + 4)
			word_broken("peer_exec(\"%s\"): more than %d arguments", name,
				HELPER_ARGUMENTS);
		argv[argc++] = (char *)arg;
	}
	va_end(args);
	(void)fflush(NULL);
	set_kept_over_exec(true);
	(void)syscall(SYS_execveat, WORKER_IMAGE_FD, "", argv, environ, AT_EMPTY_PATH);
	word_broken("peer_exec(\"%s\"): execveat: %s", name, strerror(errno));
}

int helper_main(int argc, char **argv)
{
	const int slot = atoi(argv[0]);

	if (argc < 2 || slot < 1 || slot >= LEDGER_PEERS || !ledger_attach()) {
		(void)fprintf(stderr, "assay-worker: --helper is for peer_exec() only\n");
		return 2;
	}
	set_kept_over_exec(false);
	ledger_become(slot);
	const struct helper_entry *const helper = helper_named(argv[1]);
	if (!helper)
		ledger_end(VERDICT_BROKEN, ledger_site(__FILE__, __LINE__), "", "",
			"the new image has no HELPER called '%s'", argv[1]);
	atomic_store(&ledger->peers[slot].helper_runs, 1);
	ledger_futex_wake(&ledger->peers[slot].helper_runs);
	scope_enter_again();
	const int status = helper->main(argc - 1, argv + 1);
	scope_leave();
	(void)fflush(NULL);
	atomic_store(&ledger->peers[slot].state, PEER_ENDED);
	return status;
}

void peer_wait_exec_at(struct peer *p, const char *file, int line)
{
	_Atomic int *const runs = &ledger->peers[p->slot].helper_runs;

	ledger_waits(file, line, "%s to run its helper", ledger_who(p->slot));
	while (atomic_load(runs) == 0) {
		if (peer_has_ended(p))
			ledger_end(VERDICT_FAIL, ledger_site(file, line), "ended", "exec",
				"%s ended before its helper ran", ledger_who(p->slot));
		ledger_futex_wait(runs, 0);
	}
	ledger_waits_no_more();
}

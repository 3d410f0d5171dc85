#include "handler.h"

#include "peer.h"
#include "word_site.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

/* The functions themselves, which stand behind the macros. */
#undef handler_install

static void count_run(int signal)
{
	const int error = errno;
	_Atomic int *const handled = &ledger->peers[ledger_self()].handled;

	(void)signal;
	atomic_fetch_add(handled, 1);
	ledger_futex_wake(handled);
	errno = error;
}

void handler_install(int signal, int flags)
{
	struct sigaction action = {.sa_handler = count_run, .sa_flags = flags};

	(void)sigemptyset(&action.sa_mask);
	if (sigaction(signal, &action, NULL) == -1)
		word_broken("handler_install(%d): %s", signal, strerror(errno));
}

int handler_count(const struct peer *p)
{
	return atomic_load(&ledger->peers[p->slot].handled);
}

int handler_count_here(void)
{
	return atomic_load(&ledger->peers[ledger_self()].handled);
}

void handler_wait_at(struct peer *p, int n, const char *file, int line)
{
	_Atomic int *const handled = &ledger->peers[p->slot].handled;

	ledger_waits(file, line, "%d handler runs in %s", n, ledger_who(p->slot));
	for (;;) {
		/* Asked first: a peer whose handler ran may end before the count is read. */
		const bool ended = peer_has_ended(p);
		const int seen = atomic_load(handled);

		if (seen >= n)
			break;
		if (ended)
			ledger_end(VERDICT_FAIL, ledger_site(file, line), "", "",
				"%s ended after %d of %d handler runs",
				ledger_who(p->slot), seen, n);
		ledger_futex_wait(handled, seen);
	}
	ledger_waits_no_more();
}

#include "silence.h"

#include "forbid.h"
#include "ledger.h"
#include "peer.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct trial {
	const char *call;
	void (*function)(void *);
	void *arg;
	struct ledger_site site;
};

static void run_trial(void *argument)
{
	const struct trial *const trial = argument;
	struct problem why;

	if (!forbid(trial->call, &why))
		ledger_end(VERDICT_BROKEN, trial->site, "", "", "makes_call(\"%s\"): %s",
			trial->call, why.text);
	trial->function(trial->arg);
	/* Not through the framework, whose own calls are forbidden, too. */
	_exit(0);
}

bool makes_call_at(const char *call, void (*function)(void *), void *arg,
	const char *name, const char *file, int line)
{
	struct trial trial = {call, function, arg, ledger_site(file, line)};
	struct peer p = peer_start_at(run_trial, &trial, name, file, line);
	siginfo_t info = {0};

	ledger_waits(file, line, "%s to return or to call %s", name, call);
	while (waitid(P_PID, (id_t)p.pid, &info, WEXITED | WNOWAIT) == -1)
		if (errno != EINTR)
			ledger_end(VERDICT_BROKEN, trial.site, "", "", "waitid(%s): %s",
				name, strerror(errno));
	ledger_waits_no_more();
	const bool made = info.si_code != CLD_EXITED && info.si_status == SIGSYS;
	if (made)
		peer_join_killed_at(&p, SIGSYS, file, line);
	else
		peer_join_at(&p, file, line);
	return made;
}

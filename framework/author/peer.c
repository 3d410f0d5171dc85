#include "peer.h"

#include "errno_name.h"
#include "ledger.h"
#include "word_site.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The functions themselves, which stand behind the macros. */
#undef thread_cancel
#undef thread_join_value

#define HERE ledger_site(file, line)

static const char *name_of(const struct peer *p);

/* Words for processes would reach the whole process of a thread, the body included. */
static void require_process(const struct peer *p, const char *word, const char *file,
	int line)
{
	if (p->is_thread)
		ledger_end(VERDICT_BROKEN, HERE, "", "",
			"%s(%s): a thread, not a process", word, name_of(p));
}

static void require_thread(const struct peer *p, const char *word)
{
	if (!p->is_thread)
		word_broken("%s(%s): a process, not a thread", word, name_of(p));
}

static struct ledger_peer *entry(const struct peer *p)
{
	return &ledger->peers[p->slot];
}

static const char *name_of(const struct peer *p)
{
	return ledger_who(p->slot);
}

static int new_slot(const char *name, const char *file, int line)
{
	const unsigned slot = atomic_fetch_add(&ledger->peer_count, 1);

	if (slot >= LEDGER_PEERS) {
		atomic_store(&ledger->peer_count, LEDGER_PEERS);
		ledger_end(VERDICT_BROKEN, HERE, "", "", "more than %d peers in one case",
			LEDGER_PEERS - 1);
	}
	struct ledger_peer *const peer = &ledger->peers[slot];
	(void)snprintf(peer->name, sizeof(peer->name), "%s",
		name[0] == '&' ? name + 1 : name);
	peer->site = HERE;
	atomic_store(&peer->state, PEER_RUNNING);
	return (int)slot;
}

/* The peer does so, whose calls the keeper may be asked about before its parent has run, and
 * the parent, which may ask for it before it has. */
static void enter_ids(const struct peer *p, pid_t pid)
{
	atomic_store(&entry(p)->pid, pid);
	atomic_store(&entry(p)->tid, pid);
}

struct peer peer_start_at(void (*function)(void *), void *arg, const char *name,
	const char *file, int line)
{
	struct peer p = {.slot = new_slot(name, file, line)};

	(void)fflush(NULL);
	p.pid = fork();
	if (p.pid == 0) {
		ledger_become(p.slot);
		enter_ids(&p, getpid());
		function(arg);
		(void)fflush(NULL);
		atomic_store(&entry(&p)->state, PEER_ENDED);
		ledger_futex_wake(&entry(&p)->state);
		_exit(0);
	}
	if (p.pid < 0)
		ledger_end(VERDICT_BROKEN, HERE, "", "", "fork for %s: %s", name,
			strerror(errno));
	p.tid = p.pid;
	enter_ids(&p, p.pid);
	return p;
}

struct thread_order {
	void (*function)(void *);
	void *arg;
	int slot;
};

static void thread_ended(void *slot)
{
	_Atomic int *const state = &ledger->peers[*(int *)slot].state;

	atomic_store(state, PEER_ENDED);
	ledger_futex_wake(state);
}

static void *thread_main(void *argument)
{
	struct thread_order order = *(struct thread_order *)argument;
	struct ledger_peer *const self = &ledger->peers[order.slot];

	free(argument);
	ledger_become(order.slot);
	pthread_cleanup_push(thread_ended, &order.slot);
	atomic_store(&self->tid, (pid_t)syscall(SYS_gettid));
	ledger_futex_wake(&self->tid);
	order.function(order.arg);
	pthread_cleanup_pop(1);
	return NULL;
}

struct peer thread_start_at(void (*function)(void *), void *arg, const char *name,
	const char *file, int line)
{
	struct peer p = {
		.pid = getpid(), .is_thread = true, .slot = new_slot(name, file, line)};
	struct thread_order *const order = malloc(sizeof(*order));

	if (!order)
		ledger_end(VERDICT_BROKEN, HERE, "", "", "out of memory");
	*order = (struct thread_order){function, arg, p.slot};
	atomic_store(&entry(&p)->pid, p.pid);
	const int error = pthread_create(&p.thread, NULL, thread_main, order);
	if (error != 0)
		ledger_end(VERDICT_BROKEN, HERE, "", "", "pthread_create for %s: %s",
			name, strerror(error));
	/* Asleep, not yielding: a caller with a real-time priority would not let it begin. */
	while ((p.tid = atomic_load(&entry(&p)->tid)) == 0)
		ledger_futex_wait(&entry(&p)->tid, 0);
	return p;
}

bool peer_has_ended(const struct peer *p)
{
	siginfo_t info = {0};

	if (p->is_thread)
		return atomic_load(&entry(p)->state) == PEER_ENDED;
	if (waitid(P_PID, (id_t)p->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0)
		return info.si_pid != 0;
	/* No child of the caller: reaped, or the child of another process of the case. */
	return kill(p->pid, 0) == -1 && errno == ESRCH;
}

void peer_rest(void)
{
	_Atomic int *const state = &ledger->peers[ledger_self()].state;

	atomic_store(state, PEER_RESTING);
	ledger_futex_wake(state);
	while (atomic_load(state) == PEER_RESTING)
		ledger_futex_wait(state, PEER_RESTING);
}

void peer_resume(struct peer *p)
{
	_Atomic int *const state = &entry(p)->state;

	atomic_store(state, PEER_RUNNING);
	ledger_futex_wake(state);
}

void peer_wait_resting_at(struct peer *p, const char *file, int line)
{
	_Atomic int *const state = &entry(p)->state;

	ledger_waits(file, line, "%s to rest", name_of(p));
	while (atomic_load(state) != PEER_RESTING) {
		if (peer_has_ended(p))
			ledger_end(VERDICT_FAIL, HERE, "ended", "resting",
				"%s ended, wanted it to reach peer_rest()", name_of(p));
		ledger_futex_wait(state, PEER_RUNNING);
	}
	ledger_waits_no_more();
}

static bool is_crash(int signal)
{
	return signal == SIGSEGV || signal == SIGBUS || signal == SIGILL ||
		signal == SIGFPE || signal == SIGABRT || signal == SIGSYS ||
		signal == SIGTRAP;
}

/* Reaps the process P; its wait status. */
static int reap(struct peer *p, const char *what, const char *file, int line)
{
	int status;

	ledger_waits(file, line, "%s to %s", name_of(p), what);
	while (waitpid(p->pid, &status, 0) == -1)
		if (errno != EINTR)
			ledger_end(VERDICT_BROKEN, HERE, "", "", "waitpid(%s): %s",
				name_of(p), strerror(errno));
	ledger_waits_no_more();
	atomic_store(&entry(p)->settled, 1);
	return status;
}

static void describe_end(int status, char text[64])
{
	if (WIFSIGNALED(status))
		(void)snprintf(text, 64, "killed by %s", signal_name(WTERMSIG(status)));
	else
		(void)snprintf(text, 64, "exit status %d", WEXITSTATUS(status));
}

void peer_join_at(struct peer *p, const char *file, int line)
{
	char end[64];

	if (p->is_thread) {
		word_at(file, line);
		if (thread_join_value(p) != NULL)
			ledger_end(VERDICT_FAIL, HERE, "cancelled", "returned",
				"%s was cancelled, wanted it to return", name_of(p));
		return;
	}
	const int status = reap(p, "end", file, line);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return;
	describe_end(status, end);
	const bool crashed = WIFSIGNALED(status) && is_crash(WTERMSIG(status));
	ledger_end(crashed ? VERDICT_CRASH : VERDICT_FAIL, HERE, end, "exit status 0",
		"%s ended with %s, wanted exit status 0", name_of(p), end);
}

void peer_join_killed_at(struct peer *p, int signal, const char *file, int line)
{
	char end[64], wanted[64];

	require_process(p, "peer_join_killed", file, line);
	const int status = reap(p, "be killed", file, line);

	if (WIFSIGNALED(status) && WTERMSIG(status) == signal)
		return;
	describe_end(status, end);
	(void)snprintf(wanted, sizeof(wanted), "killed by %s", signal_name(signal));
	ledger_end(VERDICT_FAIL, HERE, end, wanted, "%s ended with %s, wanted %s",
		name_of(p), end, wanted);
}

void peer_signal_at(struct peer *p, int signal, const char *file, int line)
{
	const long result = p->is_thread ? syscall(SYS_tgkill, p->pid, p->tid, signal)
					 : kill(p->pid, signal);

	if (result == -1)
		ledger_end(VERDICT_BROKEN, HERE, "", "", "%s to %s: %s",
			signal_name(signal), name_of(p), strerror(errno));
}

void peer_kill_at(struct peer *p, int signal, const char *file, int line)
{
	require_process(p, "peer_kill", file, line);
	peer_signal_at(p, signal, file, line);
	peer_join_killed_at(p, signal, file, line);
}

/* Waits for a change of state that EVENTS (of waitid) stands for. */
static void wait_change(struct peer *p, int events, const char *what, const char *file,
	int line)
{
	siginfo_t info;

	ledger_waits(file, line, "%s to %s", name_of(p), what);
	while (waitid(P_PID, (id_t)p->pid, &info, events) == -1)
		if (errno != EINTR)
			ledger_end(VERDICT_BROKEN, HERE, "", "", "waitid(%s): %s",
				name_of(p), strerror(errno));
	ledger_waits_no_more();
}

void peer_stop_at(struct peer *p, const char *file, int line)
{
	require_process(p, "peer_stop", file, line);
	peer_signal_at(p, SIGSTOP, file, line);
	wait_change(p, WSTOPPED, "stop", file, line);
}

void peer_continue_at(struct peer *p, const char *file, int line)
{
	siginfo_t taken;

	require_process(p, "peer_continue", file, line);
	if (peer_has_ended(p))
		ledger_end(VERDICT_BROKEN, HERE, "", "",
			"peer_continue(%s): it has ended", name_of(p));
	peer_signal_at(p, SIGCONT, file, line);
	/* It may have gone on to its end meanwhile; a zombie tells nothing of having continued. */
	wait_change(p, WCONTINUED | WEXITED | WNOWAIT, "continue", file, line);
	(void)waitid(P_PID, (id_t)p->pid, &taken, WCONTINUED | WNOHANG);
}

void peer_forget(struct peer *p)
{
	atomic_store(&entry(p)->settled, 2);
}

void thread_cancel(struct peer *p)
{
	require_thread(p, "thread_cancel");
	const int error = pthread_cancel(p->thread);

	if (error != 0)
		word_broken("pthread_cancel(%s): %s", name_of(p), strerror(error));
}

void *thread_join_value(struct peer *p)
{
	void *value = NULL;

	require_thread(p, "thread_join_value");
	const int error = pthread_join(p->thread, &value);

	if (error != 0)
		word_broken("pthread_join(%s): %s", name_of(p), strerror(error));
	atomic_store(&entry(p)->settled, 1);
	return value;
}

void thread_wait_gone_at(struct peer *p, const char *file, int line)
{
	ledger_waits(file, line, "%s to be gone", name_of(p));
	while (syscall(SYS_tgkill, p->pid, p->tid, 0) == 0)
		(void)sched_yield();
	ledger_waits_no_more();
	atomic_store(&entry(p)->settled, 1);
}

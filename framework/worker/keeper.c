#include "keeper.h"

#include "author/ledger.h"
#include "body.h"
#include "call.h"
#include "clock.h"
#include "confine.h"
#include "deadline.h"
#include "errno_name.h"
#include "leftovers.h"
#include "observe.h"
#include "processes.h"
#include "starved.h"
#include "supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum end { END_NORMAL, END_DEADLINE, END_ABANDONED };

static volatile sig_atomic_t told_to_end;

static void note_signal(int number)
{
	if (number == SIGTERM)
		told_to_end = 1;
}

static struct ledger_site declaration(const struct case_entry *entry)
{
	return ledger_site(entry->file, entry->line);
}

/* SIGCHLD and SIGTERM arrive only inside ppoll. */
static void arrange_signals(sigset_t *in_poll)
{
	struct sigaction action = {.sa_handler = note_signal};
	sigset_t held;

	(void)sigemptyset(&action.sa_mask);
	(void)sigaction(SIGCHLD, &action, NULL);
	(void)sigaction(SIGTERM, &action, NULL);
	(void)sigemptyset(&held);
	(void)sigaddset(&held, SIGCHLD);
	(void)sigaddset(&held, SIGTERM);
	(void)sigprocmask(SIG_SETMASK, &held, NULL);
	(void)sigemptyset(in_poll);
}

/* Keeps what the case prints; returns whether more may come. */
static bool keep_output(int fd)
{
	char chunk[4096];
	const ssize_t got = read(fd, chunk, sizeof(chunk));

	if (got <= 0)
		return got == -1 && (errno == EINTR || errno == EAGAIN);
	const size_t room = LEDGER_OUTPUT_BYTES - ledger->output_used;
	const size_t kept = (size_t)got < room ? (size_t)got : room;
	memcpy(ledger->output + ledger->output_used, chunk, kept);
	ledger->output_used += kept;
	ledger->output_dropped += (size_t)got - kept;
	return true;
}

static void drain_output(int fd)
{
	(void)fcntl(fd, F_SETFL, O_NONBLOCK);
	/* Bounded: a stray writer, about to be killed, could go on for ever. */
	for (int i = 0; i < 4096; i++) {
		errno = 0;
		if (!keep_output(fd) || errno == EAGAIN)
			return;
	}
}

/* Reaps all that ended; returns whether CASE_PROCESS was among them. */
static bool reap(pid_t case_process, int *status)
{
	bool ended = false;
	int any;

	for (pid_t pid; (pid = waitpid(-1, &any, WNOHANG)) > 0;) {
		if (pid == case_process) {
			*status = any;
			ended = true;
		}
	}
	return ended;
}

/* How long the next poll may last, in microseconds: until LIMIT_US, and no longer than the
 * supervision has a pause. */
static int64_t patience_us(int64_t limit_us, int pause_ms)
{
	const int64_t left = limit_us ? limit_us - clock_now_us() : 1000000;
	const int64_t pause = (int64_t)pause_ms * 1000;

	return pause_ms >= 0 && pause < left ? pause : left;
}

/* When the case must have ended, as things are now. */
static int64_t limit_us(long deadline_ms)
{
	const int64_t own_us = deadline_ms * INT64_C(1000);
	const int64_t most_us = own_us * (DEADLINE_STARVED - 1);
	const int64_t lost_us = starved_us();

	return ledger->started_us + own_us + (lost_us < most_us ? lost_us : most_us);
}

static enum end watch(pid_t case_process, int output, long deadline_ms,
	const sigset_t *in_poll, int *status)
{
	int64_t limit = deadline_ms ? ledger->started_us + deadline_ms * 1000 : 0;
	struct pollfd fds[2 + SUPERVISE_FDS] = {{.fd = output, .events = POLLIN},
		{.fd = LIFELINE_READ_FD, .events = POLLIN}};
	int pause_ms = -1;

	while (!reap(case_process, status)) {
		const int64_t left = patience_us(limit, pause_ms);
		if (left <= 0 && limit && clock_now_us() >= limit) {
			limit = limit_us(deadline_ms);
			if (clock_now_us() >= limit)
				return END_DEADLINE;
			continue;
		}
		const struct timespec wait = {
			.tv_sec = left / 1000000, .tv_nsec = left % 1000000 * 1000};
		const nfds_t supervised = supervise_poll(fds + 2);
		const int ready = ppoll(fds, 2 + supervised, &wait, in_poll);
		for (nfds_t i = 0; ready < 0 && i < 2 + supervised; i++)
			fds[i].revents = 0;
		if (told_to_end || fds[1].revents)
			return END_ABANDONED;
		if (fds[0].revents && !keep_output(output))
			fds[0].fd = -1;
		pause_ms = supervise_serve(fds + 2, supervised);
	}
	return END_NORMAL;
}

/* " in read" for a task that is asleep in read; for the text of a timeout. */
static void describe_task(pid_t pid, char *text, size_t size)
{
	struct call call;
	const enum sight sight = observe(pid, pid, "", (enum proof)ledger->proof, &call);
	const char *const family = call_family_of(call.number);

	if (sight == SIGHT_RUNNING)
		(void)snprintf(text, size, "running");
	else if (sight == SIGHT_STOPPED)
		(void)snprintf(text, size, "stopped");
	else if (sight == SIGHT_ENDED)
		(void)snprintf(text, size, "ended");
	else if (family)
		(void)snprintf(text, size, "asleep in %s", family);
	else if (call.number >= 0)
		(void)snprintf(text, size, "asleep in system call %ld", call.number);
	else
		(void)snprintf(text, size, "asleep");
}

/* The signal that killed PID, a zombie that nobody has reaped yet; 0 when it is none, or ended
 * otherwise.  The last field of stat is the wait status (proc(5)). */
static int killer_of(pid_t pid)
{
	char path[64], text[512];
	char state = 0;

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	if (observe_read_file(path, text, sizeof(text)) <= 0)
		return 0;
	const char *const name_end = strrchr(text, ')');
	const char *const last = strrchr(text, ' ');
	if (!name_end || !last || sscanf(name_end + 1, " %c", &state) != 1 ||
		state != 'Z')
		return 0;
	return atoi(last) & 0x7f;
}

/* A peer that died of a fault of its own, and that the body waits for in vain. */
static void settle_dead_peer(void)
{
	const unsigned count = atomic_load(&ledger->peer_count);

	for (unsigned slot = 1; slot < count && slot < LEDGER_PEERS; slot++) {
		const struct ledger_peer *const peer = &ledger->peers[slot];
		const pid_t pid = atomic_load(&peer->pid);
		const int signal =
			atomic_load(&peer->settled) || pid <= 0 ? 0 : killer_of(pid);
		if (signal != 0 && signal != SIGKILL)
			(void)ledger_settle(VERDICT_CRASH, peer->name, peer->site,
				signal_name(signal), "",
				"%s was killed by %s, and the body waited on", peer->name,
				signal_name(signal));
	}
}

/* Who hangs where, before everybody is killed. */
static void settle_timeout(const struct case_entry *entry, long deadline_ms)
{
	const unsigned count = atomic_load(&ledger->peer_count);
	char all[600] = "", one[64], stalled[600];
	const pid_t body = atomic_load(&ledger->body);
	const struct ledger_site site =
		ledger->waiting_for[0] ? ledger->waiting_at : ledger->last_mark;

	if (body > 0) {
		describe_task(body, one, sizeof(one));
		(void)snprintf(all, sizeof(all), "body %s", one);
	}
	for (unsigned slot = 1; slot < count && slot < LEDGER_PEERS; slot++) {
		const struct ledger_peer *const peer = &ledger->peers[slot];
		const size_t used = strlen(all);
		if (atomic_load(&peer->settled) || atomic_load(&peer->pid) <= 0)
			continue;
		describe_task(atomic_load(&peer->tid), one, sizeof(one));
		(void)snprintf(all + used, sizeof(all) - used, ", %s %s", peer->name,
			one);
	}
	supervise_describe(stalled, sizeof(stalled));
	(void)ledger_settle(VERDICT_TIMEOUT, "body",
		site.line ? site : declaration(entry), "", "",
		"no end after %ld ms%s%s: %s%s", deadline_ms,
		ledger->waiting_for[0] ? ", waiting for " : "", ledger->waiting_for, all,
		stalled);
}

static void settle_odd_end(const struct case_entry *entry, int status)
{
	const struct ledger_site last = ledger->last_mark;
	const struct ledger_site site = last.line ? last : declaration(entry);
	int number;

	if (WIFSIGNALED(status) || WEXITSTATUS(status) != 0) {
		(void)ledger_settle(VERDICT_BROKEN, "body", declaration(entry), "", "",
			"the case process ended with %s %d (Check says: %s)",
			WIFSIGNALED(status) ? "signal" : "status",
			WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
			ledger->output_used ? "see the output" : "nothing");
	} else if (atomic_load(&ledger->body_reached_end)) {
		return;
	} else if (sscanf(ledger->check_said, "Received signal %d", &number) == 1) {
		(void)ledger_settle(VERDICT_CRASH, "body", site, signal_name(number), "",
			"the body was killed by %s", signal_name(number));
	} else if (ledger->check_failed > 0) {
		(void)ledger_settle(VERDICT_BROKEN, "body", site, "", "", "body: %s",
			ledger->check_said);
	} else if (ledger->check_run == 1) {
		(void)ledger_settle(VERDICT_BROKEN, "body", site, "", "",
			"the body exited with status 0 before its last line");
	} else {
		(void)ledger_settle(VERDICT_BROKEN, "body", declaration(entry), "", "",
			"Check ran %d tests instead of one", ledger->check_run);
	}
}

/* "a, b, c" from the ledger's lines. */
static void settle_leak(const struct case_entry *entry)
{
	char list[sizeof(ledger->leftovers)];
	size_t used = 0;

	for (const char *c = ledger->leftovers; *c && c[1]; c++) {
		if (used + 3 >= sizeof(list))
			break;
		if (*c == '\n')
			list[used++] = ',';
		list[used++] = *c == '\n' ? ' ' : *c;
	}
	list[used] = '\0';
	(void)ledger_settle(VERDICT_LEAK, "body", declaration(entry), "", "",
		"left behind: %s", list);
}

static pid_t start_case_process(const struct keeper_order *order, int output)
{
	const pid_t keeper = getpid();
	const pid_t pid = fork();

	if (pid != 0)
		return pid;
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (getppid() != keeper)
		_exit(71);
	(void)dup2(output, 1);
	(void)dup2(output, 2);
	(void)close(OUTPUT_FD);
	(void)close(LIFELINE_READ_FD);
	body_run(order->which);
}

static int open_output(int *write_end)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) == -1 || dup3(ends[0], OUTPUT_FD, O_CLOEXEC) == -1)
		return -1;
	(void)close(ends[0]);
	*write_end = ends[1];
	return OUTPUT_FD;
}

static void close_worker_descriptors(const struct keeper_order *order)
{
	const int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	(void)close(LIFELINE_WRITE_FD);
	for (int i = 0; i < 2; i++)
		if (order->protocol_fds[i] > 2)
			(void)close(order->protocol_fds[i]);
	(void)dup2(null, 0);
	(void)dup2(null, 1);
	(void)dup2(null, 2);
	if (null > 2)
		(void)close(null);
}

static void run_case(const struct keeper_order *order)
{
	const struct case_entry *const entry = order->which->entry;
	int write_end = -1, status = 0;
	sigset_t in_poll;

	arrange_signals(&in_poll);
	if (!ledger->names_are_private)
		leftovers_before();
	const int output = open_output(&write_end);
	supervise_prepare();
	ledger->started_us = clock_now_us();
	const pid_t case_process = output < 0 ? -1 : start_case_process(order, write_end);
	if (case_process < 0) {
		(void)ledger_settle(VERDICT_BROKEN, "keeper", declaration(entry), "", "",
			"the case process cannot be started: %s", errno_name(errno));
		return;
	}
	(void)close(write_end);
	const enum end end =
		watch(case_process, output, order->deadline_ms, &in_poll, &status);
	ledger->ended_us = clock_now_us();
	if (end == END_DEADLINE) {
		settle_dead_peer();
		settle_timeout(entry, order->deadline_ms);
	} else if (end == END_NORMAL) {
		settle_odd_end(entry, status);
	}
	processes_kill_all(ledger->has_pid_namespace);
	drain_output(output);
	(void)leftovers_count(entry->leaves);
	supervise_settle();
	if (ledger->leftovers[0])
		settle_leak(entry);
	if (!ledger->names_are_private)
		leftovers_remove_own();
}

/* The case's directory: the private /tmp, or else a new one below the shared /tmp. */
static bool enter_tmp(struct problem *why)
{
	if (strcmp(ledger->tmp, "/tmp") == 0)
		return true;
	if (mkdir(ledger->tmp, 01777) == -1)
		return problem_set(why, "mkdir %s: %s", ledger->tmp, errno_name(errno));
	/* Only what was made here is ever removed. */
	leftovers_own_directory(ledger->tmp);
	if (chmod(ledger->tmp, 01777) == -1 || chdir(ledger->tmp) == -1)
		return problem_set(why, "chdir %s: %s", ledger->tmp, errno_name(errno));
	return true;
}

void keeper_run(const struct keeper_order *order)
{
	struct problem why;
	unsigned failed = 0;

	processes_set_keeper();
	(void)prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	close_worker_descriptors(order);
	if (confine_enter(order->isolation, &failed, &why) && enter_tmp(&why))
		run_case(order);
	else
		(void)ledger_settle(VERDICT_BROKEN, "keeper",
			declaration(order->which->entry), "", "", "%s", why.text);
	if (atomic_load(&ledger->settled) == 0)
		(void)ledger_settle(VERDICT_PASS, "body",
			declaration(order->which->entry), "", "", "%s", "");
	_exit(0);
}

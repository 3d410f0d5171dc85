/*
 * peer: the processes and threads that a body talks to.  A peer is a plain function;
 * every peer must be joined, killed or forgotten before the body ends, and a peer
 * that fails fails the case.  Nothing here sleeps to get an order of events: waits end with
 * what the kernel or the peer shows, or with the deadline of the case.
 */
#ifndef ASSAY_AUTHOR_PEER_H
#define ASSAY_AUTHOR_PEER_H

#include "word.h"

#include <pthread.h>
#include <stdbool.h>
#include <sys/types.h>

/** A handle; copy it freely.  The fields are for reading. */
struct peer {
	pid_t pid; /* the process (a thread peer: the caller's own) */
	pid_t tid; /* the thread: equal to pid for a process */
	bool is_thread;
	pthread_t thread; /* valid when is_thread */
	int slot;         /* its place in the ledger */
};

/** Starts FUNCTION(ARG) in a forked process / in a thread of the caller.  The process ends
 *  with status 0 when FUNCTION returns.  Start processes before threads. */
#define peer_start(function, arg) \
	peer_start_at((function), (arg), #function, __FILE__, __LINE__)
#define thread_start(function, arg) \
	thread_start_at((function), (arg), #function, __FILE__, __LINE__)
struct peer peer_start_at(void (*function)(void *), void *arg, const char *name,
	const char *file, int line);
struct peer thread_start_at(void (*function)(void *), void *arg, const char *name,
	const char *file, int line);

/** Says "here I am" and waits for peer_resume().  For peers only. */
void peer_rest(void);

/** Waits until P is inside peer_rest(); lets it go on. */
#define peer_wait_resting(p) peer_wait_resting_at((p), __FILE__, __LINE__)
void peer_wait_resting_at(struct peer *p, const char *file, int line);
void peer_resume(struct peer *p);

/** Waits for the end of P and demands that it was good: exit status 0, or a thread that
 *  returned.  Otherwise the case ends `fail`, or `crash` after SIGSEGV and its like. */
#define peer_join(p) peer_join_at((p), __FILE__, __LINE__)
void peer_join_at(struct peer *p, const char *file, int line);

/** Waits for the end of the process P and demands that SIGNAL killed it (the claim of a case
 *  about a deadly signal). */
#define peer_join_killed(p, signal) peer_join_killed_at((p), (signal), __FILE__, __LINE__)
void peer_join_killed_at(struct peer *p, int signal, const char *file, int line);

/** Whether P has ended (or is a zombie), without waiting for it. */
bool peer_has_ended(const struct peer *p);

/** Sends SIGNAL to P; demands that P dies of it, and reaps it.  Processes only. */
#define peer_kill(p, signal) peer_kill_at((p), (signal), __FILE__, __LINE__)
void peer_kill_at(struct peer *p, int signal, const char *file, int line);

/** Sends SIGNAL to exactly P (tgkill for a thread). */
#define peer_signal(p, signal) peer_signal_at((p), (signal), __FILE__, __LINE__)
void peer_signal_at(struct peer *p, int signal, const char *file, int line);

/** Stops the process P with SIGSTOP / continues it with SIGCONT, and returns once the
 *  kernel says it is so. */
#define peer_stop(p) peer_stop_at((p), __FILE__, __LINE__)
#define peer_continue(p) peer_continue_at((p), __FILE__, __LINE__)
void peer_stop_at(struct peer *p, const char *file, int line);
void peer_continue_at(struct peer *p, const char *file, int line);

/** P is meant to hang: the end of the case kills it, and it need not be joined. */
void peer_forget(struct peer *p);

/** Called in a peer process: replaces its image by the HELPER called NAME with the string
 *  arguments that follow, up to a final NULL.  Descriptors without FD_CLOEXEC stay. */
void peer_exec(const char *name, ...) __attribute__((noreturn, sentinel));

/** Waits until P, by peer_exec, runs its helper. */
#define peer_wait_exec(p) peer_wait_exec_at((p), __FILE__, __LINE__)
void peer_wait_exec_at(struct peer *p, const char *file, int line);

/** Sends a cancellation request to the thread P (pthread_cancel). */
void thread_cancel(struct peer *p);

/** Waits until the kernel has forgotten the thread P, which was detached: all that its end
 *  does to memory is then done.  It counts as joined. */
#define thread_wait_gone(p) thread_wait_gone_at((p), __FILE__, __LINE__)
void thread_wait_gone_at(struct peer *p, const char *file, int line);

/** Joins the thread P and returns its value: NULL, or PTHREAD_CANCELED. */
void *thread_join_value(struct peer *p);

/* Each notes where it stands. */
#define thread_cancel(p) (WORD_AT_HERE, (thread_cancel)(p))
#define thread_join_value(p) (WORD_AT_HERE, (thread_join_value)(p))
#define peer_exec(...) (WORD_AT_HERE, (peer_exec)(__VA_ARGS__))

#endif

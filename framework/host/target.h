/*
 * target: starting a worker on the system under test, and ending it.  A target is a name
 * and a command whose standard input and output speak the protocol; what is said there is
 * conversation's business.
 */
#ifndef ASSAY_HOST_TARGET_H
#define ASSAY_HOST_TARGET_H

#include "problem.h"

#include <stdbool.h>
#include <sys/types.h>

struct target {
	const char *name;    /* "local" for the built-in worker */
	const char *command; /* shell words, or NULL for the built-in worker */
	char *const *words;  /* instead: the program and its arguments, without a shell */
	const char *under;   /* a debugger's shell words to put before it, or NULL */
	const char *valgrind; /* the tool of valgrind to run it under, or NULL */
	const char *expect;   /* a file of known deviations, or NULL */
	int jobs;             /* workers at once; 0: as many as suit it */
	int hello_ms;         /* longest wait for its first line; 0: the usual */
	double scale;         /* of all deadlines; 0: measured */
};

/** A worker's process and the runner's ends of its pipes (-1 when closed). */
struct process {
	pid_t pid;      /* 0: none */
	bool has_group; /* it leads a process group of its own */
	int requests, answers, errors;
	int findings; /* what valgrind reports: findings.h */
};

/** A process that was not started. */
#define PROCESS_NONE                                                        \
	{                                                                   \
		.requests = -1, .answers = -1, .errors = -1, .findings = -1 \
	}

/** Starts a worker of TARGET, in a process group of its own, that dies with the runner.
 *  Under a debugger it stays in the runner's group with the terminal as its standard input,
 *  output and error (then .errors is -1), and the built-in worker speaks on descriptors 3
 *  and 4.  The pipe ends are close-on-exec, .answers and .requests do not block.  A command
 *  that cannot be executed shows as a worker that ends with status 126 or 127. */
bool target_start(const struct target *target, struct process *out, struct problem *why);

/** Waits until PROCESS has ended, TIMEOUT_MS at most (0: only looks), and reaps it.  True
 *  when it ended; *STATUS is then waitpid's. */
bool process_ended(struct process *process, int timeout_ms, int *status);

/** Closes the pipes, kills the process group at once and reaps the process. */
void process_kill(struct process *process);

/** Closes the pipe of requests: the worker sees the end of its input. */
void process_hang_up(struct process *process);

/** Closes the runner's ends of the pipes. */
void process_close(struct process *process);

/** What waitpid's STATUS means: "exited with status 3", "was killed by SIGSEGV". */
void process_describe(int status, char *buffer, size_t size);

#endif

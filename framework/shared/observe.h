/*
 * observe: what the kernel shows of a thread: its state letter and the system call that it
 * is in.  The facts of an architecture live here.  For the words of peer.h and for faults.
 */
#ifndef ASSAY_SHARED_OBSERVE_H
#define ASSAY_SHARED_OBSERVE_H

#include "call.h"

#include <stdbool.h>
#include <sys/types.h>

/** How a thread is proven to be blocked. */
enum proof {
	PROOF_NONE,
	PROOF_STATE, /* asleep in some call */
	PROOF_CALL,  /* in that call, as an emulator makes it (observe_through) */
	PROOF_SYSCALL,
};

enum sight {
	SIGHT_ENDED,     /* a zombie, or gone */
	SIGHT_RUNNING,   /* on a CPU, runnable, or asleep without being interruptible */
	SIGHT_STOPPED,   /* by a signal or a tracer */
	SIGHT_BLOCKED,   /* asleep in a call of the family asked for */
	SIGHT_ELSEWHERE, /* asleep in another call */
};

/** Looks at thread TID of process PID.  Asleep means state S in stat, and the line of
 *  /proc/PID/task/TID/syscall equal before and after that (proc(5)), and wchan not that of a
 *  call that a supervisor holds back.  With PROOF_STATE the state letter, at two looks with a
 *  moment in between, is all there is, and every sleep counts as BLOCKED.  *CALL, when not
 *  NULL, gets the call, or the number -1 where it is not known with its arguments. */
enum sight observe(pid_t pid, pid_t tid, const char *family, enum proof proof,
	struct call *call);

/** Says that this program is emulated: /proc shows the calls of its host, and TRANSLATE makes
 *  of the number of one that of this program, or -1.  Holds for forks of the caller, too. */
void observe_through(long (*translate)(long number));

/** The best proof that this process can get of its own children: tried on a child that
 *  blocks in read(). */
enum proof observe_probe(void);

/** Reads the file PATH into TEXT (SIZE bytes, terminated).  Works at RLIMIT_NOFILE too, by
 *  raising the soft limit meanwhile.  Returns the length, or -1 with errno. */
ssize_t observe_read_file(const char *path, char *text, size_t size);

#endif

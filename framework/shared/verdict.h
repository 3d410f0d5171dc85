/*
 * verdict: what became of a case, how binding its claim is, and what a target must
 * offer for it.  The names are those of the protocol and of every report.
 */
#ifndef ASSAY_SHARED_VERDICT_H
#define ASSAY_SHARED_VERDICT_H

#include <stdbool.h>

/** What one run of a case ended with (docs/verdicts.md). */
enum verdict {
	VERDICT_PASS,
	VERDICT_FAIL,
	VERDICT_LEAK,
	VERDICT_TIMEOUT,
	VERDICT_CRASH,
	VERDICT_BROKEN,
	VERDICT_UNSUPPORTED,
	VERDICT_COUNT,
};

/** How binding a claim is. */
enum level {
	LEVEL_POSIX,     /* a "shall" of POSIX.1 */
	LEVEL_POSIX_MAY, /* left open by POSIX.1: the choice is noted */
	LEVEL_LINUX,     /* documented for Linux (man-pages) */
	LEVEL_LIBC,      /* documented by the C library */
	LEVEL_FACT,      /* promised by nobody: observed and compared, never failed */
	LEVEL_COUNT,
};

/** What a case needs of its target; bits, joined with |. */
enum need {
	NEED_BLOCK_PROOF = 1 << 0,   /* can prove that a peer is blocked in a call */
	NEED_SECOND_UID = 1 << 1,    /* become_uid() to ids other than the body's own */
	NEED_UNPRIVILEGED = 1 << 2,  /* drop_capabilities() leaves no override */
	NEED_PRIVATE_MOUNT = 1 << 3, /* tmpfs_mount(), remount_read_only() */
	NEED_SECCOMP = 1 << 4,       /* fault_fail() */
	NEED_HOST_ROOT = 1 << 5,     /* root outside any user namespace */
	NEED_OWN_KERNEL =
		1 << 6,     /* may change global sysctls (assay-worker --own-kernel) */
	NEED_PROC = 1 << 7, /* /proc shows the case's own processes */
	NEED_SUPERVISOR = 1 << 8, /* fault_arm() */
	NEED_TRACE = 1 << 9, /* ptrace() steps a child and stops it at an instruction */
	NEED_REALTIME = 1 << 10,       /* peer_schedule() */
	NEED_NAMESPACES = 1 << 11,     /* peer_start_in() */
	NEED_CALL_ARGUMENTS = 1 << 12, /* peer_call() */
	NEED_IPC_SYSCTL = 1 << 13,     /* sysctl_set() of the case's own IPC namespace */
	NEED_SYS_RESOURCE = 1 << 14,   /* CAP_SYS_RESOURCE; with NEED_HOST_ROOT */
	NEED_MEMCHECK = 1 << 15,       /* lost_blocks() */
	NEED_EXEC = 1 << 16,           /* peer_exec() */
	NEED_CALL_STOPS =
		1 << 17,         /* ptrace() stops a child at its calls, and names them */
	NEED_POSIX_MQ = 1 << 18, /* POSIX message queues; every case of posix_mq */
	NEED_MQ_NOTIFY = 1 << 19,          /* mq_notify() */
	NEED_CHECKPOINT_RESTORE = 1 << 20, /* MSG_COPY and /proc/sys/kernel/msg_next_id */
	NEED_PROGRAMS = 1 << 21,           /* /bin/sh and /bin/true */
	NEED_COUNT = 22,
};

/** The name of VERDICT ("pass"), of LEVEL ("posix-may"), or of the need whose bit is
 *  BIT (0 .. NEED_COUNT-1; "block-proof").  A value out of range gives "?". */
const char *verdict_name(enum verdict verdict);
const char *level_name(enum level level);
const char *need_name(int bit);

/** Finds the value called NAME.  False when there is none; *OUT is then untouched. */
bool verdict_find(const char *name, enum verdict *out);
bool level_find(const char *name, enum level *out);

#endif

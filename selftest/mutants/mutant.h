/*
 * mutant: what a mutant may use.  A mutant is a shared library that breaks one rule of a
 * mechanism, as a faulty kernel or C library would; run.sh preloads it into a worker and
 * looks which cases notice.  It defines functions of the C library under their own names, and
 * acts only where the claim of a case runs: in the body, its peers and their new images,
 * never in the worker, in the keeper, or in what they do before and after.
 */
#ifndef ASSAY_SELFTEST_MUTANT_H
#define ASSAY_SELFTEST_MUTANT_H

#include <linux/seccomp.h>
#include <stdarg.h>
#include <stdbool.h>

/** The function NAME that the mutant stands in front of. */
#define REAL(name)                                                       \
	({                                                               \
		static __typeof__(&(name)) real_;                        \
		if (!real_)                                              \
			real_ = (__typeof__(&(name)))mutant_real(#name); \
		real_;                                                   \
	})

/** Finds NAME behind the mutant; ends the process when there is none. */
void *mutant_real(const char *name);

/** Whether the caller runs the claim of a case. */
bool mutant_is_active(void);

/** Whether the claim's code is active and FD is a pipe or FIFO that it opened.  Leaves errno as
 *  it was. */
bool mutant_is_pipe(int fd);

/** The status flags of FD, or -1 when it is not open.  Leaves errno as it was. */
int mutant_flags(int fd);

/** How many unread bytes the pipe of FD holds.  Leaves errno as it was. */
int mutant_unread(int fd);

/** The variable argument behind LAST, as TYPE: the mode of open(), what fcntl() is given.  That
 *  the caller left it out does no harm on any ABI of Linux. */
#define MUTANT_REST(last, type)                    \
	({                                         \
		va_list rest_;                     \
		va_start(rest_, last);             \
		type value_ = va_arg(rest_, type); \
		va_end(rest_);                     \
		value_;                            \
	})

enum { MUTANT_SLOTS = 1024 };

/** MUTANT_SLOTS numbers that all processes of one case share, also in their new images.  All
 *  are 0 when a case begins. */
_Atomic long *mutant_shared(void);

/** Keeps a duplicate of FD open, in a process that the case cannot see, until the case has
 *  ended: what it was opened for is as if its owner had not closed it, or not died.  For what
 *  the kernel does at close and at exit. */
void mutant_hold(int fd);

/*
 * For raw system calls, and those within the C library: a mutant that defines
 *
 *	MUTANT_CALLS(SYS_mq_unlink);
 *	bool mutant_answer(const struct seccomp_notif *asked,
 *		struct seccomp_notif_resp *answer);
 *
 * is asked about each of these calls in a case, by user notification.  false: the call is
 * made.  true: it is not, and has the result answer->val, or fails with -answer->error.
 * MUTANT_CALLS_IF(1, FUTEX_CMD_MASK, FUTEX_LOCK_PI, SYS_futex) asks only about calls whose
 * argument of that index, masked, has that value: a call that is asked about takes 20 us
 * longer, and a signal before the question is taken interrupts it.  The question is answered
 * in the hidden process, where asked->pid is the caller's id, so that process_vm_readv()
 * reaches its memory; nothing is interposed there.  A case with NEED_SUPERVISOR has the
 * kernel's one listener itself: it runs without the mutant.
 */
#define MUTANT_CALLS(...) MUTANT_CALLS_IF(0, 0, 0, __VA_ARGS__)
#define MUTANT_CALLS_IF(argument, mask, value, ...) \
	const struct mutant_calls mutant_calls = {  \
		argument, mask, value, {__VA_ARGS__, -1}}

struct mutant_calls {
	unsigned argument, mask, value;
	int numbers[16];
};

extern const struct mutant_calls mutant_calls __attribute__((weak));
bool mutant_answer(const struct seccomp_notif *asked, struct seccomp_notif_resp *answer)
	__attribute__((weak));

#endif

/*
 * fault: the words by which a case lets its own calls, or those of a peer, go wrong.  A rule
 * is text in the grammar of docs/injection.md, the same as on the command line; the keeper
 * carries it out (injectors/supervisor.h), counts, and demands that it was of use: a rule that
 * never fired makes the case `broken`.
 */
#ifndef ASSAY_AUTHOR_FAULT_H
#define ASSAY_AUTHOR_FAULT_H

#include "fail.h" /* struct fail_condition */
#include "peer.h"
#include "word.h"

/** From here on every system call of the family CALL ("pipe" is pipe and pipe2, see
 *  shared/call.h) made by the calling process, and by processes and threads that it starts
 *  from now on, fails with ERROR without being executed.  Wants NEED_SECCOMP. */
void fault_fail(const char *call, int error);

/** The same for those calls only whose argument is as CONDITION says: a member of a family
 *  of operations, such as {1, 127, FUTEX_LOCK_PI} for "futex". */
void fault_fail_if(const char *call, struct fail_condition condition, int error);

/** Arms the rules, strings separated by commas, on the calling thread and on all that it
 *  starts from now on: fault_arm("fail:openat#2=ENOSPC", "count:close").  Occurrences are
 *  counted over all of them together, from here on; those that other words make in order to
 *  wait or look are not.  Of several rules that name one call each acts: the first that stalls
 *  stalls it, then the first that fails decides, a kill before all.  limit: and fill: rules act
 *  at once.  The case ends `broken` for a rule that is malformed or cannot be carried out at
 *  calls (kill at an instruction or an exit, shorten), and when the caller is armed already,
 *  itself or by whoever started it.  Wants NEED_SUPERVISOR; with interrupt: or until:blocked
 *  NEED_BLOCK_PROOF too. */
#define fault_arm(...) \
	fault_arm_at((const char *const[]){__VA_ARGS__, NULL}, __FILE__, __LINE__)
void fault_arm_at(const char *const *rules, const char *file, int line);

/** How often the rules that the caller armed, or that P did, have acted so far.  A call that
 *  has returned is counted. */
unsigned long fault_fired(void);
unsigned long fault_fired_in(const struct peer *p);

/** How many calls the rule written RULE, armed by anyone in this case, has matched, whether
 *  it acted or not.  The case ends `broken` when no such rule is armed. */
#define fault_seen(rule) fault_seen_at((rule), __FILE__, __LINE__)
unsigned long fault_seen_at(const char *rule, const char *file, int line);

/* Each notes where it stands. */
#define fault_fail(call, error) (WORD_AT_HERE, (fault_fail)(call, error))
#define fault_fail_if(call, ...) (WORD_AT_HERE, (fault_fail_if)(call, __VA_ARGS__))

#endif

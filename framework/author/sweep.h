/*
 * sweep: one claim tried at every point of a victim's run.  A recorded run tells the points;
 * for each of them everything begins anew, the victim is attacked there, and the survivor
 * says whether the promise still holds.  A sweep has one id and one verdict, like a case.
 */
#ifndef ASSAY_AUTHOR_SWEEP_H
#define ASSAY_AUTHOR_SWEEP_H

#include "case.h"

#include <stdbool.h>

/**
 * SWEEP(mechanism, dimension, slug,
 *         .attack = ATTACK_..., .victim = f, .survivor = f, .claim = ..., ...);
 *
 * For each point a new process runs .setup(state), forks, runs .before(state) and .victim(state)
 * in the child, which is attacked while it is in the latter, and when the child has ended runs
 * .survivor(state).  STATE is .state_bytes of the arena, zeroed before.  Setup may
 * start peers that wait; the survivor joins them.  need, must_... and ck_assert_... in any
 * of these functions settle the point.  A point is bad when they fail, when something is
 * left behind beyond .leaves, or when nobody of the point can ever run again: all asleep
 * without a timeout.
 *
 * ATTACK_ERRNO lets each call fail with every error of its manual page, also with those that
 * only a wrong argument gives (EBADF, EFAULT, EINVAL ...).  A C library that knows its argument
 * to be right may abort there: with .may_abort the victim's SIGABRT at such an error, and at no
 * other, is an end like any other.  The survivor is asked as always, and the note "aborted"
 * says at how many points that was, and at which first.  Without it an abort is a crash.
 *
 * `broken` when the victim cannot be recorded or a step on the way fails, `fail` when the
 * promise is broken at any point (the text names the first of them, the output all).
 * Without an attack the promise must hold as well.  A sweep needs NEED_TRACE
 * or NEED_CALL_STOPS, and NEED_BLOCK_PROOF, without saying so.
 */
#define SWEEP(m, d, s, ...) ASSAY_SWEEP(m, d, s, __VA_ARGS__)
#define ASSAY_SWEEP(m, d, s, ...)                                             \
	static const struct case_entry m##__##d##__##s##__entry = {           \
		.mechanism = #m,                                              \
		.dimension = #d,                                              \
		.slug = #s,                                                   \
		.file = __FILE__,                                             \
		.line = __LINE__,                                             \
		__VA_ARGS__,                                                  \
	};                                                                    \
	ASSAY_SECTION("assay_cases")                                          \
	static const struct case_entry *const m##__##d##__##s##__in_catalog = \
		&m##__##d##__##s##__entry

/** For peers that the set-up of a sweep started: waits until the victim is asleep inside the
 *  call (a family, as for peer_wait_blocked), and says true; or until it has ended, and says
 *  false. */
bool victim_wait_blocked(const char *call);

#endif

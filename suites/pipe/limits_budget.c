/*
 * pipe/limits, the pages of all pipes of one user together (pipe-user-pages-soft).
 */
#include <fcntl.h>
#include <unistd.h>

#include "assay.h"
#include "page_budget.h"
#include "pipe.h"

CASE(pipe, limits, user_soft_limit_shrinks_new_pipes,
	.claim = "once the pipes of a user hold pipe-user-pages-soft pages, a further "
		 "one has at most two pages and F_SETPIPE_SZ fails with EPERM to let "
		 "it grow",
	.level = LEVEL_LINUX,
	.spec = "pipe(7), /proc files, pipe-user-pages-soft: two pages (one before "
		"Linux 5.14)",
	.needs = NEED_UNPRIVILEGED | NEED_PROC,
	.alone = "user-pipe-pages")
{
	int ends[2];
	drop_capabilities();
	(void)hoard_pipe_pages(); /* held to the end */
	need(pipe(ends));

	note("pages-above-the-soft-limit", "%ld", capacity(ends[1]) / page_size());
	ck_assert_int_le(capacity(ends[1]), 2 * page_size());
	must_fail(fcntl(ends[1], F_SETPIPE_SZ, 4 * page_size()), EPERM);
}

CASE(pipe, limits, user_over_soft_limit_can_still_shrink,
	.claim = "a user above pipe-user-pages-soft can still reduce the capacity of "
		 "a pipe",
	.level = LEVEL_LINUX,
	.spec = "pipe(7), BUGS: before Linux 4.9 even a decrease was refused",
	.needs = NEED_UNPRIVILEGED | NEED_PROC,
	.alone = "user-pipe-pages")
{
	int large[2], further[2];
	drop_capabilities();
	need(pipe(large));
	(void)hoard_pipe_pages(); /* held to the end */
	need(pipe(further));
	ck_assert_int_lt(capacity(further[1]), DEFAULT_PAGES * page_size());

	ck_assert_int_eq(fcntl(large[1], F_SETPIPE_SZ, page_size()), page_size());
	ck_assert_int_eq(capacity(large[1]), page_size());
}

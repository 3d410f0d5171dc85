/*
 * Every verdict once, in its plainest form.
 */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "planted.h"

PLANT(verdict, pass, "pass", .claim = "a body that reaches its end passes")
{
	ck_assert_int_eq(1, 1);
}

PLANT(verdict, pass_without_a_claim, "pass", .claim = "an empty body reaches its end")
{
}

PLANT(verdict, fail, "fail", .claim = "a false claim fails")
{
	ck_assert_int_eq(1, 2);
}

PLANT(verdict, leak, "leak", .claim = "a file that nobody named is left")
{
	const int fd = need(open("left-by-verdict-leak", O_CREAT | O_WRONLY, 0600));

	need(close(fd));
}

PLANT(verdict, timeout, "timeout",
	.claim = "a body that never ends runs into its deadline", .deadline_ms = SOON_MS)
{
	for (;;)
		(void)pause();
}

PLANT(verdict, crash, "crash", .claim = "a deadly signal is a crash")
{
	(void)raise(SIGSEGV);
}

PLANT(verdict, broken, "broken", .claim = "a step that fails is broken")
{
	need(close(-1));
}

PLANT(verdict, unsupported, "unsupported", .claim = "ENOSYS from a step is unsupported")
{
	need((errno = ENOSYS, -1));
}

PLANT(verdict, unsupported_by_build, "unsupported",
	.claim = "what the build lacks is never run", .lacks = "O_NEVER is not defined")
{
	(void)raise(SIGKILL);
}

PLANT(verdict, unsupported_without_own_kernel, "unsupported",
	.claim = "what needs a kernel of its own is not run on a shared one",
	.needs = NEED_OWN_KERNEL)
{
	(void)raise(SIGKILL);
}

PLANT(verdict, leak_does_not_hide_a_failure, "fail",
	.claim = "a failing case that also leaves a file fails, and the file is named")
{
	const int fd = need(open("left-by-failure", O_CREAT | O_WRONLY, 0600));

	need(close(fd));
	ck_assert_msg(0, "fails after it left a file");
}

PLANT(verdict, leak_does_not_hide_a_broken_step, "broken",
	.claim = "a broken case that also leaves a file is broken")
{
	const int fd = need(open("left-by-broken", O_CREAT | O_WRONLY, 0600));

	need(close(fd));
	need(close(-1));
}

PLANT(verdict, timeout_alone, "timeout",
	.claim = "no two cases use one budget at once, whoever runs them",
	.alone = "planted-budget", .deadline_ms = SOON_MS)
{
	for (;;)
		(void)pause();
}

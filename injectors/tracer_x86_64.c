/*
 * tracer_x86_64: debug registers and argument registers of x86-64.
 */
#ifdef __x86_64__
#include "tracer_stop.h"

#include <errno.h>
#include <sys/user.h>

/* Bit 0 of the control register enables the first breakpoint for this task; type and length
 * of the first are zero: execution. */
enum { ENABLE_FIRST = 1 };

bool tracee_has_breakpoint(void)
{
	return true;
}

static bool poke(const struct tracee *t, size_t offset, uint64_t value)
{
	return ptrace(PTRACE_POKEUSER, t->pid, offset, value) == 0;
}

bool tracee_break_at(const struct tracee *t, uintptr_t address)
{
	return poke(t, offsetof(struct user, u_debugreg[0]), address) &&
		poke(t, offsetof(struct user, u_debugreg[7]), ENABLE_FIRST);
}

uintptr_t tracee_address(const struct tracee *t)
{
	errno = 0;
	const long at =
		ptrace(PTRACE_PEEKUSER, t->pid, offsetof(struct user, regs.rip), 0);

	return errno == 0 ? (uintptr_t)at : 0;
}

bool tracee_set_argument(const struct tracee *t, int index, uint64_t value)
{
	static const size_t offsets[] = {
		offsetof(struct user, regs.rdi),
		offsetof(struct user, regs.rsi),
		offsetof(struct user, regs.rdx),
		offsetof(struct user, regs.r10),
		offsetof(struct user, regs.r8),
		offsetof(struct user, regs.r9),
	};

	return index >= 0 && index < 6 && poke(t, offsets[index], value);
}
#else
typedef int tracer_x86_64_is_empty;
#endif

/*
 * tracer_x86: debug registers and argument registers of x86-64 and i386.
 */
#if defined(__x86_64__) || defined(__i386__)
#include "tracer_stop.h"

#include <errno.h>
#include <sys/user.h>

/* Bit 0 of the control register enables the first breakpoint for this task; type and length
 * of the first are zero: execution. */
enum { ENABLE_FIRST = 1 };

#ifdef __x86_64__
enum { INSTRUCTION_POINTER = offsetof(struct user, regs.rip) };
static const size_t arguments[] = {
	offsetof(struct user, regs.rdi),
	offsetof(struct user, regs.rsi),
	offsetof(struct user, regs.rdx),
	offsetof(struct user, regs.r10),
	offsetof(struct user, regs.r8),
	offsetof(struct user, regs.r9),
};
#else
enum { INSTRUCTION_POINTER = offsetof(struct user, regs.eip) };
static const size_t arguments[] = {
	offsetof(struct user, regs.ebx),
	offsetof(struct user, regs.ecx),
	offsetof(struct user, regs.edx),
	offsetof(struct user, regs.esi),
	offsetof(struct user, regs.edi),
	offsetof(struct user, regs.ebp),
};
#endif

bool tracee_has_breakpoint(void)
{
	return true;
}

static bool poke(const struct tracee *t, size_t offset, uint64_t value)
{
	return ptrace(PTRACE_POKEUSER, t->pid, offset, (long)value) == 0;
}

bool tracee_break_at(const struct tracee *t, uintptr_t address)
{
	return poke(t, offsetof(struct user, u_debugreg[0]), address) &&
		poke(t, offsetof(struct user, u_debugreg[7]), ENABLE_FIRST);
}

uintptr_t tracee_address(const struct tracee *t)
{
	errno = 0;
	const long at = ptrace(PTRACE_PEEKUSER, t->pid, (long)INSTRUCTION_POINTER, 0L);

	return errno == 0 ? (uintptr_t)at : 0;
}

bool tracee_set_argument(const struct tracee *t, int index, uint64_t value)
{
	return index >= 0 && index < 6 && poke(t, arguments[index], value);
}
#else
typedef int tracer_x86_is_empty;
#endif

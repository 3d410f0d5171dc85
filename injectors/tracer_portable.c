/*
 * tracer_portable: what the tracer does where it knows no registers: it steps, and changes
 * no argument.
 */
#if !defined(__x86_64__) && !defined(__i386__)
#include "tracer_stop.h"

bool tracee_has_breakpoint(void)
{
	return false;
}

bool tracee_break_at(const struct tracee *t, uintptr_t address)
{
	(void)t;
	(void)address;
	return false;
}

uintptr_t tracee_address(const struct tracee *t)
{
	struct tracer_stop_info info;

	return tracee_info(t, &info) ? (uintptr_t)info.instruction_pointer : 0;
}

bool tracee_set_argument(const struct tracee *t, int index, uint64_t value)
{
	(void)t;
	(void)index;
	(void)value;
	return false;
}
#else
typedef int tracer_portable_is_empty;
#endif

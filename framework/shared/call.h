/*
 * call: system calls by family.  A C library may reach one service by several calls
 * (open is openat on arm64, poll is ppoll_time64 on new 32-bit machines), so proofs, faults
 * and rules all name a family.  One table, in call.c; numbers of this build's architecture.
 */
#ifndef ASSAY_SHARED_CALL_H
#define ASSAY_SHARED_CALL_H

#include <stdbool.h>
#include <stddef.h>

enum { CALL_FAMILY_MAX = 6 };

/** The numbers of the family called NAME, up to CALL_FAMILY_MAX, into NUMBERS.  Returns how
 *  many; 0 when there is no such family. */
size_t call_family(const char *name, long numbers[CALL_FAMILY_MAX]);

/** The names of the members of the family called NAME ("open", "openat", "openat2"), up to
 *  CALL_FAMILY_MAX, also of those that this architecture lacks, into NAMES.  Returns how
 *  many; 0 when there is no such family. */
size_t call_family_names(const char *name, const char *names[CALL_FAMILY_MAX]);

/** The number of the call that NUMBER with the argument FIRST makes.  It is another one for ipc(2)
 *  only, through which C libraries of some 32-bit machines make the calls of System V. */
long call_unbundled(long number, unsigned long long first);

/** Whether NUMBER belongs to the family called NAME.  restart_syscall belongs to the
 *  families that the kernel restarts by it (poll, futex, nanosleep). */
bool call_is_in_family(long number, const char *name);

/** The family to which NUMBER belongs, or NULL. */
const char *call_family_of(long number);

/** The same for the single call of that name, also of another architecture. */
const char *call_family_of_name(const char *name);

/** The name of family INDEX, from 0; NULL behind the last. */
const char *call_family_at(size_t index);

/** A system call as it was made: its number, and its arguments as registers hold them. */
struct call {
	long number;
	unsigned long long arguments[6];
};

#endif

/*
 * lower: makes a call at whose entry a traced thread stands transfer fewer bytes than its
 * caller asked for, and puts back at the exit of the call what was changed for that.  Only
 * where the rest stays where it is, and can be transferred by the next call: a datagram, a
 * packet or a counter would be lost.  Used by the tracer of sweeps and that of foreign
 * programs.
 */
#ifndef ASSAY_INJECTORS_LOWER_H
#define ASSAY_INJECTORS_LOWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/** A call at its entry: its name, also of one that i386 makes through socketcall, and its
 *  arguments, in registers or (WORDS_AT not 0) as 32-bit words in memory. */
struct lower_call {
	pid_t tid;
	char name[32];
	bool is_32_bit;
	uint64_t words_at;
	uint64_t arguments[6];
};

/** What the exit of a lowered call has to put back.  Zeroed: nothing. */
struct lowered {
	size_t count;
	struct lowered_place {
		int index; /* an argument in a register; -1: memory */
		uint64_t address, old;
		size_t size; /* of the word in memory: 4 or 8 */
	} places[2];
};

/** How many bytes CALL asks for; 0 when it is none that can be lowered, or less would lose the
 *  rest. */
uint64_t lower_bytes(const struct lower_call *call);

/** Lowers CALL to BYTES, which is less than it asks for; true when that is done, and OUT then
 *  says what lower_undo() has to put back. */
bool lower_to(const struct lower_call *call, uint64_t bytes, struct lowered *out);

/** At the exit of the call of TID that was LOWERED: its caller may rely on arguments that a
 *  call does not change. */
void lower_undo(pid_t tid, struct lowered *lowered);

#endif

/*
 * call_argument: the arguments of system calls by name, for conditions of rules and for
 * injectors that change one.  One table, in call_argument.c, by the name of a single call:
 * the path of open is argument 0, that of openat argument 1.
 */
#ifndef ASSAY_SHARED_CALL_ARGUMENT_H
#define ASSAY_SHARED_CALL_ARGUMENT_H

#include "constant.h"
#include "text.h"

#include <stdbool.h>

enum call_argument_kind {
	CALL_ARGUMENT_INT,  /* 32 bits, signed; the upper half of the register is noise */
	CALL_ARGUMENT_WORD, /* as wide as a register, unsigned: a size, an address */
	CALL_ARGUMENT_COUNT, /* a word: how many bytes to transfer; a lower one transfers less */
	CALL_ARGUMENT_PATH, /* the address of a string that ends in a null byte */
	/* A word: the address of struct iovec, which count the bytes; the argument behind it is
	 * how many there are. */
	CALL_ARGUMENT_VECTOR,
	CALL_ARGUMENT_MESSAGE, /* a word: the address of a struct msghdr, which has a vector */
};

struct call_argument {
	int index; /* 0 .. 5 */
	enum call_argument_kind kind;
	enum constant_group names; /* of its values */
};

/** The argument NAME of the system call CALL ("openat", no family) into *OUT; false when it
 *  has none of that name.  arg0 .. arg5, words, are found for every call. */
bool call_argument_find(const char *call, const char *name, struct call_argument *out);

/** The argument by which the system call CALL can be made to transfer less into *OUT: a COUNT,
 *  a VECTOR or a MESSAGE.  False when nothing of CALL is short without a byte lost or invented
 *  (openat, mq_timedsend), or nothing here knows how (splice, sendmmsg). */
bool call_argument_transfer(const char *call, struct call_argument *out);

/** The same two for CALL a family or a single call: what the first member that has such an
 *  argument says.  The index is that member's only. */
bool call_argument_find_any(const char *call, const char *name,
	struct call_argument *out);
bool call_argument_transfer_any(const char *call, struct call_argument *out);

/** Appends the names of the arguments of CALL, a family or a single call, each once, joined
 *  by ", "; nothing when none has a name here. */
void call_argument_list(struct text *text, const char *call);

#endif

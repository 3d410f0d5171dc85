/*
 * parcel: messages of up to MSGMAX bytes whose every byte tells whether it is in its place,
 * and who sent it.
 */
#ifndef ASSAY_SUITES_SYSV_MSG_PARCEL_H
#define ASSAY_SUITES_SYSV_MSG_PARCEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "assay.h"

/** The default of msgmax; and the bytes of a parcel before its pattern. */
enum { PARCEL_MAX = 8192, PARCEL_HEAD = 8 };

struct parcel {
	long type;
	uint32_t sender, number;
	unsigned char pattern[PARCEL_MAX - PARCEL_HEAD];
};

/** Writes the COUNT bytes that belong to SEED into TO. */
void pattern_put(unsigned char *to, size_t count, uint32_t seed);

/** The claim: FROM holds the COUNT bytes that belong to SEED. */
#define pattern_check(from, count, seed) \
	pattern_check_at((from), (count), (seed), __FILE__, __LINE__)
void pattern_check_at(const unsigned char *from, size_t count, uint32_t seed,
	const char *file, int line);

/** Makes parcel NUMBER of SENDER, of SIZE bytes, at least PARCEL_HEAD. */
void parcel_make(struct parcel *parcel, uint32_t sender, uint32_t number, size_t size);

/** The claim: the message PARCEL of LENGTH bytes, as msgrcv() gave it, is one that
 *  parcel_make() made with SIZE, all of it. */
#define parcel_check(parcel, length, size) \
	parcel_check_at((parcel), (length), (size), __FILE__, __LINE__)
void parcel_check_at(const struct parcel *parcel, ssize_t length, size_t size,
	const char *file, int line);

#endif

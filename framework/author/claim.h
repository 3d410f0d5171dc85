/*
 * claim: the words that decide a verdict.  They are not interchangeable:
 *
 *   need(call)               a step on the way         goes wrong: broken
 *   must_fail(call, ERR)     the claim: -1 and ERR     goes wrong: fail
 *   must_return(call, value) the claim: that value     goes wrong: fail
 *   must_succeed(call)       the claim: not -1         goes wrong: fail
 *   must_move(call, count)   the claim: count bytes    goes wrong: fail
 *   ck_assert_...            the claim about data      goes wrong: fail
 *
 * The first word to go wrong settles the verdict of the case, in whichever process or
 * thread of it that happens, and ends the case.  ck_assert_* are Check's; their failure and
 * their marks go to the ledger instead of Check's message file, because that file cannot be
 * written under RLIMIT_FSIZE or from a peer.
 */
#ifndef ASSAY_AUTHOR_CLAIM_H
#define ASSAY_AUTHOR_CLAIM_H

#include <check.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

/* A value with what decides whether it means failure: a pointer fails as NULL or
 * (void *)-1, a number as -1. */
struct claim_value {
	intptr_t value;
	bool is_pointer;
};

#define CLAIM_IS_POINTER(v)                                                         \
	_Generic((v), void * : 1, char * : 1, int : 0, long : 0, long long : 0,     \
		unsigned : 0, unsigned long : 0, short : 0, unsigned long long : 0, \
		unsigned short : 0, unsigned char : 0, signed char : 0, char : 0,   \
		_Bool : 0, default : 1)

/** The value of CALL, which must not be -1 (a pointer: neither NULL nor MAP_FAILED).
 *  Otherwise the case ends `broken`, or `unsupported` when errno is ENOSYS. */
#define need(call)                                                     \
	__extension__({                                                \
		errno = 0;                                             \
		__auto_type need_value_ = (call);                      \
		claim_need((struct claim_value){(intptr_t)need_value_, \
				   CLAIM_IS_POINTER(need_value_)},     \
			errno, #call, __FILE__, __LINE__);             \
		need_value_;                                           \
	})

/** CALL returns an error number (the pthread functions); it must be 0.  Otherwise the case
 *  ends `broken`, or `unsupported` when the number is ENOSYS. */
#define need_zero(call) claim_need_zero((call), #call, __FILE__, __LINE__)

/** The same for a call that belongs to an option of the standard, which a target may lack:
 *  ENOTSUP is `unsupported`, too. */
#define need_option(call) claim_need_option((call), #call, __FILE__, __LINE__)

/** The claim: CALL returns -1 (a pointer: NULL or MAP_FAILED) with errno ERR.  Otherwise
 *  the case ends `fail`: "pipe2(ends, 1) gave EFAULT, wanted EINVAL".  ENOSYS is a failure
 *  like any other. */
#define must_fail(call, err)                                                \
	__extension__({                                                     \
		errno = 0;                                                  \
		__auto_type must_value_ = (call);                           \
		claim_must_fail((struct claim_value){(intptr_t)must_value_, \
					CLAIM_IS_POINTER(must_value_)},     \
			errno, (err), #call, __FILE__, __LINE__);           \
	})

/** The claim: CALL, which returns an error number, returns WANTED (0 or an errno).
 *  Otherwise the case ends `fail`, both sides by name. */
#define must_return(call, wanted) \
	claim_must_return((call), (wanted), #call, __FILE__, __LINE__)

/** The value of CALL, and the claim: it is not -1 (a pointer: neither NULL nor MAP_FAILED).
 *  Otherwise the case ends `fail`: "open(path, O_RDONLY) gave ENOENT, wanted success". */
#define must_succeed(call)                                                     \
	__extension__({                                                        \
		errno = 0;                                                     \
		__auto_type must_value_ = (call);                              \
		claim_must_succeed((struct claim_value){(intptr_t)must_value_, \
					   CLAIM_IS_POINTER(must_value_)},     \
			errno, #call, __FILE__, __LINE__);                     \
		must_value_;                                                   \
	})

/** The claim: CALL, which moves bytes, returns COUNT.  Otherwise the case ends `fail`:
 *  "read(ends[0], &got, 1) gave EINTR, wanted 1". */
#define must_move(call, count)                                                           \
	__extension__({                                                                  \
		errno = 0;                                                               \
		const long long must_moved_ = (call);                                    \
		claim_must_move(must_moved_, errno, (long long)(count), #call, __FILE__, \
			__LINE__);                                                       \
	})

/* Check's macros end up here. */
#define _ck_assert_failed claim_assert_failed
#define _mark_point claim_mark

/* Check's numeric comparisons, reworded: "n is 3, wanted >= 5 (limit)", with both sides for
 * the report, the texts as the author wrote them, and errno by name where a call gave -1. */
#undef ck_assert_int_eq
#define ck_assert_int_eq(X, Y) CLAIM_COMPARE(intmax_t, true, X, ==, Y, #X, #Y)
#undef ck_assert_int_ne
#define ck_assert_int_ne(X, Y) CLAIM_COMPARE(intmax_t, true, X, !=, Y, #X, #Y)
#undef ck_assert_int_lt
#define ck_assert_int_lt(X, Y) CLAIM_COMPARE(intmax_t, true, X, <, Y, #X, #Y)
#undef ck_assert_int_le
#define ck_assert_int_le(X, Y) CLAIM_COMPARE(intmax_t, true, X, <=, Y, #X, #Y)
#undef ck_assert_int_gt
#define ck_assert_int_gt(X, Y) CLAIM_COMPARE(intmax_t, true, X, >, Y, #X, #Y)
#undef ck_assert_int_ge
#define ck_assert_int_ge(X, Y) CLAIM_COMPARE(intmax_t, true, X, >=, Y, #X, #Y)
#undef ck_assert_uint_eq
#define ck_assert_uint_eq(X, Y) CLAIM_COMPARE(uintmax_t, false, X, ==, Y, #X, #Y)
#undef ck_assert_uint_ne
#define ck_assert_uint_ne(X, Y) CLAIM_COMPARE(uintmax_t, false, X, !=, Y, #X, #Y)
#undef ck_assert_uint_lt
#define ck_assert_uint_lt(X, Y) CLAIM_COMPARE(uintmax_t, false, X, <, Y, #X, #Y)
#undef ck_assert_uint_le
#define ck_assert_uint_le(X, Y) CLAIM_COMPARE(uintmax_t, false, X, <=, Y, #X, #Y)
#undef ck_assert_uint_gt
#define ck_assert_uint_gt(X, Y) CLAIM_COMPARE(uintmax_t, false, X, >, Y, #X, #Y)
#undef ck_assert_uint_ge
#define ck_assert_uint_ge(X, Y) CLAIM_COMPARE(uintmax_t, false, X, >=, Y, #X, #Y)
#define CLAIM_COMPARE(type, is_signed, X, OP, Y, left, right)                        \
	do {                                                                         \
		const type claim_x_ = (X);                                           \
		const int claim_error_ = errno;                                      \
		const type claim_y_ = (Y);                                           \
		if (claim_x_ OP claim_y_)                                            \
			claim_mark(__FILE__, __LINE__);                              \
		else                                                                 \
			claim_compare_failed(&(struct claim_comparison){left, #OP,   \
						     right, (uintmax_t)claim_x_,     \
						     (uintmax_t)claim_y_, is_signed, \
						     claim_error_},                  \
				__FILE__, __LINE__);                                 \
	} while (0)

/* Two sides of a comparison: the texts in the source, the values, and errno after the left
 * side was found. */
struct claim_comparison {
	const char *left, *operator, * right;
	uintmax_t left_value, right_value;
	bool is_signed;
	int error;
};

void claim_compare_failed(const struct claim_comparison *what, const char *file, int line)
	__attribute__((noreturn));
void claim_need(struct claim_value got, int error, const char *call, const char *file,
	int line);
int claim_need_zero(int error, const char *call, const char *file, int line);
int claim_need_option(int error, const char *call, const char *file, int line);
void claim_must_fail(struct claim_value got, int error, int wanted, const char *call,
	const char *file, int line);
void claim_must_succeed(struct claim_value got, int error, const char *call,
	const char *file, int line);
void claim_must_move(long long moved, int error, long long wanted, const char *call,
	const char *file, int line);
void claim_must_return(int got, int wanted, const char *call, const char *file, int line);
void claim_assert_failed(const char *file, int line, const char *expression,
	const char *format, ...) __attribute__((noreturn, format(printf, 4, 5)));
void claim_mark(const char *file, int line);

#endif

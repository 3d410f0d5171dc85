/*
 * case: how a suite states a claim.  CASE registers one claim, CASE_EACH one sentence over
 * a table of rows, HELPER a program that a case can exec.  There is no list to keep: each
 * macro leaves a pointer in a linker section that the worker's catalogue reads.
 */
#ifndef ASSAY_AUTHOR_CASE_H
#define ASSAY_AUTHOR_CASE_H

#include "verdict.h"

#include <stddef.h>

/** What a sweep does to its victim, at every point of a recorded run (sweep.h). */
enum attack {
	ATTACK_NONE,
	ATTACK_EVERY_INSTRUCTION, /* killed before each instruction */
	ATTACK_EVERY_CALL, /* killed at the entry and at the exit of each system call */
	ATTACK_ERRNO, /* each call fails with each error that its manual page names */
	ATTACK_EINTR, /* each call that can block is interrupted by a signal */
	ATTACK_SHORT, /* each transfer moves fewer bytes than it was asked for */
	ATTACK_COUNT,
};

/** What a case says of itself.  Authors write the fields of the first group, by name. */
struct case_entry {
	const char *claim; /* one sentence that can be false */
	enum level level;
	const char
		*spec;  /* where the sentence comes from: standard or man page, section */
	unsigned needs; /* NEED_... bits */
	/* Not NULL: what this build of the target lacks ("O_CLOFORK is not defined"); the
	 * case is then unsupported, with that reason. */
	const char *lacks;
	int deadline_ms;   /* 0: the default, 5,000; of a sweep 20,000 */
	const char *alone; /* a budget per uid that no two cases may use at once */
	unsigned leaves;   /* LEAVES_... bits: what the claim itself leaves behind */
	/* The body ends with the descriptors and shared mappings that it began with; one
	 * more is a leftover.  Without it they are the body's own and end with it. */
	bool closes_all;

	/* SWEEP only (sweep.h). */
	enum attack attack;
	void (*setup)(void *state);  /* NULL: nothing to set up */
	void (*before)(void *state); /* in the victim, not attacked; or NULL */
	void (*victim)(void *state);
	void (*survivor)(void *state);
	size_t state_bytes; /* of *STATE, zeroed for each point */
	size_t sample;      /* points visited unless told to visit all; 0: 300 */
	bool may_abort;     /* the victim, at an error that only a wrong argument gives */

	/* Filled in by the macros. */
	const char *mechanism, *dimension, *slug; /* with underscores */
	const char *file;
	int line;
	void (*body)(const void *row);
	const void *rows; /* CASE_EACH: the table; each row begins with its name */
	size_t row_size, row_count;
};

/** What a case may leave although own_name(), own_key() and own_path() did not name it. */
enum leaves {
	LEAVES_PROCESSES = 1 << 0,
	LEAVES_SYSV = 1 << 1,
	LEAVES_QUEUES = 1 << 2,
	LEAVES_SHM = 1 << 3,
	LEAVES_FILES = 1 << 4,
};

/** A program that peer_exec() can start in a new image of the worker. */
struct helper_entry {
	const char *name;
	int (*main)(int argc, char **argv);
};

#define ASSAY_SECTION(name) __attribute__((section(name), used, ASSAY_RETAIN))
#if defined(__has_attribute)
#if __has_attribute(retain)
#define ASSAY_RETAIN retain
#endif
#endif
#ifndef ASSAY_RETAIN
#define ASSAY_RETAIN unused
#endif

#define ASSAY_JOIN3(a, b, c) a##__##b##__##c
#define ASSAY_NAME(m, d, s, suffix) ASSAY_JOIN3(m, d, s)##suffix

/**
 * CASE(mechanism, dimension, slug, .claim = ..., .level = ..., .spec = ..., ...) { body }
 *
 * The id is "mechanism/dimension/slug" with underscores turned into hyphens.  The body
 * runs in a process of its own, inside namespaces of its own; descriptors 0 (/dev/null),
 * 1 and 2 (kept with the result) are open, no other below 200; the working directory is
 * an empty /tmp; signals have their default disposition and none is blocked.  It must reach
 * its last line: exit() and _exit() before it do not pass, and lint refuses a return.
 */
#define CASE(m, d, s, ...) CASE_(m, d, s, __VA_ARGS__)
#define CASE_(m, d, s, ...)                                                   \
	static void m##__##d##__##s##__body(void);                            \
	static void m##__##d##__##s##__call(const void *row)                  \
	{                                                                     \
		(void)row;                                                    \
		m##__##d##__##s##__body();                                    \
	}                                                                     \
	static const struct case_entry m##__##d##__##s##__entry = {           \
		.mechanism = #m,                                              \
		.dimension = #d,                                              \
		.slug = #s,                                                   \
		.file = __FILE__,                                             \
		.line = __LINE__,                                             \
		.body = m##__##d##__##s##__call,                              \
		__VA_ARGS__,                                                  \
	};                                                                    \
	ASSAY_SECTION("assay_cases")                                          \
	static const struct case_entry *const m##__##d##__##s##__in_catalog = \
		&m##__##d##__##s##__entry;                                    \
	static void m##__##d##__##s##__body(void)

/**
 * CASE_EACH(mechanism, dimension, slug, table, .claim = ..., ...) { body with `row` }
 *
 * TABLE is an array of structs whose first member is `const char *name`; each row is a
 * case "ID.name" with a process and a verdict of its own, and the body sees it as
 * `row`, a pointer to a const element.  Rows hold data only: a row that changes what
 * the body does is another case.
 */
#define CASE_EACH(m, d, s, table, ...)                                          \
	static void m##__##d##__##s##__body(const __typeof__((table)[0]) *row); \
	static void m##__##d##__##s##__call(const void *row)                    \
	{                                                                       \
		m##__##d##__##s##__body(row);                                   \
	}                                                                       \
	_Static_assert(offsetof(__typeof__((table)[0]), name) == 0,             \
		"the first member of a row must be `const char *name`");        \
	static const struct case_entry m##__##d##__##s##__entry = {             \
		.mechanism = #m,                                                \
		.dimension = #d,                                                \
		.slug = #s,                                                     \
		.file = __FILE__,                                               \
		.line = __LINE__,                                               \
		.body = m##__##d##__##s##__call,                                \
		.rows = (table),                                                \
		.row_size = sizeof((table)[0]),                                 \
		.row_count = sizeof(table) / sizeof((table)[0]),                \
		__VA_ARGS__,                                                    \
	};                                                                      \
	ASSAY_SECTION("assay_cases")                                            \
	static const struct case_entry *const m##__##d##__##s##__in_catalog =   \
		&m##__##d##__##s##__entry;                                      \
	static void m##__##d##__##s##__body(const __typeof__((table)[0]) *row)

/**
 * HELPER(name) { body with argc, argv; returns the exit status }
 *
 * A program for peer_exec(): argv[0] is the helper's name, argv[1..] what peer_exec was
 * given.  It runs in a fresh image of the worker, may use every word of a case, and is
 * still the peer that called peer_exec.
 */
#define HELPER(helper)                                                 \
	static int helper##__main(int argc, char **argv);              \
	static const struct helper_entry helper##__helper = {          \
		.name = #helper,                                       \
		.main = helper##__main,                                \
	};                                                             \
	ASSAY_SECTION("assay_helpers")                                 \
	static const struct helper_entry *const helper##__in_catalog = \
		&helper##__helper;                                     \
	static int helper##__main(int argc, char **argv)

#endif

/*
 * sweep_options: the command line of `assay sweep`.
 */
#ifndef ASSAY_HOST_SWEEP_OPTIONS_H
#define ASSAY_HOST_SWEEP_OPTIONS_H

#include "plan.h"
#include "problem.h"

#include <stdbool.h>
#include <stddef.h>

enum { SWEEP_CALLS_MAX = 256, SWEEP_ERRORS_MAX = 64, SWEEP_RULES_MAX = 64 };

struct sweep_options {
	bool help;
	const char *calls[SWEEP_CALLS_MAX]; /* of the table of errors */
	size_t call_count;                  /* 0: all of it */
	int errors[SWEEP_ERRORS_MAX];
	size_t error_count; /* 0: those of the table */
	bool all_errors; /* of the table, also those that only a wrong argument gives */
	const char *rules[SWEEP_RULES_MAX]; /* each is a point of its own */
	size_t rule_count;
	bool shortens; /* transfers are cut, instead of calls failing */
	int jobs;      /* 0: one for each processor */
	int limit_ms;  /* 0: from the run without faults */
	const char *oracle, *resume, *json, *junit;
	struct shard shard;
	bool exhaustive, quiet, verbose;
	char **command; /* up to a NULL */
	char *words;    /* what .calls points into; owned */
};

/** Parses ARGC and ARGV as main gets them, of which the second is "sweep".  False with *WHY
 *  when something is unknown, missing or contradicts another option.  *OUT is released with
 *  sweep_options_free() in every case. */
bool sweep_options_parse(int argc, char **argv, struct sweep_options *out,
	struct problem *why);

/** Whether calls are points: not with rules alone. */
bool sweep_options_has_calls(const struct sweep_options *options);

void sweep_options_free(struct sweep_options *options);

#endif

/*
 * plan: which cases a run has, and in which order.  Pure functions: the same input gives
 * the same plan on every machine, so that shards fit together and a seed repeats an order.
 */
#ifndef ASSAY_HOST_PLAN_H
#define ASSAY_HOST_PLAN_H

#include "catalog.h"
#include "problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** One part of a run that is divided among machines: INDEX of COUNT, from 1. */
struct shard {
	int index, count;
};

/** What to choose from a catalogue. */
struct selection {
	const char *const *patterns; /* none: every case */
	size_t pattern_count;
	unsigned levels;        /* 1 << LEVEL_... bits */
	const char *const *ids; /* with HAS_IDS: only these cases */
	size_t id_count;
	bool has_ids;
	struct shard shard;
	bool may_miss; /* a pattern may match no case: it does on another target */
};

/** Indices into a catalogue. */
struct plan {
	size_t *cases;
	size_t count;
};

/** Parses "K/N" with 1 <= K <= N <= 10000. */
bool shard_parse(const char *text, struct shard *out, struct problem *why);

/** Takes the shard from the variables that CI systems set, looked up with LOOKUP (getenv):
 *  CI_NODE_INDEX (from 1) and CI_NODE_TOTAL, CIRCLE_NODE_INDEX and CIRCLE_NODE_TOTAL,
 *  BUILDKITE_PARALLEL_JOB and BUILDKITE_PARALLEL_JOB_COUNT (both from 0).  *VARIABLE is
 *  the name of the first of a complete pair, NULL when there is none; *OUT is then 1/1.
 *  False when a pair holds no shard. */
bool shard_from_environment(char *(*lookup)(const char *name), struct shard *out,
	const char **variable, struct problem *why);

/** Parses "posix,fact" into 1 << LEVEL_... bits. */
bool levels_parse(const char *text, unsigned *out, struct problem *why);

/** The cases of CATALOG that SELECTION asks for, in the order of their ids.  False when a
 *  pattern matches no case (*WHY names near matches), or when the levels leave none of the
 *  cases that the patterns match.  *OUT is released with plan_free(). */
bool plan_select(const struct catalog *catalog, const struct selection *selection,
	struct plan *out, struct problem *why);

/** Whether PATTERN matches a case of CATALOG. */
bool plan_has(const struct catalog *catalog, const char *pattern);

/** Shuffles COUNT numbers at ORDER by SEED and ROUND (each round of a run has its own
 *  order). */
void plan_shuffle(size_t *order, size_t count, uint64_t seed, unsigned round);

void plan_free(struct plan *plan);

#endif

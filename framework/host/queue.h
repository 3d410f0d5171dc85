/*
 * queue: the runs that are still to be handed out, and which of them must not be at the
 * same time.  It knows nothing of workers.
 */
#ifndef ASSAY_HOST_QUEUE_H
#define ASSAY_HOST_QUEUE_H

#include "catalog.h"
#include "plan.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** How a plan is run. */
struct queue_rules {
	int rounds; /* how often each case is run (--repeat) */
	bool shuffled;
	uint64_t seed;
	bool by_mechanism; /* no two cases of one mechanism at once: names are shared */
};

/** A queue over a plan: rounds one after the other, each in its own order. */
struct queue {
	struct queue_rules rules;
	size_t count;  /* cases of the plan */
	size_t *order; /* positions in the plan, in the order of this round */
	size_t *next;  /* next[i]: the entry of ORDER after entry i that waits */
	int *alone,
		*mechanism; /* by position: numbers of what it excludes, -1 for none */
	bool *is_busy;      /* by such a number */
	int round;          /* from 0 */
	size_t waiting;     /* of this round */
	size_t *returned;   /* positions put back */
	size_t returned_count;
};

/** Nothing was found to hand out. */
#define QUEUE_NONE ((size_t)-1)

/** A queue over PLAN, a choice from CATALOG; neither is kept. */
void queue_open(struct queue *queue, const struct catalog *catalog,
	const struct plan *plan, const struct queue_rules *rules);

/** Takes the first run that may be made now.  Returns its position in the plan, or
 *  QUEUE_NONE when nothing waits or everything that waits is excluded by what runs. */
size_t queue_take(struct queue *queue);

/** Says that the run at POSITION has ended. */
void queue_done(struct queue *queue, size_t position);

/** Puts the run at POSITION, taken and not done, back to the front. */
void queue_put_back(struct queue *queue, size_t position);

/** Whether every run was taken. */
bool queue_is_empty(const struct queue *queue);

void queue_close(struct queue *queue);

#endif

/*
 * sweep_map: what each point of a sweep gave, in order, for a picture: "57o3x12." says that 57
 * points in a row kept the promise, 3 broke it, and 12 were not visited.
 */
#ifndef ASSAY_WORKER_SWEEP_MAP_H
#define ASSAY_WORKER_SWEEP_MAP_H

#include "text.h"
#include "verdict.h"

enum point_outcome {
	POINT_KEPT = 'o',
	POINT_BAD = 'x',
	POINT_BROKEN = '?', /* could not be tried */
	POINT_NOT_VISITED = '.',
};

struct sweep_map {
	struct text text;
	size_t points; /* so far, those of .run included */
	size_t run; /* the last so many had the same OUTCOME, and are not in .text yet */
	char outcome;
};

/** A map that is written into BUFFER of SIZE bytes, which the caller owns. */
struct sweep_map sweep_map_over(char *buffer, size_t size);

/** The outcome of a point whose finding is VERDICT. */
char sweep_map_outcome(enum verdict verdict);

/** Point INDEX, from 0 and upwards, had OUTCOME; those between it and the last were not visited. */
void sweep_map_add(struct sweep_map *map, size_t index, char outcome);

/** There are POINTS in all.  A map that does not fit is left empty: half of one would lie. */
void sweep_map_end(struct sweep_map *map, size_t points);

#endif

/*
 * sweep_point: one point of a sweep, from a fresh start to what the survivor found.
 */
#ifndef ASSAY_WORKER_SWEEP_POINT_H
#define ASSAY_WORKER_SWEEP_POINT_H

#include "author/ledger.h"
#include "sweep_attack.h"

struct sweep {
	const struct case_entry *entry;
	const char *id;
	const struct sweep_attack *attack;
	struct recording *recording; /* shared with the processes of the points */
	void *state;
	size_t state_at, arena_used; /* where *STATE lies in the arena, and ends */
	unsigned note_count;
	bool keeps_notes; /* what the functions of the sweep note is kept */
};

struct attempt {
	bool records; /* the victim is recorded, not attacked */
	size_t index;
	bool surely; /* see sweep_attack.h */
};

struct finding {
	enum verdict verdict; /* pass: the promise held */
	enum tracer_end end;
	bool has_aborted; /* the victim, as it may; the survivor was asked all the same */
	char text[600], who[48];
	struct ledger_site site;
};

/** Tries one point and leaves nothing of it: no process, no object, no file. */
void sweep_point_try(const struct sweep *sweep, const struct attempt *attempt,
	struct finding *out);

#endif

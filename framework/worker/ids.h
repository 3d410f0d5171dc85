/*
 * ids: which user and group ids a case is mapped to.
 */
#ifndef ASSAY_WORKER_IDS_H
#define ASSAY_WORKER_IDS_H

#include "confine.h"

/** The mapping this worker will use: as root a range of 16 ids of its own, so that what the
 *  kernel budgets per uid (pipe pages, message queue bytes, pending signals) is not shared
 *  with another worker; as an ordinary user its own id, or a range from /etc/subuid. */
struct confine_ids ids_choose(void);

/** Writes the maps of PID's new user namespace; RANGE asks for ids 0..15 instead of 0. */
bool ids_map(const struct confine_ids *ids, pid_t pid, bool range, struct problem *why);

#endif

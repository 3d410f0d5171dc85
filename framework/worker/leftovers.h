/*
 * leftovers: the census of what a case left outside its processes: System V objects,
 * message queues, shared memory files and temporary files.  Under isolation everything found
 * is the case's; without it a first census is subtracted.  What lies under a name that
 * own_name, own_key or own_path gave is no leftover.
 */
#ifndef ASSAY_WORKER_LEFTOVERS_H
#define ASSAY_WORKER_LEFTOVERS_H

#include <stdbool.h>
#include <stdint.h>

/** Remembers what is there before the case (needed without isolation only). */
void leftovers_before(void);

/** Writes what is new since then to the ledger, except kinds in ALLOWED (LEAVES_... bits).
 *  Returns whether there was any. */
bool leftovers_count(unsigned allowed);

/** Remembers PATH, a directory that the keeper has just made for the case without a private
 *  /tmp; leftovers_remove_own() removes it. */
void leftovers_own_directory(const char *path);

/** Whether nothing at all lies where a case can leave something; false where others use the
 *  same places.  Cheap, and five times cheaper once leftovers_learn() was called when it was
 *  so: it finds out how the file systems themselves count, and whether they do. */
bool leftovers_is_clean(void);
void leftovers_learn(void);

/** Removes what the case has left so far, so that its next part begins anew: everything in
 *  private places, else what lies under its own names. */
void leftovers_clear(void);

/** Without isolation: removes what lies under the names of the case. */
void leftovers_remove_own(void);

/** Removes what earlier runs of the same user, now dead, left under names from own_name and
 *  own_path outside any namespace. */
void leftovers_sweep_dead(void);

/** The process that is alive and does not belong: every process below the keeper but it, the
 *  case process and the caller.  Writes each to the ledger; returns whether there was any. */
bool leftovers_processes(void);

/** Opens the directory PATH, among them "/dev/mqueue"; -1 with errno. */
int leftovers_open(const char *path);

/** Whether own_key() gave KEY. */
bool leftovers_is_own_key(uint32_t key);

/** The shared mappings of the caller, counted; for .closes_all. */
int leftovers_shared_mappings(void);

#endif

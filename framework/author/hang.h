/*
 * hang: proof that peers wait for something that can no longer come, without waiting for a
 * deadline.
 */
#ifndef ASSAY_AUTHOR_HANG_H
#define ASSAY_AUTHOR_HANG_H

struct peer;

/** Waits until every one of the COUNT PEERS has ended, rests in peer_rest(), or is asleep in
 *  a call of the family CALL, and returns how many were asleep, all at one instant.  When
 *  none but these peers could wake them, and none sleeps until a time of its own, they sleep
 *  for ever: say so in a claim.  Joins nobody.  Wants NEED_BLOCK_PROOF. */
#define peers_asleep(peers, count, call) \
	peers_asleep_at((peers), (count), (call), __FILE__, __LINE__)
int peers_asleep_at(struct peer *peers, int count, const char *call, const char *file,
	int line);

#endif

/*
 * What `make bench` measures: a case that does nothing, one that is not even run, and one that
 * proves a block and says how long that took.
 */
#include "assay.h"

#include <time.h>
#include <unistd.h>

CASE(bench, cost, nothing,
	.claim = "nothing is claimed",
	.level = LEVEL_FACT,
	.spec = "none")
{
}

CASE(bench, cost, lacking,
	.claim = "nothing is claimed, and nothing run",
	.level = LEVEL_FACT,
	.spec = "none",
	.lacks = "what a case costs beside itself is measured")
{
}

static long now_us(void)
{
	struct timespec now;

	need(clock_gettime(CLOCK_MONOTONIC, &now));
	return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

static void read_one_byte(void *arg)
{
	const int *ends = arg;
	char got;

	need(read(ends[0], &got, 1));
}

CASE(bench, cost, proof_of_blocking,
	.claim = "a peer that reads an empty pipe is seen to wait",
	.level = LEVEL_FACT,
	.spec = "none",
	.needs = NEED_BLOCK_PROOF)
{
	int ends[2];
	need(pipe(ends));

	struct peer reader = peer_start(read_one_byte, ends);
	const long begun_us = now_us();
	peer_wait_blocked(&reader, "read");
	note("proof_us", "%ld", now_us() - begun_us);
	const long settled_us = now_us();
	peer_still_blocked(&reader, "read");
	note("again_us", "%ld", now_us() - settled_us);

	need(write(ends[1], "x", 1));
	peer_join(&reader);
}

#include "lost.h"

#include "ledger.h"
#include "lost_probe.h"
#include "word_site.h"

#include <stdint.h>
#include <stdlib.h>

#if defined(__has_include)
#if __has_include(<valgrind/memcheck.h>)
#include <valgrind/memcheck.h>
#define UNDER_VALGRIND RUNNING_ON_VALGRIND
#endif
#endif
#ifndef UNDER_VALGRIND
#define UNDER_VALGRIND 0
#endif

/* The functions themselves, which stand behind the macros. */
#undef lost_blocks

/* 0 under another tool than memcheck, too. */
static unsigned long count_lost(void)
{
	unsigned long lost = 0;

#ifdef VALGRIND_COUNT_LEAK_BLOCKS
	unsigned long dubious, reachable, suppressed;
	VALGRIND_DO_QUICK_LEAK_CHECK;
	VALGRIND_COUNT_LEAK_BLOCKS(lost, dubious, reachable, suppressed);
	/* A pointer into the middle of a block is what glibc keeps of a thread's own. */
	(void)dubious, (void)reachable, (void)suppressed;
#endif
	return lost;
}

bool lost_blocks_are_found(struct problem *why)
{
	if (!UNDER_VALGRIND)
		return problem_set(why,
			"not under valgrind, or built without its headers");
	/* Nothing points to a block whose address is kept with every bit turned. */
	const unsigned long before = count_lost();
	volatile uintptr_t turned = ~(uintptr_t)malloc(1);
	const bool found = count_lost() > before;
	free((void *)~turned);
	if (found)
		return true;
	return problem_set(why,
		"valgrind does not look for lost blocks: its tool is not "
		"memcheck");
}

unsigned long lost_blocks(void)
{
	if (!UNDER_VALGRIND)
		word_broken("lost_blocks(): not under valgrind");
	ledger_word_begins();
	const unsigned long lost = count_lost();
	ledger_word_ends();
	return lost;
}

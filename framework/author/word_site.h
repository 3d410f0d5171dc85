/*
 * word_site: for the words themselves: the place that word_at() noted, and steps that end
 * the case `broken` there.  Internal.
 */
#ifndef ASSAY_AUTHOR_WORD_SITE_H
#define ASSAY_AUTHOR_WORD_SITE_H

#include "ledger.h"
#include "word.h"

/** Where the word that runs now stands. */
struct ledger_site word_site(void);

/** Ends the case `broken` where the word stands. */
#define word_broken(...) ledger_end(VERDICT_BROKEN, word_site(), "", "", __VA_ARGS__)

/** The value of CALL, which must not be -1; otherwise the case ends `broken` where the word
 *  stands, or `unsupported` when errno is ENOSYS. */
#define word_step(call) word_checked((call), #call)
long word_checked(long value, const char *call);

#endif

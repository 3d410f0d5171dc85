/*
 * environment: what lies between this worker and the kernel that uname() names: an emulator
 * of user programs, a debugger that runs them itself, a sandbox.  Found by looking, since
 * each of them pretends not to be there.
 */
#ifndef ASSAY_WORKER_ENVIRONMENT_H
#define ASSAY_WORKER_ENVIRONMENT_H

#include <stdbool.h>
#include <stddef.h>

enum { ENVIRONMENT_MAX = 8 };

/** The words for it ("qemu-user"), each of which names a file of expectations, in WORDS.
 *  Returns how many; 0 on a plain kernel. */
size_t environment_words(const char *words[ENVIRONMENT_MAX]);

/** Whether another program translates this one as it runs. */
bool environment_translates(void);

/** Whether WORD is one of them. */
bool environment_has(const char *word);

#endif

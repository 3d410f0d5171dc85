/*
 * Breaks nothing: what the cases give with it is what the mutants are compared with.
 */
#include "mutant.h"

/* Only so that what all mutants share is linked in. */
bool (*const none_is_linked)(void) = mutant_is_active;

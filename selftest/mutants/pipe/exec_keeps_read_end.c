/*
 * Exec leaves the read ends of pipes open that have FD_CLOEXEC.
 */
#include "mutant.h"

#include <fcntl.h>

#define STAYS_OPEN(fd) ((mutant_flags(fd) & O_ACCMODE) == O_RDONLY)
#include "pipe/exec_ignores_cloexec.c"

/*
 * The kernel forgets to close the FIFO of a process that a signal kills.
 */
#include "pipe/ends_of_killed_stay_open.c"

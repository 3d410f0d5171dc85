/*
 * poll() does not report POLLHUP after the last writer of a FIFO has gone.
 */
#include "pipe/no_pollhup.c"

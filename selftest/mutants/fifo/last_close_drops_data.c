/*
 * close() by the last writer of a FIFO throws away what has not been read.
 */
#include "pipe/last_close_drops_data.c"

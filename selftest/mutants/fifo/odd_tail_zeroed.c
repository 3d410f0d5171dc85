/*
 * The last byte of a write() of 4n + 1 bytes to a FIFO arrives as 0.
 */
#include "pipe/odd_tail_zeroed.c"

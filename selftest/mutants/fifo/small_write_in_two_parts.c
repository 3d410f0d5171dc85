/*
 * write() of up to PIPE_BUF bytes puts them into the FIFO in two parts.
 */
#include "pipe/small_write_in_two_parts.c"

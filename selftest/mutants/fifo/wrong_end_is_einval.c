/*
 * read() and write() of a FIFO that was not opened for it fail with EINVAL.
 */
#include "pipe/wrong_end_is_einval.c"

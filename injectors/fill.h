/*
 * fill: fills a kernel object until the kernel says that it is full.  Measured, never
 * assumed.
 */
#ifndef ASSAY_INJECTORS_FILL_H
#define ASSAY_INJECTORS_FILL_H

#include <stddef.h>

/** Writes zero bytes to FD, a descriptor of a pipe or FIFO open for writing, first by pages
 *  and then by single bytes, until the kernel answers EAGAIN.  O_NONBLOCK is set meanwhile
 *  and put back.  Returns the number of bytes written; (size_t)-1 with errno on any error. */
size_t fill(int fd);

#endif

/*
 * keeps_rest: what a short transfer leaves for the next one.
 */
#ifndef ASSAY_INJECTORS_KEEPS_REST_H
#define ASSAY_INJECTORS_KEEPS_REST_H

#include <stdbool.h>
#include <sys/types.h>

/** Whether what a transfer on descriptor FD of thread TID does not take, because it asked for
 *  less, is there for the next: so with files, pipes and stream sockets; not with datagrams,
 *  packets of a pipe and sectors of a file (O_DIRECT), or the counters and records of eventfd, signalfd, timerfd and
 *  inotify, which refuse a short read.  A socket whose type is not to be had keeps
 *  nothing. */
bool keeps_rest(pid_t tid, int fd);

#endif

/*
 * sysctl: the numbers in /proc/sys of the caller's IPC namespace, for cases about what the
 * kernel says there and refuses there.  Cases that only want another limit take sysctl_set().
 */
#ifndef ASSAY_SUITES_POSIX_MQ_SYSCTL_H
#define ASSAY_SUITES_POSIX_MQ_SYSCTL_H

/** The number in /proc/sys/fs/mqueue/NAME ("msg_max"). */
long mqueue_sysctl(const char *name);

/** Writes VALUE there.  Gives 0, or -1 with the errno of open() or write(). */
int mqueue_sysctl_write(const char *name, long value);

#endif

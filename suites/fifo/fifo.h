/*
 * fifo: the few steps that most FIFO cases begin with.  They are steps, not claims: what
 * goes wrong in them makes the case `broken`.
 */
#ifndef ASSAY_SUITES_FIFO_H
#define ASSAY_SUITES_FIFO_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

#include "assay.h"

/* Their numbers in every Linux ABI that hides them from a strict C library. */
#ifndef F_SETPIPE_SZ
#define F_SETPIPE_SZ 1031
#define F_GETPIPE_SZ 1032
#endif
#ifndef O_PATH
#define O_PATH 010000000
#endif

/** Creates the FIFO own_path(TAG), mode 0600, and returns its path.  The string is not
 *  const so that it can be a peer's argument; nobody changes it. */
char *fifo_made(const char *tag);

/** Creates the directory own_path(TAG) with exactly MODE; returns its path. */
const char *directory_made(const char *tag, mode_t mode);

/** Creates the empty regular file own_path(TAG), mode 0600; returns its path. */
const char *file_made(const char *tag);

/** The path DIRECTORY/NAME, valid until the case ends. */
const char *path_below(const char *directory, const char *name);

/** Sets atime and mtime of the file at PATH far into the past.  Its ctime cannot be set,
 * so this returns when the clock of file times has moved beyond it, with a reading of
 * that clock: a time that is not older than the reading was marked after the call. */
struct timespec times_into_past(const char *path);

/** Whether TIME is READING or later. */
bool is_since(struct timespec time, struct timespec reading);

/** What a read() of a byte gives who opens the FIFO at PATH for reading, with O_NONBLOCK:
 * where it is empty, 0 when nobody has it open for writing, otherwise -1 with EAGAIN. */
ssize_t read_by_new_reader(const char *path);

/** Reads from FD until COUNT bytes are in BYTES or the end of the data is reached;
 * returns how many bytes came. */
size_t read_up_to(int fd, char *bytes, size_t count);

#endif

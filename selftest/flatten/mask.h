/*
 * mask: a text as it is in every run.
 */
#ifndef ASSAY_SELFTEST_MASK_H
#define ASSAY_SELFTEST_MASK_H

#include <stddef.h>

/** Prints COUNT bytes on standard output: control bytes as \xNN; process numbers ("pid
 *  12") and addresses as N; and where a process hangs as "somewhere". */
void mask_print(const char *bytes, size_t count);

#endif

/*
 * mask: a text as it is in every run.
 */
#ifndef ASSAY_SELFTEST_MASK_H
#define ASSAY_SELFTEST_MASK_H

#include <stddef.h>

/** Prints COUNT bytes on standard output: control bytes as \xNN; process numbers ("pid
 * 12") and addresses as N; and what a process that asks again and again happens to do
 * when it is looked at as "polling". */
void mask_print(const char *bytes, size_t count);

#endif

/*
 * report_golden_model: one report with every verdict, every overlay and text that wants
 * to do harm, made of constants, so that what is printed of it can be compared byte by
 * byte.
 */
#ifndef ASSAY_SELFTEST_REPORT_GOLDEN_MODEL_H
#define ASSAY_SELFTEST_REPORT_GOLDEN_MODEL_H

struct report;

/** The rich report.  It stays valid; call it once. */
struct report golden_report(void);

/** A report of a run in which everything passed on a machine that refuses nothing. */
struct report golden_calm_report(void);

#endif

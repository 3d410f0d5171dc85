/*
 * unit: tests of single functions, one suite a header under test.  They run in Check's
 * fork mode and print TAP.
 */
#ifndef ASSAY_SELFTEST_UNIT_H
#define ASSAY_SELFTEST_UNIT_H

#include <check.h>

/** The suites; each is owned by the runner that it is added to. */
Suite *suite_of_text(void);
Suite *suite_of_problem(void);
Suite *suite_of_verdict(void);
Suite *suite_of_call(void);
Suite *suite_of_pattern(void);
Suite *suite_of_printable(void);
Suite *suite_of_plan(void);
Suite *suite_of_expected(void);
Suite *suite_of_conversation(void);
Suite *suite_of_messages(void);
Suite *suite_of_options(void);
Suite *suite_of_targets(void);
Suite *suite_of_errnos(void);
Suite *suite_of_sweep(void);
Suite *suite_of_sweep_options(void);
Suite *suite_of_valgrind_xml(void);

/** A suite NAME of the tests that follow, up to a final NULL. */
Suite *suite_with(const char *name, const TTest *first, ...) __attribute__((sentinel));

#endif

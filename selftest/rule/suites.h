/*
 * suites: the parts of the tests of the grammar of faults, one a file.
 */
#ifndef ASSAY_SELFTEST_RULE_SUITES_H
#define ASSAY_SELFTEST_RULE_SUITES_H

#include <check.h>

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

Suite *suite_of_accepted(void);
Suite *suite_of_refused(void);
Suite *suite_of_meaning(void);
Suite *suite_of_tables(void);

#endif

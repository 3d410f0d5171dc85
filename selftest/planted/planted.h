/*
 * planted: cases that end on purpose as they do, so that a framework which would call
 * them anything else is seen.  The field .spec holds the verdicts that are allowed,
 * separated by spaces; the golden file then pins the one, with its text and its site.
 */
#ifndef ASSAY_SELFTEST_PLANTED_H
#define ASSAY_SELFTEST_PLANTED_H

#include "assay.h"

/** PLANT(dimension, slug, "fail", .claim = ..., ...) { body }: a case that must end with
 * one of the verdicts named. */
#define PLANT(d, s, verdicts, ...) \
	CASE(planted, d, s, .level = LEVEL_LINUX, .spec = verdicts, __VA_ARGS__)

/** The same over the rows of TABLE. */
#define PLANT_EACH(d, s, table, verdicts, ...)                                  \
	CASE_EACH(planted, d, s, table, .level = LEVEL_LINUX, .spec = verdicts, \
		__VA_ARGS__)

/** Deadline of a case that is to run into it, in milliseconds. */
enum { SOON_MS = 300 };

#endif

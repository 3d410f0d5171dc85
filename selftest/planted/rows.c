/*
 * CASE_EACH: each row is a case with a verdict of its own.
 */
#include "planted.h"

struct number {
	const char *name;
	int value;
};

static const struct number good[] = {{"one", 1}, {"two", 2}, {"forty-two", 42}};
static const struct number mixed[] = {{"odd", 1}, {"even", 2}, {"also-odd", 3}};

PLANT_EACH(rows, all_hold, good, "pass", .claim = "the sentence is true for every row")
{
	ck_assert_int_gt(row->value, 0);
}

PLANT_EACH(rows, one_fails, mixed, "pass fail", .claim = "a row that fails fails alone")
{
	ck_assert_int_eq(row->value % 2, 1);
}

PLANT_EACH(rows, lack_something, good, "unsupported",
	.claim = "what is lacked is lacked by all", .lacks = "ROWS is not defined")
{
	ck_assert_int_eq(row->value, 0);
}

/*
 * Claims about what a call returns: success, counts, comparisons; both sides by name.
 */
#include <fcntl.h>
#include <limits.h>
#include <sys/mman.h>
#include <unistd.h>

#include "planted.h"

PLANT(claim, must_succeed_passes_the_value_on, "pass",
	.claim = "must_succeed() has the value")
{
	ck_assert_int_eq(must_succeed(dup2(0, 17)), 17);
}

PLANT(claim, must_succeed_of_minus_one, "fail",
	.claim = "must_succeed() of -1 fails by errno")
{
	must_succeed(close(-1));
}

PLANT(claim, must_succeed_of_map_failed, "fail",
	.claim = "must_succeed() knows MAP_FAILED")
{
	must_succeed(mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}

PLANT(claim, must_succeed_of_enosys, "fail",
	.claim = "must_succeed() never turns ENOSYS into unsupported")
{
	must_succeed((errno = ENOSYS, -1));
}

PLANT(claim, must_move_holds, "pass", .claim = "must_move() takes exactly the count")
{
	int ends[2];
	char bytes[4];

	need(pipe(ends));
	must_move(write(ends[1], "abcd", 4), 4);
	must_move(read(ends[0], bytes, 4), 4);
}

PLANT(claim, must_move_of_less, "fail", .claim = "must_move() of a short count fails")
{
	int ends[2];
	char bytes[4];

	need(pipe(ends));
	must_move(write(ends[1], "abc", 3), 3);
	must_move(read(ends[0], bytes, 4), 4);
}

PLANT(claim, must_move_of_more, "fail", .claim = "must_move() of a larger count fails")
{
	int ends[2];

	need(pipe(ends));
	must_move(write(ends[1], "abcd", 4), 3);
}

PLANT(claim, must_move_of_an_error, "fail", .claim = "must_move() names the errno")
{
	char byte;

	must_move(read(-1, &byte, 1), 1);
}

PLANT(claim, must_move_of_enosys, "fail",
	.claim = "must_move() never turns ENOSYS into unsupported")
{
	must_move((errno = ENOSYS, -1), 1);
}

PLANT(claim, comparison_of_a_call_that_failed, "fail",
	.claim = "a comparison names the errno of its call")
{
	char byte;

	ck_assert_int_eq(read(-1, &byte, 1), 1);
}

PLANT(claim, comparison_of_a_minus_one, "fail",
	.claim = "a comparison of numbers shows the numbers")
{
	const int left = -1;

	errno = 0;
	ck_assert_int_gt(left, 1);
}

PLANT(claim, comparison_of_extremes, "fail", .claim = "large numbers are shown whole")
{
	ck_assert_int_eq(LLONG_MIN, LLONG_MAX);
}

PLANT(claim, comparison_of_unsigned_extremes, "fail",
	.claim = "large unsigned numbers are shown whole, and have no sign")
{
	ck_assert_uint_lt(ULLONG_MAX, 0);
}

struct comparison {
	const char *name;
	long long left, right;
	bool holds[6]; /* ==, !=, <, <=, >, >= */
};

static const struct comparison comparisons[] = {
	{"less", -1, 1, {false, true, true, true, false, false}},
	{"equal", 7, 7, {true, false, false, true, false, true}},
	{"more", 2, -2, {false, true, false, false, true, true}},
};

PLANT_EACH(claim, comparisons_hold, comparisons, "pass",
	.claim = "a comparison that is true goes on")
{
	const long long l = row->left, r = row->right;

	if (row->holds[0])
		ck_assert_int_eq(l, r);
	if (row->holds[1])
		ck_assert_int_ne(l, r);
	if (row->holds[2])
		ck_assert_int_lt(l, r);
	if (row->holds[3])
		ck_assert_int_le(l, r);
	if (row->holds[4])
		ck_assert_int_gt(l, r);
	if (row->holds[5])
		ck_assert_int_ge(l, r);
}

struct operator
{
	const char *name;
	int which;
};

static const struct operator operators[] = {
	{"eq", 0}, {"ne", 1}, {"lt", 2}, {"le", 3}, {"gt", 4}, {"ge", 5}};

PLANT_EACH(claim, comparison_is_false, operators, "fail",
	.claim = "a comparison that is false fails")
{
	const int one = 1, two = 2;

	if (row->which == 0)
		ck_assert_int_eq(one, two);
	if (row->which == 1)
		ck_assert_int_ne(one, one);
	if (row->which == 2)
		ck_assert_int_lt(two, one);
	if (row->which == 3)
		ck_assert_int_le(two, one);
	if (row->which == 4)
		ck_assert_int_gt(one, two);
	if (row->which == 5)
		ck_assert_int_ge(one, two);
}

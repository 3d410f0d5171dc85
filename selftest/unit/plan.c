/*
 * Which cases a run has and in which order: patterns, levels, shards, seeds, the queue.
 */
#include "plan.h"
#include "queue.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

enum { CASES = 23 };

/* A catalogue of CASES cases, three mechanisms, two budgets, every level. */
static struct catalog catalog_of_cases(void)
{
	static const char *const mechanisms[] = {"fifo", "pipe", "queue"};
	struct catalog catalog = {.count = 0};
	struct problem why;

	for (int i = 0; i < CASES; i++) {
		json_t *message = json_pack("{s:s, s:o, s:s, s:s, s:s, s:[]}", "type",
			"case", "id",
			json_sprintf("%s/open/case-%02d", mechanisms[i % 3], i), "claim",
			"it holds", "level", level_name((enum level)(i % LEVEL_COUNT)),
			"alone", i % 4 == 0 ? "pages" : "", "needs");
		ck_assert_ptr_nonnull(message);
		ck_assert_msg(catalog_add(&catalog, message, &why), "%s", why.text);
		json_decref(message);
	}
	ck_assert(catalog_close(&catalog, &why));
	return catalog;
}

static struct selection everything(void)
{
	return (struct selection){.levels = (1u << LEVEL_COUNT) - 1, .shard = {1, 1}};
}

START_TEST(all_cases_in_the_order_of_their_ids)
{
	struct catalog catalog = catalog_of_cases();
	const struct selection selection = everything();
	struct plan plan;
	struct problem why;

	ck_assert(plan_select(&catalog, &selection, &plan, &why));
	ck_assert_uint_eq(plan.count, CASES);
	for (size_t i = 1; i < plan.count; i++)
		ck_assert_str_lt(catalog.cases[plan.cases[i - 1]].id,
			catalog.cases[plan.cases[i]].id);
	plan_free(&plan);
	catalog_free(&catalog);
}
END_TEST

START_TEST(shards_are_disjoint_and_complete)
{
	struct catalog catalog = catalog_of_cases();
	struct selection selection = everything();
	struct problem why;

	for (int count = 1; count <= CASES + 2; count++) {
		int taken[CASES] = {0};
		for (int index = 1; index <= count; index++) {
			struct plan plan;
			selection.shard = (struct shard){index, count};
			ck_assert(plan_select(&catalog, &selection, &plan, &why));
			for (size_t i = 0; i < plan.count; i++)
				taken[plan.cases[i]]++;
			/* Fair: no shard has more than its part, rounded up. */
			ck_assert_uint_le(plan.count,
				(size_t)(CASES + count - 1) / (size_t)count);
			plan_free(&plan);
		}
		for (int i = 0; i < CASES; i++)
			ck_assert_msg(taken[i] == 1, "of %d shards %d have case %d",
				count, taken[i], i);
	}
	catalog_free(&catalog);
}
END_TEST

START_TEST(patterns_and_levels_choose)
{
	static const char *const patterns[] = {"pipe", "queue/open/case-02"};
	struct catalog catalog = catalog_of_cases();
	struct selection selection = everything();
	struct plan plan;
	struct problem why;

	selection.patterns = patterns;
	selection.pattern_count = 2;
	ck_assert(plan_select(&catalog, &selection, &plan, &why));
	ck_assert_uint_eq(plan.count, 8 + 1);
	plan_free(&plan);

	selection.levels = 1u << LEVEL_LINUX;
	ck_assert(plan_select(&catalog, &selection, &plan, &why));
	for (size_t i = 0; i < plan.count; i++)
		ck_assert_int_eq(catalog.cases[plan.cases[i]].level, LEVEL_LINUX);
	ck_assert_uint_gt(plan.count, 0);
	plan_free(&plan);
	catalog_free(&catalog);
}
END_TEST

START_TEST(a_pattern_that_matches_nothing_is_named)
{
	static const char *const patterns[] = {"pipe", "pipe/opne"};
	struct catalog catalog = catalog_of_cases();
	struct selection selection = everything();
	struct plan plan;
	struct problem why;

	selection.patterns = patterns;
	selection.pattern_count = 2;
	ck_assert(!plan_select(&catalog, &selection, &plan, &why));
	ck_assert_ptr_nonnull(strstr(why.text, "'pipe/opne'"));
	ck_assert_ptr_nonnull(strstr(why.text, "pipe/open"));
	plan_free(&plan);
	catalog_free(&catalog);
}
END_TEST

START_TEST(ids_of_another_run_choose)
{
	static const char *const ids[] = {"pipe/open/case-01", "not/there/any-more"};
	struct catalog catalog = catalog_of_cases();
	struct selection selection = everything();
	struct plan plan;
	struct problem why;

	selection.has_ids = true;
	selection.ids = ids;
	selection.id_count = 2;
	ck_assert(plan_select(&catalog, &selection, &plan, &why));
	ck_assert_uint_eq(plan.count, 1);
	plan_free(&plan);
	selection.id_count = 0;
	ck_assert(plan_select(&catalog, &selection, &plan, &why));
	ck_assert_uint_eq(plan.count, 0);
	plan_free(&plan);
	catalog_free(&catalog);
}
END_TEST

START_TEST(good_shards_are_parsed)
{
	struct shard shard;
	struct problem why;

	ck_assert(shard_parse("1/1", &shard, &why));
	ck_assert(shard_parse("3/7", &shard, &why));
	ck_assert_int_eq(shard.index, 3);
	ck_assert_int_eq(shard.count, 7);
	ck_assert(shard_parse("10000/10000", &shard, &why));
}
END_TEST

START_TEST(bad_shards_are_refused)
{
	static const char *const bad[] = {"", "/", "1", "1/", "/1", "0/1", "2/1", "-1/2",
		"+1/2", "1/10001", "1/2/3", " 1/2", "1/2 ", "1//2", "a/b",
		"99999999999999999999/99999999999999999999", "1/0x2"};
	struct shard shard = {5, 6};
	struct problem why;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!shard_parse(bad[i], &shard, &why), "'%s'", bad[i]);
	ck_assert_int_eq(shard.index, 5);
}
END_TEST

static const char *node_index, *node_total;

static char *look_up(const char *name)
{
	const char *value = NULL;

	if (strcmp(name, "CI_NODE_INDEX") == 0)
		value = node_index;
	if (strcmp(name, "CI_NODE_TOTAL") == 0)
		value = node_total;
	return (char *)value;
}

START_TEST(shards_come_from_the_environment)
{
	static const struct {
		const char *index, *total;
		bool is_good;
		int shard_index, shard_count;
	} rows[] = {
		{NULL, NULL, true, 1, 1},
		{"2", NULL, true, 1, 1},
		{"2", "", true, 1, 1},
		{"2", "3", true, 2, 3},
		{"0", "3", false, 0, 0},
		{"4", "3", false, 0, 0},
		{"x", "3", false, 0, 0},
	};
	const char *variable;
	struct problem why;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct shard shard;
		node_index = rows[i].index;
		node_total = rows[i].total;
		ck_assert_int_eq(shard_from_environment(look_up, &shard, &variable, &why),
			rows[i].is_good);
		if (!rows[i].is_good)
			continue;
		ck_assert_int_eq(shard.index, rows[i].shard_index);
		ck_assert_int_eq(shard.count, rows[i].shard_count);
	}
}
END_TEST

START_TEST(levels_are_parsed)
{
	static const char *const bad[] = {"", "iso", "posix,", ",posix", "posix,,fact",
		"POSIX", "posix posix-may", "posix-mayyyyyyyyyyyyyyyyyyyyyyyyyyyyy"};
	unsigned levels = 0;
	struct problem why;

	ck_assert(levels_parse("posix,fact", &levels, &why));
	ck_assert_uint_eq(levels, 1u << LEVEL_POSIX | 1u << LEVEL_FACT);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!levels_parse(bad[i], &levels, &why), "'%s'", bad[i]);
}
END_TEST

START_TEST(a_seed_repeats_an_order)
{
	size_t first[CASES], second[CASES], seen[CASES] = {0};

	for (size_t i = 0; i < CASES; i++)
		first[i] = second[i] = i;
	plan_shuffle(first, CASES, 42, 0);
	plan_shuffle(second, CASES, 42, 0);
	ck_assert_mem_eq(first, second, sizeof(first));
	for (size_t i = 0; i < CASES; i++)
		seen[first[i]]++;
	for (size_t i = 0; i < CASES; i++)
		ck_assert_uint_eq(seen[i], 1);
	plan_shuffle(second, CASES, 42, 1);
	ck_assert_mem_ne(first, second, sizeof(first));
}
END_TEST

/* Takes all of a queue with as many runs at once as RULES allow; checks exclusion. */
static void drain(struct queue_rules rules)
{
	struct catalog catalog = catalog_of_cases();
	const struct selection selection = everything();
	size_t runs = 0, going[CASES], count = 0;
	struct plan plan;
	struct problem why;
	struct queue queue;

	ck_assert(plan_select(&catalog, &selection, &plan, &why));
	queue_open(&queue, &catalog, &plan, &rules);
	while (!queue_is_empty(&queue) || count > 0) {
		const size_t next = queue_take(&queue);
		if (next == QUEUE_NONE) {
			ck_assert_uint_gt(count, 0);
			queue_done(&queue, going[--count]);
			continue;
		}
		const struct catalog_case *c = &catalog.cases[plan.cases[next]];
		for (size_t i = 0; i < count; i++) {
			const struct catalog_case *other =
				&catalog.cases[plan.cases[going[i]]];
			ck_assert(c->alone[0] == '\0' ||
				strcmp(c->alone, other->alone) != 0);
			ck_assert(!rules.by_mechanism || c->id[0] != other->id[0]);
		}
		ck_assert_uint_lt(count, CASES);
		going[count++] = next;
		runs++;
	}
	ck_assert_uint_eq(runs, (size_t)rules.rounds * CASES);
	queue_close(&queue);
	plan_free(&plan);
	catalog_free(&catalog);
}

START_TEST(the_queue_excludes_and_loses_nothing)
{
	drain((struct queue_rules){.rounds = 1});
	drain((struct queue_rules){.rounds = 3, .shuffled = true, .seed = 7});
	drain((struct queue_rules){.rounds = 2, .by_mechanism = true});
}
END_TEST

START_TEST(what_is_put_back_comes_again)
{
	struct catalog catalog = catalog_of_cases();
	const struct selection selection = everything();
	const struct queue_rules rules = {.rounds = 1};
	struct plan plan;
	struct problem why;
	struct queue queue;

	ck_assert(plan_select(&catalog, &selection, &plan, &why));
	queue_open(&queue, &catalog, &plan, &rules);
	const size_t first = queue_take(&queue);
	queue_put_back(&queue, first);
	ck_assert_uint_eq(queue_take(&queue), first);
	queue_close(&queue);
	plan_free(&plan);
	catalog_free(&catalog);
}
END_TEST

Suite *suite_of_plan(void)
{
	return suite_with("plan", all_cases_in_the_order_of_their_ids,
		shards_are_disjoint_and_complete, patterns_and_levels_choose,
		a_pattern_that_matches_nothing_is_named, ids_of_another_run_choose,
		good_shards_are_parsed, bad_shards_are_refused,
		shards_come_from_the_environment, levels_are_parsed,
		a_seed_repeats_an_order, the_queue_excludes_and_loses_nothing,
		what_is_put_back_comes_again, NULL);
}

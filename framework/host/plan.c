#include "plan.h"

#include "memory.h"
#include "near.h"
#include "number.h"
#include "pattern.h"
#include "printable.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

enum { SHARDS_MAX = 10000 };

bool shard_parse(const char *text, struct shard *out, struct problem *why)
{
	const char *slash = strchr(text, '/');
	char index[16];
	long k, n;

	if (slash != NULL && (size_t)(slash - text) < sizeof(index)) {
		memcpy(index, text, (size_t)(slash - text));
		index[slash - text] = '\0';
		if (number_parse(index, 1, SHARDS_MAX, &k) &&
			number_parse(slash + 1, 1, SHARDS_MAX, &n) && k <= n) {
			*out = (struct shard){(int)k, (int)n};
			return true;
		}
	}
	return problem_set(why, "'%s' is no shard K/N with 1 <= K <= N <= %d", text,
		SHARDS_MAX);
}

bool shard_from_environment(char *(*lookup)(const char *name), struct shard *out,
	const char **variable, struct problem *why)
{
	static const struct {
		const char *index, *total;
		long first;
	} pairs[] = {
		{"CI_NODE_INDEX", "CI_NODE_TOTAL", 1},
		{"CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL", 0},
		{"BUILDKITE_PARALLEL_JOB", "BUILDKITE_PARALLEL_JOB_COUNT", 0},
	};

	*out = (struct shard){1, 1};
	*variable = NULL;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		const char *index = lookup(pairs[i].index);
		const char *total = lookup(pairs[i].total);
		const long first = pairs[i].first;
		long k, n;

		if (index == NULL || total == NULL || index[0] == '\0' ||
			total[0] == '\0')
			continue;
		if (!number_parse(total, 1, SHARDS_MAX, &n) ||
			!number_parse(index, first, n - 1 + first, &k))
			return problem_set(why, "%s=%s and %s=%s are no shard",
				pairs[i].index, index, pairs[i].total, total);
		*out = (struct shard){(int)(k - first + 1), (int)n};
		*variable = pairs[i].index;
		return true;
	}
	return true;
}

bool levels_parse(const char *text, unsigned *out, struct problem *why)
{
	unsigned levels = 0;

	for (;;) {
		const size_t length = strcspn(text, ",");
		char name[16] = "";
		enum level level;

		if (length < sizeof(name))
			memcpy(name, text, length);
		if (!level_find(name, &level))
			return problem_set(why, "'%.*s' is no level", (int)length, text);
		levels |= 1u << level;
		if (text[length] == '\0')
			break;
		text += length + 1;
	}
	*out = levels;
	return true;
}

bool plan_has(const struct catalog *catalog, const char *pattern)
{
	for (size_t i = 0; i < catalog->count; i++)
		if (pattern_matches(pattern, catalog->cases[i].id))
			return true;
	return false;
}

static bool check_patterns(const struct catalog *catalog,
	const struct selection *selection, struct problem *why)
{
	for (size_t i = 0; i < selection->pattern_count && !selection->may_miss; i++) {
		const char *pattern = selection->patterns[i];

		if (plan_has(catalog, pattern))
			continue;
		struct text text = TEXT_OVER(why->text);
		text_add(&text, "no case matches '");
		text_add_printable(&text, pattern, strnlen(pattern, CATALOG_ID_BYTES));
		text_add(&text, "'");
		near_add(&text, pattern, catalog);
		return false;
	}
	return true;
}

static bool matches_any(const struct selection *selection, const char *id)
{
	for (size_t i = 0; i < selection->pattern_count; i++)
		if (pattern_matches(selection->patterns[i], id))
			return true;
	return selection->pattern_count == 0;
}

static bool is_listed(const struct selection *selection, const char *id)
{
	for (size_t i = 0; i < selection->id_count; i++)
		if (strcmp(selection->ids[i], id) == 0)
			return true;
	return !selection->has_ids;
}

/* Case number N of a selection belongs to shard N modulo COUNT: neighbours, which cost
 * much the same, are spread. */
static void take_shard(struct plan *plan, struct shard shard)
{
	size_t kept = 0;

	for (size_t i = 0; i < plan->count; i++)
		if (i % (size_t)shard.count == (size_t)shard.index - 1)
			plan->cases[kept++] = plan->cases[i];
	plan->count = kept;
}

bool plan_select(const struct catalog *catalog, const struct selection *selection,
	struct plan *out, struct problem *why)
{
	bool levels_leave_any = false, patterns_match_any = false;

	*out = (struct plan){.cases = memory_new(catalog->count, sizeof(out->cases[0]))};
	if (!check_patterns(catalog, selection, why))
		return false;
	for (size_t i = 0; i < catalog->count; i++) {
		const struct catalog_case *c = &catalog->cases[i];

		if (!matches_any(selection, c->id))
			continue;
		patterns_match_any = true;
		if ((selection->levels & 1u << c->level) == 0)
			continue;
		levels_leave_any = true;
		if (is_listed(selection, c->id))
			out->cases[out->count++] = i;
	}
	if (patterns_match_any && !levels_leave_any)
		return problem_set(why, "no chosen case is of the chosen levels");
	take_shard(out, selection->shard);
	return true;
}

/* The next number of the sequence that STATE stands in (SplitMix64). */
static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

void plan_shuffle(size_t *order, size_t count, uint64_t seed, unsigned round)
{
	uint64_t state = seed;

	state = next_random(&state) + round;
	for (size_t i = count; i > 1; i--) {
		/* The bias of the remainder is below 2^-40 for any catalogue. */
		const size_t k = next_random(&state) % i;
		const size_t moved = order[i - 1];

		order[i - 1] = order[k];
		order[k] = moved;
	}
}

void plan_free(struct plan *plan)
{
	free(plan->cases);
	*plan = (struct plan){0};
}

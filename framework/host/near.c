#include "near.h"

#include <string.h>

enum { LONGEST = CATALOG_ID_BYTES };

/* The candidates found so far, nearest first. */
struct found {
	char names[NEAR_MATCHES][LONGEST + 1];
	size_t distances[NEAR_MATCHES];
	size_t count;
};

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t near_distance(const char *a, const char *b, size_t limit)
{
	const size_t length_a = strlen(a), length_b = strlen(b);
	size_t row[LONGEST + 1];

	if (length_a > LONGEST || length_b > LONGEST)
		return limit;
	for (size_t k = 0; k <= length_b; k++)
		row[k] = k;
	for (size_t i = 1; i <= length_a; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t k = 1; k <= length_b; k++) {
			const size_t change = diagonal + (a[i - 1] != b[k - 1]);

			diagonal = row[k];
			row[k] = least(change, least(row[k], row[k - 1]) + 1);
		}
	}
	return least(row[length_b], limit);
}

static bool is_found(const struct found *found, const char *name)
{
	for (size_t i = 0; i < found->count; i++)
		if (strcmp(found->names[i], name) == 0)
			return true;
	return false;
}

static void insert(struct found *found, const char *name, size_t distance)
{
	size_t at = found->count;

	while (at > 0 && found->distances[at - 1] > distance)
		at--;
	if (at == NEAR_MATCHES)
		return;
	const size_t kept = found->count - (found->count == NEAR_MATCHES);
	memmove(found->names[at + 1], found->names[at],
		(kept - at) * sizeof(found->names[0]));
	memmove(found->distances + at + 1, found->distances + at,
		(kept - at) * sizeof(found->distances[0]));
	strcpy(found->names[at], name); /* candidates fit: catalog_id_is_valid() */
	found->distances[at] = distance;
	found->count = kept + 1;
}

/* Ranks NAME by what of it may have been meant: all, or its last component alone. */
static void consider(struct found *found, const char *name, const char *wanted)
{
	const size_t limit = strlen(wanted) / 3 + 2;
	const char *slash = strrchr(name, '/');
	size_t distance = near_distance(wanted, name, limit);

	if (slash != NULL)
		distance = least(distance, near_distance(wanted, slash + 1, limit) + 1);
	if (strlen(wanted) >= 3 && strstr(name, wanted) != NULL)
		distance = least(distance, 1);
	if (distance < limit && !is_found(found, name))
		insert(found, name, distance);
}

void near_add(struct text *text, const char *wanted, const struct catalog *catalog)
{
	struct found found = {.count = 0};

	for (size_t i = 0; i < catalog->count; i++) {
		const char *id = catalog->cases[i].id;
		char prefix[LONGEST + 1];

		for (const char *slash = strchr(id, '/'); slash != NULL;
			slash = strchr(slash + 1, '/')) {
			memcpy(prefix, id, (size_t)(slash - id));
			prefix[slash - id] = '\0';
			consider(&found, prefix, wanted);
		}
		consider(&found, id, wanted);
	}
	for (size_t i = 0; i < found.count; i++)
		text_add(text, "%s%s", i == 0 ? "; near matches: " : ", ",
			found.names[i]);
}

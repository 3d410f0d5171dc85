/*
 * expected_folder: which files of a folder of expectations hold for a target.
 */
#include "expected.h"

#include "memory.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Compares numbers separated by dots, up to the first other character; a number that is not
 * there counts as 0. */
static int compare_versions(const char *left, const char *right)
{
	for (;;) {
		char *left_end, *right_end;
		const unsigned long a = strtoul(left, &left_end, 10);
		const unsigned long b = strtoul(right, &right_end, 10);

		if (a != b)
			return a < b ? -1 : 1;
		const bool left_goes_on =
			*left_end == '.' && isdigit((unsigned char)left_end[1]);
		const bool right_goes_on =
			*right_end == '.' && isdigit((unsigned char)right_end[1]);
		if (!left_goes_on && !right_goes_on)
			return 0;
		left = left_goes_on ? left_end + 1 : "0";
		right = right_goes_on ? right_end + 1 : "0";
	}
}

/* Whether CONDITION, a part of a file's name ("linux", "linux-since-6.15"), holds for FACT
 * ("Linux 6.1.0-47"). */
static bool holds_for(const char *condition, const char *fact)
{
	const size_t length = strcspn(fact, " ");
	const char *const version = fact + length + strspn(fact + length, " ");
	const char *const rest = condition + length;

	if (length == 0 || strncasecmp(condition, fact, length) != 0)
		return false;
	if (strncmp(rest, "-since-", 7) == 0)
		return compare_versions(version, rest + 7) >= 0;
	if (strncmp(rest, "-before-", 8) == 0)
		return compare_versions(version, rest + 8) < 0;
	return rest[0] == '\0';
}

static bool holds_for_any(const char *condition, const char *const *facts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (holds_for(condition, facts[i]))
			return true;
	return false;
}

/* Whether every condition of FILE ("qemu-user+aarch64.txt") holds. */
static bool file_holds(const char *file, const char *const *facts, size_t count)
{
	char *conditions = memory_format("%.*s", (int)(strlen(file) - 4), file);
	char *save = NULL;
	bool holds = true;

	for (char *one = strtok_r(conditions, "+", &save); one != NULL;
		one = strtok_r(NULL, "+", &save))
		holds = holds && holds_for_any(one, facts, count);
	free(conditions);
	return holds;
}

static int is_text_file(const struct dirent *entry)
{
	const size_t length = strlen(entry->d_name);

	return length > 4 && strcmp(entry->d_name + length - 4, ".txt") == 0;
}

static int count_conditions(const char *file)
{
	int count = 1;

	while ((file = strchr(file, '+')) != NULL) {
		count++;
		file++;
	}
	return count;
}

/* What holds for fewer systems comes later, and counts. */
static int by_conditions(const struct dirent **left, const struct dirent **right)
{
	const int difference =
		count_conditions((*left)->d_name) - count_conditions((*right)->d_name);

	return difference != 0 ? difference : strcmp((*left)->d_name, (*right)->d_name);
}

bool expected_read_folder(struct expectations *expected, const char *folder,
	const char *const *facts, size_t fact_count, struct problem *why)
{
	struct dirent **entries = NULL;
	const int count = scandir(folder, &entries, is_text_file, by_conditions);
	bool done = count >= 0;

	if (!done)
		return problem_set(why, "cannot read %s: %s", folder, strerror(errno));
	for (int i = 0; i < count; i++) {
		const char *const file = entries[i]->d_name;
		if (done && file_holds(file, facts, fact_count)) {
			char *path = memory_format("%s/%s", folder, file);
			done = expected_read(expected, path, true, why);
			free(path);
		}
		free(entries[i]);
	}
	free(entries);
	return done;
}

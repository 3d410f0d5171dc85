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

/* "Linux 6.1.0-47" taken apart: "linux" and "6.1.0-47". */
struct system {
	char name[33];
	const char *version;
};

static struct system system_of(const char *words)
{
	struct system system = {.name = ""};
	size_t length = 0;

	while (length < sizeof(system.name) - 1 &&
		isalnum((unsigned char)words[length])) {
		system.name[length] = (char)tolower((unsigned char)words[length]);
		length++;
	}
	system.version = words + length + strspn(words + length, " ");
	return system;
}

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

/* Whether the file called FILE holds for SYSTEM. */
static bool holds_for(const char *file, const struct system *system)
{
	const size_t length = strlen(system->name);
	const size_t suffix = strlen(".txt");
	char rest[64];

	if (length == 0 || strncmp(file, system->name, length) != 0 ||
		strlen(file) < length + suffix ||
		strcmp(file + strlen(file) - suffix, ".txt") != 0)
		return false;
	const size_t middle = strlen(file) - length - suffix;
	if (middle >= sizeof(rest))
		return false;
	memcpy(rest, file + length, middle);
	rest[middle] = '\0';
	if (strncmp(rest, "-since-", 7) == 0)
		return compare_versions(system->version, rest + 7) >= 0;
	if (strncmp(rest, "-before-", 8) == 0)
		return compare_versions(system->version, rest + 8) < 0;
	return middle == 0;
}

static int is_text_file(const struct dirent *entry)
{
	const size_t length = strlen(entry->d_name);

	return length > 4 && strcmp(entry->d_name + length - 4, ".txt") == 0;
}

bool expected_read_folder(struct expectations *expected, const char *folder,
	const char *const target_words[2], struct problem *why)
{
	const struct system systems[2] = {
		system_of(target_words[0]), system_of(target_words[1])};
	struct dirent **entries = NULL;
	const int count = scandir(folder, &entries, is_text_file, alphasort);
	bool done = count >= 0;

	if (!done)
		return problem_set(why, "cannot read %s: %s", folder, strerror(errno));
	for (int i = 0; i < count; i++) {
		const char *const file = entries[i]->d_name;
		if (done &&
			(holds_for(file, &systems[0]) || holds_for(file, &systems[1]))) {
			char *path = memory_format("%s/%s", folder, file);
			done = expected_read(expected, path, true, why);
			free(path);
		}
		free(entries[i]);
	}
	free(entries);
	return done;
}

/*
 * Patterns: the first line of the input is a pattern, the second an id.
 */
#include "pattern.h"

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *const pattern = fuzz_string(data, size);
	char *const end = strchr(pattern, '\n');
	const char *id = "pipe/open/x.row";

	if (end) {
		*end = '\0';
		id = end + 1;
	}
	const bool matches = pattern_matches(pattern, id);
	const bool is_exact = pattern_matches_exactly(pattern, id);
	MUST(!is_exact || matches || (pattern[0] == '\0' && id[0] == '\0') ||
		pattern[strlen(pattern) - 1] == '/');
	MUST(pattern_is_glob(pattern) || !matches || id[0] == pattern[0]);
	MUST(pattern_is_glob(pattern) || is_exact == (strcmp(pattern, id) == 0));
	MUST(pattern[0] != '\0' || !matches);
	free(pattern);
	return 0;
}

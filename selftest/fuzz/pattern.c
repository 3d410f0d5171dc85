/*
 * Patterns: the first line of the input is a pattern, the second an id.
 */
#include "pattern.h"

#include "fuzz.h"

/* A pattern without glob selects its own id and what is below it, whole components. */
static bool is_at_or_below(const char *pattern, const char *id)
{
	size_t length = strlen(pattern);

	while (length > 0 && pattern[length - 1] == '/')
		length--;
	if (length == 0 || strlen(id) < length || memcmp(pattern, id, length) != 0)
		return false;
	return id[length] == '\0' || id[length] == '/' || id[length] == '.';
}

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
	if (pattern_is_glob(pattern)) {
		MUST(matches == is_exact);
	} else {
		MUST(is_exact == (strcmp(pattern, id) == 0));
		MUST(matches == is_at_or_below(pattern, id));
	}
	MUST(pattern[0] != '\0' || !matches);
	free(pattern);
	return 0;
}

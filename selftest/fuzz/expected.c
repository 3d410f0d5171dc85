/*
 * Files of expectations: a line that is kept has a pattern, a verdict and a reason, and is
 * found by its own pattern; a file that is refused says in which line.
 */
#include "expected.h"

#include "fuzz.h"

static void check_kept(const struct expectations *expected)
{
	for (size_t i = 0; i < expected->count; i++) {
		const struct expectation *const line = &expected->lines[i];
		const bool is_pass = line->verdicts == 1u << VERDICT_PASS;

		MUST(line->pattern[0] != '\0' && line->reason[0] != '\0');
		MUST(line->verdicts != 0);
		MUST(line->verdicts < 1u << VERDICT_COUNT);
		MUST(line->line >= 1 && strcmp(line->file, "f") == 0);
		MUST(strchr(line->reason, '\n') == NULL);
		/* A pattern is in a file once, and the very id comes before a glob. */
		MUST(expected_find(expected, line->pattern) == (is_pass ? NULL : line));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct expectations expected = {.count = 0}, more = {.count = 0};
	struct problem why = {.text = ""};
	char *const text = fuzz_string(data, size);

	if (expected_parse(&expected, "f", text, size, &why))
		check_kept(&expected);
	else
		MUST(strncmp(why.text, "f:", 2) == 0 && atoi(why.text + 2) >= 1);
	expected_join(&more, &expected);
	expected_free(&more);
	expected_free(&expected);
	free(text);
	return 0;
}

/*
 * fuzz: what the fuzz targets share.  Each is a program of its own around libFuzzer's main;
 * `make fuzz` builds and runs them.  Beyond what the sanitizers see, each states what must
 * hold of any input.
 */
#ifndef ASSAY_SELFTEST_FUZZ_H
#define ASSAY_SELFTEST_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** What libFuzzer calls with each input. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Ends the program, with the input kept by libFuzzer, unless CONDITION is true. */
#define MUST(condition)                                                                  \
	do {                                                                             \
		if (!(condition)) {                                                      \
			(void)fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, \
				#condition);                                             \
			abort();                                                         \
		}                                                                        \
	} while (0)

/** A copy of DATA as a string, freed by the caller.  Its size is exact, so that reading
 *  past its end is seen. */
static inline char *fuzz_string(const uint8_t *data, size_t size)
{
	char *const text = malloc(size + 1);

	MUST(text != NULL);
	memcpy(text, data, size);
	text[size] = '\0';
	return text;
}

#endif

/*
 * Files of targets: each that is kept has a name of its own and a command; a file that is
 * refused says in which line.
 */
#include "targets.h"

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct targets targets = {.count = 0};
	struct problem why = {.text = ""};
	char *const text = fuzz_string(data, size);

	if (targets_parse("f", text, size, &targets, &why)) {
		MUST(targets.count >= 1 && targets.count <= TARGETS_MAX);
		for (size_t i = 0; i < targets.count; i++) {
			const struct target *target = &targets.all[i];

			MUST(target->name[0] != '\0' && target->command[0] != '\0');
			MUST(target->jobs >= 0 && target->jobs <= TARGETS_JOBS_MAX);
			for (size_t k = 0; k < i; k++)
				MUST(strcmp(target->name, targets.all[k].name) != 0);
		}
	} else {
		MUST(strncmp(why.text, "f:", 2) == 0);
	}
	targets_free(&targets);
	free(text);
	return 0;
}

#include "inject.h"

#include "install.h"
#include "memory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ASSAY_FAILED = 125 }; /* as env(1) and timeout(1) have it */

bool inject_is_asked(int argc, char **argv)
{
	if (argc < 2 || strcmp(argv[1], "inject") != 0)
		return false;
	for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			return false;
	return true;
}

int inject_become(int argc, char **argv)
{
	struct problem why = {""};
	char *worker = install_worker(&why);
	char **words = memory_new((size_t)argc + 2, sizeof(*words));
	char name[] = "assay-worker", option[] = "--inject";

	words[0] = name;
	words[1] = option;
	for (int i = 2; i < argc; i++)
		words[i] = argv[i];
	if (worker != NULL) {
		(void)execv(worker, words);
		(void)problem_set(&why, "cannot execute %s: %s", worker, strerror(errno));
	}
	(void)fprintf(stderr, "assay inject: %s\n", why.text);
	free(words);
	free(worker);
	return ASSAY_FAILED;
}

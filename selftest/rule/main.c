/*
 * The tests of the grammar of faults; with arguments, each is a rule to be parsed instead.
 */
#include "suites.h"

#include "rule.h"

#include <stdio.h>
#include <stdlib.h>

static int parse_all(char **texts)
{
	struct rule rule;
	struct problem why;
	int status = EXIT_SUCCESS;

	for (; *texts; texts++) {
		if (rule_parse(*texts, &rule, &why))
			continue;
		(void)printf("'%s': %s\n", *texts, why.text);
		status = EXIT_FAILURE;
	}
	return status;
}

int main(int argc, char **argv)
{
	if (argc > 1)
		return parse_all(argv + 1);
	SRunner *runner = srunner_create(suite_of_accepted());

	srunner_add_suite(runner, suite_of_refused());
	srunner_add_suite(runner, suite_of_meaning());
	srunner_add_suite(runner, suite_of_tables());
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

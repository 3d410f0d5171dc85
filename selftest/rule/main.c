#include "suites.h"

#include <stdlib.h>

int main(void)
{
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

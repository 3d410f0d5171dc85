#include "unit.h"

#include <stdarg.h>
#include <stdlib.h>

Suite *suite_with(const char *name, const TTest *first, ...)
{
	Suite *suite = suite_create(name);
	TCase *tests = tcase_create(name);
	va_list more;

	va_start(more, first);
	for (const TTest *test = first; test; test = va_arg(more, const TTest *))
		tcase_add_test(tests, test);
	va_end(more);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(suite_of_text());

	srunner_add_suite(runner, suite_of_problem());
	srunner_add_suite(runner, suite_of_verdict());
	srunner_add_suite(runner, suite_of_call());
	srunner_add_suite(runner, suite_of_pattern());
	srunner_add_suite(runner, suite_of_printable());
	srunner_add_suite(runner, suite_of_plan());
	srunner_add_suite(runner, suite_of_expected());
	srunner_add_suite(runner, suite_of_conversation());
	srunner_add_suite(runner, suite_of_messages());
	srunner_add_suite(runner, suite_of_options());
	srunner_add_suite(runner, suite_of_targets());
	srunner_add_suite(runner, suite_of_errnos());
	srunner_add_suite(runner, suite_of_sweep());
	srunner_add_suite(runner, suite_of_sweep_options());
	srunner_add_suite(runner, suite_of_valgrind_xml());
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

#include "record.h"

#include "hello.h"
#include "memory.h"
#include "printable.h"
#include "result.h"
#include "shell.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static char *command_line(char **argv)
{
	char *line = shell_line(argv);
	char *shown = printable_copy(line, strlen(line));

	free(line);
	return shown;
}

char *record_time_now(void)
{
	const time_t now = time(NULL);
	struct tm parts;
	char text[32] = "";

	if (gmtime_r(&now, &parts) != NULL)
		(void)strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts);
	return memory_text(text);
}

void record_begin(struct report *report, char **argv)
{
	*report = (struct report){
		.version = memory_text(ASSAY_VERSION),
		.command_line = command_line(argv),
		.started = record_time_now(),
		.shard_index = 1,
		.shard_count = 1,
		.repeat = 1,
	};
}

void record_cases(struct report *report, const struct catalog *catalog,
	const struct plan *plan)
{
	report->cases = memory_new(plan->count, sizeof(report->cases[0]));
	report->case_count = plan->count;
	for (size_t i = 0; i < plan->count; i++)
		result_begin(&report->cases[i], &catalog->cases[plan->cases[i]]);
}

void record_trouble(struct report *report, const char *format, ...)
{
	char text[2048];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	report->troubles = memory_append(report->troubles, report->trouble_count,
		sizeof(report->troubles[0]));
	/* A cut may have split a character: printable again. */
	report->troubles[report->trouble_count++] = printable_copy(text, strlen(text));
}

void record_free(struct report *report)
{
	for (size_t i = 0; i < report->case_count; i++)
		result_free(&report->cases[i]);
	free(report->cases);
	for (size_t i = 0; i < report->trouble_count; i++)
		free(report->troubles[i]);
	free(report->troubles);
	hello_free(&report->target);
	free(report->version);
	free(report->command_line);
	free(report->started);
	*report = (struct report){0};
}

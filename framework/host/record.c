#include "record.h"

#include "hello.h"
#include "memory.h"
#include "printable.h"
#include "result.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* WORD as a shell would take it; quoted only where it must be. */
static char *quoted(const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-+=./:,@%";
	char *text = memory_new(strlen(word) * 4 + 3, 1);
	char *to = text;

	if (word[0] != '\0' && word[strspn(word, plain)] == '\0')
		return strcpy(text, word);
	*to++ = '\'';
	for (; *word != '\0'; word++) {
		if (*word == '\'')
			to = stpcpy(to, "'\\''");
		else
			*to++ = *word;
	}
	strcpy(to, "'");
	return text;
}

static char *command_line(int argc, char **argv)
{
	char *line = memory_text("");

	for (int i = 0; i < argc; i++) {
		char *word = quoted(argv[i]);
		char *longer = memory_format("%s%s%s", line, i > 0 ? " " : "", word);

		free(word);
		free(line);
		line = longer;
	}
	char *shown = printable_copy(line, strlen(line));
	free(line);
	return shown;
}

static char *time_now(void)
{
	const time_t now = time(NULL);
	struct tm parts;
	char text[32] = "";

	if (gmtime_r(&now, &parts) != NULL)
		(void)strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts);
	return memory_text(text);
}

void record_begin(struct report *report, int argc, char **argv)
{
	*report = (struct report){
		.version = memory_text(ASSAY_VERSION),
		.command_line = command_line(argc, argv),
		.started = time_now(),
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

#include "sweep.h"

#include "clock.h"
#include "help.h"
#include "install.h"
#include "interrupt.h"
#include "memory.h"
#include "outputs.h"
#include "perform.h"
#include "printable.h"
#include "record.h"
#include "screen.h"
#include "shell.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SHOWN_BAD = 12 }; /* points of each class, without -v */

void sweep_remark(struct sweep *sweep, const char *format, ...)
{
	struct sweep_report *report = &sweep->report;
	char text[1024];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	report->remarks = memory_append(report->remarks, report->remark_count,
		sizeof(report->remarks[0]));
	report->remarks[report->remark_count++] = printable_copy(text, strlen(text));
}

static size_t job_count(const struct sweep_options *options)
{
	const long processors = sysconf(_SC_NPROCESSORS_ONLN);

	if (options->jobs > 0)
		return (size_t)options->jobs;
	return processors < 1 ? 1 : processors > 64 ? 64 : (size_t)processors;
}

static bool check_files(const struct sweep_options *options, struct problem *why)
{
	const char *const paths[] = {options->json, options->junit};

	for (size_t i = 0; i < 2; i++)
		if (paths[i] != NULL && !outputs_check_file(paths[i], why))
			return false;
	return true;
}

static void list_todo(struct sweep *sweep)
{
	const struct sweep_report *report = &sweep->report;
	const size_t parts = (size_t)report->shard_count;

	sweep->pending = memory_new(report->point_count + 1, sizeof(sweep->pending[0]));
	for (size_t i = 0; i < report->point_count; i++)
		if (i % parts == (size_t)report->shard_index - 1 &&
			report->points[i].class == SWEEP_NOT_RUN)
			sweep->pending[sweep->pending_count++] = i;
}

static void begin(struct sweep *sweep)
{
	const struct sweep_options *options = sweep->options;
	char *command = shell_line(options->command);

	sweep->worker_count = job_count(options);
	sweep->workers = memory_new(sweep->worker_count, sizeof(sweep->workers[0]));
	for (size_t i = 0; i < sweep->worker_count; i++)
		sweep->workers[i].process = (struct process)PROCESS_NONE;
	sweep->report = (struct sweep_report){
		.version = ASSAY_VERSION,
		.command = printable_copy(command, strlen(command)),
		.started = record_time_now(),
		.workers = (int)sweep->worker_count,
		.shard_index = options->shard.index,
		.shard_count = options->shard.count,
	};
	free(command);
}

/* Returns an exit status, or STATUS_RIGHT when there is a report to be written. */
static int sweep_all(struct sweep *sweep, struct problem *why)
{
	sweep->worker_path = install_worker(why);
	if (sweep->worker_path == NULL || !check_files(sweep->options, why))
		return STATUS_UNABLE;
	sweep->interrupt_fd = interrupt_open(why);
	if (sweep->interrupt_fd < 0)
		return STATUS_UNABLE;
	const bool recorded = sweep_record(sweep, why);
	sweep_worker_end(&sweep->workers[0]);
	if (!recorded) {
		const int signal = interrupt_take(sweep->interrupt_fd);
		return signal != 0          ? STATUS_SIGNAL + signal
			: sweep->is_misused ? STATUS_USAGE
					    : STATUS_UNABLE;
	}
	if (!sweep_points(sweep, why) || !sweep_resume_open(sweep, why))
		return STATUS_USAGE;
	list_todo(sweep);
	return sweep_visit(sweep, why) ? STATUS_RIGHT : STATUS_UNABLE;
}

static int status_of(const struct sweep_report *report)
{
	const int signals[] = {SIGINT, SIGTERM, SIGHUP};
	int status = STATUS_RIGHT;

	for (size_t i = 0; report->interrupted != NULL && i < 3; i++)
		if (strcmp(report->interrupted, interrupt_name(signals[i])) == 0)
			return STATUS_SIGNAL + signals[i];
	for (size_t i = 0; i < report->point_count; i++) {
		if (sweep_class_is_bad(report->points[i].class))
			return STATUS_UNEXPECTED;
		if (report->points[i].class == SWEEP_BROKEN)
			status = STATUS_UNABLE;
	}
	return status;
}

static bool write_files(const struct sweep *sweep, struct problem *why)
{
	const struct sweep_options *options = sweep->options;
	bool done = true;

	if (options->json != NULL)
		done = sweep_to_file(&sweep->report, sweep_json, options->json, why);
	if (options->junit != NULL)
		done = sweep_to_file(&sweep->report, sweep_junit, options->junit,
			       done ? why : &(struct problem){""}) &&
			done;
	return done;
}

static int report(struct sweep *sweep, struct problem *why)
{
	const size_t shown = sweep->options->verbose ? 0 : SHOWN_BAD;
	const bool written = write_files(sweep, why);

	interrupt_close(sweep->interrupt_fd);
	sweep->interrupt_fd = -1;
	if (!sweep->options->quiet &&
		!sweep_terminal(&sweep->report, stdout, shown,
			screen_columns(STDOUT_FILENO),
			screen_has_color(STDOUT_FILENO, WHEN_AUTO)))
		(void)problem_set(why, "out of memory");
	struct problem lost;
	if (!outputs_flush_stdout(&lost)) {
		if (written)
			*why = lost;
		return STATUS_UNABLE;
	}
	return written ? status_of(&sweep->report) : STATUS_UNABLE;
}

static void release(struct sweep *sweep)
{
	struct sweep_report *report = &sweep->report;

	for (size_t i = 0; i < sweep->worker_count; i++)
		sweep_worker_end(&sweep->workers[i]);
	for (size_t i = 0; i < report->point_count; i++) {
		free(report->points[i].rule);
		free(report->points[i].text);
		free(report->points[i].said);
	}
	for (size_t i = 0; i < report->remark_count; i++)
		free(report->remarks[i]);
	free(report->points);
	free(report->remarks);
	free(report->calls);
	free(report->command);
	free(report->started);
	free(report->clean);
	free(sweep->workers);
	free(sweep->pending);
	free(sweep->again);
	free(sweep->worker_path);
	json_decref(sweep->record.run);
	if (sweep->interrupt_fd >= 0)
		interrupt_close(sweep->interrupt_fd);
	if (sweep->resume_fd >= 0)
		(void)close(sweep->resume_fd); /* each line was written by one call */
}

static int perform(const struct sweep_options *options, struct problem *why)
{
	struct sweep sweep = {.options = options, .interrupt_fd = -1, .resume_fd = -1};
	const int64_t started_us = clock_now_us();

	begin(&sweep);
	int status = sweep_all(&sweep, why);
	sweep.report.wall_us = (long)(clock_now_us() - started_us);
	if (status == STATUS_RIGHT)
		status = report(&sweep, why);
	release(&sweep);
	return status;
}

int sweep_main(int argc, char **argv)
{
	struct sweep_options options;
	struct problem why = {""};
	int status = STATUS_USAGE;

	if (!sweep_options_parse(argc, argv, &options, &why)) {
		(void)fprintf(stderr, "assay: %s\n%s\n", why.text, help_usage("sweep"));
		sweep_options_free(&options);
		return status;
	}
	if (options.help) {
		(void)fputs(help_text("sweep"), stdout);
		status = outputs_flush_stdout(&why) ? STATUS_RIGHT : STATUS_UNABLE;
	} else {
		status = perform(&options, &why);
	}
	if (why.text[0] != '\0')
		(void)fprintf(stderr, "assay sweep: %s\n", why.text);
	sweep_options_free(&options);
	return status;
}

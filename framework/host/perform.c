#include "perform.h"

#include "changes.h"
#include "failed.h"
#include "interrupt.h"
#include "memory.h"
#include "outputs.h"
#include "part.h"
#include "progress.h"
#include "screen.h"
#include "under.h"
#include "valgrind.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

/* All that a run holds: for each target a part, and at the same index its report. */
struct performance {
	const struct options *options;
	struct failed failed;
	struct part_order order;
	struct target *targets;
	struct part *parts;
	struct report *reports;
	struct report_set set;
	struct changes changes;
};

static unsigned long new_seed(void)
{
	unsigned seed = 0;

	if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != (ssize_t)sizeof(seed))
		seed = (unsigned)getpid();
	return seed;
}

/* What can be wrong before any worker is started. */
static int prepare(struct performance *p, struct problem *why)
{
	const struct options *options = p->options;
	struct shard *shard = &p->order.shard;
	const char *variable = NULL;

	*shard = options->shard;
	if (!options->has_shard && !shard_from_environment(getenv, shard, &variable, why))
		return STATUS_USAGE;
	if (variable != NULL && shard->count > 1)
		(void)fprintf(stderr, "assay: shard %d/%d, from %s\n", shard->index,
			shard->count, variable);
	struct expectations tried = {.count = 0};
	bool done = true;
	for (size_t i = 0; done && i < options->expect_count; i++)
		done = expected_read(&tried, options->expect[i], false, why);
	expected_free(&tried);
	if (!done)
		return STATUS_USAGE;
	if (options->failed != NULL && !failed_read(options->failed, &p->failed, why))
		return STATUS_USAGE;
	if (!changes_open(&p->changes, options->baseline, why))
		return STATUS_USAGE;
	p->order.seed =
		options->has_seed || !options->shuffle ? options->seed : new_seed();
	if (options->valgrind != NULL && !valgrind_is_available(why))
		return STATUS_UNABLE;
	return outputs_check(options, why) ? STATUS_RIGHT : STATUS_UNABLE;
}

/* One target among several is of no use: the run goes on without it, and says so. */
static void give_up(struct part *part, const struct problem *why)
{
	char *words = conversation_last_words(&part->session.talk);

	process_kill(&part->session.process);
	part_name(part);
	record_trouble(part->report, "%s%s%s", why->text,
		words[0] != '\0' ? "; it wrote: " : "", words);
	free(words);
}

/* Whether every pattern matches a case of some target. */
static bool all_match_somewhere(const struct performance *p)
{
	const struct options *options = p->options;

	for (size_t i = 0; i < options->pattern_count; i++) {
		bool matches = false;

		for (size_t k = 0; k < p->set.count && !matches; k++)
			matches = p->parts[k].is_met &&
				plan_has(&p->parts[k].session.catalog,
					options->patterns[i]);
		if (!matches)
			return false;
	}
	return true;
}

/* Starts all targets, then waits for each: they boot side by side.  STATUS_SIGNAL when a
 * signal came. */
static int meet_all(struct performance *p, struct problem *problems)
{
	for (size_t i = 0; i < p->set.count; i++)
		(void)part_start(&p->parts[i], &problems[i]);
	for (size_t i = 0; i < p->set.count; i++)
		if (p->parts[i].session.process.pid > 0 &&
			!part_meet(&p->parts[i], &problems[i]) &&
			problems[i].text[0] == '\0')
			return STATUS_SIGNAL;
	return STATUS_RIGHT;
}

/* When no target is of use the first's problem is that of the run. */
static int choose_all(struct performance *p, struct problem *problems)
{
	const bool is_alone = p->set.count == 1;
	int status = p->parts[0].is_met ? STATUS_USAGE : STATUS_UNABLE;

	p->order.may_miss = !is_alone && all_match_somewhere(p);
	for (size_t i = 0; i < p->set.count; i++) {
		struct part *part = &p->parts[i];

		if (part->is_met && part_choose(part, &problems[i]))
			status = STATUS_RIGHT;
		else if (!is_alone)
			give_up(part, &problems[i]);
	}
	return status;
}

static int begin_all(struct performance *p, struct problem *why)
{
	struct problem *problems = memory_new(p->set.count, sizeof(*problems));
	int status = meet_all(p, problems);

	if (status != STATUS_SIGNAL)
		status = choose_all(p, problems);
	if (status != STATUS_RIGHT && status != STATUS_SIGNAL)
		*why = problems[0];
	free(problems);
	return status;
}

static struct report_style style_of(const struct options *options)
{
	return (struct report_style){
		.color = screen_has_color(STDOUT_FILENO, options->color),
		.quiet = options->quiet,
		.verbose = options->verbose,
		.columns = screen_columns(STDOUT_FILENO),
	};
}

/* Runs the parts that are ready.  False when one of them gave up. */
static bool run_parts(struct performance *p, struct progress *progress)
{
	struct schedule *schedules = memory_new(p->set.count, sizeof(*schedules));
	size_t count = 0, total = 0;
	bool is_good = true;

	for (size_t i = 0; i < p->set.count; i++) {
		if (!p->parts[i].is_ready)
			continue;
		schedules[count++] = part_schedule(&p->parts[i], progress);
		total += p->parts[i].plan.count * (size_t)p->options->repeat;
	}
	progress_begin(progress, &p->set, total);
	if (p->options->under != NULL)
		schedules[0].end = under_run(&schedules[0]);
	else
		schedule_run(schedules, count);
	progress_end(progress);
	for (size_t i = 0; i < count; i++)
		is_good = is_good && schedules[i].end != SCHEDULE_GAVE_UP;
	free(schedules);
	return is_good && count == p->set.count;
}

static bool run(struct performance *p)
{
	const struct options *options = p->options;
	const struct report_style style = style_of(options);
	struct progress progress = {
		.style = &style,
		.cases = outputs_has_terminal(options) ? stdout : NULL,
		.has_bar = options->under == NULL && screen_can_draw(),
	};

	return run_parts(p, &progress);
}

/* Troubles that no report on standard output shows. */
static void remark_troubles(const struct performance *p)
{
	if (outputs_has_terminal(p->options) && !p->options->quiet)
		return;
	for (size_t i = 0; i < p->set.count; i++)
		for (size_t k = 0; k < p->reports[i].trouble_count; k++)
			(void)fprintf(stderr, "assay: %s%s%s\n",
				p->set.count > 1 ? p->reports[i].target.name : "",
				p->set.count > 1 ? ": " : "", p->reports[i].troubles[k]);
}

static int signal_status(const char *interrupted)
{
	const int signals[] = {SIGINT, SIGTERM, SIGHUP};

	for (size_t i = 0; i < 3; i++)
		if (strcmp(interrupted, interrupt_name(signals[i])) == 0)
			return STATUS_SIGNAL + signals[i];
	return STATUS_UNABLE;
}

/* With a baseline what was wrong before is no news. */
static bool is_bad(const struct performance *p)
{
	if (p->options->baseline != NULL)
		return changes_are_bad(&p->changes);
	for (size_t i = 0; i < p->set.count; i++)
		for (size_t k = 0; k < p->reports[i].case_count; k++)
			if (report_case_is_unexpected(&p->reports[i].cases[k]))
				return true;
	return false;
}

static int status_of(const struct performance *p, bool is_whole, struct problem *why)
{
	for (size_t i = 0; i < p->set.count; i++)
		if (p->reports[i].interrupted != NULL)
			return signal_status(p->reports[i].interrupted);
	for (size_t i = 0; !is_whole && i < p->set.count; i++) {
		const struct report *report = &p->reports[i];

		if (report->trouble_count == 0)
			continue;
		problem_set(why, "%s%sgave up: %s",
			p->set.count > 1 ? report->target.name : "",
			p->set.count > 1 ? " " : "",
			report->troubles[report->trouble_count - 1]);
		return STATUS_UNABLE;
	}
	return is_bad(p) ? STATUS_UNEXPECTED : STATUS_RIGHT;
}

/* Files are written while signals are held back, so that none is left half-made; standard
 * output, which may be a pipe that nobody reads, when they can end the program again. */
static int write_reports(struct performance *p, bool is_whole, struct problem *why)
{
	const struct options *options = p->options;
	const struct report_style style = style_of(options);
	struct problem problem = {""};

	remark_troubles(p);
	bool done = outputs_write_files(options, &p->set, &problem);
	const int late = interrupt_take(p->order.interrupt_fd);
	for (size_t i = 0; late != 0 && i < p->set.count; i++)
		if (p->reports[i].interrupted == NULL)
			p->reports[i].interrupted = interrupt_name(late);
	interrupt_close(p->order.interrupt_fd);
	p->order.interrupt_fd = -1;

	struct problem stdout_problem;
	if (!outputs_write_stdout(options, &p->set, &style, &stdout_problem)) {
		if (done)
			problem = stdout_problem;
		done = false;
	}
	const int status = status_of(p, is_whole, why);
	if (done)
		return status;
	*why = problem;
	return status >= STATUS_SIGNAL ? status : STATUS_UNABLE;
}

/* A signal came before anything was run. */
static int write_nothing_done(struct performance *p, struct problem *why)
{
	const int signal = interrupt_take(p->order.interrupt_fd);

	for (size_t i = 0; i < p->set.count; i++) {
		process_kill(&p->parts[i].session.process);
		if (!p->parts[i].is_ready)
			part_name(&p->parts[i]);
		p->reports[i].interrupted = interrupt_name(signal);
	}
	return write_reports(p, true, why);
}

static int perform(struct performance *p, struct problem *why)
{
	int status = prepare(p, why);

	if (status != STATUS_RIGHT)
		return status;
	p->order.interrupt_fd = interrupt_open(why);
	if (p->order.interrupt_fd < 0)
		return STATUS_UNABLE;
	status = begin_all(p, why);
	if (status == STATUS_SIGNAL)
		return write_nothing_done(p, why);
	if (status != STATUS_RIGHT)
		return status;
	for (size_t i = 0; i < p->set.count; i++)
		if (p->parts[i].is_ready)
			part_remark(&p->parts[i]);
	if (p->options->under != NULL) {
		session_dismiss(&p->parts[0].session);
		p->targets[0].under = p->options->under;
	}
	const bool is_whole = run(p);
	if (!changes_find(&p->changes, p->parts, &p->set, why))
		return STATUS_UNABLE;
	return write_reports(p, is_whole, why);
}

static void open_performance(struct performance *p, char **argv)
{
	const size_t count = p->options->targets.count;
	/* The list needs no debugger: .under is set for the run itself. */
	p->targets = memory_new(count, sizeof(*p->targets));
	p->parts = memory_new(count, sizeof(*p->parts));
	p->reports = memory_new(count, sizeof(*p->reports));
	p->set = (struct report_set){.runs = p->reports, .count = count};
	p->order = (struct part_order){
		.options = p->options, .failed = &p->failed, .interrupt_fd = -1};
	for (size_t i = 0; i < count; i++) {
		p->targets[i] = p->options->targets.all[i];
		p->targets[i].valgrind = p->options->valgrind;
		record_begin(&p->reports[i], argv);
		p->parts[i] = (struct part){
			.order = &p->order,
			.target = &p->targets[i],
			.report = &p->reports[i],
			.session = {.process = PROCESS_NONE},
		};
	}
}

static void close_performance(struct performance *p)
{
	for (size_t i = 0; i < p->set.count; i++) {
		part_free(&p->parts[i]);
		record_free(&p->reports[i]);
	}
	changes_free(&p->changes);
	free(p->targets);
	free(p->parts);
	free(p->reports);
	failed_free(&p->failed);
	if (p->order.interrupt_fd >= 0)
		interrupt_close(p->order.interrupt_fd);
}

int perform_run(const struct options *options, char **argv, char **errors,
	struct problem *why)
{
	struct performance p = {.options = options};

	open_performance(&p, argv);
	const int status = perform(&p, why);
	*errors = conversation_errors(&p.parts[0].session.talk);
	close_performance(&p);
	return status;
}

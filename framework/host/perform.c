#include "perform.h"

#include "expected.h"
#include "failed.h"
#include "hello.h"
#include "install.h"
#include "interrupt.h"
#include "memory.h"
#include "outputs.h"
#include "plan.h"
#include "progress.h"
#include "record.h"
#include "schedule.h"
#include "screen.h"
#include "under.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

/* All that a run holds. */
struct performance {
	const struct options *options;
	struct session *session;
	struct expectations expected;
	struct failed failed;
	struct plan plan;
	struct report report;
	struct shard shard;
	int interrupt_fd;
};

/* What can be wrong before any worker is started. */
static int prepare(struct performance *p, struct problem *why)
{
	const struct options *options = p->options;
	const char *variable = NULL;

	p->shard = options->shard;
	if (!options->has_shard &&
		!shard_from_environment(getenv, &p->shard, &variable, why))
		return STATUS_USAGE;
	if (variable != NULL && p->shard.count > 1)
		(void)fprintf(stderr, "assay: shard %d/%d, from %s\n", p->shard.index,
			p->shard.count, variable);
	for (size_t i = 0; i < options->expect_count; i++)
		if (!expected_read(&p->expected, options->expect[i], false, why))
			return STATUS_USAGE;
	if (options->failed != NULL && !failed_read(options->failed, &p->failed, why))
		return STATUS_USAGE;
	return outputs_check(options, why) ? STATUS_RIGHT : STATUS_UNABLE;
}

/* The expectations that come with assay stand before those of the command line, which thus
 * count. */
static bool add_shipped(struct performance *p, struct problem *why)
{
	const struct report_target *about = &p->session->about;
	const char *const words[2] = {about->kernel, about->libc};
	struct expectations all = {.count = 0};
	char *folder = install_expectations();
	const bool done =
		folder == NULL || expected_read_folder(&all, folder, words, why);

	free(folder);
	expected_join(&all, &p->expected);
	p->expected = all;
	return done;
}

static int choose(struct performance *p, struct problem *why)
{
	const struct options *options = p->options;
	const struct catalog *catalog = &p->session->catalog;
	const struct selection selection = {
		.patterns = options->patterns,
		.pattern_count = options->pattern_count,
		.levels = options->levels,
		.ids = (const char *const *)p->failed.ids,
		.id_count = p->failed.count,
		.has_ids = options->failed != NULL,
		.shard = p->shard,
	};

	if (!expected_check(&p->expected, catalog, why) || !add_shipped(p, why) ||
		!plan_select(catalog, &selection, &p->plan, why))
		return STATUS_USAGE;
	if (options->target.under != NULL && p->plan.count != 1) {
		problem_set(why, "--under runs one case, chosen are %zu", p->plan.count);
		return STATUS_USAGE;
	}
	if (options->at != NULL && p->plan.count != 1) {
		problem_set(why, "--at visits a point of one sweep, chosen are %zu",
			p->plan.count);
		return STATUS_USAGE;
	}
	return STATUS_RIGHT;
}

/* Cases of the earlier report that are no more, and an empty choice, are said. */
static void remark_choice(const struct performance *p)
{
	for (size_t i = 0; i < p->failed.count; i++)
		if (catalog_find(&p->session->catalog, p->failed.ids[i]) ==
			p->session->catalog.count)
			(void)fprintf(stderr, "assay: %s is no case any more\n",
				p->failed.ids[i]);
	if (p->plan.count == 0)
		(void)fprintf(stderr, "assay: nothing to run: no chosen case is in %s\n",
			p->failed.count == 0 && p->options->failed != NULL
				? p->options->failed
				: "this shard");
}

static void remark_isolation(const struct report_target *about)
{
	for (size_t i = 0; i < about->refused_count; i++)
		(void)fprintf(stderr, "assay: not isolated: %s (%s)\n",
			about->refused[i].what, about->refused[i].why);
	if (!hello_is_isolated(about))
		(void)fprintf(stderr,
			"assay: cases of one mechanism run one at a time\n");
}

static unsigned long new_seed(void)
{
	unsigned seed = 0;

	if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != (ssize_t)sizeof(seed))
		seed = (unsigned)getpid();
	return seed;
}

static int job_count(const struct options *options)
{
	const long processors = sysconf(_SC_NPROCESSORS_ONLN);

	if (options->jobs > 0)
		return options->jobs;
	return processors < 1 ? 1 : processors > 64 ? 64 : (int)processors;
}

/* Moves what hello said into the report. */
static void take_target(struct performance *p)
{
	const struct target *target = &p->options->target;
	struct report_target *about = &p->report.target;

	*about = p->session->about;
	p->session->about = (struct report_target){0};
	about->name = memory_text(target->name);
	about->command = memory_text(target->command != NULL ? target->command : "");
	hello_complete(about);
}

static void begin_report(struct performance *p)
{
	const struct options *options = p->options;

	take_target(p);
	record_cases(&p->report, &p->session->catalog, &p->plan);
	p->report.repeat = options->repeat;
	p->report.shuffled = options->shuffle;
	p->report.seed =
		options->has_seed || !options->shuffle ? options->seed : new_seed();
	p->report.shard_index = p->shard.index;
	p->report.shard_count = p->shard.count;
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

static enum schedule_end run(struct performance *p)
{
	const struct options *options = p->options;
	const struct report_style style = style_of(options);
	struct progress progress = {
		.style = &style,
		.cases = outputs_has_terminal(options) ? stdout : NULL,
		.has_bar = options->target.under == NULL && screen_can_draw(),
	};
	const struct schedule schedule = {
		.target = &options->target,
		.catalog = &p->session->catalog,
		.plan = &p->plan,
		.expected = &p->expected,
		.rules = {.rounds = options->repeat,
			.shuffled = options->shuffle,
			.seed = p->report.seed,
			.by_mechanism = !hello_is_isolated(&p->report.target)},
		.jobs = job_count(options),
		.timeout_ms = options->timeout_ms,
		.fail_fast = options->fail_fast,
		.at = options->at,
		.exhaustive = options->exhaustive,
		.interrupt_fd = p->interrupt_fd,
		.progress = &progress,
		.report = &p->report,
	};

	progress_begin(&progress, &p->report, p->plan.count * (size_t)options->repeat);
	const enum schedule_end end = options->target.under != NULL
		? under_run(&schedule)
		: schedule_run(&schedule, p->session);
	progress_end(&progress);
	return end;
}

/* Troubles that no report on standard output shows. */
static void remark_troubles(const struct performance *p)
{
	if (outputs_has_terminal(p->options) && !p->options->quiet)
		return;
	for (size_t i = 0; i < p->report.trouble_count; i++)
		(void)fprintf(stderr, "assay: %s\n", p->report.troubles[i]);
}

static int signal_status(const struct report *report)
{
	const int signals[] = {SIGINT, SIGTERM, SIGHUP};

	for (size_t i = 0; i < 3; i++)
		if (strcmp(report->interrupted, interrupt_name(signals[i])) == 0)
			return STATUS_SIGNAL + signals[i];
	return STATUS_UNABLE;
}

static int status_of(const struct report *report, enum schedule_end end,
	struct problem *why)
{
	if (report->interrupted != NULL)
		return signal_status(report);
	if (end == SCHEDULE_GAVE_UP) {
		problem_set(why, "gave up: %s",
			report->troubles[report->trouble_count - 1]);
		return STATUS_UNABLE;
	}
	for (size_t i = 0; i < report->case_count; i++)
		if (report_case_is_unexpected(&report->cases[i]))
			return STATUS_UNEXPECTED;
	return STATUS_RIGHT;
}

/* Files are written while signals are held back, so that none is left half-made; standard
 * output, which may be a pipe that nobody reads, when they can end the program again. */
static int write_reports(struct performance *p, enum schedule_end end,
	struct problem *why)
{
	const struct options *options = p->options;
	const struct report_style style = style_of(options);
	struct problem problem = {""};

	remark_troubles(p);
	bool done = outputs_write_files(options, &p->report, &problem);
	const int late = interrupt_take(p->interrupt_fd);
	if (late != 0 && p->report.interrupted == NULL)
		p->report.interrupted = interrupt_name(late);
	interrupt_close(p->interrupt_fd);
	p->interrupt_fd = -1;

	struct problem stdout_problem;
	if (!outputs_write_stdout(options, &p->report, &style, &stdout_problem)) {
		if (done)
			problem = stdout_problem;
		done = false;
	}
	const int status = status_of(&p->report, end, why);
	if (done)
		return status;
	*why = problem;
	return status >= STATUS_SIGNAL ? status : STATUS_UNABLE;
}

/* A signal came before anything was known of the target. */
static int write_nothing_done(struct performance *p, struct problem *why)
{
	const int signal = interrupt_take(p->interrupt_fd);

	take_target(p);
	p->report.interrupted = interrupt_name(signal);
	return write_reports(p, SCHEDULE_INTERRUPTED, why);
}

static int perform(struct performance *p, struct problem *why)
{
	struct target target = p->options->target;
	int status = prepare(p, why);

	if (status != STATUS_RIGHT)
		return status;
	p->interrupt_fd = interrupt_open(why);
	if (p->interrupt_fd < 0)
		return STATUS_UNABLE;
	target.under = NULL; /* the list needs no debugger */
	if (!session_open(p->session, &target, p->interrupt_fd, why)) {
		process_kill(&p->session->process);
		return why->text[0] == '\0' ? write_nothing_done(p, why) : STATUS_UNABLE;
	}
	status = choose(p, why);
	if (status != STATUS_RIGHT)
		return status;
	remark_choice(p);
	begin_report(p);
	remark_isolation(&p->report.target);
	if (p->options->target.under != NULL)
		session_dismiss(p->session);
	return write_reports(p, run(p), why);
}

int perform_run(const struct options *options, char **argv, struct session *session,
	struct problem *why)
{
	struct performance p = {
		.options = options,
		.session = session,
		.interrupt_fd = -1,
	};

	record_begin(&p.report, argv);
	const int status = perform(&p, why);
	record_free(&p.report);
	plan_free(&p.plan);
	expected_free(&p.expected);
	failed_free(&p.failed);
	if (p.interrupt_fd >= 0)
		interrupt_close(p.interrupt_fd);
	return status;
}

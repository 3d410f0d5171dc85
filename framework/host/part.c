#include "part.h"

#include "hello.h"
#include "install.h"
#include "memory.h"
#include "valgrind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool part_start(struct part *part, struct problem *why)
{
	return session_start(&part->session, part->target, why);
}

/* What was asked for, under valgrind, is what was met. */
static bool is_held(const struct part *part, struct problem *why)
{
	return part->target->valgrind == NULL ||
		valgrind_holds(&part->session.about, why) ||
		problem_prefix(why, "target %s", part->target->name);
}

bool part_meet(struct part *part, struct problem *why)
{
	const int interrupt_fd = part->order->interrupt_fd;

	part->is_met = session_greet(&part->session, interrupt_fd, why) &&
		is_held(part, why) && session_measure(&part->session, interrupt_fd, why);
	return part->is_met;
}

/* What a file of expectations can be named by; FACTS has room for all. */
static size_t facts_of(const struct report_target *about, const char **facts)
{
	size_t count = 0;

	facts[count++] = about->kernel;
	facts[count++] = about->libc;
	facts[count++] = about->machine;
	if (about->bits == 32)
		facts[count++] = "32-bit";
	if (strcmp(about->endian, "big") == 0)
		facts[count++] = "big-endian";
	for (size_t i = 0; i < about->environment_count; i++)
		facts[count++] = about->environment[i];
	return count;
}

/* The expectations that come with assay stand before those of the target, and these before
 * those of the command line, which thus count. */
static bool read_expectations(struct part *part, struct problem *why)
{
	const struct options *options = part->order->options;
	const struct report_target *about = &part->session.about;
	const char **facts = memory_new(5 + about->environment_count, sizeof(*facts));
	const size_t count = facts_of(about, facts);
	char *folder = install_expectations();
	bool done = folder == NULL ||
		expected_read_folder(&part->expected, folder, facts, count, why);

	free(folder);
	free(facts);
	if (done && part->target->expect != NULL)
		done = expected_read(&part->expected, part->target->expect, false, why);
	for (size_t i = 0; done && i < options->expect_count; i++)
		done = expected_read(&part->expected, options->expect[i], false, why);
	return done && expected_check(&part->expected, &part->session.catalog, why);
}

/* Takes from the choice what tells the tool of valgrind nothing. */
static bool keep_suiting(struct part *part, struct problem *why)
{
	const char *tool = part->target->valgrind;
	struct plan *plan = &part->plan;
	size_t kept = 0;

	if (tool == NULL || plan->count == 0)
		return true;
	for (size_t i = 0; i < plan->count; i++)
		if (valgrind_suits(tool, &part->session.catalog.cases[plan->cases[i]]))
			plan->cases[kept++] = plan->cases[i];
	plan->count = kept;
	return kept > 0 ||
		problem_set(why,
			"%s looks at what threads of one process share: no chosen "
			"case is about that",
			tool);
}

static bool check_choice(const struct part *part, struct problem *why)
{
	const struct options *options = part->order->options;

	if (options->under != NULL && part->plan.count != 1)
		return problem_set(why, "--under runs one case, chosen are %zu",
			part->plan.count);
	return options->at == NULL || part->plan.count == 1 ||
		problem_set(why, "--at visits a point of one sweep, chosen are %zu",
			part->plan.count);
}

void part_name(struct part *part)
{
	struct report_target *about = &part->report->target;

	hello_free(about);
	*about = part->session.about;
	part->session.about = (struct report_target){0};
	about->name = memory_text(part->target->name);
	about->command =
		memory_text(part->target->command != NULL ? part->target->command : "");
	about->valgrind =
		memory_text(part->target->valgrind != NULL ? part->target->valgrind : "");
	hello_complete(about);
}

bool part_choose(struct part *part, struct problem *why)
{
	const struct part_order *order = part->order;
	const struct selection selection = {
		.patterns = order->options->patterns,
		.pattern_count = order->options->pattern_count,
		.levels = order->options->levels,
		.ids = (const char *const *)order->failed->ids,
		.id_count = order->failed->count,
		.has_ids = order->options->failed != NULL,
		.shard = order->shard,
		.may_miss = order->may_miss,
	};

	if (!read_expectations(part, why) ||
		!plan_select(&part->session.catalog, &selection, &part->plan, why) ||
		!keep_suiting(part, why) || !check_choice(part, why))
		return false;
	part_name(part);
	record_cases(part->report, &part->session.catalog, &part->plan);
	part->report->repeat = order->options->repeat;
	part->report->shuffled = order->options->shuffle;
	part->report->seed = order->seed;
	part->report->shard_index = order->shard.index;
	part->report->shard_count = order->shard.count;
	part->is_ready = true;
	return true;
}

/* Cases of the earlier report that are no more, and an empty choice, are said. */
static void remark_choice(const struct part *part, const char *prefix)
{
	const struct failed *failed = part->order->failed;
	const struct catalog *catalog = &part->session.catalog;

	for (size_t i = 0; i < failed->count; i++)
		if (catalog_find(catalog, failed->ids[i]) == catalog->count)
			(void)fprintf(stderr, "assay: %s%s is no case any more\n", prefix,
				failed->ids[i]);
	if (part->plan.count == 0)
		(void)fprintf(stderr,
			"assay: %snothing to run: no chosen case is in %s\n", prefix,
			failed->count == 0 && part->order->options->failed != NULL
				? part->order->options->failed
				: "this shard");
}

void part_remark(const struct part *part)
{
	const struct report_target *about = &part->report->target;
	const bool is_alone = part->order->options->targets.count == 1;
	char *prefix =
		is_alone ? memory_text("") : memory_format("%s: ", part->target->name);

	remark_choice(part, prefix);
	for (size_t i = 0; i < about->refused_count; i++)
		(void)fprintf(stderr, "assay: %snot isolated: %s (%s)\n", prefix,
			about->refused[i].what, about->refused[i].why);
	if (!hello_is_isolated(about))
		(void)fprintf(stderr,
			"assay: %scases of one mechanism run one at a time\n", prefix);
	free(prefix);
}

/* One more than processors, of this machine or of a target that has fewer: a case that waits
 * leaves its processor to another.  A target with a single one may be a single line, too. */
static int job_count(const struct part *part)
{
	const long here = sysconf(_SC_NPROCESSORS_ONLN);
	const int there = part->report->target.cpus;
	const long fewer = there > 0 && there < here ? there : here;

	if (part->order->options->jobs > 0)
		return part->order->options->jobs;
	if (part->target->jobs > 0)
		return part->target->jobs;
	return fewer <= 1 ? 1 : fewer >= 64 ? 64 : (int)fewer + 1;
}

struct schedule part_schedule(struct part *part, struct progress *progress)
{
	const struct options *options = part->order->options;

	return (struct schedule){
		.target = part->target,
		.catalog = &part->session.catalog,
		.plan = &part->plan,
		.expected = &part->expected,
		.rules = {.rounds = options->repeat,
			.shuffled = options->shuffle,
			.seed = part->order->seed,
			.by_mechanism = !hello_is_isolated(&part->report->target)},
		.jobs = job_count(part),
		.timeout_ms = options->timeout_ms,
		.fail_fast = options->fail_fast,
		.at = options->at,
		.exhaustive = options->exhaustive,
		.interrupt_fd = part->order->interrupt_fd,
		.progress = progress,
		.report = part->report,
		.session = &part->session,
	};
}

void part_free(struct part *part)
{
	session_close(&part->session);
	plan_free(&part->plan);
	expected_free(&part->expected);
}

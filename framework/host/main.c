/*
 * main: the runner's entry.  Only here errors are printed and the process is ended.
 */
#include "browse.h"
#include "compare.h"
#include "help.h"
#include "inject.h"
#include "merge.h"
#include "options.h"
#include "outputs.h"
#include "perform.h"
#include "probe.h"
#include "screen.h"
#include "session.h"
#include "sweep.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A program started without one of the first descriptors would use its number for a pipe.
 * What cannot be written is opened so that writing fails. */
static void hold_standard_descriptors(void)
{
	int fd;

	do {
		fd = open("/dev/null", O_RDONLY);
	} while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		(void)close(fd); /* only read from */
}

/* The cases of SESSION's target, which was met. */
static int browse_session(const struct options *options, struct session *session,
	struct problem *why)
{
	const struct selection selection = {
		.patterns = options->patterns,
		.pattern_count = options->pattern_count,
		.levels = options->levels,
		.shard = {1, 1},
	};
	const bool is_cut = screen_is_terminal(STDOUT_FILENO);
	struct plan plan;

	session_dismiss(session);
	const bool done = plan_select(&session->catalog, &selection, &plan, why);
	if (done && options->command == COMMAND_SHOW)
		browse_show(&session->catalog, &plan, session->target, stdout);
	else if (done && options->json)
		browse_list_json(&session->catalog, &plan, stdout);
	else if (done)
		browse_list(&session->catalog, &plan,
			is_cut ? screen_columns(STDOUT_FILENO) : 0, stdout);
	plan_free(&plan);
	if (!done)
		return STATUS_USAGE;
	return outputs_flush_stdout(why) ? STATUS_RIGHT : STATUS_UNABLE;
}

static int browse(const struct options *options, char **errors, struct problem *why)
{
	struct session session;
	const int status = session_open(&session, &options->targets.all[0], -1, why)
		? browse_session(options, &session, why)
		: STATUS_UNABLE;

	*errors = conversation_errors(&session.talk);
	session_close(&session);
	return status;
}

static int say(const char *text, struct problem *why)
{
	(void)fputs(text, stdout); /* an error shows when it is flushed */
	return outputs_flush_stdout(why) ? STATUS_RIGHT : STATUS_UNABLE;
}

static int act(const struct options *options, char **argv, char **errors,
	struct problem *why)
{
	switch (options->command) {
	case COMMAND_RUN:
		return perform_run(options, argv, errors, why);
	case COMMAND_LIST:
	case COMMAND_SHOW:
		return browse(options, errors, why);
	case COMMAND_TARGETS:
		return probe_targets(options, why);
	case COMMAND_COMPARE:
		return compare_main(options, why);
	case COMMAND_MERGE:
		return merge_main(options, why);
	case COMMAND_HELP:
		return say(help_text(options->help_about), why);
	case COMMAND_VERSION:
		break;
	}
	return say("assay " ASSAY_VERSION "\n", why);
}

/* What the worker wrote is shown after the reason for which it is of no use: NULL when that is
 * not the worker's. */
static void print_problem(const struct problem *why, const char *errors)
{
	(void)fflush(stdout); /* what was lost there is known already */
	(void)fprintf(stderr, "assay: %s\n", why->text);
	if (errors != NULL && errors[0] != '\0')
		(void)fprintf(stderr, "the worker wrote:\n%s\n", errors);
}

int main(int argc, char **argv)
{
	char *errors = NULL;
	struct problem why = {""};
	struct options options;

	if (inject_is_asked(argc, argv))
		return inject_become(argc, argv);
	if (argc > 1 && strcmp(argv[1], "inject") == 0)
		return say(help_text("inject"), &why);
	hold_standard_descriptors();
	if (argc > 1 && strcmp(argv[1], "sweep") == 0)
		return sweep_main(argc, argv);
	if (!options_parse(argc, argv, &options, &why)) {
		(void)fprintf(stderr, "assay: %s\n%s\n", why.text,
			help_usage(options.help_about));
		options_free(&options);
		return STATUS_USAGE;
	}
	const int status = act(&options, argv, &errors, &why);
	if (why.text[0] != '\0')
		print_problem(&why, status == STATUS_USAGE ? NULL : errors);
	free(errors);
	options_free(&options);
	return status;
}

#include "option_table.h"

#include <string.h>

static const struct option run_options[] = {
	{"help", no_argument, NULL, 'h'},
	{"target", required_argument, NULL, 't'},
	{"targets", required_argument, NULL, OPTION_TARGETS},
	{"jobs", required_argument, NULL, 'j'},
	{"repeat", required_argument, NULL, OPTION_REPEAT},
	{"shuffle", optional_argument, NULL, OPTION_SHUFFLE},
	{"shard", required_argument, NULL, OPTION_SHARD},
	{"timeout", required_argument, NULL, OPTION_TIMEOUT},
	{"level", required_argument, NULL, OPTION_LEVEL},
	{"fail-fast", no_argument, NULL, OPTION_FAIL_FAST},
	{"at", required_argument, NULL, OPTION_AT},
	{"exhaustive", no_argument, NULL, OPTION_EXHAUSTIVE},
	{"failed", required_argument, NULL, OPTION_FAILED},
	{"under", required_argument, NULL, OPTION_UNDER},
	{"valgrind", optional_argument, NULL, OPTION_VALGRIND},
	{"baseline", required_argument, NULL, OPTION_BASELINE},
	{"expect", required_argument, NULL, OPTION_EXPECT},
	{"output", required_argument, NULL, 'o'},
	{"color", required_argument, NULL, OPTION_COLOR},
	{"quiet", no_argument, NULL, 'q'},
	{"verbose", no_argument, NULL, 'v'},
	{NULL, 0, NULL, 0},
};

static const struct option list_options[] = {
	{"help", no_argument, NULL, 'h'},
	{"target", required_argument, NULL, 't'},
	{"targets", required_argument, NULL, OPTION_TARGETS},
	{"json", no_argument, NULL, OPTION_JSON},
	{NULL, 0, NULL, 0},
};

static const struct option show_options[] = {
	{"help", no_argument, NULL, 'h'},
	{"target", required_argument, NULL, 't'},
	{"targets", required_argument, NULL, OPTION_TARGETS},
	{NULL, 0, NULL, 0},
};

static const struct option targets_options[] = {
	{"help", no_argument, NULL, 'h'},
	{"target", required_argument, NULL, 't'},
	{"targets", required_argument, NULL, OPTION_TARGETS},
	{"json", no_argument, NULL, OPTION_JSON},
	{NULL, 0, NULL, 0},
};

/* Of compare and merge. */
static const struct option file_options[] = {
	{"help", no_argument, NULL, 'h'},
	{"output", required_argument, NULL, 'o'},
	{"color", required_argument, NULL, OPTION_COLOR},
	{"quiet", no_argument, NULL, 'q'},
	{"verbose", no_argument, NULL, 'v'},
	{NULL, 0, NULL, 0},
};

static const struct subcommand subcommands[] = {
	{"run", COMMAND_RUN, ":ht:j:o:qv", run_options},
	{"list", COMMAND_LIST, ":ht:", list_options},
	{"show", COMMAND_SHOW, ":ht:", show_options},
	{"targets", COMMAND_TARGETS, ":ht:", targets_options},
	{"compare", COMMAND_COMPARE, ":ho:qv", file_options},
	{"merge", COMMAND_MERGE, ":ho:qv", file_options},
};

const struct subcommand *option_table_find(const char *name)
{
	for (size_t i = 0; i < sizeof(subcommands) / sizeof(subcommands[0]); i++)
		if (strcmp(subcommands[i].name, name) == 0)
			return &subcommands[i];
	return NULL;
}

/*
 * option_table: the commands of assay and the options that each takes, as getopt_long()
 * wants them.
 */
#ifndef ASSAY_HOST_OPTION_TABLE_H
#define ASSAY_HOST_OPTION_TABLE_H

#include "options.h"

#include <getopt.h>

/** Options without a letter. */
enum long_option {
	OPTION_TARGETS = 256,
	OPTION_REPEAT,
	OPTION_SHUFFLE,
	OPTION_SHARD,
	OPTION_TIMEOUT,
	OPTION_LEVEL,
	OPTION_FAIL_FAST,
	OPTION_AT,
	OPTION_EXHAUSTIVE,
	OPTION_FAILED,
	OPTION_UNDER,
	OPTION_VALGRIND,
	OPTION_BASELINE,
	OPTION_EXPECT,
	OPTION_COLOR,
	OPTION_JSON,
};

struct subcommand {
	const char *name;
	enum command command;
	const char *letters;
	const struct option *options;
};

/** The command called NAME, or NULL. */
const struct subcommand *option_table_find(const char *name);

#endif

/*
 * options: what was asked for on the command line.  Parsing touches nothing but its
 * arguments, and reads the file of targets; the environment is read where a CI system or a
 * convention sets defaults.
 */
#ifndef ASSAY_HOST_OPTIONS_H
#define ASSAY_HOST_OPTIONS_H

#include "plan.h"
#include "problem.h"
#include "targets.h"

#include <stdbool.h>
#include <stddef.h>

enum command {
	COMMAND_RUN,
	COMMAND_LIST,
	COMMAND_SHOW,
	COMMAND_TARGETS,
	COMMAND_COMPARE, /* .patterns are files */
	COMMAND_MERGE,   /* also */
	COMMAND_HELP,    /* of .help_about */
	COMMAND_VERSION,
};

enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

/** One -o: a format, and a path or NULL for standard output. */
struct output {
	char *format;
	const char *path; /* points into the arguments */
};

/** Texts point into the arguments, but for what options_free() releases. */
struct options {
	enum command command;
	const char *help_about; /* "run", ..., or NULL for assay itself */
	const char *const *patterns;
	size_t pattern_count;
	struct targets_asked asked;
	struct targets targets; /* what was asked for: at least one */
	const char *under;      /* a debugger's shell words, or NULL */
	const char *valgrind;   /* the tool of valgrind, or NULL */
	int jobs;               /* 0: one for each processor */
	int repeat;
	bool shuffle, has_seed;
	unsigned long seed;
	struct shard shard;
	bool has_shard;
	int timeout_ms; /* 0: each case's own deadline */
	unsigned levels;
	bool fail_fast;
	const char *at;       /* the one point of a sweep to visit, or NULL */
	bool exhaustive;      /* all points of sweeps */
	const char *failed;   /* path, or NULL */
	const char *baseline; /* path, or NULL */
	const char **expect;
	size_t expect_count;
	struct output *outputs;
	size_t output_count;
	enum when color;
	bool quiet, verbose, json;
};

/** Parses ARGC and ARGV as main gets them.  False when something is unknown, missing or
 *  contradicts another option; *WHY names it, and OUT->command tells whose usage line
 *  helps.  *OUT is released with options_free() in every case. */
bool options_parse(int argc, char **argv, struct options *out, struct problem *why);

void options_free(struct options *options);

#endif

#include "targets.h"

#include "memory.h"
#include "number.h"

#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	NAME_BYTES = 64, /* longest name of a target */
	SCALE_MAX = 1000,
};

static const char built_in[] = "local";

static struct target *find(const struct targets *targets, const char *name, size_t length)
{
	for (size_t i = 0; i < targets->count; i++)
		if (strlen(targets->all[i].name) == length &&
			memcmp(targets->all[i].name, name, length) == 0)
			return &targets->all[i];
	return NULL;
}

static bool check_name(const char *name, size_t length, struct problem *why)
{
	for (size_t i = 0; i < length; i++)
		if (!isalnum((unsigned char)name[i]) && strchr("._-", name[i]) == NULL)
			return problem_set(why,
				"'%.*s': a target's name is made of letters, "
				"digits, '.', '_' and '-'",
				(int)length, name);
	if (length == 0)
		return problem_set(why, "a target's name is missing");
	return length <= NAME_BYTES ||
		problem_set(why, "a target's name has at most %d bytes", NAME_BYTES);
}

/* A new target at the end of TARGETS, or NULL. */
static struct target *add(struct targets *targets, const char *name, size_t length,
	struct problem *why)
{
	if (!check_name(name, length, why))
		return NULL;
	if (find(targets, name, length) != NULL) {
		problem_set(why, "target %.*s comes twice", (int)length, name);
		return NULL;
	}
	if (targets->count == TARGETS_MAX) {
		problem_set(why, "more than %d targets", TARGETS_MAX);
		return NULL;
	}
	targets->all =
		memory_append(targets->all, targets->count, sizeof(targets->all[0]));
	struct target *target = &targets->all[targets->count++];
	*target = (struct target){.name = memory_format("%.*s", (int)length, name)};
	return target;
}

/* A text without blanks at its ends, not terminated. */
struct span {
	const char *at;
	size_t length;
};

static struct span trimmed(const char *at, size_t length)
{
	while (length > 0 && isspace((unsigned char)at[0])) {
		at++;
		length--;
	}
	while (length > 0 && isspace((unsigned char)at[length - 1]))
		length--;
	return (struct span){at, length};
}

static bool set_jobs(struct target *target, const char *value, struct problem *why)
{
	long jobs;

	if (!number_parse(value, 1, TARGETS_JOBS_MAX, &jobs))
		return problem_set(why, "jobs = %s: want a number from 1 to %d", value,
			TARGETS_JOBS_MAX);
	target->jobs = (int)jobs;
	return true;
}

static bool set_hello(struct target *target, const char *value, struct problem *why)
{
	return number_parse_ms(value, &target->hello_ms) ||
		problem_set(why, "hello = %s: want a time such as 500ms or 60s", value);
}

static bool set_scale(struct target *target, const char *value, struct problem *why)
{
	long scale;

	if (!number_parse(value, 1, SCALE_MAX, &scale))
		return problem_set(why, "scale = %s: want a number from 1 to %d", value,
			SCALE_MAX);
	target->scale = (double)scale;
	return true;
}

static bool set_command(struct target *target, const char *value, struct problem *why)
{
	(void)why;
	target->command = memory_text(value);
	return true;
}

static bool set_expect(struct target *target, const char *value, struct problem *why)
{
	(void)why;
	target->expect = memory_text(value);
	return true;
}

static const struct key {
	const char *name;
	bool (*set)(struct target *target, const char *value, struct problem *why);
} keys[] = {
	{"command", set_command},
	{"jobs", set_jobs},
	{"hello", set_hello},
	{"scale", set_scale},
	{"expect", set_expect},
};

enum { KEY_COUNT = sizeof(keys) / sizeof(keys[0]) };

/* Where a file is being read. */
struct reader {
	struct targets *out;
	struct target *target; /* whose section it is, or NULL */
	unsigned seen;         /* 1 << index of the keys that it has */
};

static bool close_section(struct reader *reader, struct problem *why)
{
	return reader->target == NULL || reader->target->command != NULL ||
		problem_set(why, "target %s has no command", reader->target->name);
}

static bool take_section(struct reader *reader, struct span line, struct problem *why)
{
	if (!close_section(reader, why))
		return false;
	if (line.at[line.length - 1] != ']')
		return problem_set(why, "a section ends with ']'");
	const struct span name = trimmed(line.at + 1, line.length - 2);
	if (name.length == strlen(built_in) &&
		memcmp(name.at, built_in, name.length) == 0)
		return problem_set(why, "'%s' is the built-in worker: another name",
			built_in);
	reader->target = add(reader->out, name.at, name.length, why);
	reader->seen = 0;
	return reader->target != NULL;
}

static bool take_pair(struct reader *reader, struct span line, struct problem *why)
{
	const char *equals = memchr(line.at, '=', line.length);

	if (equals == NULL)
		return problem_set(why, "want [NAME] or KEY = VALUE, found '%.*s'",
			(int)line.length, line.at);
	if (reader->target == NULL)
		return problem_set(why, "a section [NAME] is missing before it");
	const struct span key = trimmed(line.at, (size_t)(equals - line.at));
	const struct span value =
		trimmed(equals + 1, (size_t)(line.at + line.length - equals - 1));
	for (size_t i = 0; i < KEY_COUNT; i++) {
		if (strlen(keys[i].name) != key.length ||
			memcmp(keys[i].name, key.at, key.length) != 0)
			continue;
		if (value.length == 0)
			return problem_set(why, "%s has no value", keys[i].name);
		if (reader->seen & 1u << i)
			return problem_set(why, "%s comes twice", keys[i].name);
		reader->seen |= 1u << i;
		char *text = memory_format("%.*s", (int)value.length, value.at);
		const bool done = keys[i].set(reader->target, text, why);
		free(text);
		return done;
	}
	return problem_set(why,
		"'%.*s' is no key: want command, jobs, hello, scale or expect",
		(int)key.length, key.at);
}

static bool take_line(struct reader *reader, struct span line, struct problem *why)
{
	for (size_t i = 0; i < line.length; i++)
		if (iscntrl((unsigned char)line.at[i]) && line.at[i] != '\t')
			return problem_set(why, "a control character");
	if (line.length == 0 || line.at[0] == '#' || line.at[0] == ';')
		return true;
	return line.at[0] == '[' ? take_section(reader, line, why)
				 : take_pair(reader, line, why);
}

bool targets_parse(const char *file, const char *text, size_t length, struct targets *out,
	struct problem *why)
{
	struct reader reader = {.out = out};
	size_t number = 0;

	for (size_t at = 0; at < length;) {
		const char *end = memchr(text + at, '\n', length - at);
		const size_t size = (end != NULL ? (size_t)(end - text) : length) - at;

		number++;
		if (!take_line(&reader, trimmed(text + at, size), why))
			return problem_prefix(why, "%s:%zu", file, number);
		at += size + 1;
	}
	if (!close_section(&reader, why))
		return problem_prefix(why, "%s:%zu", file, number);
	return out->count > 0 || problem_set(why, "%s: it has no targets", file);
}

static bool read_file(const char *path, struct targets *out, struct problem *why)
{
	FILE *file = fopen(path, "re");

	if (file == NULL)
		return problem_set(why, "cannot read %s: %s", path, strerror(errno));
	char *text = memory_new(TARGETS_FILE_BYTES + 1, 1);
	const size_t length = fread(text, 1, TARGETS_FILE_BYTES + 1, file);
	const bool is_bad = ferror(file) != 0;
	const int error = errno;
	(void)fclose(file); /* only read from */
	const bool done = is_bad
		? problem_set(why, "cannot read %s: %s", path, strerror(error))
		: length > TARGETS_FILE_BYTES
		? problem_set(why, "%s is longer than 1 MiB", path)
		: targets_parse(path, text, length, out, why);
	free(text);
	return done;
}

/* NAME alone: the built-in worker, or a target of the file, which is moved. */
static bool take_named(const char *name, struct targets *file, struct targets *out,
	struct problem *why)
{
	struct target *found = find(file, name, strlen(name));

	if (strcmp(name, built_in) != 0 && found == NULL)
		return file->count > 0
			? problem_set(why, "'%s' is no target of the file", name)
			: problem_set(why,
				  "'%s' is no NAME=COMMAND: the command is missing",
				  name);
	struct target *target = add(out, name, strlen(name), why);
	if (target == NULL || found == NULL)
		return target != NULL;
	const char *own_name = target->name;
	*target = *found;
	*found = (struct target){.name = own_name};
	return true;
}

static bool take_word(const char *word, struct targets *file, struct targets *out,
	struct problem *why)
{
	const char *equals = strchr(word, '=');

	if (equals == NULL)
		return take_named(word, file, out, why);
	if (equals == word)
		return problem_set(why, "'%s' is no NAME=COMMAND: the name is missing",
			word);
	if (equals[1 + strspn(equals + 1, " \t")] == '\0')
		return problem_set(why, "'%s' is no NAME=COMMAND: no command", word);
	struct target *target = add(out, word, (size_t)(equals - word), why);
	if (target == NULL)
		return false;
	target->command = memory_text(equals + 1);
	return true;
}

bool targets_resolve(const struct targets_asked *asked, struct targets *out,
	struct problem *why)
{
	struct targets file = {.count = 0};
	bool done = asked->file == NULL || read_file(asked->file, &file, why);

	*out = (struct targets){.count = 0};
	for (size_t i = 0; done && i < asked->count; i++)
		done = take_word(asked->words[i], &file, out, why) ||
			problem_prefix(why, "-t");
	if (done && asked->count == 0 && asked->file == NULL)
		done = take_named(built_in, &file, out, why);
	if (done && asked->count == 0 && asked->file != NULL) {
		*out = file;
		file = (struct targets){.count = 0};
	}
	targets_free(&file);
	return done;
}

void targets_free(struct targets *targets)
{
	for (size_t i = 0; i < targets->count; i++) {
		free((char *)(uintptr_t)targets->all[i].name);
		free((char *)(uintptr_t)targets->all[i].command);
		free((char *)(uintptr_t)targets->all[i].expect);
	}
	free(targets->all);
	*targets = (struct targets){.count = 0};
}

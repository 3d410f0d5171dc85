#include "expected.h"

#include "memory.h"
#include "pattern.h"
#include "printable.h"
#include "text.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A piece of a line. */
struct piece {
	const char *at;
	size_t length;
};

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r';
}

/* Takes the next word off LINE; empty at its end. */
static struct piece take_word(struct piece *line)
{
	while (line->length > 0 && is_blank(line->at[0])) {
		line->at++;
		line->length--;
	}
	struct piece word = {line->at, 0};
	while (word.length < line->length && !is_blank(line->at[word.length]))
		word.length++;
	line->at += word.length;
	line->length -= word.length;
	return word;
}

static struct piece trim(struct piece line)
{
	while (line.length > 0 && is_blank(line.at[0])) {
		line.at++;
		line.length--;
	}
	while (line.length > 0 && is_blank(line.at[line.length - 1]))
		line.length--;
	return line;
}

static const unsigned pass_only = 1u << VERDICT_PASS;

static bool add_verdict(struct piece name, unsigned *verdicts, struct problem *why)
{
	char text[32];
	enum verdict verdict;

	(void)snprintf(text, sizeof(text), "%.*s", (int)name.length, name.at);
	if (name.length >= sizeof(text) || !verdict_find(text, &verdict))
		return problem_set(why, "'%.*s' is no verdict", (int)name.length,
			name.at);
	*verdicts |= 1u << verdict;
	return true;
}

static bool parse_verdicts(struct piece word, unsigned *verdicts, struct problem *why)
{
	while (word.length > 0) {
		const char *comma = memchr(word.at, ',', word.length);
		const size_t length = comma ? (size_t)(comma - word.at) : word.length;

		if (!add_verdict((struct piece){word.at, length}, verdicts, why))
			return false;
		if (comma != NULL && length + 1 == word.length)
			return problem_set(why, "a verdict is missing after the comma");
		word.at += comma != NULL ? length + 1 : length;
		word.length -= comma != NULL ? length + 1 : length;
	}
	return *verdicts != 0 || problem_set(why, "the verdict is missing");
}

static bool is_text(struct piece line)
{
	for (size_t i = 0; i < line.length;) {
		const size_t length = utf8_length(line.at + i, line.length - i);

		if (length == 0 ||
			(iscntrl((unsigned char)line.at[i]) && !is_blank(line.at[i])))
			return false;
		i += length;
	}
	return true;
}

static bool is_twice(const struct expectations *expected, size_t first,
	const char *pattern)
{
	for (size_t i = first; i < expected->count; i++)
		if (strcmp(expected->lines[i].pattern, pattern) == 0)
			return true;
	return false;
}

/* Adds one line that is neither blank nor a comment.  FIRST is the file's first line in
 * EXPECTED. */
static bool parse_line(struct expectations *expected, size_t first, struct piece line,
	struct problem *why)
{
	unsigned verdicts = 0;

	if (line.length > EXPECTED_LINE_BYTES)
		return problem_set(why, "the line is longer than %d bytes",
			EXPECTED_LINE_BYTES);
	if (!is_text(line))
		return problem_set(why, "the line is not UTF-8 text");
	const struct piece pattern = take_word(&line);
	if (pattern.length > CATALOG_ID_BYTES)
		return problem_set(why, "the id is longer than %d bytes",
			CATALOG_ID_BYTES);
	if (!parse_verdicts(take_word(&line), &verdicts, why))
		return false;
	const struct piece reason = trim(line);
	if (reason.length == 0)
		return problem_set(why, "the reason is missing");

	char *id = memory_format("%.*s", (int)pattern.length, pattern.at);
	if (is_twice(expected, first, id)) {
		problem_set(why, "%s has an expectation already", id);
		free(id);
		return false;
	}
	expected->lines = memory_append(expected->lines, expected->count,
		sizeof(expected->lines[0]));
	expected->lines[expected->count++] = (struct expectation){
		.pattern = id,
		.verdicts = verdicts,
		.reason = printable_copy(reason.at, reason.length),
	};
	return true;
}

bool expected_parse(struct expectations *expected, const char *file, const char *text,
	size_t length, struct problem *why)
{
	const size_t first = expected->count;
	int number = 0;

	for (size_t from = 0; from < length;) {
		const char *end = memchr(text + from, '\n', length - from);
		const size_t to = end != NULL ? (size_t)(end - text) : length;
		const struct piece line = trim((struct piece){text + from, to - from});
		const size_t before = expected->count;

		number++;
		from = to + 1;
		if (line.length == 0 || line.at[0] == '#')
			continue;
		if (!parse_line(expected, first, line, why))
			return problem_prefix(why, "%s:%d", file, number);
		expected->lines[before].file = memory_text(file);
		expected->lines[before].line = number;
	}
	return true;
}

/* Reads the whole of FD into memory that the caller frees; NULL on failure. */
static char *read_all(int fd, size_t *length, struct problem *why)
{
	char *text = memory_new(EXPECTED_FILE_BYTES + 1, 1);

	*length = 0;
	for (;;) {
		const ssize_t got =
			read(fd, text + *length, EXPECTED_FILE_BYTES + 1 - *length);
		if (got == 0)
			return text;
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			problem_set(why, "%s", strerror(errno));
		else if ((*length += (size_t)got) > EXPECTED_FILE_BYTES)
			problem_set(why, "larger than %d bytes", EXPECTED_FILE_BYTES);
		else
			continue;
		free(text);
		return NULL;
	}
}

bool expected_read(struct expectations *expected, const char *path, bool is_optional,
	struct problem *why)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	const size_t first = expected->count;
	size_t length;

	if (fd < 0 && errno == ENOENT && is_optional)
		return true;
	if (fd < 0)
		return problem_set(why, "cannot read %s: %s", path, strerror(errno));
	char *text = read_all(fd, &length, why);
	(void)close(fd); /* only read from */
	if (text == NULL)
		return problem_prefix(why, "cannot read %s", path);
	const bool done = expected_parse(expected, path, text, length, why);
	free(text);
	for (size_t i = first; i < expected->count; i++)
		expected->lines[i].is_demanded = !is_optional;
	return done;
}

static bool matches_any(const char *pattern, const struct catalog *catalog)
{
	for (size_t i = 0; i < catalog->count; i++)
		if (pattern_matches_exactly(pattern, catalog->cases[i].id))
			return true;
	return false;
}

bool expected_check(const struct expectations *expected, const struct catalog *catalog,
	struct problem *why)
{
	for (size_t i = 0; i < expected->count; i++) {
		const struct expectation *line = &expected->lines[i];

		if (line->is_demanded && !matches_any(line->pattern, catalog))
			return problem_set(why, "%s:%d: no case matches '%s'", line->file,
				line->line, line->pattern);
	}
	return true;
}

const struct expectation *expected_find(const struct expectations *expected,
	const char *id)
{
	const struct expectation *found = NULL;

	for (size_t i = expected->count; i-- > 0;) {
		const struct expectation *line = &expected->lines[i];

		if (strcmp(line->pattern, id) == 0)
			return line->verdicts == pass_only ? NULL : line;
		if (found == NULL && pattern_matches_exactly(line->pattern, id))
			found = line;
	}
	return found != NULL && found->verdicts == pass_only ? NULL : found;
}

void expected_join(struct expectations *expected, struct expectations *more)
{
	for (size_t i = 0; i < more->count; i++) {
		expected->lines = memory_append(expected->lines, expected->count,
			sizeof(expected->lines[0]));
		expected->lines[expected->count++] = more->lines[i];
	}
	free(more->lines);
	*more = (struct expectations){.count = 0};
}

void expected_free(struct expectations *expected)
{
	for (size_t i = 0; i < expected->count; i++) {
		free(expected->lines[i].pattern);
		free(expected->lines[i].reason);
		free(expected->lines[i].file);
	}
	free(expected->lines);
	*expected = (struct expectations){0};
}

/*
 * sweep_resume: the file of --resume: a line that says of which program and which points it
 * is, then a line for each point, written as it is done.  All lines are JSON.
 */
#include "memory.h"
#include "sweep.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A digest of what makes the points what they are. */
static char *identity(const struct sweep *sweep)
{
	const struct sweep_report *report = &sweep->report;
	unsigned long long digest = 0xcbf29ce484222325ULL;

	for (size_t i = 0; i < report->point_count; i++)
		for (const char *at = report->points[i].rule;; at++) {
			digest = (digest ^ (unsigned char)*at) * 0x100000001b3ULL;
			if (*at == '\0')
				break;
		}
	return memory_format("%016llx", digest);
}

static bool write_line(int fd, json_t *line, struct problem *why, const char *path)
{
	char *text = json_dumps(line, JSON_COMPACT | JSON_ENSURE_ASCII);
	char *whole = memory_format("%s\n", text != NULL ? text : "{}");
	const size_t length = strlen(whole);
	/* One write, so that a line is whole or the last. */
	const bool done = write(fd, whole, length) == (ssize_t)length;

	if (!done)
		(void)problem_set(why, "cannot write %s: %s", path, strerror(errno));
	free(whole);
	free(text);
	json_decref(line);
	return done;
}

static struct sweep_point *point_of(struct sweep *sweep, const char *rule)
{
	for (size_t i = 0; rule != NULL && i < sweep->report.point_count; i++)
		if (strcmp(sweep->report.points[i].rule, rule) == 0)
			return &sweep->report.points[i];
	return NULL;
}

static char *copy_of(const json_t *line, const char *key)
{
	const char *text = json_string_value(json_object_get(line, key));

	return text != NULL ? memory_text(text) : NULL;
}

static void take_point(struct sweep *sweep, const json_t *line)
{
	const char *name = json_string_value(json_object_get(line, "class"));
	struct sweep_point *point =
		point_of(sweep, json_string_value(json_object_get(line, "rule")));

	for (int class = 0; point != NULL && name != NULL && class < SWEEP_BROKEN;
		class ++)
		if (strcmp(sweep_class_name((enum sweep_class) class), name) == 0 &&
			point->class == SWEEP_NOT_RUN) {
			point->class = (enum sweep_class) class;
			point->text = copy_of(line, "text");
			point->said = copy_of(line, "said");
			sweep->report.resumed++;
		}
}

static bool check_head(const struct sweep *sweep, const json_t *head, struct problem *why)
{
	const char *command = json_string_value(json_object_get(head, "command"));
	const char *points = json_string_value(json_object_get(head, "points"));
	char *own = identity(sweep);
	bool done = true;

	if (command == NULL || points == NULL)
		done = problem_set(why, "it is no file of a sweep");
	else if (strcmp(command, sweep->report.command) != 0)
		done = problem_set(why, "it is of another program: %s", command);
	else if (strcmp(points, own) != 0)
		done = problem_set(why,
			"its sweep had other points: other options, or the "
			"program makes other calls now");
	free(own);
	return done;
}

/* *END is how far whole lines reach. */
static bool read_lines(struct sweep *sweep, FILE *file, long *end, struct problem *why)
{
	char *text = NULL;
	size_t size = 0;
	bool done = true, is_head = true;

	while (done && getline(&text, &size, file) > 0 && strchr(text, '\n') != NULL) {
		json_t *line = json_loads(text, 0, NULL);

		if (is_head)
			done = check_head(sweep, line, why);
		else
			take_point(sweep, line);
		is_head = false;
		json_decref(line);
		*end = ftell(file);
	}
	free(text);
	return done;
}

bool sweep_resume_open(struct sweep *sweep, struct problem *why)
{
	const char *path = sweep->options->resume;
	long end = 0;

	if (path == NULL)
		return true;
	FILE *file = fopen(path, "re");
	if (file == NULL && errno != ENOENT)
		return problem_set(why, "cannot read %s: %s", path, strerror(errno));
	if (file != NULL && !read_lines(sweep, file, &end, why)) {
		(void)fclose(file);
		return problem_prefix(why, "cannot resume from %s", path);
	}
	if (file != NULL)
		(void)fclose(file); /* only read from */
	sweep->resume_fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (sweep->resume_fd < 0 || ftruncate(sweep->resume_fd, end) != 0)
		return problem_set(why, "cannot write %s: %s", path, strerror(errno));
	if (end > 0)
		return true;
	char *points = identity(sweep);
	json_t *head = json_pack("{s:s,s:s,s:s}", "schema", "assay-sweep-resume/1",
		"command", sweep->report.command, "points", points);
	free(points);
	return write_line(sweep->resume_fd, head, why, path);
}

bool sweep_resume_add(struct sweep *sweep, const struct sweep_point *point,
	struct problem *why)
{
	json_t *line;

	if (sweep->resume_fd < 0)
		return true;
	line = json_pack("{s:s,s:s}", "rule", point->rule, "class",
		sweep_class_name(point->class));
	if (point->text != NULL)
		(void)json_object_set_new(line, "text", json_string(point->text));
	if (point->said != NULL)
		(void)json_object_set_new(line, "said", json_string(point->said));
	return write_line(sweep->resume_fd, line, why, sweep->options->resume);
}

#include "sweep_report.h"

#include "report.h"

#include <stdlib.h>
#include <string.h>

const char *sweep_class_name(enum sweep_class class)
{
	static const char *const names[SWEEP_CLASS_COUNT] = {
		[SWEEP_CLEAN_ERROR] = "clean error",
		[SWEEP_SAME] = "same result",
		[SWEEP_CRASH] = "crash",
		[SWEEP_HANG] = "hang",
		[SWEEP_SILENT] = "silent wrong result",
		[SWEEP_LEFTOVER] = "leftover",
		[SWEEP_UNREACHED] = "not reached",
		[SWEEP_BROKEN] = "broken",
		[SWEEP_NOT_RUN] = "not run",
	};

	return names[class];
}

bool sweep_class_is_bad(enum sweep_class class)
{
	return class >= SWEEP_CRASH && class <= SWEEP_LEFTOVER;
}

bool sweep_point_wants_world(const struct sweep_point *point)
{
	return strncmp(point->rule, "fill:tmpfs-", 11) == 0;
}

bool sweep_to_file(const struct sweep_report *r, sweep_format format, const char *path,
	struct problem *why)
{
	char *bytes = NULL;
	size_t size = 0;
	FILE *memory = open_memstream(&bytes, &size);

	if (memory == NULL)
		return problem_set(why, "%s: no memory for the report", path);
	bool done = format(r, memory, why);
	const bool is_whole = ferror(memory) == 0;
	if ((fclose(memory) != 0 || !is_whole) && done)
		done = problem_set(why, "%s: no memory for the report", path);
	done = done && report_bytes_to_file(bytes, size, path, why);
	free(bytes);
	return done;
}

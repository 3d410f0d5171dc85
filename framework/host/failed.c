#include "failed.h"

#include "memory.h"
#include "stored.h"

#include <stdlib.h>
#include <string.h>

static bool has(const struct failed *failed, const char *id)
{
	for (size_t i = 0; i < failed->count; i++)
		if (strcmp(failed->ids[i], id) == 0)
			return true;
	return false;
}

static void take_run(const struct report *run, struct failed *out)
{
	for (size_t i = 0; i < run->case_count; i++) {
		const struct report_case *const c = &run->cases[i];

		if ((c->was_run && !report_case_is_unexpected(c)) || has(out, c->id))
			continue;
		out->ids = memory_append(out->ids, out->count, sizeof(out->ids[0]));
		out->ids[out->count++] = memory_text(c->id);
	}
}

bool failed_read(const char *path, struct failed *out, struct problem *why)
{
	struct report *runs = NULL;
	size_t count = 0;
	const bool done = stored_read(path, &runs, &count, why);

	*out = (struct failed){.count = 0};
	for (size_t i = 0; done && i < count; i++)
		take_run(&runs[i], out);
	stored_free(runs, count);
	return done;
}

void failed_free(struct failed *failed)
{
	for (size_t i = 0; i < failed->count; i++)
		free(failed->ids[i]);
	free(failed->ids);
	*failed = (struct failed){.count = 0};
}

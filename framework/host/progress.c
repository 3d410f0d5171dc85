#include "progress.h"

#include "clock.h"
#include "memory.h"
#include "screen.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	DRAW_US = 100000, /* between two drawings */
	BAR_MAX = 40,     /* longest bar, in columns */
};

void progress_begin(struct progress *progress, const struct report_set *set, size_t total)
{
	progress->set = set;
	progress->total = total;
	progress->started_us = clock_now_us();
	progress->drawn_us = progress->started_us - DRAW_US;
	progress->shown = memory_new(set->count, sizeof(progress->shown[0]));
	for (size_t i = 0; i < set->count; i++)
		progress->shown[i] =
			memory_new(set->runs[i].case_count, sizeof(const char *));
}

static void erase(const struct progress *progress)
{
	if (progress->has_bar)
		(void)fputs("\r\033[K",
			stderr); /* a bar that cannot be drawn is no loss */
}

static void draw(struct progress *progress, int64_t now_us)
{
	const double seconds = (double)(now_us - progress->started_us) / 1e6;
	char counts[128], bar[BAR_MAX + 1];
	struct text text = TEXT_OVER(counts);

	text_add(&text, " %zu/%zu", progress->done, progress->total);
	if (progress->unexpected > 0)
		text_add(&text, "  %zu unexpected", progress->unexpected);
	if (seconds >= 0.1)
		text_add(&text, "  %.0f/s", (double)progress->done / seconds);
	/* One column stays free: writing into the last one may scroll. */
	const int room = screen_columns(STDERR_FILENO) - (int)text.used - 3;
	const int width = room > BAR_MAX ? BAR_MAX : room;
	const int filled = progress->total == 0 || width < 0
		? 0
		: (int)((double)progress->done / (double)progress->total * width);
	memset(bar, '#', (size_t)filled);
	if (width > filled)
		memset(bar + filled, '.', (size_t)(width - filled));
	(void)fprintf(stderr, "\r[%.*s]%s\033[K", width > 0 ? width : 0, bar, counts);
	progress->drawn_us = now_us;
}

void progress_case(struct progress *progress, const struct report *report,
	const struct report_case *c, bool again)
{
	const char **at =
		&progress->shown[report - progress->set->runs][c - report->cases];
	const bool is_unexpected = report_case_is_unexpected(c);
	const char *word = is_unexpected ? report_case_word(c) : NULL;
	const char *shown = *at;

	progress->done += again ? 0 : 1;
	progress->unexpected += (word != NULL) - (size_t)(shown != NULL);
	*at = word;
	if (progress->cases == NULL || word == NULL ||
		(shown != NULL && strcmp(shown, word) == 0))
		return;
	erase(progress);
	report_terminal_case(report, c, progress->style, progress->cases);
	(void)fflush(progress->cases); /* an error stays in ferror() for the end */
	if (progress->has_bar)
		draw(progress, clock_now_us());
}

int64_t progress_due_us(const struct progress *progress)
{
	return progress->has_bar ? progress->drawn_us + DRAW_US : INT64_MAX;
}

void progress_draw(struct progress *progress, int64_t now_us)
{
	if (progress->has_bar && now_us >= progress_due_us(progress))
		draw(progress, now_us);
}

void progress_end(struct progress *progress)
{
	erase(progress);
	for (size_t i = 0; i < progress->set->count; i++)
		free(progress->shown[i]);
	free(progress->shown);
	progress->shown = NULL;
}

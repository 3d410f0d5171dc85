#include "screen.h"

#include "number.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	COLUMNS_MIN = 40,
	COLUMNS_MAX = 10000,
	COLUMNS_USUAL = 80,
};

bool screen_is_terminal(int fd)
{
	return isatty(fd) == 1;
}

bool screen_can_draw(void)
{
	const char *term = getenv("TERM");
	struct stat out;

	return screen_is_terminal(STDERR_FILENO) && term != NULL &&
		strcmp(term, "dumb") != 0 && fstat(STDOUT_FILENO, &out) == 0 &&
		!S_ISFIFO(out.st_mode);
}

int screen_columns(int fd)
{
	struct winsize size = {.ws_col = 0};
	const char *variable = getenv("COLUMNS");
	long columns = COLUMNS_USUAL;

	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		columns = size.ws_col;
	else if (variable != NULL)
		(void)number_parse(variable, 1, COLUMNS_MAX,
			&columns); /* else as usual */
	return columns < COLUMNS_MIN ? COLUMNS_MIN : (int)columns;
}

bool screen_has_color(int fd, enum when when)
{
	const char *refused = getenv("NO_COLOR"), *term = getenv("TERM");

	if (when != WHEN_AUTO)
		return when == WHEN_ALWAYS;
	return screen_is_terminal(fd) && (refused == NULL || refused[0] == '\0') &&
		term != NULL && strcmp(term, "dumb") != 0;
}

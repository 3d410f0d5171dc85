/*
 * screen: what the runner needs to know of a terminal.
 */
#ifndef ASSAY_HOST_SCREEN_H
#define ASSAY_HOST_SCREEN_H

#include "options.h"

#include <stdbool.h>

/** Whether FD is a terminal. */
bool screen_is_terminal(int fd);

/** Whether a line that is drawn again and again on standard error is seen as one: it is a
 *  terminal that can, and standard output is no pipe to a program that may have it too. */
bool screen_can_draw(void);

/** The width of the terminal FD, at least 40; of anything else COLUMNS or 80. */
int screen_columns(int fd);

/** Whether what goes to FD is to be coloured. */
bool screen_has_color(int fd, enum when when);

#endif

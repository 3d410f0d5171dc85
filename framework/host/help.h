/*
 * help: the texts of --help, each for one screen of 80 by 24, and the usage lines.
 */
#ifndef ASSAY_HOST_HELP_H
#define ASSAY_HOST_HELP_H

#include <stdbool.h>

/** The help of the command ABOUT ("run"), or of assay itself for NULL. */
const char *help_text(const char *about);

/** Whether there is a help of its own for the command ABOUT. */
bool help_is_about(const char *about);

/** Its usage line, without a line break. */
const char *help_usage(const char *about);

#endif

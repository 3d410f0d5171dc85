/*
 * shell: words as a shell would have to be given them.
 */
#ifndef ASSAY_HOST_SHELL_H
#define ASSAY_HOST_SHELL_H

/** WORD, in quotes only where it must be; freed by the caller. */
char *shell_word(const char *word);

/** The words at WORDS, up to a NULL, with a blank between two; freed by the caller. */
char *shell_line(char *const *words);

#endif

/*
 * word: where in the case a word stands, for words that are functions: each is also a macro
 * of the same name that notes the place first.
 */
#ifndef ASSAY_AUTHOR_WORD_H
#define ASSAY_AUTHOR_WORD_H

/** Notes, for the calling thread, that the word that runs next stands at FILE:LINE. */
void word_at(const char *file, int line);

#define WORD_AT_HERE word_at(__FILE__, __LINE__)

#endif

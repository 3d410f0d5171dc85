/*
 * pattern: how a person names cases.  A pattern is an exact id, a prefix of whole path
 * components, or a glob; pure functions without state.
 */
#ifndef ASSAY_SHARED_PATTERN_H
#define ASSAY_SHARED_PATTERN_H

#include <stdbool.h>

/** Whether TEXT holds a character that only globs have: * ? or [. */
bool pattern_is_glob(const char *text);

/** Whether PATTERN selects the case ID.  A glob is fnmatch(3)'s and must match the whole
 *  id; its * crosses slashes.  Anything else selects the case of that id, everything below
 *  it ("pipe" and "pipe/limits", a final slash allowed) and its rows ("ID" selects
 *  "ID.row").  The empty pattern selects nothing. */
bool pattern_matches(const char *pattern, const char *id);

/** Like pattern_matches(), but without a glob only the very same id is selected. */
bool pattern_matches_exactly(const char *pattern, const char *id);

#endif

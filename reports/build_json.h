/*
 * build_json: building the objects of a json report.  A setter is false without memory, which
 * passes on through all of them: a value that is missing is refused.
 */
#ifndef ASSAY_REPORTS_BUILD_JSON_H
#define ASSAY_REPORTS_BUILD_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/** TEXT as a JSON string; bytes that are no UTF-8 are spelled \\xNN.  NULL without memory. */
json_t *build_string(const char *text);

/** Sets KEY of OBJECT; VALUE is taken over, also when it fails. */
bool build_set(json_t *object, const char *key, json_t *value);
bool build_text(json_t *object, const char *key, const char *text);
bool build_number(json_t *object, const char *key, long long number);
bool build_bool(json_t *object, const char *key, bool value);
bool build_texts(json_t *object, const char *key, char *const *texts, size_t count);

/** A new array or object under KEY, owned by OBJECT; or at the end of ARRAY.  NULL without
 *  memory. */
json_t *build_array(json_t *object, const char *key);
json_t *build_object(json_t *object, const char *key);
json_t *build_appended(json_t *array);

#endif

#include "build_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glyph.h"

/* What is not valid UTF-8 is against the contract of report.h; it costs its bytes their
 * spelling (\xNN), never the whole report. */
static json_t *mended(const char *text)
{
	const size_t size = 4 * strlen(text) + 1;
	char *copy = malloc(size);
	size_t used = 0;

	if (copy == NULL)
		return NULL;
	while (*text != '\0') {
		const struct glyph glyph = glyph_at(text);

		if (glyph.value == GLYPH_INVALID)
			used += (size_t)snprintf(copy + used, size - used, "%s",
				glyph.shown);
		else
			memcpy(copy + used, text, glyph.bytes);
		used += glyph.value == GLYPH_INVALID ? 0 : glyph.bytes;
		text += glyph.bytes;
	}
	json_t *string = json_stringn(copy, used);
	free(copy);
	return string;
}

json_t *build_string(const char *text)
{
	json_t *string = json_string(text);

	return string != NULL ? string : mended(text);
}

/* The setters pass a missing value (no memory) on, as json_object_set_new() refuses it.
 */
bool build_set(json_t *object, const char *key, json_t *value)
{
	return json_object_set_new(object, key, value) == 0;
}

bool build_text(json_t *object, const char *key, const char *text)
{
	return build_set(object, key, build_string(text));
}

bool build_number(json_t *object, const char *key, long long number)
{
	return build_set(object, key, json_integer(number));
}

bool build_bool(json_t *object, const char *key, bool value)
{
	return build_set(object, key, json_boolean(value));
}

/* A new array under KEY, owned by OBJECT; NULL without memory. */
json_t *build_array(json_t *object, const char *key)
{
	json_t *array = json_array();

	return build_set(object, key, array) ? array : NULL;
}

/* A new object at the end of ARRAY, or under KEY of OBJECT. */
json_t *build_appended(json_t *array)
{
	json_t *object = json_object();

	return json_array_append_new(array, object) == 0 ? object : NULL;
}

json_t *build_object(json_t *object, const char *key)
{
	json_t *inner = json_object();

	return build_set(object, key, inner) ? inner : NULL;
}

bool build_texts(json_t *object, const char *key, char *const *texts, size_t count)
{
	json_t *array = build_array(object, key);
	bool is_good = array != NULL;

	for (size_t i = 0; is_good && i < count; i++)
		is_good = json_array_append_new(array, build_string(texts[i])) == 0;
	return is_good;
}

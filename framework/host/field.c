#include "field.h"

#include "memory.h"
#include "printable.h"

#include <limits.h>
#include <stdlib.h>

static char *printable_of(const json_t *string)
{
	return printable_copy(json_string_value(string), json_string_length(string));
}

static bool wrong(const char *name, const char *wanted, struct problem *why)
{
	return problem_set(why, "field '%s' is not %s", name, wanted);
}

bool field_text(const json_t *object, const char *name, char **out, struct problem *why)
{
	const json_t *value = json_object_get(object, name);

	if (value != NULL && !json_is_string(value))
		return wrong(name, "a string", why);
	*out = value != NULL ? printable_of(value) : memory_text("");
	return true;
}

bool field_raw_text(const json_t *object, const char *name, char **out,
	struct problem *why)
{
	const json_t *value = json_object_get(object, name);

	if (value != NULL && !json_is_string(value))
		return wrong(name, "a string", why);
	*out = memory_text(value != NULL ? json_string_value(value) : "");
	return true;
}

bool field_number(const json_t *object, const char *name, int *out, struct problem *why)
{
	const json_t *value = json_object_get(object, name);
	const json_int_t number = json_integer_value(value);

	if (value != NULL && (!json_is_integer(value) || number < 0 || number > INT_MAX))
		return wrong(name, "a number from 0 to 2147483647", why);
	*out = (int)number;
	return true;
}

bool field_count(const json_t *object, const char *name, long *out, struct problem *why)
{
	const json_t *value = json_object_get(object, name);
	const json_int_t number = json_integer_value(value);

	if (value != NULL && (!json_is_integer(value) || number < 0 || number > LONG_MAX))
		return wrong(name, "a count", why);
	*out = (long)number;
	return true;
}

bool field_flag(const json_t *object, const char *name, bool *out, struct problem *why)
{
	const json_t *value = json_object_get(object, name);

	if (value != NULL && !json_is_boolean(value))
		return wrong(name, "true or false", why);
	*out = json_is_true(value);
	return true;
}

bool field_array(const json_t *object, const char *name, const json_t **out,
	struct problem *why)
{
	const json_t *value = json_object_get(object, name);

	if (value != NULL && !json_is_array(value))
		return wrong(name, "an array", why);
	*out = value;
	return true;
}

bool field_texts(const json_t *object, const char *name, char ***out, size_t *count,
	struct problem *why)
{
	const json_t *array = NULL;

	if (!field_array(object, name, &array, why))
		return false;
	const size_t size = json_array_size(array);
	for (size_t i = 0; i < size; i++)
		if (!json_is_string(json_array_get(array, i)))
			return wrong(name, "an array of strings", why);
	*count = size;
	*out = memory_new(size, sizeof(**out));
	for (size_t i = 0; i < size; i++)
		(*out)[i] = printable_of(json_array_get(array, i));
	return true;
}

/*
 * schema: whether a JSON file is as its schema says, and says nothing that the schema lacks.
 *   schema SCHEMA FILE
 * It knows the words of JSON Schema that the schemas of docs/ use, and refuses any other, so
 * that no word of theirs goes unchecked.
 */
#include <jansson.h>
#include <regex.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const json_t *root;
static char path[1024] = "$"; /* of the value that is being checked */

__attribute__((format(printf, 1, 2))) static bool complain(const char *format, ...)
{
	va_list args;

	(void)fprintf(stderr, "schema: %s: ", path);
	va_start(args, format);
	(void)vfprintf(stderr, format, args);
	va_end(args);
	(void)fputc('\n', stderr);
	return false;
}

static bool check(const json_t *schema, const json_t *value);

/* Checks VALUE, which stands at NAME below the path. */
static bool check_below(const json_t *schema, const json_t *value, const char *name)
{
	const size_t length = strlen(path);

	(void)snprintf(path + length, sizeof(path) - length, "/%s", name);
	const bool done = check(schema, value);
	path[length] = '\0';
	return done;
}

static bool has_type(const char *name, const json_t *value)
{
	return (strcmp(name, "object") == 0 && json_is_object(value)) ||
		(strcmp(name, "array") == 0 && json_is_array(value)) ||
		(strcmp(name, "string") == 0 && json_is_string(value)) ||
		(strcmp(name, "integer") == 0 && json_is_integer(value)) ||
		(strcmp(name, "number") == 0 && json_is_number(value)) ||
		(strcmp(name, "boolean") == 0 && json_is_boolean(value)) ||
		(strcmp(name, "null") == 0 && json_is_null(value));
}

static bool check_type(const json_t *word, const json_t *value, const json_t *schema)
{
	(void)schema;
	if (json_is_string(word))
		return has_type(json_string_value(word), value) ||
			complain("no %s", json_string_value(word));
	for (size_t i = 0; i < json_array_size(word); i++)
		if (has_type(json_string_value(json_array_get(word, i)), value))
			return true;
	return complain("of none of its types");
}

static bool check_const(const json_t *word, const json_t *value, const json_t *schema)
{
	(void)schema;
	return json_equal(word, value) || complain("another constant");
}

static bool check_enum(const json_t *word, const json_t *value, const json_t *schema)
{
	(void)schema;
	for (size_t i = 0; i < json_array_size(word); i++)
		if (json_equal(json_array_get(word, i), value))
			return true;
	return complain("none of the words that are allowed");
}

static bool check_minimum(const json_t *word, const json_t *value, const json_t *schema)
{
	(void)schema;
	return !json_is_integer(value) ||
		json_integer_value(value) >= json_integer_value(word) ||
		complain("below %lld", (long long)json_integer_value(word));
}

static bool check_pattern(const json_t *word, const json_t *value, const json_t *schema)
{
	regex_t pattern;

	(void)schema;
	if (!json_is_string(value))
		return true;
	if (regcomp(&pattern, json_string_value(word), REG_EXTENDED | REG_NOSUB) != 0)
		return complain("a bad pattern");
	const int match = regexec(&pattern, json_string_value(value), 0, NULL, 0);
	regfree(&pattern);
	return match == 0 ||
		complain("'%s' does not match %s", json_string_value(value),
			json_string_value(word));
}

static bool check_required(const json_t *word, const json_t *value, const json_t *schema)
{
	(void)schema;
	for (size_t i = 0; json_is_object(value) && i < json_array_size(word); i++) {
		const char *name = json_string_value(json_array_get(word, i));
		if (json_object_get(value, name) == NULL)
			return complain("lacks %s", name);
	}
	return true;
}

/* Also what the schema does not name: a report may say more only when the schema does. */
static bool check_properties(const json_t *word, const json_t *value,
	const json_t *schema)
{
	const char *name;
	json_t *member;

	(void)schema;
	json_object_foreach((json_t *)(size_t)value, name, member)
	{
		const json_t *described = json_object_get(word, name);
		if (described == NULL)
			return complain("says %s, of which the schema says nothing",
				name);
		if (!check_below(described, member, name))
			return false;
	}
	return true;
}

static bool check_additional(const json_t *word, const json_t *value,
	const json_t *schema)
{
	const char *name;
	json_t *member;

	if (json_object_get(schema, "properties") != NULL)
		return complain("additionalProperties beside properties");
	json_object_foreach((json_t *)(size_t)value, name, member)
	{
		if (!check_below(word, member, name))
			return false;
	}
	return true;
}

static bool check_names(const json_t *word, const json_t *value, const json_t *schema)
{
	const char *name;
	json_t *member;

	(void)schema;
	json_object_foreach((json_t *)(size_t)value, name, member)
	{
		json_t *text = json_string(name);
		const bool done = check_below(word, text, name);
		json_decref(text);
		if (!done)
			return false;
	}
	return true;
}

static bool check_items(const json_t *word, const json_t *value, const json_t *schema)
{
	char number[24];

	(void)schema;
	for (size_t i = 0; i < json_array_size(value); i++) {
		(void)snprintf(number, sizeof(number), "%zu", i);
		if (!check_below(word, json_array_get(value, i), number))
			return false;
	}
	return true;
}

static bool check_reference(const json_t *word, const json_t *value, const json_t *schema)
{
	const char *to = json_string_value(word);
	const json_t *definition = strncmp(to, "#/$defs/", 8) == 0
		? json_object_get(json_object_get(root, "$defs"), to + 8)
		: NULL;

	(void)schema;
	return definition == NULL ? complain("nothing is called %s", to)
				  : check(definition, value);
}

/* Only what docs/ uses: one member that has one constant. */
static bool check_if(const json_t *word, const json_t *value, const json_t *schema)
{
	const char *name;
	json_t *condition;

	json_object_foreach((json_t *)(size_t)json_object_get(word, "properties"), name,
		condition)
	{
		if (!json_equal(json_object_get(condition, "const"),
			    json_object_get(value, name)))
			return true;
	}
	return check(json_object_get(schema, "then"), value);
}

static bool says_nothing(const json_t *word, const json_t *value, const json_t *schema)
{
	(void)word;
	(void)value;
	(void)schema;
	return true;
}

static const struct {
	const char *name;
	bool (*check)(const json_t *word, const json_t *value, const json_t *schema);
} words[] = {
	{"$schema", says_nothing},
	{"title", says_nothing},
	{"description", says_nothing},
	{"$defs", says_nothing},
	{"then", says_nothing},
	{"type", check_type},
	{"const", check_const},
	{"enum", check_enum},
	{"minimum", check_minimum},
	{"pattern", check_pattern},
	{"required", check_required},
	{"properties", check_properties},
	{"additionalProperties", check_additional},
	{"propertyNames", check_names},
	{"items", check_items},
	{"$ref", check_reference},
	{"if", check_if},
};

static bool check(const json_t *schema, const json_t *value)
{
	const char *name;
	json_t *word;

	json_object_foreach((json_t *)(size_t)schema, name, word)
	{
		size_t i = 0;
		while (i < sizeof(words) / sizeof(words[0]) &&
			strcmp(words[i].name, name) != 0)
			i++;
		if (i == sizeof(words) / sizeof(words[0]))
			return complain("the schema says '%s', which is not checked here",
				name);
		if (!words[i].check(word, value, schema))
			return false;
	}
	return true;
}

static json_t *load(const char *file)
{
	json_error_t error;
	json_t *loaded = json_load_file(file, JSON_REJECT_DUPLICATES, &error);

	if (loaded == NULL)
		(void)fprintf(stderr, "schema: %s:%d: %s\n", file, error.line,
			error.text);
	return loaded;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		(void)fputs("usage: schema SCHEMA FILE\n", stderr);
		return 2;
	}
	json_t *schema = load(argv[1]), *value = load(argv[2]);
	root = schema;
	const bool done = schema != NULL && value != NULL && check(schema, value);
	json_decref(schema);
	json_decref(value);
	return done ? EXIT_SUCCESS : EXIT_FAILURE;
}

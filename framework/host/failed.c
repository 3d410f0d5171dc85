#include "failed.h"

#include "catalog.h"
#include "field.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

static bool take_case(const json_t *c, struct failed *out, struct problem *why)
{
	const json_t *id = json_object_get(c, "id");
	bool was_run, is_unexpected;

	if (!json_is_string(id) || !catalog_id_is_valid(json_string_value(id)) ||
		json_object_get(c, "was_run") == NULL)
		return problem_set(why, "it is no json report of assay");
	if (!field_flag(c, "was_run", &was_run, why) ||
		!field_flag(c, "unexpected", &is_unexpected, why))
		return false;
	if (was_run && !is_unexpected)
		return true;
	out->ids = memory_append(out->ids, out->count, sizeof(out->ids[0]));
	out->ids[out->count++] = memory_text(json_string_value(id));
	return true;
}

bool failed_read(const char *path, struct failed *out, struct problem *why)
{
	json_error_t error;
	const char *schema;
	json_t *root = json_load_file(path, 0, &error);
	const json_t *cases = json_object_get(root, "cases");
	bool done = root != NULL || problem_set(why, "%s", error.text);

	*out = (struct failed){.count = 0};
	schema = json_string_value(json_object_get(root, "schema"));
	if (done &&
		(schema == NULL || strcmp(schema, "assay-results/1") != 0 ||
			!json_is_array(cases)))
		done = problem_set(why, "it is no json report of this assay");
	for (size_t i = 0; done && i < json_array_size(cases); i++)
		done = take_case(json_array_get(cases, i), out, why);
	json_decref(root);
	return done || problem_prefix(why, "cannot use %s", path);
}

void failed_free(struct failed *failed)
{
	for (size_t i = 0; i < failed->count; i++)
		free(failed->ids[i]);
	free(failed->ids);
	*failed = (struct failed){.count = 0};
}

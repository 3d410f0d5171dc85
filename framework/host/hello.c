#include "hello.h"

#include "conversation.h"
#include "field.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

static bool check_version(const json_t *message, int *version, struct problem *why)
{
	if (strcmp(conversation_type(message), "hello") != 0)
		return problem_set(why, "its first line is of type '%.40s', not hello",
			conversation_type(message));
	if (!field_number(message, "protocol", version, why))
		return false;
	if (*version != CONVERSATION_PROTOCOL)
		return problem_set(why,
			"it speaks protocol version %d, this assay speaks %d", *version,
			CONVERSATION_PROTOCOL);
	return true;
}

/* Reads the array NAME of objects with the strings WHAT and "why" or "reason". */
static bool read_pairs(const json_t *message, const char *const names[3],
	struct report_refusal **out, size_t *count, struct problem *why)
{
	const json_t *array = NULL;

	if (!field_array(message, names[0], &array, why))
		return false;
	const size_t size = json_array_size(array);
	*out = memory_new(size, sizeof(**out));
	for (size_t i = 0; i < size; i++) {
		const json_t *pair = json_array_get(array, i);
		struct report_refusal *refusal = &(*out)[*count];

		if (!json_is_object(pair))
			return problem_set(why, "field '%s' is not an array of objects",
				names[0]);
		++*count;
		if (!field_text(pair, names[1], &refusal->what, why) ||
			!field_text(pair, names[2], &refusal->why, why))
			return problem_prefix(why, "field '%s'", names[0]);
	}
	return true;
}

static bool read_texts(const json_t *message, struct report_target *out,
	struct problem *why)
{
	return field_text(message, "assay", &out->assay, why) &&
		field_text(message, "kernel", &out->kernel, why) &&
		field_text(message, "machine", &out->machine, why) &&
		field_text(message, "libc", &out->libc, why) &&
		field_text(message, "endian", &out->endian, why) &&
		field_text(message, "capabilities", &out->capabilities, why) &&
		field_text(message, "block_proof", &out->block_proof, why);
}

static bool read_uid(const json_t *message, int *out, struct problem *why)
{
	const json_t *value = json_object_get(message, "uid");
	const json_int_t number = json_integer_value(value);

	if (value != NULL &&
		(!json_is_integer(value) || number < 0 || number > 0xffffffffLL))
		return problem_set(why, "field 'uid' is no user id");
	*out = (int)(unsigned)number;
	return true;
}

bool hello_read(const json_t *message, struct report_target *out, struct problem *why)
{
	static const char *const refused[3] = {"refused", "what", "why"};
	static const char *const missing[3] = {"missing", "need", "reason"};

	return check_version(message, &out->protocol, why) &&
		read_texts(message, out, why) &&
		field_number(message, "page_size", &out->page_size, why) &&
		field_number(message, "bits", &out->bits, why) &&
		field_number(message, "cpus", &out->cpus, why) &&
		read_uid(message, &out->uid, why) &&
		field_texts(message, "environment", &out->environment,
			&out->environment_count, why) &&
		field_texts(message, "isolation", &out->isolation, &out->isolation_count,
			why) &&
		read_pairs(message, refused, &out->refused, &out->refused_count, why) &&
		read_pairs(message, missing, &out->missing, &out->missing_count, why);
}

static bool has_isolation(const struct report_target *target, const char *what)
{
	for (size_t i = 0; i < target->isolation_count; i++)
		if (strcmp(target->isolation[i], what) == 0)
			return true;
	return false;
}

bool hello_is_isolated(const struct report_target *target)
{
	static const char *const wanted[] = {"ipc", "shm", "mqueue", "tmp", "pid"};

	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		if (!has_isolation(target, wanted[i]))
			return false;
	return true;
}

void hello_complete(struct report_target *target)
{
	char **const texts[] = {&target->name, &target->command, &target->valgrind,
		&target->assay, &target->kernel, &target->machine, &target->libc,
		&target->endian, &target->capabilities, &target->block_proof};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (*texts[i] == NULL)
			*texts[i] = memory_text("");
}

static void free_pairs(struct report_refusal *pairs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(pairs[i].what);
		free(pairs[i].why);
	}
	free(pairs);
}

void hello_free(struct report_target *target)
{
	char *const texts[] = {target->name, target->command, target->valgrind,
		target->assay, target->kernel, target->machine, target->libc,
		target->endian, target->capabilities, target->block_proof};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		free(texts[i]);
	for (size_t i = 0; i < target->environment_count; i++)
		free(target->environment[i]);
	free(target->environment);
	for (size_t i = 0; i < target->isolation_count; i++)
		free(target->isolation[i]);
	free(target->isolation);
	free_pairs(target->refused, target->refused_count);
	free_pairs(target->missing, target->missing_count);
	*target = (struct report_target){0};
}

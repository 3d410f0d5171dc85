/*
 * What a worker says, from bytes to hello, cases and results: a worker is believed nothing.
 */
#include "conversation.h"

#include "catalog.h"
#include "fuzz.h"
#include "hello.h"
#include "result.h"

static void read_hello(const json_t *message, struct problem *why)
{
	struct report_target target = {.name = NULL};

	if (hello_read(message, &target, why))
		hello_complete(&target);
	hello_free(&target);
}

static void read_case(const json_t *message, struct problem *why)
{
	struct catalog catalog = {.count = 0};

	if (catalog_add(&catalog, message, why)) {
		MUST(catalog.count == 1 && catalog_id_is_valid(catalog.cases[0].id));
		MUST(catalog_close(&catalog, why));
		MUST(catalog_find(&catalog, catalog.cases[0].id) == 0);
		free(catalog_needs(&catalog.cases[0]));
	}
	catalog_free(&catalog);
}

static void read_result(const json_t *message, struct problem *why)
{
	struct outcome outcome;
	const char *const id = json_string_value(json_object_get(message, "id"));

	if (id && outcome_read(message, id, &outcome, why)) {
		MUST(outcome.verdict < VERDICT_COUNT);
		MUST(outcome.text && strchr(outcome.text, '\n') == NULL);
		MUST(outcome.who && outcome.file && outcome.output);
		outcome_free(&outcome);
	}
}

/* Takes all messages; what is no message ends it, as in the runner. */
static void take_all(struct conversation *talk)
{
	for (;;) {
		struct problem why = {.text = ""};
		json_t *message = NULL;
		const enum conversation_event event =
			conversation_next(talk, &message, &why);

		MUST((event == CONVERSATION_MESSAGE) == (message != NULL));
		MUST(event != CONVERSATION_NOTHING);
		if (event != CONVERSATION_MESSAGE)
			break;
		read_hello(message, &why);
		read_case(message, &why);
		read_result(message, &why);
		json_decref(message);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct conversation talk = {.used = size, .size = size + 1, .ended = true};

	talk.buffer = fuzz_string(data, size);
	talk.errors_used = size < sizeof(talk.errors) ? size : sizeof(talk.errors);
	memcpy(talk.errors, data, talk.errors_used);
	free(conversation_errors(&talk));
	char *const last_words = conversation_last_words(&talk);
	MUST(strchr(last_words, '\n') == NULL);
	free(last_words);
	take_all(&talk);
	conversation_free(&talk);
	return 0;
}

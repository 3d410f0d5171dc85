/*
 * Foreign bytes: made printable they are valid UTF-8 on one line without controls, as JSON
 * they are one string that any reader takes.
 */
#include "printable.h"

#include "fuzz.h"

#include <jansson.h>

static void check_printable(const uint8_t *data, size_t size)
{
	char *const shown = printable_copy((const char *)data, size);
	char *const again = printable_copy(shown, strlen(shown));

	for (const char *at = shown; *at;) {
		const size_t length = utf8_length(at, strlen(at));
		MUST(length > 0 && (unsigned char)*at >= 0x20);
		at += length;
	}
	MUST(strcmp(shown, again) == 0);
	free(again);
	free(shown);
}

static void check_json(const uint8_t *data, size_t size)
{
	const size_t room = size * 6 + 3; /* a byte may become \u00XX */
	char *const json = malloc(room);

	MUST(json != NULL);
	struct text text = text_over(json, room);
	text_add_json(&text, (const char *)data, size);
	MUST(!text.cut);
	json_t *const read =
		json_loadb(json, text.used, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	MUST(json_is_string(read));
	json_decref(read);
	free(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char small[8];
	struct text text = TEXT_OVER(small);

	check_printable(data, size);
	check_json(data, size);
	text_add_printable(&text, (const char *)data, size);
	MUST(strlen(small) == text.used && text.used < sizeof(small));
	return 0;
}

#include "printable.h"

#include <stdlib.h>

static bool is_control(const unsigned char *bytes, size_t length)
{
	if (length == 1)
		return bytes[0] < 0x20 || bytes[0] == 0x7f;
	return length == 2 && bytes[0] == 0xc2 && bytes[1] < 0xa0;
}

void text_add_printable(struct text *text, const char *bytes, size_t count)
{
	for (size_t i = 0; i < count;) {
		const unsigned char *at = (const unsigned char *)bytes + i;
		const size_t valid = utf8_length(bytes + i, count - i);
		const size_t length = valid > 0 ? valid : 1;

		if (valid > 0 && !is_control(at, length))
			text_add(text, "%.*s", (int)length, bytes + i);
		else
			for (size_t k = 0; k < length; k++)
				text_add(text, "\\x%02x", at[k]);
		i += length;
	}
}

char *printable_copy(const char *bytes, size_t count)
{
	const size_t size = count * 4 + 1; /* every byte may become \xNN */
	char *copy = malloc(size);

	if (copy == NULL)
		abort();
	struct text text = text_over(copy, size);
	text_add_printable(&text, bytes, count);
	return copy;
}

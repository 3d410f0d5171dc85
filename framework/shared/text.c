#include "text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct text text_over(char *buffer, size_t size)
{
	buffer[0] = '\0';
	return (struct text){.at = buffer, .size = size};
}

void text_add(struct text *text, const char *format, ...)
{
	const size_t room = text->size - text->used;
	va_list args;

	va_start(args, format);
	const int wanted = vsnprintf(text->at + text->used, room, format, args);
	va_end(args);
	if (wanted < 0)
		return;
	if ((size_t)wanted >= room) {
		text->used = text->size - 1;
		text->cut = true;
	} else {
		text->used += (size_t)wanted;
	}
}

size_t utf8_length(const char *bytes, size_t count)
{
	static const uint32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char first = (unsigned char)bytes[0];
	const size_t length = first < 0x80 ? 1
		: (first & 0xe0) == 0xc0   ? 2
		: (first & 0xf0) == 0xe0   ? 3
		: (first & 0xf8) == 0xf0   ? 4
					   : 0;

	if (length <= 1 || length > count)
		return length <= count ? length : 0;
	uint32_t value = first & (0x7fu >> length);
	for (size_t i = 1; i < length; i++) {
		if (((unsigned char)bytes[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | ((unsigned char)bytes[i] & 0x3f);
	}
	const bool is_surrogate = value >= 0xd800 && value <= 0xdfff;
	return value < smallest[length] || value > 0x10ffff || is_surrogate ? 0 : length;
}

static void add_json_byte(struct text *text, unsigned char byte)
{
	switch (byte) {
	case '"':
		text_add(text, "\\\"");
		break;
	case '\\':
		text_add(text, "\\\\");
		break;
	case '\n':
		text_add(text, "\\n");
		break;
	case '\t':
		text_add(text, "\\t");
		break;
	default:
		text_add(text, byte < 0x20 || byte == 0x7f ? "\\u%04x" : "%c", byte);
	}
}

void text_add_json(struct text *text, const char *bytes, size_t count)
{
	text_add(text, "\"");
	for (size_t i = 0; i < count;) {
		const size_t length = utf8_length(bytes + i, count - i);
		/* NUL is valid, but JSON readers in C refuse it or end at it. */
		if (length == 0 || bytes[i] == '\0')
			text_add(text, "\\\\x%02x", (unsigned char)bytes[i]);
		else if (length == 1)
			add_json_byte(text, (unsigned char)bytes[i]);
		else
			text_add(text, "%.*s", (int)length, bytes + i);
		i += length > 0 ? length : 1;
	}
	text_add(text, "\"");
}

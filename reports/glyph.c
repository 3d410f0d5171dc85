#include "glyph.h"

#include <stdio.h>
#include <string.h>

#include "text.h"

static uint32_t decode(const char *text, size_t length)
{
	const unsigned char first = (unsigned char)text[0];

	if (length == 1)
		return first;
	uint32_t value = first & (0x7fu >> length);
	for (size_t i = 1; i < length; i++)
		value = value << 6 | ((unsigned char)text[i] & 0x3f);
	return value;
}

static bool is_harmless(uint32_t value)
{
	static const uint32_t hidden[][2] = {
		{0x0000, 0x001f},   /* C0 */
		{0x007f, 0x009f},   /* DEL and C1 */
		{0x00ad, 0x00ad},   /* soft hyphen */
		{0x061c, 0x061c},   /* Arabic letter mark */
		{0x180e, 0x180e},   /* Mongolian vowel separator */
		{0x200b, 0x200f},   /* zero width, direction marks */
		{0x2028, 0x202e},   /* separators, embeddings, overrides */
		{0x2060, 0x206f},   /* invisible operators, isolates */
		{0xfdd0, 0xfdef},   /* noncharacters */
		{0xfeff, 0xfeff},   /* byte order mark */
		{0xfff9, 0xfffb},   /* interlinear annotation */
		{0xe0000, 0xe0fff}, /* tags */
	};

	if ((value & 0xfffe) == 0xfffe || value >= GLYPH_INVALID)
		return false;
	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
		if (value >= hidden[i][0] && value <= hidden[i][1])
			return false;
	return true;
}

struct glyph glyph_at(const char *text)
{
	const size_t length = utf8_length(text, strnlen(text, 4));
	struct glyph glyph = {
		.value = length > 0 ? decode(text, length) : GLYPH_INVALID,
		.bytes = length > 0 ? length : 1,
		.columns = 1,
	};

	glyph.is_plain = is_harmless(glyph.value);
	if (glyph.is_plain) {
		memcpy(glyph.shown, text, glyph.bytes);
		return glyph;
	}
	struct text shown = TEXT_OVER(glyph.shown);
	for (size_t i = 0; i < glyph.bytes; i++)
		text_add(&shown, "\\x%02x", (unsigned)(unsigned char)text[i]);
	glyph.columns = (int)shown.used;
	return glyph;
}

int glyph_columns(const char *text, size_t count)
{
	int columns = 0;

	for (size_t i = 0; i < count && text[i] != '\0';) {
		const struct glyph glyph = glyph_at(text + i);

		columns += glyph.columns;
		i += glyph.bytes;
	}
	return columns;
}

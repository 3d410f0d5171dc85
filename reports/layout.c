#include "layout.h"

#include <stdarg.h>
#include <string.h>

#include "glyph.h"

void layout_color(struct layout *layout, enum color color)
{
	static const char *const codes[] = {
		[COLOR_NONE] = "\033[0m",
		[COLOR_GOOD] = "\033[32m",
		[COLOR_BAD] = "\033[1;31m",
		[COLOR_NOTABLE] = "\033[33m",
		[COLOR_QUIET] = "\033[2m",
		[COLOR_STRONG] = "\033[1m",
	};

	if (layout->has_color)
		(void)fputs(codes[color], layout->out);
}

void layout_to(struct layout *layout, int column)
{
	const int missing = column - layout->column;

	layout->spaces = missing > 0 ? missing : layout->column > 0;
}

void layout_end_line(struct layout *layout)
{
	(void)putc('\n', layout->out);
	layout->column = 0;
	layout->spaces = 0;
}

static void add(struct layout *layout, const char *shown, int columns)
{
	(void)fprintf(layout->out, "%*s%s", layout->spaces, "", shown);
	layout->column += layout->spaces + columns;
	layout->spaces = 0;
}

/* The line goes on at INDENT of the next one when COLUMNS more have no room here. */
static void make_room(struct layout *layout, int columns, int indent)
{
	const int end = layout->column + layout->spaces + columns;

	if (end <= layout->columns || layout->column + layout->spaces <= indent)
		return;
	layout_end_line(layout);
	layout->spaces = indent;
}

void layout_part(struct layout *layout, const char *text, size_t count)
{
	for (size_t i = 0; i < count && text[i] != '\0';) {
		const struct glyph glyph = glyph_at(text + i);

		add(layout, glyph.shown, glyph.columns);
		i += glyph.bytes;
	}
}

void layout_word(struct layout *layout, const char *text)
{
	layout_part(layout, text, strlen(text));
}

void layout_say(struct layout *layout, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	layout_word(layout, text);
}

void layout_verbatim(struct layout *layout, const char *text, size_t count, int indent)
{
	for (size_t i = 0; i < count && text[i] != '\0';) {
		const struct glyph glyph = glyph_at(text + i);
		const int at = layout->column + layout->spaces - indent;

		if (text[i] == ' ' || text[i] == '\t') {
			layout->spaces += text[i] == ' ' ? 1 : 8 - at % 8;
		} else {
			make_room(layout, glyph.columns, indent);
			add(layout, glyph.shown, glyph.columns);
		}
		i += glyph.bytes;
	}
}

void layout_text(struct layout *layout, const char *text, int indent)
{
	while (*text != '\0') {
		const size_t spaces = strspn(text, " ");
		const size_t length = strcspn(text + spaces, " ");

		layout->spaces += (int)spaces;
		text += spaces;
		if (length > 0)
			make_room(layout, glyph_columns(text, length), indent);
		for (size_t i = 0; i < length;) {
			const struct glyph glyph = glyph_at(text + i);

			make_room(layout, glyph.columns, indent);
			add(layout, glyph.shown, glyph.columns);
			i += glyph.bytes;
		}
		text += length;
	}
}

#include "number.h"

#include <string.h>

enum { DAY_MS = 24 * 60 * 60 * 1000 };

/* Parses the digits at the beginning of TEXT.  Returns what follows them, or NULL. */
static const char *parse_digits(const char *text, long high, long *out)
{
	const char *at = text;
	long value = 0;

	while (*at >= '0' && *at <= '9') {
		const long digit = *at++ - '0';

		if (value > high / 10 || digit > high - value * 10)
			return NULL;
		value = value * 10 + digit;
	}
	*out = value;
	return at > text ? at : NULL;
}

bool number_parse(const char *text, long low, long high, long *out)
{
	long value;
	const char *rest = high < 0 ? NULL : parse_digits(text, high, &value);

	if (rest == NULL || *rest != '\0' || value < low)
		return false;
	*out = value;
	return true;
}

bool number_parse_ms(const char *text, int *out)
{
	long value;
	const char *rest = parse_digits(text, DAY_MS, &value);
	const bool is_seconds = rest != NULL && strcmp(rest, "s") == 0;

	if (rest == NULL || (!is_seconds && *rest != '\0' && strcmp(rest, "ms") != 0))
		return false;
	if (value < 1 || value > (is_seconds ? DAY_MS / 1000 : DAY_MS))
		return false;
	*out = (int)(is_seconds ? value * 1000 : value);
	return true;
}

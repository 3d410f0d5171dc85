#include "rule_scan.h"

#include "printable.h"

#include <string.h>

const char *scan_rest(const struct scan *scan)
{
	return scan->text + scan->at;
}

bool scan_refuse(const struct scan *scan, size_t at, const char *wanted)
{
	enum { SHOWN_BYTES = 40 };
	const char *const from = scan->text + at;
	char shown[SHOWN_BYTES * 4 + 1];
	struct text text = TEXT_OVER(shown);
	size_t length = strcspn(from, " =:#,()|&<>!^\"");
	const bool is_cut = length > SHOWN_BYTES;

	if (*from == '\0')
		return problem_set(scan->why, "at %zu: expected %s, found the end",
			at + 1, wanted);
	if (is_cut)
		length = SHOWN_BYTES;
	text_add_printable(&text, from, length > 0 ? length : 1);
	return problem_set(scan->why, "at %zu: expected %s, found '%s%s'", at + 1, wanted,
		shown, is_cut ? "..." : "");
}

bool scan_refuse_next(const struct scan *scan, const char *wanted)
{
	char all[80];
	struct text text = TEXT_OVER(all);

	text_add(&text, "%s%s", scan->also, wanted);
	return scan_refuse(scan, scan->at, all);
}

bool scan_take(struct scan *scan, const char *literal)
{
	const size_t length = strlen(literal);

	if (strncmp(scan_rest(scan), literal, length) != 0)
		return false;
	scan->at += length;
	return true;
}

bool scan_demand(struct scan *scan, const char *literal, const char *wanted)
{
	return scan_take(scan, literal) || scan_refuse(scan, scan->at, wanted);
}

bool scan_word(struct scan *scan, const char *set, char *word, size_t size)
{
	const size_t length = strspn(scan_rest(scan), set);

	if (length == 0 || length >= size)
		return false;
	memcpy(word, scan_rest(scan), length);
	word[length] = '\0';
	scan->at += length;
	return true;
}

int scan_digit(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	if (byte >= 'a' && byte <= 'f')
		return byte - 'a' + 10;
	return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : 16;
}

bool scan_number(struct scan *scan, struct scan_range range, uint64_t *value)
{
	const size_t start = scan->at;
	const unsigned base = scan_take(scan, "0x") ? 16 : 10;
	const size_t first = scan->at;
	bool fits = true;

	*value = 0;
	for (; scan_digit(*scan_rest(scan)) < (int)base; scan->at++) {
		const unsigned digit = (unsigned)scan_digit(*scan_rest(scan));
		fits = fits && *value <= (UINT64_MAX - digit) / base;
		*value = *value * base + digit;
	}
	if (base == 10 && scan->text[first] == '0' && scan->at - first > 1)
		return scan_refuse(scan, start, "a number without leading zeros");
	if (scan->at == first || !fits || *value < range.min || *value > range.max)
		return scan_refuse(scan, start, range.wanted);
	return true;
}

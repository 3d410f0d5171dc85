#include "mask.h"

#include <stdio.h>
#include <string.h>

/* A word, the characters behind it, and what stands for both.  A System V key has 8 digits
 * and is the same in every run. */
static const struct {
	const char *word, *more;
	size_t more_min;
	const char *shown;
} masks[] = {
	{"pid ", "0123456789", 1, "pid N"},
	{"0x", "0123456789abcdef", 9, "0xN"},
	/* A process that polls is either by chance, one that starts under load not there yet. */
	{"asleep in ", "abcdefghijklmnopqrstuvwxyz_", 1, "somewhere"},
	{"running", "", 0, "somewhere"},
	{"insn=", "0123456789 ", 1, "insn=N "},
	/* How many processes of a bomb are seen is chance. */
	{", process planted-worker", "", 0, ""},
};

/* The length of what mask M covers at BYTES, or 0. */
static size_t covered(size_t m, const char *bytes, size_t count)
{
	const size_t word = strlen(masks[m].word);
	size_t more = 0;

	if (word > count || memcmp(bytes, masks[m].word, word) != 0)
		return 0;
	while (word + more < count && bytes[word + more] &&
		strchr(masks[m].more, bytes[word + more]))
		more++;
	return more >= masks[m].more_min ? word + more : 0;
}

void mask_print(const char *bytes, size_t count)
{
	for (size_t i = 0; i < count;) {
		const unsigned char byte = (unsigned char)bytes[i];
		size_t length = 0, m = 0;

		while (length == 0 && m < sizeof(masks) / sizeof(masks[0]))
			length = covered(m++, bytes + i, count - i);
		if (length > 0)
			(void)fputs(masks[m - 1].shown, stdout);
		else if (byte < 0x20 || byte == 0x7f)
			(void)printf("\\x%02x", byte);
		else
			(void)putchar(byte);
		i += length > 0 ? length : 1;
	}
}

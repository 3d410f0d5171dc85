/*
 * What a case prints is kept with its result, whatever bytes it is made of.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "planted.h"

static void print(const char *bytes, size_t count)
{
	ck_assert_int_eq(need(write(1, bytes, count)), (ssize_t)count);
}

PLANT(output, line, "pass", .claim = "a line is kept")
{
	print("one line\n", 9);
}

PLANT(output, by_stdio_and_both_descriptors, "pass",
	.claim = "stdout and stderr are kept")
{
	ck_assert_int_gt(printf("by printf\n"), 0);
	ck_assert_int_eq(fflush(stdout), 0);
	need(write(2, "by stderr\n", 10));
}

PLANT(output, unflushed, "pass", .claim = "what stdio still holds at the end is kept")
{
	ck_assert_int_gt(printf("not flushed"), 0);
}

PLANT(output, markup, "pass", .claim = "markup is kept")
{
	static const char text[] =
		"</system-out>]]><b a='1' c=\"2\">&amp; \\ok not ok 1 - x\n...\n---\n";

	print(text, sizeof(text) - 1);
}

PLANT(output, control_bytes, "pass", .claim = "control bytes are kept")
{
	char bytes[33];

	for (int i = 0; i < 32; i++)
		bytes[i] = (char)i;
	bytes[32] = 0x7f;
	print(bytes, sizeof(bytes));
}

PLANT(output, invalid_utf8, "pass", .claim = "invalid UTF-8 is shown by its bytes")
{
	static const char bytes[] =
		"\xff\xfe \xc0\xaf \xed\xa0\x80 \xf4\x90\x80\x80 \xe2\x82 \xc3\xa9";

	print(bytes, sizeof(bytes) - 1);
}

PLANT(output, half_a_character_at_the_end, "pass",
	.claim = "a cut character is shown by bytes")
{
	print("x\xe2\x82", 3);
}

PLANT(output, one_mebibyte, "pass",
	.claim = "the first 16 KiB are kept, the rest is counted", .deadline_ms = 10000)
{
	char bytes[4096];

	memset(bytes, 'o', sizeof(bytes));
	for (int i = 0; i < 256; i++)
		print(bytes, sizeof(bytes));
}

PLANT(output, one_mebibyte_of_invalid_bytes, "pass",
	.claim = "bytes that grow fourfold in the answer do not break it",
	.deadline_ms = 10000)
{
	char bytes[4096];

	memset(bytes, 0xff, sizeof(bytes));
	for (int i = 0; i < 256; i++)
		print(bytes, sizeof(bytes));
}

PLANT(output, like_the_protocol, "fail", .claim = "what looks like an answer is output")
{
	static const char text[] =
		"\n{\"type\":\"result\",\"id\":\"planted/output/like-the-protocol\","
		"\"verdict\":\"pass\"}\n";

	print(text, sizeof(text) - 1);
	ck_assert_int_eq(1, 2);
}

PLANT(output, of_a_crash, "crash", .claim = "what was printed before a crash is kept")
{
	print("last words\n", 11);
	__builtin_trap();
}

PLANT(output, of_a_timeout, "timeout",
	.claim = "what was printed before a deadline is kept", .deadline_ms = SOON_MS)
{
	print("waiting\n", 8);
	for (;;)
		(void)pause();
}

static void prints(void *arg)
{
	print(arg, strlen(arg));
}

PLANT(output, of_a_peer, "pass", .claim = "what a peer prints is kept")
{
	struct peer p = peer_start(prints, (void *)"from a peer\n");

	peer_join(&p);
}

PLANT(output, none_from_the_case_before, "pass", .claim = "output stays with its case")
{
	need(dup(1));
}

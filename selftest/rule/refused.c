/*
 * Malformed rules: each is refused at exactly this byte with exactly these words.
 */
#include "rule.h"
#include "suites.h"

#include <stdio.h>
#include <string.h>

#define VERBS "fail, kill, stall, interrupt, shorten, limit, fill or count"
#define A_CALL "a system call or a family of them, such as open"
#define A_TIME "a time from 1ms to 3600s, or until:EVENT"
#define THE_LINE "printable text (in a quoted path write \\xNN)"

static const struct {
	const char *rule;
	int at;
	const char *expected, *found;
} rows[] = {
	{"", 1, VERBS, NULL},
	{" ", 1, VERBS, "' '"},
	{" fail:open=EIO", 1, VERBS, "' '"},
	{"fial:open=EIO", 1, VERBS, "'fial'"},
	{"FAIL:open=EIO", 1, VERBS, "'FAIL'"},
	{"failfailfailfail:open=EIO", 1, VERBS, "'failfailfailfail'"},
	{"fail", 5, "':' after the verb", NULL},
	{"fail=open", 5, "':' after the verb", "'='"},
	{"fail :open=EIO", 5, "':' after the verb", "' '"},
	{"fail:open=EIO\n", 14, THE_LINE, "'\\x0a'"},
	{"fail:open=E\033[1mIO", 12, THE_LINE, "'\\x1b[1mIO'"},
	{"fail:\xff=EIO", 6, THE_LINE, "'\\xff'"},

	/* calls */
	{"fail:", 6, A_CALL, NULL},
	{"fail:=EIO", 6, A_CALL, "'='"},
	{"fail: open=EIO", 6, A_CALL, "' '"},
	{"fail:opem=EIO", 6, A_CALL, "'opem'"},
	{"fail:Open=EIO", 6, A_CALL, "'Open'"},
	{"fail:SYS_open=EIO", 6, A_CALL, "'SYS_open'"},
	{"fail:2=EIO", 6, A_CALL, "'2'"},
	{"fail:call=7", 6, A_CALL, "'call'"},
	{"fail:mq_timedreceive_time64_and_so_on=EIO", 6, A_CALL,
		"'mq_timedreceive_time64_and_so_on'"},
	{"count:opén", 7, A_CALL, "'opén'"},

	/* which */
	{"fail:open", 10, "'#', ' if ' or '='", NULL},
	{"fail:open ", 10, "'#', ' if ' or '='", "' '"},
	{"fail:open =EIO", 10, "'#', ' if ' or '='", "' '"},
	{"fail:open:EIO", 10, "'#', ' if ' or '='", "':'"},
	{"fail:open#=EIO", 11, "a number from 1", "'='"},
	{"fail:open#0=EIO", 11, "a number from 1", "'0'"},
	{"fail:open#-1=EIO", 11, "a number from 1", "'-1'"},
	{"fail:open#x=EIO", 11, "a number from 1", "'x'"},
	{"fail:open#0x=EIO", 11, "a number from 1", "'0x'"},
	{"fail:open#18446744073709551615=EIO", 11, "a number from 1",
		"'18446744073709551615'"},
	{"fail:open#99999999999999999999=EIO", 11, "a number from 1",
		"'99999999999999999999'"},
	{"fail:open#02=EIO", 11, "a number without leading zeros", "'02'"},
	{"fail:open#2x=EIO", 12, "'..', '+', ' if ' or '='", "'x'"},
	{"fail:open#2.3=EIO", 12, "'..', '+', ' if ' or '='", "'.3'"},
	{"fail:open#2..=EIO", 14, "a number not below the first", "'='"},
	{"fail:open#3..2=EIO", 14, "a number not below the first", "'2'"},
	{"fail:open#2+=EIO", 13, "a number from 1", "'='"},
	{"fail:open#2+0=EIO", 13, "a number from 1", "'0'"},
	{"fail:open#2..3+1=EIO", 15, "' if ' or '='", "'+1'"},
	{"fail:open#2#3=EIO", 12, "'..', '+', ' if ' or '='", "'#'"},

	/* errors and signals */
	{"fail:open=", 11, "an errno such as ENOSPC", NULL},
	{"fail:open=ENOSPACE", 11, "an errno such as ENOSPC", "'ENOSPACE'"},
	{"fail:open=enospc", 11, "an errno such as ENOSPC", "'enospc'"},
	{"fail:open=28", 11, "an errno such as ENOSPC", "'28'"},
	{"fail:open=0", 11, "an errno such as ENOSPC", "'0'"},
	{"fail:open=-ENOSPC", 11, "an errno such as ENOSPC", "'-ENOSPC'"},
	{"fail:open==EIO", 11, "an errno such as ENOSPC", "'='"},
	{"fail:open=EIO ", 14, "the end", "' '"},
	{"fail:open=EIO,EINTR", 14, "the end", "','"},
	{"fail:open=EIO if fd=1", 14, "the end", "' '"},
	{"interrupt:read#1=USR1", 18, "a signal such as SIGUSR1", "'USR1'"},
	{"interrupt:read#1=10", 18, "a signal such as SIGUSR1", "'10'"},
	{"interrupt:read#1=SIGRTMIN+", 18, "a signal such as SIGUSR1", "'SIGRTMIN+'"},
	{"interrupt:read#1=SIGRTMIN+99", 18, "a signal such as SIGUSR1", "'SIGRTMIN+99'"},
	{"interrupt:read#1=SIGRTMIN+01", 18, "a signal such as SIGUSR1", "'SIGRTMIN+01'"},
	{"interrupt:read#1=SIGRTMIN-1", 18, "a signal such as SIGUSR1", "'SIGRTMIN-1'"},
	{"interrupt:read", 15, "'#', ' if ' or '='", NULL},

	/* kill */
	{"kill:", 6, A_CALL, NULL},
	{"kill:call", 6, A_CALL, "'call'"},
	{"kill:call=", 11, "a number from 1", NULL},
	{"kill:call=0", 11, "a number from 1", "'0'"},
	{"kill:call=7 if fd=1", 12, "':entry', ':exit' or the end", "' '"},
	{"kill:call=7:now", 13, "'entry' or 'exit'", "'now'"},
	{"kill:insn=", 11, "a number from 1", NULL},
	{"kill:insn=137:exit", 14, "the end", "':'"},
	{"kill:insn#137", 6, A_CALL, "'insn'"},
	{"kill:open", 10, "'#' and which call", NULL},
	{"kill:open=EIO", 10, "'#' and which call", "'='"},
	{"kill:open#2..3", 12, "':entry', ':exit', ' if ' or the end", "'..3'"},
	{"kill:open#2+1", 12, "':entry', ':exit', ' if ' or the end", "'+1'"},
	{"kill:open#2=SIGKILL", 12, "':entry', ':exit', ' if ' or the end", "'='"},
	{"kill:open#2:", 13, "'entry' or 'exit'", NULL},
	{"kill:open#2:Exit", 13, "'entry' or 'exit'", "'Exit'"},
	{"kill:open#2 if mode=0:exit", 22, "'|', ' and ' or the end", "':'"},

	/* stall */
	{"stall:futex#1=", 15, A_TIME, NULL},
	{"stall:futex#1=20", 17, "ms or s", NULL},
	{"stall:futex#1=20us", 17, "ms or s", "'us'"},
	{"stall:futex#1=20 ms", 17, "ms or s", "' '"},
	{"stall:futex#1=1.5s", 16, "ms or s", "'.5s'"},
	{"stall:futex#1=0ms", 15, A_TIME, "'0ms'"},
	{"stall:futex#1=3601s", 15, A_TIME, "'3601s'"},
	{"stall:futex#1=20mss", 19, "the end", "'s'"},
	{"stall:futex#1=-20ms", 15, A_TIME, "'-20ms'"},
	{"stall:futex#1=until", 15, A_TIME, "'until'"},
	{"stall:futex#1=until:", 21, "blocked(PEER,CALL) or exit(PEER)", NULL},
	{"stall:futex#1=until:sleeping(reader)", 21, "blocked(PEER,CALL) or exit(PEER)",
		"'sleeping'"},
	{"stall:futex#1=until:exit()", 26, "the name of a peer (at most 39 bytes)",
		"')'"},
	{"stall:futex#1=until:exit(a b)", 27, "')'", "' '"},
	{"stall:futex#1=until:exit(reader", 32, "')'", NULL},
	{"stall:futex#1=until:exit(a123456789b123456789c123456789d123456789)", 26,
		"the name of a peer (at most 39 bytes)",
		"'a123456789b123456789c123456789d123456789'"},
	{"stall:futex#1=until:blocked(reader)", 35, "',' and a call", "')'"},
	{"stall:futex#1=until:blocked(reader,)", 36, A_CALL, "')'"},
	{"stall:futex#1=until:blocked(reader,raed)", 36, A_CALL, "'raed'"},
	{"stall:futex#1=until:blocked(reader,read", 40, "')'", NULL},

	/* shorten */
	{"shorten:write#1=", 17, "a number from 1", NULL},
	{"shorten:write#1=0", 17, "a number from 1", "'0'"},
	{"shorten:write#1=1k", 18, "the end", "'k'"},
	{"shorten:openat#1=1", 9, "a call that can transfer less, such as read or write",
		"'openat'"},
	{"shorten:splice#1=1", 9, "a call that can transfer less, such as read or write",
		"'splice'"},
	{"shorten:mq_send#1=1", 9, "a call that can transfer less, such as read or write",
		"'mq_send'"},

	/* limit and fill */
	{"limit:", 7, "a limit such as nofile", NULL},
	{"limit:NOFILE=3", 7, "a limit such as nofile", "'NOFILE'"},
	{"limit:files=3", 7, "a limit such as nofile", "'files'"},
	{"limit:RLIMIT_NOFILE=3", 7, "a limit such as nofile", "'RLIMIT_NOFILE'"},
	{"limit:nofile", 13, "'='", NULL},
	{"limit:nofile#1=3", 13, "'='", "'#'"},
	{"limit:nofile=", 14, "a number", NULL},
	{"limit:nofile=many", 14, "a number", "'many'"},
	{"limit:nofile=unlimited", 14, "a number", "'unlimited'"},
	{"limit:as=64M", 12, "the end", "'M'"},
	{"fill:", 6, "tmpfs-blocks, tmpfs-inodes or fds", NULL},
	{"fill:tmpfs", 6, "tmpfs-blocks, tmpfs-inodes or fds", "'tmpfs'"},
	{"fill:fds=3", 9, "the end", "'='"},

	/* conditions */
	{"count:open=1", 11, "' if ' or the end", "'='"},
	{"count:open#1", 11, "' if ' or the end", "'#'"},
	{"count:open if", 11, "' if ' or the end", "' '"},
	{"count:write  if fd=1", 12, "' if ' or the end", "' '"},
	{"count:write if ", 16, "an argument of write: fd, address, size, arg0 .. arg5",
		NULL},
	{"count:write if FD=1", 16,
		"an argument of write: fd, address, size, arg0 .. arg5", "'FD'"},
	{"count:write if path^/x", 16,
		"an argument of write: fd, address, size, arg0 .. arg5", "'path'"},
	{"count:write if arg6=1", 16,
		"an argument of write: fd, address, size, arg0 .. arg5", "'arg6'"},
	{"count:write if arg=1", 16,
		"an argument of write: fd, address, size, arg0 .. arg5", "'arg'"},
	{"count:pipe if fd=1", 15, "an argument of pipe: fds, flags, arg0 .. arg5",
		"'fd'"},
	{"count:getpid if fd=1", 17, "an argument of getpid: arg0 .. arg5", "'fd'"},
	{"count:write if fd", 18, "one of = != < >= &", NULL},
	{"count:write if fd 1", 18, "one of = != < >= &", "' '"},
	{"count:write if fd==1", 19, "a number of at most 32 bits", "'='"},
	{"count:write if fd>1", 18, "one of = != < >= &", "'>'"},
	{"count:write if fd<=1", 19, "a number of at most 32 bits", "'='"},
	{"count:write if fd^1", 18, "one of = != < >= &", "'^'"},
	{"count:write if fd=", 19, "a number of at most 32 bits", NULL},
	{"count:write if fd=4294967296", 19, "a number of at most 32 bits",
		"'4294967296'"},
	{"count:write if fd=-2147483649", 20, "a number of at most 32 bits",
		"'2147483649'"},
	{"count:write if fd=-0", 20, "a number of at most 32 bits", "'0'"},
	{"count:write if fd=010", 19, "a number without leading zeros", "'010'"},
	{"count:write if fd=stdout", 19, "a number of at most 32 bits", "'stdout'"},
	{"count:write if size=18446744073709551616", 21, "a number",
		"'18446744073709551616'"},
	{"count:write if size=-9223372036854775809", 22, "a number",
		"'9223372036854775809'"},
	{"count:write if size=1K", 22, "'|', ' and ' or the end", "'K'"},
	{"count:open if flags&0", 21, "a value with a bit set", "'0'"},
	{"count:open if flags&O_RDONLY", 21, "a value with a bit set", "'O_RDONLY'"},
	{"count:open if flags&O_CREATE", 21,
		"a number of at most 32 bits or a name such as O_CREAT", "'O_CREATE'"},
	{"count:open if flags&MSG_PEEK", 21,
		"a number of at most 32 bits or a name such as O_CREAT", "'MSG_PEEK'"},
	{"count:open if flags&O_CREAT|", 29,
		"a number of at most 32 bits or a name such as O_CREAT", NULL},
	{"count:open if flags&|O_CREAT", 21,
		"a number of at most 32 bits or a name such as O_CREAT", "'|'"},
	{"count:open if flags&O_CREAT|-1", 29,
		"a number of at most 32 bits or a name such as O_CREAT", "'-1'"},
	{"count:open if flags=-1|O_CREAT", 23, "' and ' or the end", "'|'"},
	{"count:open if flags&O_CREAT+O_EXCL", 28, "'|', ' and ' or the end",
		"'+O_EXCL'"},
	{"count:kill if signal=TERM", 22,
		"a number of at most 32 bits or a name such as SIGTERM", "'TERM'"},
	{"count:write if fd=1 and ", 25,
		"an argument of write: fd, address, size, arg0 .. arg5", NULL},
	{"count:write if fd=1 or fd=2", 20, "'|', ' and ' or the end", "' '"},
	{"count:write if fd=1,size=2", 20, "'|', ' and ' or the end", "','"},
	{"count:write if fd=1 and fd=2 and fd=3 and fd=4 and fd=5", 52,
		"at most 4 conditions", "'fd'"},
	{"fail:write if fd=1", 19, "'|', ' and ' or '='", NULL},
	{"fail:write if EIO", 15, "an argument of write: fd, address, size, arg0 .. arg5",
		"'EIO'"},

	/* paths */
	{"count:open if path=/x", 19, "'^' and the beginning of a path", "'='"},
	{"count:open if path^", 20, "the beginning of a path", NULL},
	{"count:open if path^\"\"", 20, "the beginning of a path", "'\"'"},
	{"fail:open if path^=EIO", 19, "the beginning of a path", "'='"},
	{"count:open if path^/a b", 22, "' and ' or the end", "' '"},
	{"count:open if path^/a\"b", 22, "' and ' or the end", "'\"'"},
	{"count:open if path^/a\\b", 22, "' and ' or the end", "'\\b'"},
	{"count:open if path^\"/a", 23, "'\"' after the path", NULL},
	{"count:open if path^\"/a\\", 24, "\", \\ or xNN (not x00) after the \\", NULL},
	{"count:open if path^\"/a\\n\"", 24, "\", \\ or xNN (not x00) after the \\",
		"'n'"},
	{"count:open if path^\"/a\\x1\"", 24, "\", \\ or xNN (not x00) after the \\",
		"'x1'"},
	{"count:open if path^\"/a\\x00\"", 24, "\", \\ or xNN (not x00) after the \\",
		"'x00'"},
	{"count:open if path^\"/a\"b", 24, "' and ' or the end", "'b'"},
};

static void is_refused(const char *text, int at, const char *expected, const char *found)
{
	struct problem why = {.text = "nothing was said"};
	struct rule rule;
	char wanted[sizeof(why.text)];

	(void)snprintf(wanted, sizeof(wanted), "at %d: expected %s, found %s", at,
		expected, found ? found : "the end");
	ck_assert_msg(!rule_parse(text, &rule, &why), "'%s' was accepted", text);
	ck_assert_msg(strcmp(why.text, wanted) == 0, "'%s' gave \"%s\", wanted \"%s\"",
		text, why.text, wanted);
}

START_TEST(row_is_refused)
{
	is_refused(rows[_i].rule, rows[_i].at, rows[_i].expected, rows[_i].found);
}
END_TEST

START_TEST(long_prefix_is_refused)
{
	char text[200] = "count:open if path^/";

	memset(text + 20, 'x', 127);
	is_refused(text, 20, "at most 127 bytes of a path",
		"'/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...'");
}
END_TEST

START_TEST(long_text_is_refused)
{
	char text[4096];
	struct problem why;
	struct rule rule;

	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	ck_assert(!rule_parse(text, &rule, &why));
	ck_assert_str_eq(why.text,
		"at 512: expected the end, a rule has at most 511 bytes");
}
END_TEST

/* ENOTSUP is EOPNOTSUPP in full: three bytes more than fit. */
START_TEST(long_canonical_form_is_refused)
{
	char text[600] = "fail:open if path^";
	struct problem why;
	struct rule rule;

	for (int i = 0; i < 3; i++) {
		memset(text + strlen(text), 'x', 127);
		strcat(text, " and path^");
	}
	memset(text + strlen(text), 'x', 511 - strlen("=ENOTSUP") - strlen(text));
	strcat(text, "=ENOTSUP");
	ck_assert_uint_eq(strlen(text), 511);
	ck_assert(!rule_parse(text, &rule, &why));
	ck_assert_str_eq(why.text,
		"at 512: expected the end: written in full, the rule has more than 511 "
		"bytes");
	memcpy(text + 508, "EIO", 4);
	memcpy(text + 503, "xxxx=EIO", 9);
	ck_assert_msg(rule_parse(text, &rule, &why), "%s", why.text);
}
END_TEST

Suite *suite_of_refused(void)
{
	Suite *const suite = suite_create("refused");
	TCase *const tests = tcase_create("refused");

	tcase_add_loop_test(tests, row_is_refused, 0, COUNT(rows));
	tcase_add_test(tests, long_prefix_is_refused);
	tcase_add_test(tests, long_text_is_refused);
	tcase_add_test(tests, long_canonical_form_is_refused);
	suite_add_tcase(suite, tests);
	return suite;
}

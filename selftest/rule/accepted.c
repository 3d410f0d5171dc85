/*
 * Well-formed rules: what they are in canonical form (NULL: as they were written), and that
 * this form is the same rule.
 */
#include "rule.h"
#include "suites.h"

#include <string.h>

static const struct {
	const char *rule, *canonical;
} rows[] = {
	{"fail:open=ENOSPC", NULL},
	{"fail:open=EIO", NULL},
	{"fail:openat#2=ENOSPC", NULL},
	{"fail:mmap#1..3=ENOMEM", NULL},
	{"fail:mmap#2+5=ENOMEM", NULL},
	{"fail:mmap#2+1=ENOMEM", NULL},
	{"fail:mmap#1+1=ENOMEM", "fail:mmap=ENOMEM"},
	{"fail:mmap#4..4=ENOMEM", "fail:mmap#4=ENOMEM"},
	{"fail:mmap#0x10=ENOMEM", "fail:mmap#16=ENOMEM"},
	{"fail:read#18446744073709551614=EIO", NULL},
	{"fail:read#1..18446744073709551614=EIO", NULL},
	{"fail:read=EWOULDBLOCK", "fail:read=EAGAIN"},
	{"fail:fcntl=ENOTSUP", "fail:fcntl=EOPNOTSUPP"},
	{"fail:getpid=EPERM", NULL},
	{"fail:clone3#1=EAGAIN", NULL},
	{"fail:waitpid=ECHILD", NULL},

	{"kill:call=7", NULL},
	{"kill:call=137", NULL},
	{"kill:call=7:entry", "kill:call=7"},
	{"kill:call=7:exit", NULL},
	{"kill:insn=137", NULL},
	{"kill:insn=0x89", "kill:insn=137"},
	{"kill:write#3", NULL},
	{"kill:write#3:entry", "kill:write#3"},
	{"kill:write#3:exit", NULL},
	{"kill:write#3:exit if fd=5", NULL},
	{"kill:fork#1 if flags&CLONE_VM|CLONE_VFORK",
		"kill:fork#1 if flags&CLONE_VFORK|CLONE_VM"},

	{"stall:futex#1=20ms", NULL},
	{"stall:futex#1=1500ms", NULL},
	{"stall:futex#1=2s", NULL},
	{"stall:futex#1=2000ms", "stall:futex#1=2s"},
	{"stall:futex=3600s", NULL},
	{"stall:futex=3600000ms", "stall:futex=3600s"},
	{"stall:read#1=until:exit(writer)", NULL},
	{"stall:read#1=until:exit(reader)", NULL},
	{"stall:read#1=until:blocked(writer,read)", NULL},
	{"stall:read#1=until:blocked(writer,write)", NULL},
	{"stall:read#1=until:blocked(the_writer.2-b,write)", NULL},
	{"stall:read if fd=3=1ms", NULL},

	{"interrupt:read#1=SIGUSR1", NULL},
	{"interrupt:read#1=SIGUSR2", NULL},
	{"interrupt:poll=SIGRTMIN", NULL},
	{"interrupt:poll=SIGRTMIN+3", NULL},
	{"interrupt:poll=SIGPOLL", "interrupt:poll=SIGIO"},
	{"interrupt:poll=SIGIOT", "interrupt:poll=SIGABRT"},
	{"interrupt:semop#2 if id=0=SIGALRM", NULL},

	{"shorten:write#1=1", NULL},
	{"shorten:read=0x1000", "shorten:read=4096"},
	{"shorten:pread64#1=3", NULL},
	{"shorten:writev#1=3", NULL},
	{"shorten:write#1=2", NULL},
	{"shorten:read=0x010", "shorten:read=16"},
	{"shorten:recv if size>=8=3", NULL},

	{"limit:nofile=12", NULL},
	{"limit:nofile=13", NULL},
	{"limit:core=0", NULL},
	{"limit:as=0x4000000", "limit:as=67108864"},
	{"limit:sigpending=1", NULL},
	{"fill:tmpfs-blocks", NULL},
	{"fill:tmpfs-inodes", NULL},
	{"fill:fds", NULL},

	{"count:write", NULL},
	{"count:write if fd=1", NULL},
	{"count:write if fd!=1", NULL},
	{"count:write if size<4096", NULL},
	{"count:write if size=4294967296", NULL},
	{"count:write if size>=4096", NULL},
	{"count:write if fd=-1", NULL},
	{"count:write if fd=0xffffffff", "count:write if fd=-1"},
	{"count:write if fd=-2147483648", NULL},
	{"count:write if size=18446744073709551615", "count:write if size=-1"},
	{"count:write if arg1!=0 and arg2>=0x10", "count:write if arg1!=0 and arg2>=16"},
	{"count:write if fd=1 and size<9 and size>=2 and address!=0", NULL},
	{"count:open if flags&O_CREAT", NULL},
	{"count:open if flags&O_CREAT|O_EXCL", "count:open if flags&O_EXCL|O_CREAT"},
	{"count:open if flags&O_CREAT|0x40000000", "count:open if flags&1073741888"},
	{"count:open if flags=O_RDONLY", NULL},
	{"count:open if flags=0", "count:open if flags=O_RDONLY"},
	{"count:open if mode=384", NULL},
	{"count:openat if dirfd=AT_FDCWD", NULL},
	{"count:openat if dirfd=-100", "count:openat if dirfd=AT_FDCWD"},
	{"count:recv if flags&MSG_PEEK|MSG_DONTWAIT",
		"count:recv if flags&MSG_DONTWAIT|MSG_PEEK"},
	{"count:mmap if flags&MAP_SHARED and prot&PROT_WRITE", NULL},
	{"count:futex if op=FUTEX_WAIT", NULL},
	{"count:futex if op=FUTEX_WAIT|FUTEX_PRIVATE_FLAG",
		"count:futex if op=FUTEX_WAIT_PRIVATE"},
	{"count:futex if op=FUTEX_WAIT_BITSET_PRIVATE|FUTEX_CLOCK_REALTIME",
		"count:futex if op=FUTEX_CLOCK_REALTIME|FUTEX_WAIT_BITSET_PRIVATE"},
	{"count:fcntl if op=F_SETFL", NULL},
	{"count:fcntl if op=7777", NULL},
	{"count:socket if domain=AF_UNIX and type&SOCK_CLOEXEC", NULL},
	{"count:kill if signal=SIGRTMIN+1", NULL},
	{"count:kill if signal=15", "count:kill if signal=SIGTERM"},
	{"count:msgget if flags&IPC_CREAT and key=0", NULL},
	{"count:open if path^/dev/shm/", NULL},
	{"count:open if path^\"/dev/shm/\"", "count:open if path^/dev/shm/"},
	{"count:open if path^/a:b,c#d", NULL},
	{"count:open if path^\"/a b\"", NULL},
	{"count:open if path^\"/a=b\"", NULL},
	{"count:open if path^\"/a\\\"b\\\\c\"", NULL},
	{"count:open if path^\"/a\\x41\\x0a\\xff\"",
		"count:open if path^\"/aA\\x0a\\xff\""},
	{"count:open if path^\"/\\xc3\\xa9\"", "count:open if path^/\303\251"},
	{"count:open if path^/\303\251", NULL},
	{"fail:open if path^/dev/shm/ and flags&O_CREAT=ENOSPC", NULL},
	{"fail:mq_open#1 if path^q=ENOSPC", NULL},
};

START_TEST(row_is_accepted)
{
	const char *const canonical =
		rows[_i].canonical ? rows[_i].canonical : rows[_i].rule;
	struct problem why = {.text = ""};
	struct rule rule, again;
	char text[RULE_TEXT_BYTES];

	ck_assert_msg(rule_parse(rows[_i].rule, &rule, &why), "'%s': %s", rows[_i].rule,
		why.text);
	ck_assert_str_eq(rule.text, rows[_i].rule);
	rule_format(&rule, text, sizeof(text));
	ck_assert_str_eq(text, canonical);
	ck_assert_msg(rule_parse(text, &again, &why), "'%s': %s", text, why.text);
	ck_assert(rule_is_same(&rule, &again));
	rule_format(&again, text, sizeof(text));
	ck_assert_str_eq(text, canonical);
}
END_TEST

/* Every two rows are different rules, unless their canonical forms are equal. */
START_TEST(row_is_like_no_other)
{
	struct problem why;
	struct rule rule, other;
	char text[RULE_TEXT_BYTES], other_text[RULE_TEXT_BYTES];

	ck_assert(rule_parse(rows[_i].rule, &rule, &why));
	rule_format(&rule, text, sizeof(text));
	for (int i = 0; i < COUNT(rows); i++) {
		ck_assert(rule_parse(rows[i].rule, &other, &why));
		rule_format(&other, other_text, sizeof(other_text));
		ck_assert_msg(rule_is_same(&rule, &other) ==
				(strcmp(text, other_text) == 0),
			"'%s' and '%s'", text, other_text);
	}
}
END_TEST

START_TEST(formatting_is_cut_at_its_size)
{
	struct problem why;
	struct rule rule;
	char text[9] = "????????";

	ck_assert(rule_parse("fail:open=ENOSPC", &rule, &why));
	rule_format(&rule, text, 8);
	ck_assert_str_eq(text, "fail:op");
}
END_TEST

Suite *suite_of_accepted(void)
{
	Suite *const suite = suite_create("accepted");
	TCase *const tests = tcase_create("accepted");

	tcase_add_loop_test(tests, row_is_accepted, 0, COUNT(rows));
	tcase_add_loop_test(tests, row_is_like_no_other, 0, COUNT(rows));
	tcase_add_test(tests, formatting_is_cut_at_its_size);
	suite_add_tcase(suite, tests);
	return suite;
}

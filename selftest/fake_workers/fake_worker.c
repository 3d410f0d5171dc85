/*
 * fake worker: speaks the protocol well until the moment that its mode names, then does
 * one thing that no worker should do.  It offers five cases; the middle one, fake/it/c,
 * is the bad one, so that a runner that copes loses exactly that one. fake-worker MODE
 */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define HELLO(version)                                                                \
	"{\"type\":\"hello\",\"protocol\":" version                                   \
	",\"assay\":\"0.1.0\",\"kernel\":\"Linux 6.1\","                              \
	"\"machine\":\"fake\",\"libc\":\"fake 1\",\"page_size\":4096,\"bits\":64,"    \
	"\"endian\":\"little\",\"cpus\":1,\"uid\":0,\"capabilities\":\"0\","          \
	"\"isolation\":[\"user\",\"ipc\",\"pid\",\"mount\",\"proc\",\"tmp\",\"shm\"," \
	"\"mqueue\"],\"refused\":[],"                                                 \
	"\"block_proof\":\"none\",\"missing\":[],\"cases\":5}\n"
#define RESULT(id, verdict)                                             \
	"{\"type\":\"result\",\"id\":\"" id "\",\"verdict\":\"" verdict \
	"\",\"duration_us\":7}\n"
#define BAD "fake/it/c"

enum { MIB = 1 << 20 };

static const char cases[] = "abcde";
static const char *mode;

static void say(const char *text)
{
	(void)fputs(text, stdout);
	(void)fflush(stdout);
}

static void hang(void)
{
	for (;;)
		(void)pause();
}

static void say_without_end(const char *bytes)
{
	for (;;)
		if (fputs(bytes, stdout) < 0)
			hang();
}

static void wait_ms(long ms)
{
	const struct timespec time = {
		.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};

	(void)nanosleep(&time, NULL);
}

static void say_late(void)
{
	wait_ms(300);
	say(RESULT(BAD, "pass"));
}

static void say_too_long(void)
{
	say("{\"type\":\"result\",\"id\":\"" BAD "\",\"verdict\":\"pass\",\"output\":\"");
	for (int i = 0; i < 2 * MIB; i++)
		(void)putchar('o');
	say("\"}\n");
}

static void say_nested(void)
{
	for (int i = 0; i < MIB / 2; i++)
		(void)putchar('[');
	say("\n");
}

static void flood_errors(void)
{
	for (int i = 0; i < 4 * MIB / 64; i++)
		(void)fputs("an error line of sixty-four bytes, again and again and "
			    "again...\n",
			stderr);
	(void)fputs("<last words>\001\xff\n", stderr);
	_exit(9);
}

static void leave_a_child(void)
{
	if (fork() == 0)
		hang();
	_exit(5);
}

static void close_and_stay(void)
{
	(void)close(1);
	hang();
}

static void answer_in_pieces(void)
{
	const char *whole = RESULT(BAD, "pass");

	for (size_t i = 0; whole[i]; i++) {
		(void)putchar(whole[i]);
		(void)fflush(stdout);
	}
}

static void die_of_segv(void)
{
	(void)raise(SIGSEGV);
}

static void die_of_exit(void)
{
	(void)fputs("fake: cannot go on\n", stderr);
	exit(9);
}

static void stop(void)
{
	(void)raise(SIGSTOP);
}

static void change_its_mind(void)
{
	static int runs;

	say(runs++ % 2 == 0 ? RESULT(BAD, "pass") : RESULT(BAD, "broken"));
}

static void say_half(void)
{
	say("{\"type\":\"result\",\"id\":\"" BAD "\",\"verd");
	hang();
}

static void die_in_half_a_line(void)
{
	say("{\"type\":\"result\",\"id\":\"" BAD "\",\"verd");
	_exit(0);
}

static void never_end_a_line(void)
{
	say_without_end("0123456789abcdef");
}

static void never_stop_talking(void)
{
	say_without_end("{\"type\":\"chatter\"}\n");
}

static void wait_for_ever(void)
{
	for (;;) {
		say("{\"type\":\"waiting\",\"id\":\"" BAD "\",\"alone\":\"nothing\"}\n");
		wait_ms(100);
	}
}

static void send_nul(void)
{
	static const char bytes[] = "{\"type\":\"result\",\0\"id\":\"\"}\n";

	(void)fwrite(bytes, 1, sizeof(bytes) - 1, stdout);
	(void)fflush(stdout);
}

/* What a mode does instead of answering the bad case: a text, or something to do. */
static const struct {
	const char *mode, *text;
	void (*act)(void);
} misdeeds[] = {
	{"good", RESULT(BAD, "pass"), NULL},
	{"slow", NULL, say_late},
	{"changes-its-mind", NULL, change_its_mind},
	{"in-pieces", NULL, answer_in_pieces},
	{"unknown-fields",
		"{\"type\":\"weather\",\"sun\":1}\n"
		"{\"type\":\"result\",\"id\":\"" BAD
		"\",\"verdict\":\"pass\",\"sun\":[{}]}\n",
		NULL},
	{"silent", NULL, hang},
	{"garbage", "Segmentation fault, or so\n", NULL},
	{"markup", "<b>]]>&\001\033[31m\xff\n", NULL},
	{"half-a-line", NULL, say_half},
	{"dies-in-half-a-line", NULL, die_in_half_a_line},
	{"endless-line", NULL, never_end_a_line},
	{"endless-chatter", NULL, never_stop_talking},
	{"too-long-line", NULL, say_too_long},
	{"deep-nesting", NULL, say_nested},
	{"nul", NULL, send_nul},
	{"empty-line", "\n", NULL},
	{"no-object", "[1,2]\n", NULL},
	{"no-type", "{\"id\":\"" BAD "\",\"verdict\":\"pass\"}\n", NULL},
	{"dies-mid-case", NULL, die_of_exit},
	{"crashes-mid-case", NULL, die_of_segv},
	{"floods-errors", NULL, flood_errors},
	{"leaves-a-child", NULL, leave_a_child},
	{"closes-and-stays", NULL, close_and_stay},
	{"stops", NULL, stop},
	{"says-bye", "{\"type\":\"bye\"}\n", NULL},
	{"says-hello-again", HELLO("1"), NULL},
	{"says-error", "{\"type\":\"error\",\"text\":\"no case is called 'c'\"}\n", NULL},
	{"waits-for-ever", NULL, wait_for_ever},
	{"wrong-id", RESULT("fake/it/x", "pass"), NULL},
	{"id-of-another", RESULT("fake/it/b", "pass"), NULL},
	{"answers-twice", RESULT(BAD, "pass") RESULT(BAD, "fail"), NULL},
	{"answers-twice-alike", RESULT(BAD, "pass") RESULT(BAD, "pass"), NULL},
	{"unknown-verdict", RESULT(BAD, "maybe"), NULL},
	{"no-verdict", "{\"type\":\"result\",\"id\":\"" BAD "\"}\n", NULL},
	{"verdict-is-a-number",
		"{\"type\":\"result\",\"id\":\"" BAD "\",\"verdict\":1}\n", NULL},
	{"notes-are-no-notes",
		"{\"type\":\"result\",\"id\":\"" BAD
		"\",\"verdict\":\"pass\",\"notes\":[7]}\n",
		NULL},
	{"negative-numbers",
		"{\"type\":\"result\",\"id\":\"" BAD
		"\",\"verdict\":\"fail\",\"text\":\"t\","
		"\"line\":-1,\"duration_us\":-5,\"output_dropped\":-1}\n",
		NULL},
	/* Modes of another moment answer well. */
	{NULL, RESULT(BAD, "pass"), NULL},
};

static void answer(const char *id)
{
	if (strcmp(id, BAD) != 0) {
		(void)printf("{\"type\":\"result\",\"id\":\"%s\",\"verdict\":\"pass\","
			     "\"duration_us\":7}\n",
			id);
		(void)fflush(stdout);
		return;
	}
	size_t i = 0;
	while (misdeeds[i].mode && strcmp(misdeeds[i].mode, mode) != 0)
		i++;
	if (misdeeds[i].act)
		misdeeds[i].act();
	else
		say(misdeeds[i].text);
}

static bool mode_is(const char *name)
{
	return strcmp(mode, name) == 0;
}

/* What goes wrong before the first request. */
static void greet(void)
{
	if (mode_is("silent-at-start"))
		hang();
	if (mode_is("dies-at-start"))
		die_of_exit();
	if (mode_is("crashes-at-start"))
		die_of_segv();
	if (mode_is("garbage-at-start"))
		say("sh: assay-worker: not found\n");
	if (mode_is("endless-line-at-start"))
		never_end_a_line();
	if (mode_is("other-protocol"))
		say(HELLO("2"));
	if (mode_is("no-protocol"))
		say("{\"type\":\"hello\"}\n");
	if (mode_is("protocol-is-a-text"))
		say(HELLO("\"1\""));
	if (mode_is("another-object-first"))
		say("{\"type\":\"bye\"}\n");
	if (mode_is("late-hello"))
		wait_ms(1200);
	say(HELLO("1"));
}

static void never_end_the_list(void)
{
	for (long number = 0;; number++)
		if (printf("{\"type\":\"case\",\"id\":\"fake/it/"
			   "z%09ld\",\"level\":\"linux\"}\n",
			    number) < 0)
			hang();
}

static void list(void)
{
	if (mode_is("silent-at-list"))
		hang();
	if (mode_is("dies-at-list"))
		die_of_exit();
	for (int i = 0; cases[i] && !mode_is("no-cases"); i++) {
		(void)printf(
			"{\"type\":\"case\",\"id\":\"fake/it/%c\",\"claim\":\"%c is so\","
			"\"level\":\"linux\",\"spec\":\"none\",\"needs\":[],"
			"\"deadline_ms\":500,\"alone\":\"\",\"file\":\"fake.c\",\"line\":"
			"%d}\n",
			mode_is("same-id-twice") ? 'a' : cases[i], cases[i], i + 1);
		if (mode_is("garbage-in-list"))
			say("what?\n");
	}
	if (mode_is("case-without-id"))
		say("{\"type\":\"case\"}\n");
	if (mode_is("unknown-level"))
		say("{\"type\":\"case\",\"id\":\"fake/it/f\",\"level\":\"iso\"}\n");
	if (mode_is("list-never-ends"))
		never_end_the_list();
	say(mode_is("no-cases") ? "{\"type\":\"list-end\",\"cases\":0}\n"
				: "{\"type\":\"list-end\",\"cases\":5}\n");
}

static void part(void)
{
	if (mode_is("deaf-to-quit"))
		hang();
	if (mode_is("bad-end"))
		exit(7);
	if (mode_is("crashes-at-quit"))
		die_of_segv();
	say("{\"type\":\"bye\"}\n");
}

int main(int argc, char **argv)
{
	char line[1024];

	mode = argc > 1 ? argv[1] : "good";
	(void)signal(SIGPIPE, SIG_IGN);
	greet();
	while (fgets(line, sizeof(line), stdin)) {
		char id[256];
		if (strcmp(line, "list\n") == 0) {
			list();
		} else if (strcmp(line, "quit\n") == 0) {
			part();
			return 0;
		} else if (sscanf(line, "run %255s", id) == 1) {
			answer(id);
		} else {
			say("{\"type\":\"error\",\"text\":\"what?\"}\n");
		}
	}
	return 0;
}

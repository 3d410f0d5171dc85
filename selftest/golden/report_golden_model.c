#include "report_golden_model.h"

#include <stddef.h>

#include "report.h"

/* The report model owns its strings and so has no const; nothing here is written to. */
#define TEXT(literal) ((char *)(literal))

/* Terminal control, a title change, C1, DEL, bidirectional override, U+FFFF, U+FDD0, an
 * astral character, markup of every format. */
#define HOSTILE                                                            \
	"\033[31mred\033[0m \033]0;title\a \302\233 \177 \342\200\256rtl " \
	"\357\277\277 \357\267\220 \360\237\230\200 ]]> <b> & \"q\" 'a' # \\ \r end"

#define CASE_FIELDS(name, what, source, at_line)                     \
	.id = TEXT(name), .claim = TEXT(what), .spec = TEXT(source), \
	.declared_line = (at_line)

#define RUN(what, reason, on_line, us)                                               \
	.was_run = true, .verdict = (what), .text = TEXT(reason), .line = (on_line), \
	.duration_us = (us)

#define PASSED(us) RUN(VERDICT_PASS, "", 0, us)

#define LINES_4 "line a\nline b\nline c\nline d\n"
#define LINES_24 LINES_4 LINES_4 LINES_4 LINES_4 LINES_4 LINES_4
#define HUNDRED                                                                  \
	"0123456789012345678901234567890123456789012345678901234567890123456789" \
	"012345678901234567890123456789"

static struct report_note capacity_notes[] = {
	{TEXT("capacity"), TEXT("65536"), false},
	{TEXT("hostile \"key\": #"), TEXT(HOSTILE), true},
};

static char *leftovers[] = {
	TEXT("queue /assay-q"),
	TEXT("file /tmp/left\nover"),
	TEXT("process 7 (sleeper)"),
};

static char *many_leftovers[23];

static struct report_case cases[] = {
	{
		CASE_FIELDS("fifo/data/bytes-keep-their-order",
			"bytes come out of a FIFO in the order in which they went in",
			"POSIX.1-2024 write(), pipes and FIFOs", 10),
		PASSED(350),
	},
	{
		CASE_FIELDS("fifo/open/creator-is-refused-by-mode",
			"mkfifo() in a directory without write permission fails with "
			"EACCES",
			"POSIX.1-2024 mkfifo(), ERRORS", 20),
		.level = LEVEL_POSIX,
		RUN(VERDICT_UNSUPPORTED,
			"one id only: not root, and no /etc/subuid range", 0, 90),
		.announced = true,
	},
	{
		CASE_FIELDS("fifo/open/mknod-is-refused",
			"mknod() of a FIFO needs no privilege", "mknod(2)", 24),
		.level = LEVEL_LINUX,
		RUN(VERDICT_UNSUPPORTED, "mknod gave ENOSYS", 26, 80),
	},
	{
		CASE_FIELDS("fifo/peer-death/o'brien and \"friends\" # \124ODO \\ \n ok "
			    "99",
			"an id may hold anything: a target sends it", "docs/protocol.md",
			30),
		.level = LEVEL_FACT,
		RUN(VERDICT_FAIL, HOSTILE, 33, 1200),
		.got = TEXT(HOSTILE),
		.wanted = TEXT("nothing\tof\nthe kind"),
		.output = TEXT("first\r\n\n\ttabbed\tagain\n" HOSTILE
			       "\nno newline at the end"),
		.output_dropped = 1234,
	},
	{
		CASE_FIELDS("no-slash-at-all", "", "", 0),
		PASSED(1),
	},
	{
		CASE_FIELDS("pipe/blocking/read-waits-while-empty",
			"read() on an empty pipe waits until a writer supplies a byte",
			"POSIX.1-2024 read(), pipes, O_NONBLOCK clear", 40),
		PASSED(2345),
		.notes = capacity_notes,
		.note_count = 2,
	},
	{
		CASE_FIELDS("pipe/blocking/write-waits-while-full",
			"write() to a full pipe waits until a reader made room for "
			"PIPE_BUF bytes, "
			"and is then done in one piece whatever other writers do "
			"meanwhile",
			"POSIX.1-2024 write(), pipes, O_NONBLOCK clear", 60),
		RUN(VERDICT_TIMEOUT,
			"still in peer_wait_blocked(&writer, \"write\") after 5,000 ms: "
			"the peer "
			"never entered write, it sleeps in futex",
			71, 5001234),
		.output = TEXT(LINES_24),
		.who = TEXT("write_one_page"),
	},
	{
		CASE_FIELDS("pipe/cleanup/crashes", "the body outlives its last close()",
			"POSIX.1-2024 close()", 80),
		RUN(VERDICT_CRASH, "killed by SIGSEGV (core dumped: no)", 0, 700),
		.output = TEXT(HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED
				HUNDRED HUNDRED HUNDRED HUNDRED),
	},
	{
		CASE_FIELDS("pipe/cleanup/leaves-much", "nothing stays behind", "pipe(2)",
			90),
		.level = LEVEL_LINUX,
		RUN(VERDICT_LEAK, "23 things were left behind", 94, 900),
		.leftovers = many_leftovers,
		.leftover_count = sizeof(many_leftovers) / sizeof(many_leftovers[0]),
	},
	{
		CASE_FIELDS("pipe/cleanup/leaves-names", "nothing stays behind",
			"pipe(2)", 100),
		.level = LEVEL_LINUX,
		RUN(VERDICT_LEAK, "3 things were left behind", 104, 901),
		.leftovers = leftovers,
		.leftover_count = 3,
	},
	{
		CASE_FIELDS("pipe/errors/pipe2-rejects-unknown-flags",
			"pipe2() with a flag that it does not know fails with EINVAL",
			"pipe(2)", 110),
		.level = LEVEL_LINUX,
		RUN(VERDICT_FAIL, "pipe2(ends, O_EXCL) gave EFAULT, wanted EINVAL", 113,
			420),
		.got = TEXT("EFAULT"),
		.wanted = TEXT("EINVAL"),
	},
	{
		CASE_FIELDS("pipe/limits/capacity-grows", "F_SETPIPE_SZ enlarges a pipe",
			"fcntl(2)", 120),
		.level = LEVEL_LIBC,
		RUN(VERDICT_BROKEN, "need(pipe(ends)) failed: EMFILE", 122, 430),
	},
	{
		CASE_FIELDS("pipe/limits/fixed-at-last", "a limit is respected",
			"pipe(7)", 130),
		.level = LEVEL_POSIX_MAY,
		PASSED(440),
		.overlay = OVERLAY_FIXED,
		.expectation =
			TEXT("the kernel rounds up <https://example.org/1?a=b&c=d>"),
	},
	{
		CASE_FIELDS("pipe/limits/known-deviation", "a limit is respected exactly",
			"POSIX.1-2024 write()", 140),
		RUN(VERDICT_FAIL, "got 4096, wanted 512", 144, 450),
		.got = TEXT("4096"),
		.wanted = TEXT("512"),
		.overlay = OVERLAY_KNOWN,
		.expectation = TEXT("atomic up to a page # <https://example.org/2>"),
	},
	{
		CASE_FIELDS("pipe/notify/changes-its-mind", "poll() wakes every waiter",
			"poll()", 150),
		RUN(VERDICT_FAIL, "2 of 3 waiters woke", 155, 460),
		.overlay = OVERLAY_UNSTABLE,
		.runs = 5,
		.verdict_runs =
			{[VERDICT_PASS] = 3, [VERDICT_FAIL] = 1, [VERDICT_TIMEOUT] = 1},
	},
	{
		CASE_FIELDS("pipe/notify/changes-to-a-pass", "poll() wakes one waiter",
			"poll()", 156),
		PASSED(461),
		.overlay = OVERLAY_UNSTABLE,
		.runs = 2,
		.verdict_runs = {[VERDICT_PASS] = 1, [VERDICT_LEAK] = 1},
	},
	{
		CASE_FIELDS("pipe/notify/never-run", "poll() reports POLLHUP", "poll()",
			160),
	},
	{
		CASE_FIELDS("pipe/notify/never-run-either", "poll() reports POLLERR",
			"poll()", 165),
	},
	{
		CASE_FIELDS("pipe/open/"
			    "a-very-long-slug-that-goes-on-and-on-and-does-not-fit-in-"
			    "sixty-"
			    "columns-whatever-one-does.row-7",
			"pipe() returns the two lowest descriptors",
			"POSIX.1-2024 pipe()", 170),
		PASSED(123456),
	},
};

static char *isolation[] = {TEXT("user"), TEXT("ipc"), TEXT("pid")};

static struct report_refusal refused[] = {
	{TEXT("mount"), TEXT("mount /proc: EPERM (masked by the \"container\")")},
	{TEXT("net\033[2J"), TEXT("not asked for")},
};

static struct report_refusal missing[] = {
	{TEXT("second-uid"), TEXT("one id only: not root, and no /etc/subuid range")},
};

static char *troubles[] = {
	TEXT("worker 2 died of SIGKILL during pipe/cleanup/crashes and was replaced; it "
	     "had said: "
	     "\033[1mout of memory\033[0m"),
	TEXT("worker 1 answered twice to pipe/open/x # <&>"),
};

static const struct report_target hostile_target = {
	.name = TEXT("gvisor"),
	.command = TEXT("runsc --root '/tmp/it''s' do assay-worker"),
	.valgrind = TEXT(""),
	.assay = TEXT("0.1.0"),
	.kernel = TEXT("Linux 4.4.0"),
	.machine = TEXT("x86_64"),
	.libc = TEXT("glibc 2.36"),
	.endian = TEXT("little"),
	.capabilities = TEXT("000001fffeffffff"),
	.block_proof = TEXT("state"),
	.protocol = 1,
	.page_size = 4096,
	.bits = 64,
	.cpus = 2,
	.uid = 1000,
	.isolation = isolation,
	.isolation_count = 3,
	.refused = refused,
	.refused_count = 2,
	.missing = missing,
	.missing_count = 1,
};

static void fill_in(char **text, const char *value)
{
	if (*text == NULL)
		*text = TEXT(value);
}

/* What the rows leave out: a case that was run has a site when it has a line. */
static void complete(struct report_case *c)
{
	fill_in(&c->needs, c->was_run ? "block-proof, seccomp" : "");
	fill_in(&c->declared_file, c->declared_line > 0 ? "suites/pipe/blocking.c" : "");
	fill_in(&c->text, "");
	fill_in(&c->got, "");
	fill_in(&c->wanted, "");
	fill_in(&c->who, c->was_run ? "body" : "");
	fill_in(&c->file, c->line > 0 ? "suites/pipe/blocking.c" : "");
	fill_in(&c->output, "");
	fill_in(&c->points, "");
	fill_in(&c->expectation, "");
	if (c->was_run && c->runs == 0) {
		c->runs = 1;
		c->worker = 1;
		c->verdict_runs[c->verdict] = 1;
	}
}

struct report golden_report(void)
{
	for (size_t i = 0; i < sizeof(many_leftovers) / sizeof(many_leftovers[0]); i++)
		many_leftovers[i] = TEXT("shm /dev/shm/x");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		complete(&cases[i]);
	return (struct report){
		.version = TEXT("0.1.0"),
		.command_line =
			TEXT("assay run --shuffle --shard 2/5 -o json 'pipe' fifo"),
		.started = TEXT("2024-02-29T12:00:00Z"),
		.target = hostile_target,
		.cases = cases,
		.case_count = sizeof(cases) / sizeof(cases[0]),
		.wall_us = 6543210,
		.workers = 2,
		.repeat = 5,
		.shuffled = true,
		.seed = 18446744073709551615ul,
		.shard_index = 2,
		.shard_count = 5,
		.interrupted = "SIGINT",
		.troubles = troubles,
		.trouble_count = 2,
	};
}

struct report golden_calm_report(void)
{
	struct report report = golden_report();

	/* One case that passed, on the built-in worker. */
	report.cases = &cases[5];
	report.case_count = 1;
	report.wall_us = 2400;
	report.workers = 1;
	report.repeat = 1;
	report.shuffled = false;
	report.shard_index = report.shard_count = 1;
	report.interrupted = NULL;
	report.trouble_count = 0;
	report.target.name = TEXT("local");
	report.target.command = TEXT("");
	report.target.valgrind = TEXT("");
	report.target.refused_count = report.target.missing_count = 0;
	return report;
}

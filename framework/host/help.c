#include "help.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *about, *usage, *text;
} helps[] = {
	{NULL,
		"usage: assay run|list|show|targets|compare|merge|inject|sweep "
		"[OPTION...] ...",
		"usage: assay COMMAND [OPTION...] [PATTERN...]\n"
		"\n"
		"Runs conformance cases for inter-process communication and reports what "
		"the\n"
		"system under test promised and did not keep.\n"
		"\n"
		"  run [PATTERN...]    runs the cases, all without a pattern\n"
		"  list [PATTERN...]   lists them, one a line: id, then claim\n"
		"  show ID...          says what a case claims, where from, how to "
		"repeat it\n"
		"  targets             meets the targets and says what each can do\n"
		"  compare OLD [NEW]   says what is different between two json reports\n"
		"  merge FILE...       puts the json reports of shards together\n"
		"  inject RULE... -- CMD\n"
		"                      runs any program with a fault\n"
		"  sweep -- CMD        runs it with every fault, one at a time\n"
		"  help COMMAND, COMMAND --help\n"
		"  --version\n"
		"\n"
		"A pattern is an id (pipe/open/stat-reports-fifo-type), a prefix of "
		"whole\n"
		"components (pipe, pipe/open) or a glob ('*/open/*').\n"
		"\n"
		"Exit status: 0 nothing unexpected, 1 something unexpected, 2 wrong "
		"usage,\n"
		"3 could not run or report; 130, 143 after SIGINT, SIGTERM.\n"},
	{"run", "usage: assay run [OPTION...] [PATTERN...]",
		"usage: assay run [OPTION...] [PATTERN...]\n"
		"  -t, --target NAME=COMMAND  run on what COMMAND's stdin and stdout "
		"reach;\n"
		"                       several run side by side; local: the built-in "
		"worker\n"
		"      --targets FILE   the targets of FILE, or those that -t NAME "
		"names\n"
		"  -j, --jobs N         workers at once (one more than processors)\n"
		"      --repeat N       run every case N times; a changing verdict is "
		"unstable\n"
		"      --shuffle[=SEED] in random order; SEED repeats an order\n"
		"      --shard K/N      part K of N (also from the variables of a CI "
		"system)\n"
		"      --timeout TIME   deadline of every case: 500ms, 2s\n"
		"      --level LIST     only posix,posix-may,linux,libc,fact\n"
		"      --fail-fast      stop at the first unexpected verdict\n"
		"      --failed FILE    only what was not right in that json report\n"
		"      --at RULE, --exhaustive  one point of a sweep: kill:insn=57; "
		"all\n"
		"      --under COMMAND  one case under 'strace -f' or 'gdb --args', no "
		"deadline\n"
		"      --valgrind[=TOOL]  memcheck, helgrind, drd: what it reports "
		"fails the case\n"
		"      --expect FILE    more known deviations: ID verdict[,verdict] "
		"reason\n"
		"      --baseline FILE  bad is what is worse than in that json report\n"
		"  -o, --output FORMAT[:FILE]  terminal, json, tap, junit, markdown, html"
		"\n"
		"      --color WHEN     auto, always, never (NO_COLOR is honoured)\n"
		"  -q, --quiet          only what is unexpected, and the last line\n"
		"  -v, --verbose        every case with its notes and duration\n"
		"A pattern is an id, a prefix of whole components or a glob; none: all "
		"cases.\n"
		"Exit status: 0 nothing unexpected, 1 something unexpected, 2 wrong "
		"usage,\n"
		"3 could not run or report; 130, 143 after SIGINT, SIGTERM.\n"},
	{"targets", "usage: assay targets [--json] [-t NAME=COMMAND]... [--targets FILE]",
		"usage: assay targets [OPTION...]\n"
		"\n"
		"Starts a worker of every target and says what it is, how quick, what "
		"each\n"
		"case has of its own there, how blocking is proven, which faults can be\n"
		"injected and what is missing.\n"
		"\n"
		"  -t, --target NAME=COMMAND  a target; local: the built-in worker\n"
		"      --targets FILE         the targets of FILE\n"
		"      --json                 as a JSON array\n"
		"\n"
		"Exit status: 0 all can be used, 2 wrong usage, 3 one cannot.\n"},
	{"compare", "usage: assay compare [-o FORMAT[:FILE]]... [-q|-v] OLD [NEW]",
		"usage: assay compare [OPTION...] OLD [NEW]\n"
		"\n"
		"Holds the json reports of two runs against each other, case by case; of "
		"one\n"
		"file the targets against the first.  regressed: goes wrong and did not; "
		"fixed;\n"
		"differs: goes wrong or chooses otherwise; unsupported now; supported "
		"now; "
		"new;\n"
		"gone.\n"
		"\n"
		"  -o, --output FORMAT[:FILE]  terminal, json, markdown, html\n"
		"      --color WHEN     auto, always, never (NO_COLOR is honoured)\n"
		"  -q, --quiet          only what regressed\n"
		"  -v, --verbose        every difference, however many\n"
		"\n"
		"Exit status: 0 nothing became worse, 1 something did, 2 wrong usage or "
		"a "
		"file\n"
		"that cannot be used, 3 could not report.\n"},
	{"merge", "usage: assay merge [-o FORMAT[:FILE]]... [-q|-v] FILE...",
		"usage: assay merge [OPTION...] FILE...\n"
		"\n"
		"Puts the json reports of all shards of a run together and reports the "
		"whole\n"
		"run.  Shards that are missing, come twice or are of different runs are\n"
		"refused.  One file that is whole is reported again, in other formats.\n"
		"\n"
		"  -o, --output FORMAT[:FILE]  terminal, json, tap, junit, markdown, "
		"html\n"
		"      --color WHEN     auto, always, never (NO_COLOR is honoured)\n"
		"  -q, --quiet          only what is unexpected, and the last line\n"
		"  -v, --verbose        every case with its notes and duration\n"
		"\n"
		"Exit status: that of the whole run; 2 for files that do not fit "
		"together.\n"},
	{"list", "usage: assay list [--json] [-t NAME=COMMAND] [PATTERN...]",
		"usage: assay list [OPTION...] [PATTERN...]\n"
		"\n"
		"Lists the cases that a pattern selects, all without one, sorted by id.\n"
		"One a line: the id, then the claim (cut to the width of a terminal).\n"
		"\n"
		"  -t, --target NAME=COMMAND  the cases of that target\n"
		"      --targets FILE         where -t NAME is described\n"
		"      --json                 all that is known of each, as a JSON "
		"array\n"},
	{"show", "usage: assay show [-t NAME=COMMAND] ID...",
		"usage: assay show [OPTION...] ID...\n"
		"\n"
		"Says what the cases claim, on which authority, what they need, where "
		"they are\n"
		"written and how to repeat them.  ID may be any pattern.\n"
		"\n"
		"  -t, --target NAME=COMMAND  the cases of that target\n"
		"      --targets FILE         where -t NAME is described\n"},
	{"inject", "usage: assay inject [--log FILE|-] [-q] RULE... -- CMD [ARG...]",
		"usage: assay inject [--log FILE|-] [-q] RULE... -- CMD [ARG...]\n"
		"\n"
		"Runs CMD, and all that it starts, with faults.  A rule says which:\n"
		"\n"
		"  fail:openat#2=ENOSPC         the second openat fails with ENOSPC\n"
		"  kill:write#1                 SIGKILL at the first write; :exit after "
		"it\n"
		"  stall:connect=100ms          every connect takes 100 ms longer\n"
		"  interrupt:read#3=SIGUSR1     a signal once the third read is blocked\n"
		"  shorten:write=1              writes transfer one byte\n"
		"  limit:nofile=12              a limit, as setrlimit(2) has it\n"
		"  count:open                   only counts\n"
		"\n"
		"docs/injection.md has the grammar.  Calls count over all processes.\n"
		"\n"
		"  --log FILE   tells there what fired; - is standard error\n"
		"  -q, --quiet  says nothing of rules that never fired\n"
		"\n"
		"Ends as CMD ends, by its signal too; 125 when assay itself failed, 126 "
		"when CMD\n"
		"cannot be executed, 127 when it is not found.  Without CAP_SYS_ADMIN "
		"set-user-id\n"
		"programs run without their privileges (no_new_privs).\n"},
	{"sweep", "usage: assay sweep [OPTION...] -- CMD [ARG...]",
		"usage: assay sweep [OPTION...] -- CMD [ARG...]\n"
		"Records a run of CMD; lets each of its system calls fail in each "
		"documented way,\n"
		"each time from a fresh start (a copy of the working directory, ipc, "
		"pids, "
		"/tmp,\n"
		"/dev/shm and /dev/mqueue of its own, standard input from a file or "
		"/dev/null).\n"
		"Bad: crash, hang, exit 0 with another result, something left.\n"
		"\n"
		"      --calls LIST    only these: open,read,mq_open (families, or "
		"single "
		"calls)\n"
		"      --errno LIST    these errors, not the documented ones: "
		"ENOSPC,EINTR\n"
		"              all     the documented ones, and those of wrong "
		"arguments: "
		"EFAULT\n"
		"      --short         transfers move one byte, instead of calls that "
		"fail\n"
		"      --rule RULE     a point of its own: fill:tmpfs-blocks, "
		"shorten:write=1;\n"
		"                      with no other choice of calls the only ones\n"
		"  -j, --jobs N        runs at once (as many as processors)\n"
		"      --oracle COMMAND  says by its status whether a result is right; "
		"reads\n"
		"                      CMD's output, in its directory\n"
		"      --limit TIME    longest run (2 s and 20 times that without "
		"faults)\n"
		"      --exhaustive    every occurrence also of frequent calls\n"
		"      --shard K/N     part K of N\n"
		"      --resume FILE   written as it goes; continues what is there\n"
		"  -o, --output json:FILE, junit:FILE\n"
		"  -q, --quiet; -v, --verbose  nothing; every bad point\n"
		"\n"
		"Exit status: 0 nothing bad, 1 something bad, 2 wrong usage, 3 could not "
		"run or\n"
		"report; 130, 143 after SIGINT, SIGTERM.  As for inject: "
		"no_new_privs.\n"},
};

static size_t find(const char *about)
{
	for (size_t i = 1; about != NULL && i < sizeof(helps) / sizeof(helps[0]); i++)
		if (strcmp(helps[i].about, about) == 0)
			return i;
	return 0;
}

bool help_is_about(const char *about)
{
	return find(about) != 0;
}

const char *help_text(const char *about)
{
	return helps[find(about)].text;
}

const char *help_usage(const char *about)
{
	return helps[find(about)].usage;
}

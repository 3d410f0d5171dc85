#include "help.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *about, *usage, *text;
} helps[] = {
	{NULL, "usage: assay run|list|show [OPTION...] [PATTERN...]",
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
		"reach\n"
		"  -j, --jobs N         workers at once (as many as processors)\n"
		"      --repeat N       run every case N times; a changing verdict is "
		"unstable\n"
		"      --shuffle[=SEED] in random order; SEED repeats an order\n"
		"      --shard K/N      part K of N (also from the variables of a CI "
		"system)\n"
		"      --timeout TIME   deadline of every case: 500ms, 2s\n"
		"      --level LIST     only posix,posix-may,linux,libc,fact\n"
		"      --fail-fast      stop at the first unexpected verdict\n"
		"      --failed FILE    only what was not right in that json report\n"
		"      --at RULE        one point of a sweep: kill:insn=57\n"
		"      --exhaustive     all points of sweeps, without a sample\n"
		"      --under COMMAND  one case under 'strace -f' or 'gdb --args', no "
		"deadline\n"
		"      --expect FILE    more known deviations: ID verdict[,verdict] "
		"reason\n"
		"  -o, --output FORMAT[:FILE]  terminal, json, tap, junit; repeatable\n"
		"      --color WHEN     auto, always, never (NO_COLOR is honoured)\n"
		"  -q, --quiet          only what is unexpected, and the last line\n"
		"  -v, --verbose        every case with its notes and duration\n"
		"\n"
		"A pattern is an id, a prefix of whole components or a glob; none: all "
		"cases.\n"
		"Exit status: 0 nothing unexpected, 1 something unexpected, 2 wrong "
		"usage,\n"
		"3 could not run or report; 130, 143 after SIGINT, SIGTERM.\n"},
	{"list", "usage: assay list [--json] [-t NAME=COMMAND] [PATTERN...]",
		"usage: assay list [OPTION...] [PATTERN...]\n"
		"\n"
		"Lists the cases that a pattern selects, all without one, sorted by id.\n"
		"One a line: the id, then the claim (cut to the width of a terminal).\n"
		"\n"
		"  -t, --target NAME=COMMAND  the cases of that target\n"
		"      --json                 all that is known of each, as a JSON "
		"array\n"},
	{"show", "usage: assay show [-t NAME=COMMAND] ID...",
		"usage: assay show [OPTION...] ID...\n"
		"\n"
		"Says what the cases claim, on which authority, what they need, where "
		"they are\n"
		"written and how to repeat them.  ID may be any pattern.\n"
		"\n"
		"  -t, --target NAME=COMMAND  the cases of that target\n"},
};

static size_t find(const char *about)
{
	for (size_t i = 1; about != NULL && i < sizeof(helps) / sizeof(helps[0]); i++)
		if (strcmp(helps[i].about, about) == 0)
			return i;
	return 0;
}

const char *help_text(const char *about)
{
	return helps[find(about)].text;
}

const char *help_usage(const char *about)
{
	return helps[find(about)].usage;
}

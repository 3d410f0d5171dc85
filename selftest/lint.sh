#!/bin/sh
# The rules of tools/lint.sh, one by one: each finds the violation planted for it, on its
# line, and a clean tree passes.
#   selftest/lint.sh [BUILD]
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
lint=$PWD/tools/lint.sh
tree=$work/tree
mkdir "$tree"

if ! command -v clang-format >/dev/null || ! command -v cppcheck >/dev/null ||
	! command -v shellcheck >/dev/null; then
	echo "lint: 0 passed, 0 failed: what make lint needs is not installed"
	exit 0
fi

clean_tree()
{
	rm -rf "${tree:?}"/*
	mkdir -p "$tree/framework/shared" "$tree/suites/pipe" "$tree/tools"
	cp .clang-format "$tree/"
	printf '#ifndef GOOD_H\n#define GOOD_H\n\nint good(int a);\n\n#endif\n' \
		>"$tree/framework/shared/good.h"
	printf '#include "good.h"\n\nint good(int a)\n{\n\treturn a;\n}\n' \
		>"$tree/framework/shared/good.c"
	printf '#!/bin/sh\ntrue\n' >"$tree/tools/good.sh"
}

# finds WHERE RULE: the lint of the tree says so, and nothing of another file.
finds()
{
	found=$("$lint" "$tree" 2>&1)
	status=$?
	if [ $status = 1 ] && printf '%s\n' "$found" | grep -qF "$1: $2" &&
		! printf '%s\n' "$found" | grep -qv "^${1%%:*}:"; then
		pass
	else
		printf '%s\n' "$found" >"$work/found"
		fail "wanted '$1: $2', got status $status and:" "$work/found"
	fi
	clean_tree
}

repeat() # repeat N TEXT
{
	awk -v n="$1" -v text="$2" 'BEGIN { for (i = 0; i < n; i++) print text }'
}

suite() # suite LINE: a suite whose case has LINE, its fourth line
{
	printf 'void body(void);\nvoid body(void)\n{\n\t%s\n}\n' "$1" >"$tree/suites/pipe/open.c"
}

clean_tree
check 'a clean tree' "$lint" "$tree"

repeat 401 'extern int good;' >"$tree/framework/shared/long.c"
finds framework/shared/long.c:400 'the file has 401 lines, more than 400'
{
	printf 'int good(int a);\nint good(int a)\n{\n'
	repeat 50 '	a++;'
	printf '\treturn a;\n}\n'
} >"$tree/framework/shared/long.c"
finds framework/shared/long.c:3 'a function of 51 lines, more than 50'
{
	printf 'int good(int a);\nint good(int a)\n{\n\tif (a)\n\t\tif (a > 1)\n'
	printf '\t\t\tif (a > 2)\n\t\t\t\tif (a > 3)\n\t\t\t\t\ta++;\n\treturn a;\n}\n'
} >"$tree/framework/shared/deep.c"
finds framework/shared/deep.c:7 'more than 3 levels of nesting'
printf '#include "../shared/good.h"\n' >"$tree/framework/shared/up.c"
finds framework/shared/up.c:1 'an include that begins with ../'
printf '/* TODO: later */\n' >"$tree/framework/shared/later.c"
finds framework/shared/later.c:1 'a note to do something later'
printf 'extern int a; \n' >"$tree/framework/shared/blank.c"
finds framework/shared/blank.c:1 'blanks at the end of the line'
printf 'extern   int a;\n' >"$tree/framework/shared/format.c"
finds framework/shared/format.c:1 'not as .clang-format wants it'
printf 'int good(void);\nint good(void)\n{\n\tint a;\n\treturn a;\n}\n' \
	>"$tree/framework/shared/unset.c"
finds framework/shared/unset.c:5 uninitvar
printf '#ifndef ALONE_H\n#define ALONE_H\n\nsize_t good(void);\n\n#endif\n' \
	>"$tree/framework/shared/alone.h"
finds framework/shared/alone.h:1 'a header that does not compile alone'
printf 'int good(int a);\n' >"$tree/framework/shared/unguarded.h"
finds framework/shared/unguarded.h:1 'a header without a guard'
for call in 'sleep(1)' 'usleep(1)' 'nanosleep(&t, 0)' 'clock_nanosleep(0, 0, &t, 0)' 'alarm(1)'; do
	suite "$call;"
	finds suites/pipe/open.c:4 'a suite that sleeps'
done
for call in 'system("true")' 'printf("x")' 'exit(0)' 'setsid()'; do
	suite "$call;"
	finds suites/pipe/open.c:4 'a call that suites must not make'
done
for call in 'kill(0, 9)' 'kill(-1, 9)'; do
	suite "$call;"
	finds suites/pipe/open.c:4 'kill with a literal 0 or -1'
done
printf 'CASE(pipe, open, x, .claim = "x")\n{\n\treturn;\n}\n' >"$tree/suites/pipe/open.c"
finds suites/pipe/open.c:3 'a case that returns early'
# shellcheck disable=SC2016
printf '#!/bin/sh\nrm $1\n' >"$tree/tools/bad.sh"
finds tools/bad.sh:2:4 'note: Double quote'
# What only looks like a violation is none.
suite '_exit(0), dprintf(1, "x"), kill(pid, 0), peer_sleep(1);'
check 'what only looks like a violation' "$lint" "$tree"

finish

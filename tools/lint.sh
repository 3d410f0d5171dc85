#!/bin/sh
# lint: the rules of the project that a tool can check, over the tree at ROOT.
#   tools/lint.sh [ROOT]
# Every finding is one line, FILE:LINE: RULE.  Exits 1 when there is any.  That each rule
# finds what it is for is proved by selftest/lint.sh.
set -u
export LC_ALL=C
tools=$(CDPATH="" cd -- "$(dirname -- "$0")" && pwd)
cd "${1:-.}" || exit 2
findings=$(mktemp) || exit 2
trap 'rm -f "$findings"' EXIT

files() # the project's files that match one of the patterns
{
	find . \( -name .git -o -path "./build*" \) -prune -o -type f \( "$@" \) -print |
		sed 's|^\./||' | sort
}

sources=$(files -name '*.[ch]')
scripts=$(files -name '*.sh' -o -path './.ci/run' -o -path './completions/*')
suites=$(printf '%s\n' "$sources" | grep '^suites/')

# Lengths, nesting: counted over clang-formatted text, where a function begins with `{`
# in column one and depth is the number of tabs.
# shellcheck disable=SC2086 # file names have no blanks
awk '
	function say(line, rule) { print FILENAME ":" line ": " rule }
	FNR == 1 { if (last != "" && length_of > 400) print last ":400: the file has " length_of \
			" lines, more than 400"; start = 0 }
	{ last = FILENAME; length_of = FNR }
	/^{/ { start = FNR }
	/^}/ && start {
		if (FNR - start - 1 > 50) say(start, "a function of " (FNR - start - 1) \
			" lines, more than 50")
		start = 0
	}
	start && /^\t\t\t\t+(if|for|while|switch|do)[ (]/ { say(FNR, "more than 3 levels of nesting") }
	/#[ \t]*include[ \t]*"\.\.\// { say(FNR, "an include that begins with ../") }
	/(^|[^[:alnum:]_])(TODO|FIXME|XXX)([^[:alnum:]_]|$)/ { say(FNR, "a note to do something later") }
	/[ \t]$/ { say(FNR, "blanks at the end of the line") }
	END { if (length_of > 400) print last ":400: the file has " length_of " lines, more than 400" }
' $sources >>"$findings"

# What a suite must not use: sleeping for an order, and what ends or leaves the case behind
# the back of the framework.
if [ -n "$suites" ]; then
	# shellcheck disable=SC2086
	awk '
		function says(words) { return $0 ~ "(^|[^[:alnum:]_])(" words ")[ \t]*\\(" }
		/^[ \t]*(\*|\/\*|\/\/)/ { next }
		says("sleep|usleep|nanosleep|clock_nanosleep|thrd_sleep|alarm|ualarm") {
			print FILENAME ":" FNR ": a suite that sleeps" }
		says("system|printf|puts|exit|setsid") {
			print FILENAME ":" FNR ": a call that suites must not make" }
		/(^|[^[:alnum:]_])kill[ \t]*\((0|-1),/ {
			print FILENAME ":" FNR ": kill with a literal 0 or -1" }
		/^\treturn;/ && body { print FILENAME ":" FNR ": a case that returns early" }
		/^CASE(_EACH)?\(/ { body = 1 }
		/^}/ { body = 0 }
	' $suites >>"$findings"
fi

# Headers: a guard, and every one compiles alone with what its folder may include.
for header in $(printf '%s\n' "$sources" | grep '\.h$'); do
	grep -q '^#ifndef [A-Z0-9_]*_H$' "$header" ||
		echo "$header:1: a header without a guard" >>"$findings"
	case $header in
	framework/shared/*) see= ;;
	framework/host/*) see='-Ireports -Iframework/host' ;;
	framework/worker/*) see='-Iinjectors -Iframework -Iframework/worker' ;;
	reports/*) see=-Ireports ;;
	injectors/*) see=-Iinjectors ;;
	*) see="-Iinjectors -Iframework -I$(dirname "$header")" ;;
	esac
	# shellcheck disable=SC2086,SC2046
	${CC:-cc} -std=c11 -D_GNU_SOURCE -Wall -Wextra -fsyntax-only -x c -Iframework/shared $see \
		$("${PKG_CONFIG:-pkg-config}" --cflags check jansson) -include "$header" /dev/null \
		>/dev/null 2>&1 || echo "$header:1: a header that does not compile alone" >>"$findings"
done

# shellcheck disable=SC2086
{
	"$tools/format.sh" --check $sources
	cppcheck --quiet -j "$(nproc)" --std=c11 --enable=warning,portability --inline-suppr \
		--suppress=unknownMacro --suppress=varFuncNullUB --suppress=syntaxError --suppress=preprocessorErrorDirective \
		--template='{file}:{line}: {id}: {message}' $sources 2>&1
	[ -z "$scripts" ] || shellcheck --exclude=SC2317 --format=gcc $scripts
	[ ! -f man/assay.1 ] || mandoc -T lint -W warning man/assay.1 | sed 's/^mandoc: //'
} >>"$findings"

[ -s "$findings" ] || exit 0
cat "$findings"
exit 1

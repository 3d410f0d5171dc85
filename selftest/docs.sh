#!/bin/sh
# What is written agrees with what is there: every option of --help is in the manual and in
# the completion and the other way round; every word of the case API, every verdict and
# level is explained; every path that a page names exists; the completion completes.
#   selftest/docs.sh [BUILD]
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
export LC_ALL=C

# agree WHAT FILE: FILE lists what is missing, one a line, and must be empty.
agree()
{
	if [ ! -s "$2" ]; then
		pass
	else
		fail "$1" "$2"
	fi
}

# The options that a text names, one a line; -h is said by --help to whoever knows it.
options()
{
	sed 's/[][|,=()]/ /g' | tr -s ' \t' '\n' | grep -E '^--?[a-z][a-z-]*$' | grep -vx -e -h | sort -u
}

mandoc -T ascii -O width=160 man/assay.1 | sed 's/.\x08//g' | options >"$work/manual"
sed -n '/^_assay/,/^}/p' completions/assay | grep "words=\|--\| -h" | sed "s/['()|]/ /g" |
	grep -v 'compgen\|compopt\|read -r' | options >"$work/completion"
for subcommand in '' run list show targets compare merge inject sweep; do
	# shellcheck disable=SC2086 # no word where there is no subcommand
	"$build/assay" $subcommand --help >"$work/help.$subcommand" 2>&1 ||
		echo "assay $subcommand --help fails" >>"$work/no-help"
	[ "$(wc -l <"$work/help.$subcommand")" -le 24 ] ||
		echo "assay $subcommand --help is longer than a screen" >>"$work/no-help"
	[ "$(expand "$work/help.$subcommand" | wc -L)" -le 80 ] ||
		echo "assay $subcommand --help is wider than a screen" >>"$work/no-help"
	# Options of programs that an example runs are not assay's.
	sed "s/'strace -f'//; s/'gdb --args'//; s/strace -f//; s/gdb --args//" \
		"$work/help.$subcommand" | options >>"$work/help"
done
touch "$work/no-help"
agree 'help' "$work/no-help"
sort -u -o "$work/help" "$work/help"
sed -i '/^-f$/d; /^--args$/d' "$work/manual"
comm -23 "$work/help" "$work/manual" >"$work/missing"
agree 'an option of --help that man/assay.1 lacks' "$work/missing"
comm -13 "$work/help" "$work/manual" >"$work/missing"
agree 'an option of man/assay.1 that --help lacks' "$work/missing"
comm -23 "$work/help" "$work/completion" >"$work/missing"
agree 'an option of --help that the completion lacks' "$work/missing"
comm -13 "$work/help" "$work/completion" >"$work/missing"
agree 'an option of the completion that --help lacks' "$work/missing"
mandoc -T lint -W warning man/assay.1 >"$work/missing"
agree 'mandoc' "$work/missing"

# Words: function declarations and macros of the author headers, less what is behind a
# macro (..._at, claim_...) or inside one (ASSAY_..., CLAIM_..., CASE_).
sed -n 's/^#include "\(author\/.*\)"/framework\/\1/p' framework/assay.h >"$work/headers"
# shellcheck disable=SC2046
sed -n -e 's/^#define \([A-Za-z][A-Za-z_]*\)(.*/\1/p' \
	-e 's/^[a-z][a-z ]*[ *]\([a-z_]*\)(.*/\1/p' injectors/fill.h $(cat "$work/headers") |
	grep -Ev '_at$|^claim_|^ASSAY_|^CLAIM_|^CASE_$|^_|^ck_assert_' | sort -u >"$work/words"
sed -n 's/^\t\(NEED_[A-Z_]*\) = 1 <<.*/\1/p' framework/shared/verdict.h >>"$work/words"
while read -r word; do
	grep -qE "(^|[^A-Za-z_])$word([^A-Za-z_]|$)" docs/writing-a-case.md || echo "$word"
done <"$work/words" >"$work/missing"
[ "$(wc -l <"$work/words")" -gt 40 ] || echo 'words were not found' >>"$work/missing"
agree 'a word that docs/writing-a-case.md lacks' "$work/missing"

sed -n '/_names\[/,/^}/p' framework/shared/verdict.c | grep -o '"[a-z-]*"' | tr -d '"' |
	while read -r name; do
		grep -q "\`$name\`" docs/verdicts.md ||
			grep -q "NEED_$(echo "$name" | tr a-z- A-Z_)\`" docs/writing-a-case.md ||
			echo "$name"
	done >"$work/missing"
agree 'a verdict, level or need that no page explains' "$work/missing"

grep -ohE '(docs|framework|injectors|suites|reports|selftest|tools|expectations|man|completions|bench)/[A-Za-z0-9_./-]*[A-Za-z0-9_/]' \
	README.md docs/*.md Makefile | grep -v '[A-Z][A-Z]' | sort -u | while read -r path; do
	[ -e "$path" ] || echo "$path"
done >"$work/missing"
agree 'a page names a path that does not exist' "$work/missing"

complaints=$work/complaints
: >"$complaints"

# completed WORD...: what bash offers for the last word of `assay WORD...`; what assay complains
# of meanwhile into complaints.
completed()
{
	# shellcheck disable=SC2016 # expanded by the inner shell
	PATH="$build:$PATH" complaints="$complaints" bash -c '. completions/assay
		assay() { command assay "$@" 2>>"$complaints" || echo "status $?" >>"$complaints"; }
		COMP_WORDS=(assay "$@") COMP_CWORD=$#
		_assay; printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}

# offers WANTED WORD...: WANTED is among what is offered.
offers()
{
	wanted=$1
	shift
	completed "$@" >"$work/completed"
	grep -qxF -- "$wanted" "$work/completed" && return
	echo "assay $*: no $wanted"
	cat "$complaints"
}

{
	offers run r
	offers --shuffle run --sh
	offers junit run -o j
	offers posix-may run --level posix
	offers never run --color = n
	offers pipe/ run pi
	offers pipe/open/ show pipe/o
	offers "$("$build/assay" list pipe/open | head -n 1 | cut -d ' ' -f 1)" run pipe/open/
} >"$work/missing" 2>&1
agree 'completion' "$work/missing"

finish

#!/bin/sh
# What is written agrees with what is there: every option of --help is in the manual and in
# the completion and the other way round; every word of the case API, every verdict and
# level is explained; every path that a page names exists; the completion completes.
#   selftest/docs.sh [BUILD]
set -u
export LC_ALL=C
cd "$(dirname "$0")/.." || exit 2
build=$(cd "${1:-build}" && pwd) || exit 2
place=$(mktemp -d) || exit 2
trap 'rm -rf "$place"' EXIT
passed=0
failed=0

# agree WHAT FILE: FILE lists what is missing, one a line, and must be empty.
agree()
{
	if [ ! -s "$2" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		sed "s|^|selftest/docs.sh: $1: |" "$2"
	fi
}

# The options that a text names, one a line; -h is said by --help to whoever knows it.
options()
{
	sed 's/[][|,=()]/ /g' | tr -s ' \t' '\n' | grep -E '^--?[a-z][a-z-]*$' | grep -vx -e -h | sort -u
}

mandoc -T ascii -O width=160 man/assay.1 | sed 's/.\x08//g' | options >"$place/manual"
sed -n '/^_assay/,/^}/p' completions/assay | grep "words=\|--\| -h" | sed "s/['()|]/ /g" |
	grep -v 'compgen\|compopt\|read -r' | options >"$place/completion"
for subcommand in '' run list show; do
	# shellcheck disable=SC2086 # no word where there is no subcommand
	"$build/assay" $subcommand --help >"$place/help.$subcommand" 2>&1 ||
		echo "assay $subcommand --help fails" >>"$place/no-help"
	[ "$(wc -l <"$place/help.$subcommand")" -le 24 ] ||
		echo "assay $subcommand --help is longer than a screen" >>"$place/no-help"
	[ "$(expand "$place/help.$subcommand" | wc -L)" -le 80 ] ||
		echo "assay $subcommand --help is wider than a screen" >>"$place/no-help"
	# Options of programs that an example runs are not assay's.
	sed "s/'strace -f'//; s/'gdb --args'//; s/strace -f//; s/gdb --args//" \
		"$place/help.$subcommand" | options >>"$place/help"
done
touch "$place/no-help"
agree 'help' "$place/no-help"
sort -u -o "$place/help" "$place/help"
sed -i '/^-f$/d; /^--args$/d' "$place/manual"
comm -23 "$place/help" "$place/manual" >"$place/missing"
agree 'an option of --help that man/assay.1 lacks' "$place/missing"
comm -13 "$place/help" "$place/manual" >"$place/missing"
agree 'an option of man/assay.1 that --help lacks' "$place/missing"
comm -23 "$place/help" "$place/completion" >"$place/missing"
agree 'an option of --help that the completion lacks' "$place/missing"
comm -13 "$place/help" "$place/completion" >"$place/missing"
agree 'an option of the completion that --help lacks' "$place/missing"
mandoc -T lint -W warning man/assay.1 >"$place/missing"
agree 'mandoc' "$place/missing"

# Words: function declarations and macros of the author headers, less what is behind a
# macro (..._at, claim_...) or inside one (ASSAY_..., CLAIM_..., CASE_).
sed -n 's/^#include "\(author\/.*\)"/framework\/\1/p' framework/assay.h >"$place/headers"
# shellcheck disable=SC2046
sed -n -e 's/^#define \([A-Za-z][A-Za-z_]*\)(.*/\1/p' \
	-e 's/^[a-z][a-z ]*[ *]\([a-z_]*\)(.*/\1/p' injectors/fill.h $(cat "$place/headers") |
	grep -Ev '_at$|^claim_|^ASSAY_|^CLAIM_|^CASE_$|^_|^ck_assert_' | sort -u >"$place/words"
sed -n 's/^\t\(NEED_[A-Z_]*\) = 1.*/\1/p' framework/shared/verdict.h >>"$place/words"
while read -r word; do
	grep -qE "(^|[^A-Za-z_])$word([^A-Za-z_]|$)" docs/writing-a-case.md || echo "$word"
done <"$place/words" >"$place/missing"
[ "$(wc -l <"$place/words")" -gt 40 ] || echo 'words were not found' >>"$place/missing"
agree 'a word that docs/writing-a-case.md lacks' "$place/missing"

sed -n '/_names\[/,/^}/p' framework/shared/verdict.c | grep -o '"[a-z-]*"' | tr -d '"' |
	while read -r name; do
		grep -q "\`$name\`" docs/verdicts.md ||
			grep -q "NEED_$(echo "$name" | tr a-z- A-Z_)\`" docs/writing-a-case.md ||
			echo "$name"
	done >"$place/missing"
agree 'a verdict, level or need that no page explains' "$place/missing"

grep -ohE '(docs|framework|injectors|suites|reports|selftest|tools|expectations|man|completions|bench)/[A-Za-z0-9_./-]*[A-Za-z0-9_/]' \
	README.md docs/*.md Makefile | grep -v '[A-Z][A-Z]' | sort -u | while read -r path; do
	[ -e "$path" ] || echo "$path"
done >"$place/missing"
agree 'a page names a path that does not exist' "$place/missing"

# completed WORD...: what bash offers for the last word of `assay WORD...`.
completed()
{
	# shellcheck disable=SC2016 # expanded by the inner shell
	PATH="$build:$PATH" bash -c '. completions/assay; COMP_WORDS=(assay "$@")
		COMP_CWORD=$#; _assay; printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}

# offers WANTED WORD...: WANTED is among what is offered.
offers()
{
	wanted=$1
	shift
	completed "$@" | grep -qxF -- "$wanted" || echo "assay $*: no $wanted"
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
} >"$place/missing" 2>&1
agree 'completion' "$place/missing"

echo "docs: $passed passed, $failed failed"
[ $failed = 0 ]

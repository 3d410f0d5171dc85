#!/bin/sh
# What the runner must refuse, one by one: the exit status and the message.  Nothing is
# run and no report is written.
#   selftest/refusals.sh [BUILD]
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
needs_programs "$assay" "$worker" "$planted"

# refuses STATUS WORDS ARGUMENT...: `assay ARGUMENT...` ends with STATUS, nothing on standard
# output, and WORDS (a basic regular expression) on standard error.
refuses()
{
	wanted=$1
	words=$2
	shift 2
	run_bounded 20 "$assay" "$@" >"$work/output" 2>"$work/errors" </dev/null
	status=$?
	if [ $status != "$wanted" ]; then
		fail "assay $*: status $status, wanted $wanted" "$work/errors"
	elif ! grep -q -e "$words" "$work/errors"; then
		fail "assay $*: no '$words'" "$work/errors"
	elif [ -s "$work/output" ]; then
		fail "assay $*: prints" "$work/output"
	else
		pass
	fi
}

# line WORDS LINE: an expectations file with LINE (printf format) as its third line is
# refused, by file and line (a fourth line may be the bad one).
line()
{
	# shellcheck disable=SC2059 # the line is a format
	{
		printf '# a comment\n\n'
		printf "$2"
		printf '\n'
	} >"$work/expect.txt"
	refuses 2 "expect.txt:[34]:.*$1" run -t "planted=$planted" --expect "$work/expect.txt" \
		planted/verdict/pass
}

# --- options --------------------------------------------------------------------------
refuses 2 usage
refuses 2 dance dance
refuses 2 no-such-option --no-such-option
refuses 2 no-such-option run --no-such-option
refuses 2 no-such-option list --no-such-option
refuses 2 no-such-option show --no-such-option
refuses 2 x run -x
for option in -j --jobs --repeat --shard --timeout --level --failed --under --expect -o \
	--color -t --target; do
	case $option in
	--color | --jobs) continue ;;
	esac
	refuses 2 "${option#-}" run "$option"
done
for number in 0 -1 x 1x '' ' 1' 1.5 99999999999999999999 0x2; do
	refuses 2 -j run -j "$number"
	refuses 2 repeat run --repeat "$number"
done
for seconds in x -1 '' 1x 5parsecs 99999999999999999999; do
	refuses 2 timeout run --timeout "$seconds"
done
for shard in 0/2 3/2 -1/2 1/0 1 1/ /2 1/2/3 x/y 1/x '' 1/99999999999999999999 ' 1/2' 1/2x; do
	refuses 2 shard run --shard "$shard"
done
for seed in x -1 1x 99999999999999999999; do
	refuses 2 shuffle run --shuffle=$seed
done
for level in iso POSIX posix,iso '' 'posix,' ',posix'; do
	refuses 2 level run --level "$level"
done
for color in sometimes '' ALWAYS; do
	refuses 2 color run --color="$color"
done
refuses 2 format run -o yaml
refuses 2 format run -o yaml:/tmp/x
refuses 2 format run -o ''
refuses 2 format run -o :file
refuses 2 json run -o json:
refuses 2 fail-fast run --fail-fast=yes

# --- patterns -------------------------------------------------------------------------
t="planted=$planted"
refuses 2 planted/no-such-thing run -t "$t" planted/no-such-thing
refuses 2 planted/verdict run -t "$t" planted/verdit
refuses 2 'nothing\*' run -t "$t" 'nothing*'
refuses 2 nothing run -t "$t" planted/verdict nothing
refuses 2 "''" run -t "$t" ''
refuses 2 nothing list -t "$t" nothing
refuses 2 nothing show -t "$t" nothing
refuses 2 show show
refuses 2 PLANTED run -t "$t" PLANTED
refuses 2 level run -t "$t" --level posix

# --- targets --------------------------------------------------------------------------
refuses 2 name run -t nameless
refuses 2 NAME=COMMAND run -t =true
refuses 2 NAME=COMMAND run -t name=
refuses 2 name run -t 'na me=true'
refuses 2 twice run -t a=true -t a=false
refuses 3 no-such-worker run -t "gone=$work/no-such-worker"
refuses 3 gone run -t "gone=$work/no-such-worker"
refuses 3 hello run -t 'true=true'
refuses 3 'last words' run -t "sad=sh -c 'echo last words >&2; exit 9'"
refuses 3 'status 9' run -t "sad=sh -c 'echo last words >&2; exit 9'"
refuses 3 . run -t "cat=cat /etc/passwd"
refuses 3 'no cases' run -t "empty=$build/selftest/empty-worker"

# --- results of another run -------------------------------------------------------------
refuses 2 no-such-file run -t "$t" --failed "$work/no-such-file"
for text in '' '{' '[]' '{}' '{"schema":"assay-results/2","cases":[]}' \
	'{"schema":"assay-results/1"}' '{"schema":"assay-results/1","cases":7}' \
	'{"schema":"assay-results/1","cases":[7]}' '{"schema":"assay-results/1","cases":[{}]}' \
	'{"schema":"assay-results/1","cases":[{"id":"a/b/c","unexpected":"yes"}]}'; do
	printf '%s' "$text" >"$work/failed.json"
	refuses 2 failed.json run -t "$t" --failed "$work/failed.json"
done
head -c 100000 /dev/urandom >"$work/failed.json"
refuses 2 failed.json run -t "$t" --failed "$work/failed.json"
refuses 2 . run -t "$t" --failed /
refuses 2 . run -t "$t" --failed /dev/null

# --- expectations -----------------------------------------------------------------------
id=planted/verdict/fail
line verdict "$id"
line reason "$id fail"
line reason "$id fail   "
line "'wrong'" "$id wrong because of this"
line "'Fail'" "$id Fail because of this"
line "'known'" "$id known because of this"
line verdict "$id fail,  because of this"
line "''" "$id fail,,crash because of this"
line "'wrong'" "$id fail,wrong because of this"
line already "$id fail a reason\n$id fail another"
line UTF-8 "$id fail because of \\377"
line UTF-8 "\\377\\376 fail because"
line 'long' "$id fail $(printf '%05000d' 0)"
line 'no case' 'planted/verdict/not-there fail because of this'
line 'no case' 'planted/nothing/* fail because of this'
line . "$id\tfail"
line . '\001\002 fail because'
line . "$id fail because \\000 of"
refuses 2 no-such-file run -t "$t" --expect "$work/no-such-file"
refuses 2 . run -t "$t" --expect /
refuses 2 . run -t "$t" --expect ''

# --- variables --------------------------------------------------------------------------
for pair in '0 2' '3 2' 'x 2' '1 x' '-1 2' '1 0'; do
	CI_NODE_INDEX=${pair% *} CI_NODE_TOTAL=${pair#* }
	export CI_NODE_INDEX CI_NODE_TOTAL
	refuses 2 CI_NODE run
	unset CI_NODE_INDEX CI_NODE_TOTAL
done

finish

#!/bin/sh
# Several targets in one run: each with its own report, one that cannot be used stops no
# other, and a file of targets says the same as the command line.
#   selftest/targets.sh [BUILD]
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
results=$build/selftest/results
fake=$build/selftest/fake-worker
needs_programs "$assay" "$planted" "$results" "$fake"
LC_ALL=C
export LC_ALL

# ends STATUS ARGUMENT...: `assay ARGUMENT...` ends with STATUS; what it printed in output.
ends()
{
	wanted=$1
	shift
	run_bounded 120 "$assay" "$@" >"$work/output" 2>&1 </dev/null
	status=$?
	if [ $status = "$wanted" ]; then
		pass
	else
		fail "$*: status $status, wanted $wanted" "$work/output"
	fi
}

# has WORDS [FILE]
has()
{
	check "no '$1' in ${2:-output}" grep -q -e "$1" "$work/${2:-output}"
}

# --- side by side -------------------------------------------------------------------
ends 0 run -t "a=$worker" -t local -t "b=$fake good" pipe/open 'fake/*' \
	-o "json:$work/set.json" -o "tap:$work/set.tap" -o "junit:$work/set.xml" -o terminal
has '^a: Linux '
has '^local: Linux '
has '^fake  *-  *-  *5$'
has '^b: 5 passed, 0 failed, 0 skipped'
has '"assay-results-set/1"' set.json
check 'three runs' test "$(grep -c '"assay-results/1"' "$work/set.json")" = 3
check 'TAP has another plan' grep -qx \
	"1..$(grep -c -E '^(not )?ok [0-9]+ - ' "$work/set.tap")" "$work/set.tap"
check 'TAP numbers a point twice' test "$(grep -o '^ok [0-9]*' "$work/set.tap" | sort | uniq -d)" = ''
has '^ok [0-9]* - a pipe/open/' set.tap
has 'testsuite name="local pipe"' set.xml
if command -v xmllint >/dev/null; then
	check 'JUnit is no XML' xmllint --noout "$work/set.xml"
fi

# --- one of them is of no use ---------------------------------------------------------
ends 3 run -t "gone=/none/such" -t local pipe/open
has 'gone gave up: target gone: the worker exited with status 127'
has '^local: [1-9][0-9]* passed, 0 failed'
ends 3 run -t local -t "dies=$fake dies-at-list" -t "c=$fake good" pipe/open fake
has '^c: 5 passed'
ends 3 run -t "x=$fake no-cases" -t local pipe/open
has '^local: [1-9]'
ends 3 run -t a=/none/such -t b=/none/such
ends 1 run -t local -t "p=$planted" pipe/open planted/claim
has 'assay run -t p='

# --- more workers than processors share them --------------------------------------------
share=$(((2 + 2 + $(nproc) - 1) / $(nproc)))
ends 1 run -j 2 -t "a=$planted" -t "b=$planted" planted/verdict
has "no end after $((300 * share)) ms"
ends 1 run -j 2 --timeout 50ms -t "a=$planted" -t "b=$planted" planted/verdict
has 'no end after 50 ms'

# --- a file says the same ---------------------------------------------------------------
cat >"$work/targets.ini" <<END
# two
[quick]
command = '$worker'
jobs = 1

[slow]
command = '$worker'
scale = 7
END
ends 0 run --targets "$work/targets.ini" pipe/open -o "json:$work/file.json" -o terminal
has '^quick: [1-9]'
has '^slow: [1-9]'
has '"scale": 7.0' file.json
ends 0 run --targets "$work/targets.ini" -t slow pipe/open
has 'on slow: Linux'
ends 2 run --targets "$work/targets.ini" -t none pipe/open
has "'none' is no target of the file"
printf '[a]\njobs = 2\n' >"$work/bad.ini"
ends 2 run --targets "$work/bad.ini"
has 'bad.ini:2: target a has no command'

# --- what each can do -------------------------------------------------------------------
ends 0 targets -t local -t "b=$fake good"
has '^local$'
has '  block proof  '
has '  cases        5$'
ends 3 targets --json -t gone=/none/such
has '"met": false'
ends 0 targets --json --targets "$work/targets.ini"
has '"name": "slow"'

# --- patterns may miss on one, not on all -------------------------------------------------
ends 2 run -t local -t "b=$fake good" pipe/open such/a/pattern
has "no case matches 'such/a/pattern'"

# --- one is silent, a signal ends all -----------------------------------------------------
run_bounded 60 "$build/selftest/interrupt" INT 500 process "$assay" run -t local \
	-t "b=$fake silent" pipe/open fake -o "json:$work/stopped.json" >"$work/output" 2>&1
check 'SIGINT gives another status' test $? = 130
has '"interrupted": "SIGINT"' stopped.json
run_bounded 60 "$build/selftest/interrupt" INT 300 process "$assay" run -t local \
	-t "b=$fake silent-at-start" pipe/open -o "json:$work/early.json" >"$work/output" 2>&1
check 'SIGINT before hello gives another status' test $? = 130
has '"interrupted": "SIGINT"' early.json
finish

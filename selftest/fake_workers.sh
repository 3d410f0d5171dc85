#!/bin/sh
# The runner against workers that misbehave: each costs the one case it had, is replaced
# and named; one that cannot be used at all ends the run with status 3.
#   selftest/fake_workers.sh [BUILD]
set -u
own_world=${own_world:-yes}
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
fake=$build/selftest/fake-worker
interrupt=$build/selftest/interrupt
needs_programs "$assay" "$fake" "$interrupt"
left_now >"$work/before"

# prepare MODE...: runs every mode, some at a time: most of them only wait.
prepare()
{
	for mode in "$@"; do
		mkdir "$work/$mode"
		(
			run_bounded 60 "$assay" run -t "fake=$fake $mode" \
				-o "tap:$work/$mode/tap" >"$work/$mode/output" 2>&1
			echo $? >"$work/$mode/status"
		) &
		count=$((count + 1))
		[ $((count % 16)) != 0 ] || wait
	done
	wait
}
count=0

# took MODE: what became of it: $status, output, tap.
took()
{
	cp "$work/$1/output" "$work/output"
	rm -f "$work/tap"
	[ ! -e "$work/$1/tap" ] || cp "$work/$1/tap" "$work/tap"
	status=$(cat "$work/$1/status")
}

others_pass()
{
	grep -c '^ok [0-9]* - fake/it/[abde]\>' "$work/tap" | grep -qx 4
}

bad_case()
{
	grep -q "^$1 [0-9]* - fake/it/c\\>" "$work/tap"
}

# copes MODE: nothing is lost.
copes()
{
	took "$1"
	if [ "$status" = 0 ] && others_pass && bad_case ok; then
		pass
	else
		fail "$1: nothing should be lost (status $status)" "$work/output"
	fi
}

# costs_one MODE [WORDS]: the bad case is lost, the others pass, and the output has WORDS.
costs_one()
{
	took "$1"
	if [ "$status" = 1 ] && others_pass && bad_case 'not ok'; then
		pass
	else
		cat "$work/tap" >>"$work/output"
		fail "$1: one case should be lost (status $status)" "$work/output"
	fi
	check "$1: the report does not name '${2:-worker}'" grep -q -e "${2:-worker}" "$work/output"
}

# refused MODE WORDS: the run cannot be done, and the output says why.
refused()
{
	took "$1"
	if [ "$status" = 3 ] && grep -q -e "$2" "$work/output"; then
		pass
	else
		fail "$1: wanted status 3 and '$2', got status $status" "$work/output"
	fi
	check "$1: a report was written" test ! -e "$work/tap"
}

lossless='good slow in-pieces unknown-fields late-hello deaf-to-quit bad-end crashes-at-quit'
costly='silent garbage markup half-a-line dies-in-half-a-line endless-line
	endless-chatter too-long-line deep-nesting nul empty-line no-object no-type
	dies-mid-case crashes-mid-case floods-errors leaves-a-child closes-and-stays stops
	says-bye says-hello-again says-error wrong-id answers-twice
	answers-twice-alike unknown-verdict no-verdict verdict-is-a-number notes-are-no-notes
	negative-numbers'
fatal='dies-at-start crashes-at-start garbage-at-start endless-line-at-start
	other-protocol no-protocol protocol-is-a-text another-object-first dies-at-list
	garbage-in-list case-without-id unknown-level same-id-twice list-never-ends silent-at-start'
# shellcheck disable=SC2086 # a word a mode
prepare $lossless $costly $fatal id-of-another

for mode in $lossless; do
	copes "$mode"
done
for mode in $costly; do
	costs_one "$mode"
done
costs_one dies-mid-case 'status 9'
costs_one dies-mid-case 'fake: cannot go on'
costs_one crashes-mid-case SIGSEGV

refused silent-at-start hello
refused dies-at-start 'fake: cannot go on'
refused crashes-at-start SIGSEGV
refused garbage-at-start 'not found'
refused endless-line-at-start .
refused other-protocol protocol
refused no-protocol protocol
refused protocol-is-a-text protocol
refused another-object-first hello
refused dies-at-list 'fake: cannot go on'
refused garbage-in-list 'what?'
refused case-without-id .
refused unknown-level level
refused same-id-twice fake/it/a
refused list-never-ends .

# One answer for another case costs both: it may belong to either.
took id-of-another
check "id-of-another: status $status" test "$status" = 1
check 'id-of-another: the case passes' bad_case 'not ok'

# Where the runner has much patience, a signal ends it.
for mode in waits-for-ever silent-at-list silent-at-start; do
	run_bounded 30 "$interrupt" TERM 1000 process "$assay" run -t "fake=$fake $mode" \
		>"$work/output" 2>&1
	check "$mode: SIGTERM" test $? = 143
done

# Many at once.
run_bounded 60 "$assay" run -j 4 --repeat 5 -t "fake=$fake dies-mid-case" >"$work/output" 2>&1
check 'four workers that die' test $? = 1

check 'a fake worker is left' is_clean "$work/before"
finish

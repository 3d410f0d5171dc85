#!/bin/sh
# Sweeps from outside: a bad point is repeated by the rule that names it, alone; what is not
# a point is refused; samples and all points; nothing is left of a sweep that is killed.
#   selftest/sweep.sh [BUILD]
set -u
own_world=${own_world:-yes}
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
needs_programs "$assay" "$planted" "$build/selftest/interrupt"
sweep=planted/sweep

# answer ID [OPTION...]: the result line of one run is in $work/result.
answer()
{
	printf 'run %s\nquit\n' "$*" | run_bounded 60 "$planted" 2>"$work/errors" |
		grep -e '"type":"result"' -e '"type":"error"' >"$work/result"
}

# says WHAT PATTERN ID [OPTION...]: the result has the pattern.
says()
{
	what=$1
	pattern=$2
	shift 2
	answer "$@"
	check "$what: no '$pattern'" grep -q -e "$pattern" "$work/result"
	grep -q -e "$pattern" "$work/result" || cat "$work/result"
}

says 'one bad instruction' '"verdict":"fail"' $sweep/one-bad-instruction
rule=$(grep -o 'kill:insn=[0-9]*' "$work/result" | head -n 1)
number=${rule##*=}
points=$(grep -o '"points","value":"[0-9]*' "$work/result" | tr -dc '0-9')
check 'the bad point has no rule' test -n "$rule"
check 'the map of the points' grep -q "\"points\":\"$((number - 1))o1x$((points - number))o\"" "$work/result"
says 'the bad point alone' '"1 bad point: kill:insn' $sweep/one-bad-instruction "at=$rule"
check 'its note names the function' grep -q "\"point\",\"value\":\"$rule, " "$work/result"
says 'the point before' '"verdict":"pass"' $sweep/one-bad-instruction "at=kill:insn=$((number - 1))"
says 'the point after' '"verdict":"pass"' $sweep/one-bad-instruction "at=kill:insn=$((number + 1))"
says 'the last point' '"verdict":"pass"' $sweep/one-bad-instruction "at=kill:insn=$points"
says 'a point too many' 'no point is called' $sweep/one-bad-instruction "at=kill:insn=$((points + 1))"
says 'a point of another attack' 'no point is called' $sweep/one-bad-instruction at=kill:call=1
says 'a malformed rule' '"error".*expected' $sweep/one-bad-instruction at=kill:insn=
says 'a rule for a case' '"error".*no sweep' planted/verdict/pass at=kill:insn=1
says 'two rules' '"error"' $sweep/one-bad-instruction at=kill:insn=1 at=kill:insn=2

says 'a call' '"1 bad point: kill:read#1 ' $sweep/two-bad-calls 'at=kill:read#1'
says 'a call by its number' '"1 bad point: kill:read#1 ' $sweep/two-bad-calls at=kill:call=3
says 'the exit of a call' '"1 bad point: kill:write#1:exit ' $sweep/two-bad-calls 'at=kill:write#1:exit'
says 'the exit of a good call' '"verdict":"pass"' $sweep/two-bad-calls 'at=kill:read#1:exit'
says 'a short transfer' '"1 bad point: shorten:read#2=3 ' $sweep/bad-short-read 'at=shorten:read#2=3'
says 'a good short transfer' '"verdict":"pass"' $sweep/bad-short-read 'at=shorten:read#1=3'

says 'a sample' '"3, a stratified sample"' $sweep/sample
check 'the map of a sample' grep -q -E '"points":"([0-9]+[.])?1o[0-9]+[.]1o[0-9]+[.]1o([0-9]+[.])?"' "$work/result"
says 'all points' 'all"' $sweep/sample exhaustive=1
says 'a path that changes' '"path-changed","value":"[1-9]' $sweep/path-changes
says 'a path that does not' '"path-changed","value":"0"' $sweep/bad-round-of-a-loop

# The runner.
run_bounded 60 "$assay" run -t "planted=$planted" $sweep/two-bad-calls --at 'kill:read#1' \
	>"$work/output" 2>&1
check 'assay run --at: the status' test $? = 1
check 'assay run --at' grep -q '1 bad point: kill:read#1 (entry of call#3)' "$work/output"
run_bounded 60 "$assay" run -v -t "planted=$planted" $sweep/sample --exhaustive \
	>"$work/output" 2>&1
check 'assay run --exhaustive: the status' test $? = 0
check 'assay run --exhaustive' grep -q 'visited = [0-9]*, all' "$work/output"

# A runner that is killed in the middle of a point leaves no process, stopped or not.
left_now >"$work/before"
for moment in 150 300 450 700 1000 1300; do
	run_bounded 20 "$build/selftest/interrupt" KILL "$moment" process "$assay" run -j 1 \
		-t "planted=$planted" --repeat 50 "$sweep" >"$work/output" 2>&1
	check "a runner killed after $moment ms: its status" test $? = 137
	check "a runner killed after $moment ms" is_clean "$work/before"
done

finish

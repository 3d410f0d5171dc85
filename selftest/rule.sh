#!/bin/sh
# The grammar of faults: what is accepted, what is refused at which byte and how, what a
# rule means.
#   selftest/rule.sh [BUILD]
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
program=$build/selftest/rule
needs_programs "$program"

env -u CK_RUN_CASE -u CK_RUN_SUITE -u CK_FORK "$program" >"$work/tap" 2>"$work/errors"
status=$?
passed=$(grep -c '^ok ' "$work/tap")
grep '^not ok ' "$work/tap" >"$work/bad"
while read -r line; do
	fail "$line"
done <"$work/bad"
# A plan that was not kept is a failure that no line names.
planned=$(sed -n 's/^1\.\.//p' "$work/tap")
if [ "${planned:-0}" != $((passed + failed)) ] || { [ $status != 0 ] && [ $failed = 0 ]; }; then
	fail "ended with status $status after $passed of ${planned:-unknown} tests" "$work/errors"
fi

# Each example in the last column of a table of the manual is a rule.
# shellcheck disable=SC2016 # backticks of Markdown
sed -n 's/.*| `\([a-z]*:.*\)` |$/\1/p' docs/injection.md | sed 's/\\|/|/g' >"$work/shown"
[ "$(wc -l <"$work/shown")" -gt 20 ] || fail 'docs/injection.md shows hardly a rule'
while IFS= read -r rule; do
	check 'docs/injection.md' "$program" "$rule"
done <"$work/shown"

finish

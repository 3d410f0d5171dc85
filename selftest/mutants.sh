#!/bin/sh
# The short form of `make mutants`: one mutant of each mechanism is noticed by the cases that
# claim its rule and by no others.  And the whole suite gives the same whether who starts a process
# goes on first or last.
#   selftest/mutants.sh [BUILD]
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
none=$build/mutants/none
needs_programs "$assay" "$worker" "$build/selftest/results" "$none/none.so" \
	"$none/parent_last.so" "$none/child_last.so"

sh selftest/mutants/run.sh "$build" --short >"$work/table" 2>&1
status=$?
passed=$(grep -c '^caught ' "$work/table")
failed=$(grep -c -e '^[A-Z][A-Z]* ' "$work/table")
if [ $status != 0 ]; then
	[ "$failed" != 0 ] || failed=1
	grep -v '^caught' "$work/table"
fi
# A sanitizer's runtime comes behind them.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0"
for order in parent_last child_last; do
	if run_bounded 200 "$assay" run -q >"$work/output" 2>&1 \
		-t "$order=exec env LD_PRELOAD='$none/$order.so' '$worker'"; then
		pass
	else
		fail "$order" "$work/output"
	fi
done
finish

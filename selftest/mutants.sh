#!/bin/sh
# The short form of `make mutants`: one mutant of each mechanism is noticed by the cases that
# claim its rule and by no others.
#   selftest/mutants.sh [BUILD]
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
needs_programs "$assay" "$worker" "$build/selftest/results" "$build/mutants/none/none.so"

sh selftest/mutants/run.sh "$build" --short >"$work/table" 2>&1
status=$?
passed=$(grep -c '^caught ' "$work/table")
failed=$(grep -c -e '^[A-Z][A-Z]* ' "$work/table")
if [ $status != 0 ]; then
	[ "$failed" != 0 ] || failed=1
	grep -v '^caught' "$work/table"
fi
finish

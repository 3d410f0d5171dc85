#!/bin/sh
# Every report against its golden file, and files written whole or not at all: the checks
# of selftest/golden/reports.sh as one group.
#   selftest/reports.sh [BUILD]
set -u
cd "$(dirname "$0")/.." || exit 2
output=$(mktemp) || exit 2
trap 'rm -f "$output"' EXIT
selftest/golden/reports.sh "${1:-build}" >"$output" 2>&1
status=$?
grep -v '^ok ' "$output"
passed=$(grep -c '^ok ' "$output")
failed=$(grep -c '^not ok ' "$output")
[ $status -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
echo "reports: $passed passed, $failed failed"
[ $status -eq 0 ] && [ "$passed" -gt 0 ]

#!/bin/sh
# The planted cases: each must end with a verdict that its .spec allows (flatten checks
# that), and with the text, the site and the leftovers of the golden file.
#   selftest/planted.sh [BUILD [--update]]
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
golden=selftest/golden/planted.txt
needs_programs "$planted" "$planted-gc" "$build/selftest/empty-worker" "$flatten"

# comparable FILE OTHER: the lines of FILE whose case could be tried in both.
comparable()
{
	awk -F '\t' 'NR == FNR { if ($2 ~ /announced/) skip[$1] = 1; next }
		$2 !~ /announced/ && !($1 in skip)' "$2" "$1"
}

# compare WHAT GOLDEN ACTUAL: every line is a check of its own.
compare()
{
	comparable "$2" "$3" >"$work/wanted"
	comparable "$3" "$2" >"$work/got"
	if ! diff -U 0 "$work/wanted" "$work/got" >"$work/diff"; then
		grep '^[-+][^-+]' "$work/diff" >"$work/lines"
		fail "$1: - wanted, + got" "$work/lines"
	fi
	passed=$((passed + $(comm -12 "$work/wanted" "$work/got" | wc -l)))
}

# flat WHAT FILE COMMAND...: flattens a worker into FILE, sorted.
flat()
{
	what=$1
	file=$2
	shift 2
	run_bounded 300 "$@" >"$file.raw" 2>"$work/violations"
	status=$?
	LC_ALL=C sort "$file.raw" >"$file"
	if [ $status = 0 ]; then
		pass
	else
		fail "$what: what no run may do (status $status)" "$work/violations"
	fi
}

LC_ALL=C
export LC_ALL
flat 'as it is' "$work/first" "$flatten" "$planted"
if [ "${2:-}" = --update ]; then
	cp "$work/first" "$golden"
fi
compare 'golden' "$golden" "$work/first"

# Backwards, in a hostile environment: the same.
flat 'backwards, in a hostile environment' "$work/second" \
	env CK_FORK=no CK_RUN_CASE=none CK_RUN_SUITE=none CK_INCLUDE_TAGS=none \
	CK_DEFAULT_TIMEOUT=0.001 CK_TIMEOUT_MULTIPLIER=0.001 CK_VERBOSITY=verbose \
	CK_LOG_FILE_NAME=/nonexistent/log CK_TAP_LOG_FILE_NAME=- CK_XML_LOG_FILE_NAME=- \
	TMPDIR=/nonexistent TEMP=/nonexistent LC_ALL=tr_TR.UTF-8 \
	"$flatten" --reverse "$planted"
compare 'backwards, in a hostile environment' "$work/first" "$work/second"

# A linker that drops what nobody calls drops no case.
printf 'list\nquit\n' | run_bounded 20 "$planted" | grep '"type":"case"' >"$work/list"
printf 'list\nquit\n' | run_bounded 20 "$planted-gc" | grep '"type":"case"' >"$work/list-gc"
check 'cases are lost with --gc-sections' cmp "$work/list" "$work/list-gc"
check 'no case is listed' test -s "$work/list"

run_bounded 20 "$build/selftest/empty-worker" </dev/null >"$work/out" 2>"$work/errors"
check 'a worker without cases does not exit with 3' test $? = 3
check 'a worker without cases does not say so' grep -q 'no cases linked' "$work/errors"

finish

#!/bin/sh
# Shuffled runs with two workers: no verdict changes from run to run.
#   selftest/steady.sh [BUILD [RUNS] [PATTERN...] [--load] [--user]]
# RUNS is 3 unless given; of all cases, or those that the patterns choose.  With --load
# stress-ng keeps every processor busy meanwhile; with --user an ordinary user runs it (only
# root can ask for that).
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
results=$build/selftest/results
needs_programs "$assay" "$worker" "$results"
[ $# -gt 0 ] && shift
runs=3
words=
load=
patterns=
for word in "$@"; do
	case $word in
	--load) load=yes ;;
	--user) words='setpriv --reuid 65534 --regid 65534 --clear-groups' ;;
	-*)
		echo "steady: '$word' is neither a number of runs nor a pattern nor --load nor --user" >&2
		exit 2
		;;
	*[!0-9]*) patterns="$patterns $word" ;;
	*) runs=$word ;;
	esac
done

if [ -n "$load" ]; then
	# Bounded by its own clock, should this script be killed.
	stress-ng --quiet --cpu "$(($(nproc) * 2))" --timeout $((runs * 60)) &
	stress=$!
	trap 'kill "$stress" 2>/dev/null; rm -rf "$work"' EXIT
fi

mkdir "$work/runs"
chmod 777 "$work/runs"
for run in $(seq 0 "$runs"); do
	file=$work/runs/$run.json
	# The first run is in order, the seeds of the others are printed with a failure.
	shuffle=
	[ "$run" = 0 ] || shuffle=--shuffle
	# shellcheck disable=SC2086 # several words or none
	run_bounded 300 $words "$assay" run $shuffle -q -o "json:$file" $patterns \
		>"$work/output" 2>&1
	status=$?
	if [ ! -s "$file" ]; then
		fail "run $run ended with status $status and no results" "$work/output"
		continue
	fi
	"$results" "$file" >"$work/now"
	if [ "$run" = 0 ]; then
		cp "$work/now" "$work/first"
		first_status=$status
		check 'no cases' test -s "$work/first"
		continue
	fi
	diff "$work/first" "$work/now" >"$work/differ"
	if [ -s "$work/differ" ] || [ "$status" != "$first_status" ]; then
		fail "run $run, seed $("$results" "$file" seed): status $status, first $first_status" \
			"$work/differ"
	else
		pass
	fi
done

finish

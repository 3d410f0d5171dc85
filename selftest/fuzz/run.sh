#!/bin/sh
# Runs the fuzz targets, each for SECONDS, from the lines of its .seeds file and what
# earlier runs found worth keeping in BUILD/fuzz/corpus.  One line a target; what broke one
# is shown, and its input is kept in BUILD/fuzz.
#   selftest/fuzz/run.sh BUILD SECONDS [TARGET...]
set -u
here=$(dirname "$0")
build=$1
seconds=$2
shift 2
status=0

# Each line of a .seeds file is one input; \n in it is a line break, \\ a backslash.
plant_seeds() # plant_seeds TARGET FOLDER
{
	number=0
	[ -f "$here/$1.seeds" ] || return 0
	while IFS= read -r line; do
		number=$((number + 1))
		printf '%b' "$line" >"$2/seed-$number"
	done <"$here/$1.seeds"
}

run_target() # run_target TARGET
{
	corpus=$build/fuzz/corpus/$1
	log=$build/fuzz/$1.log
	mkdir -p "$corpus"
	plant_seeds "$1" "$corpus"
	"$build/fuzz/$1" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=4096 \
		-artifact_prefix="$build/fuzz/$1-" "$corpus" >"$log" 2>&1
	ended=$?
	runs=$(sed -n 's/^Done \([0-9]*\) runs.*/\1/p' "$log")
	if [ $ended = 0 ] && [ -n "$runs" ]; then
		echo "fuzz $1: $runs inputs in $seconds s, nothing found"
	else
		status=1
		echo "fuzz $1: ended with status $ended"
		grep -v '^#\|^INFO' "$log" | head -60
	fi
}

[ $# -gt 0 ] || for source in "$here"/*.c; do
	set -- "$@" "$(basename "$source" .c)"
done
for target; do
	run_target "$target"
done
exit $status

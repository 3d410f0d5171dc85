#!/bin/sh
# Runs the self-tests: every script of this folder is a group (lib.sh says what a group
# is).  One line a group, what failed before it, and a last line with the sums.
#   selftest/run.sh [BUILD [GROUP...]]
# As root a group for each processor runs at a time; what looks for leftovers has a world of
# its own then.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 2
build=${1:-build}
[ $# -gt 0 ] && shift
work=$(mktemp -d "${TMPDIR:-/tmp}/assay-selftest.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Those that take longest come first.
groups()
{
	first='privileges foreign mutants build'
	for name in $first; do
		echo "$name"
	done
	for script in "$here"/*.sh; do
		name=$(basename "$script" .sh)
		case " run lib $first " in
		*" $name "*) ;;
		*) echo "$name" ;;
		esac
	done
}

# shellcheck disable=SC2046 # one word a group
[ $# -gt 0 ] || set -- $(groups)
for name in "$@"; do
	if [ ! -f "$here/$name.sh" ]; then
		echo "no group is called '$name'; there are: $(groups | sort | tr '\n' ' ')" >&2
		exit 2
	fi
done

# One group: WORK/NAME.counts holds what passed and failed, the first two numbers of its last
# line; one that ends badly without a failure to its name is one failure.
# shellcheck disable=SC2016 # expanded by the inner shell
one='sh "$1/$4.sh" "$2" >"$3/$4" 2>&1
	status=$?
	set -- "$@" $(tail -n 1 "$3/$4" | sed "s/^[^:]*://" | tr -cs 0-9 "\n" | grep . | head -n 2)
	good=${5:-0} bad=${6:-0}
	if [ $status != 0 ] && [ "$bad" = 0 ]; then
		bad=1
		echo "$4: ended with status $status" >>"$3/$4"
	fi
	echo "$good $bad" >"$3/$4.counts"
	if [ "$bad" = 0 ]; then tail -n 1 "$3/$4"; else cat "$3/$4"; fi'
jobs=1
[ "$(id -u)" != 0 ] || ! unshare --mount --ipc --pid --fork --mount-proc true 2>/dev/null || jobs=$(nproc)
printf '%s\n' "$@" | xargs -n 1 -P "$jobs" sh -c "$one" sh "$here" "$build" "$work"

cat "$work"/*.counts | awk -v groups=$# '{ passed += $1; failed += $2 }
	END {
		# A group without counts was not run to its end.
		failed += groups - NR
		print passed + 0 " passed, " failed + 0 " failed"
		exit !(failed == 0 && passed > 0)
	}'

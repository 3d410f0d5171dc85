#!/bin/sh
# Runs the self-tests: every script of this folder is a group (lib.sh says what a group
# is).  One line a group, what failed before it, and a last line with the sums.
#   selftest/run.sh [BUILD [GROUP...]]
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 2
build=${1:-build}
[ $# -gt 0 ] && shift
passed=0
failed=0
output=$(mktemp) || exit 2
trap 'rm -f "$output"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

groups()
{
	for script in "$here"/*.sh; do
		name=$(basename "$script" .sh)
		case $name in
		run | lib) ;;
		*) echo "$name" ;;
		esac
	done
}

# The counts are the first two numbers of the group's last line.
count_of() # count_of 1|2
{
	tail -n 1 "$output" | sed 's/^[^:]*://' | tr -cs '0-9' '\n' | grep . | sed -n "$1p"
}

run_group()
{
	name=$1
	if [ ! -f "$here/$name.sh" ]; then
		echo "no group is called '$name'; there are: $(groups | tr '\n' ' ')" >&2
		exit 2
	fi
	sh "$here/$name.sh" "$build" >"$output" 2>&1
	status=$?
	good=$(count_of 1)
	bad=$(count_of 2)
	# A group that ends badly without a failure to its name is one failure.
	if [ $status != 0 ] && [ "${bad:-0}" = 0 ]; then
		bad=$((${bad:-0} + 1))
		echo "$name: ended with status $status"
	fi
	if [ "${bad:-0}" != 0 ]; then
		cat "$output"
	else
		tail -n 1 "$output"
	fi
	passed=$((passed + ${good:-0}))
	failed=$((failed + ${bad:-0}))
}

# shellcheck disable=SC2046 # one word a group
[ $# -gt 0 ] || set -- $(groups)
for name in "$@"; do
	run_group "$name"
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]

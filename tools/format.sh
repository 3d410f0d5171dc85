#!/bin/sh
# format: clang-format over C files, save the head of a CASE and a SWEEP, whose fields stay one a line.
#   tools/format.sh [--check] FILE...
# Rewrites the files; with --check only names, as FILE:LINE: RULE, the first line of each
# that would change, and exits 1 when there is any.
set -u
check=
if [ "${1-}" = --check ]; then
	check=$1
	shift
fi
# Many files are shared out among the processors.
many=16
if [ $# -gt $many ]; then
	# shellcheck disable=SC2086 # an option or none
	printf '%s\n' "$@" | xargs -n $many -P "$(nproc)" "$0" $check || exit 1
	exit 0
fi
formatted=$(mktemp) || exit 2
trap 'rm -f "$formatted"' EXIT
status=0

# The head travels through clang-format as comments above a function that stands for it.
hide_heads()
{
	awk '
		/^(CASE|CASE_EACH|HELPER)\(/ { head = 1 }
		/^SWEEP\(/ { sweep = 1 }
		head && /^{/ { head = 0; print "void the_case(void)" }
		{ print (head || sweep ? "//::" : "") $0 }
		sweep && /\);$/ { sweep = 0 }
	' "$1"
}

show_heads()
{
	sed '/^void the_case(void)$/d; s|^//::||'
}

for file; do
	hide_heads "$file" | clang-format --assume-filename="$file" | show_heads >"$formatted"
	line=$(cmp "$file" "$formatted" 2>&1 | sed -n 's/.*line \([0-9]*\).*/\1/p')
	[ -n "$line" ] || continue
	if [ -n "$check" ]; then
		echo "$file:$line: not as .clang-format wants it"
		status=1
	else
		cat "$formatted" >"$file"
	fi
done
exit $status

#!/bin/sh
# The cases that nothing has ever made fail: no mutant, as the manifests say, no known deviation,
# as expectations/ says, and, of facts, not this machine.  One a line, with a count for each
# mechanism.
#   selftest/mutants/never_failed.sh BUILD [MECHANISM...]
# Without a mechanism: those that have mutants.  It is a list of work: exits 0, also with cases in
# it; 2 when it could not be made.
set -u
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd) || exit 2
build=$(cd "${1:-build}" && pwd) || exit 2
[ $# = 0 ] || shift
if [ $# = 0 ]; then
	for manifest in "$here"/*/manifest; do
		set -- "$@" "$(basename "$(dirname "$manifest")")"
	done
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/assay-selftest.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
printf 'list\nquit\n' | "$build/assay-worker" |
	sed -n 's/^{"type":"case","id":"\([^"]*\)".*/\1/p' | awk -v wanted="$*" '
		BEGIN { split(wanted, mechanisms, " "); for (i in mechanisms) is_wanted[mechanisms[i]] = 1 }
		{ split($1, part, "/") }
		part[1] in is_wanted' >"$work/all"
awk '
	# The globs of expectations and the tables of manifests, as regular expressions.
	function expression(glob) {
		gsub(/[.+(){}|^$]/, "\\\\&", glob)
		gsub(/\*/, ".*", glob)
		gsub(/\?/, ".", glob)
		return "^" glob "$"
	}
	FILENAME == "-" {
		if ($1 in plain) next
		for (i = 1; i <= globs; i++) if ($1 ~ glob[i]) next
		print
		next
	}
	/^[#a-z]/ && FILENAME ~ /manifest$/ { next }
	/^[ \t]*(#|$)/ { next }
	{
		id = $1
		if (id == "broken" || id == "maybe") next # a disturbed case proved nothing
		if (FILENAME ~ /txt$/ && $2 !~ /fail|leak|crash|timeout/) next
		if (id ~ /[*?]/) glob[++globs] = expression(id)
		else plain[id] = 1
	}' "$here"/*/manifest "$here"/../../expectations/*.txt - <"$work/all" >"$work/never"
: >"$work/now"
if [ -s "$work/never" ]; then
	# shellcheck disable=SC2046 # one word a case
	"$build/assay" run -q -o "json:$work/json" $(cat "$work/never") >"$work/said" 2>&1
	if ! "$build/selftest/results" "$work/json" verdicts >"$work/now"; then
		cat "$work/said" >&2
		exit 2
	fi
fi
awk -F '\t' -v wanted="$*" '
	FILENAME == ARGV[1] { split($1, part, "/"); total[part[1]]++; next }
	$2 == "fail" { next }
	{ print $1; split($1, part, "/"); never[part[1]]++ }
	END {
		count = split(wanted, mechanisms, " ")
		for (i = 1; i <= count; i++)
			printf "%s: %d of %d cases were never seen failing\n", mechanisms[i],
				never[mechanisms[i]], total[mechanisms[i]]
	}' "$work/all" "$work/now"

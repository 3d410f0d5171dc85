#!/bin/sh
# The cases that nothing has ever made fail: no mutant, as the manifests say, and no known
# deviation, as expectations/ says.  One a line, with a count for each mechanism.
#   selftest/mutants/never_failed.sh BUILD [MECHANISM...]
# Without a mechanism: those that have mutants.  Always exits 0: it is a list of work.
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
printf 'list\nquit\n' | "$build/assay-worker" |
	sed -n 's/^{"type":"case","id":"\([^"]*\)".*/\1/p' |
	awk -v wanted="$*" '
		# The globs of expectations and the tables of manifests, as regular expressions.
		function expression(glob) {
			gsub(/[.+(){}|^$]/, "\\\\&", glob)
			gsub(/\*/, ".*", glob)
			gsub(/\?/, ".", glob)
			return "^" glob "$"
		}
		BEGIN {
			count = split(wanted, mechanisms, " ")
			for (i = 1; i <= count; i++) is_wanted[mechanisms[i]] = 1
		}
		FILENAME == "-" {
			split($1, part, "/")
			if (!(part[1] in is_wanted)) next
			total[part[1]]++
			if ($1 in plain) next
			for (i = 1; i <= globs; i++) if ($1 ~ glob[i]) next
			print
			never[part[1]]++
			next
		}
		/^[#a-z]/ && FILENAME ~ /manifest$/ { next }
		/^[ \t]*(#|$)/ { next }
		{
			id = $1
			if (id == "broken" || id == "maybe") next # a disturbed case proved nothing
			if (id ~ /[*?]/) glob[++globs] = expression(id)
			else plain[id] = 1
		}
		END {
			for (i = 1; i <= count; i++)
				printf "%s: %d of %d cases were never seen failing\n", mechanisms[i],
					never[mechanisms[i]], total[mechanisms[i]]
		}' "$here"/*/manifest "$here"/../../expectations/*.txt -

#!/bin/sh
# Writes into its manifest which cases noticed a mutant, for run.sh --update.  A table whose
# rows all did is one line; what is listed as "maybe", or cannot be tried here, stays.
#   selftest/mutants/update.sh WORK MECHANISM/RULE
set -u
export LC_ALL=C
work=$1 mutant=$2
mechanism=${mutant%/*}
manifest=$(dirname "$0")/$mechanism/manifest

awk -F '\t' '
	function table_of(id) { return sub(/\.[^.\/]*$/, ".*", id) ? id : "" }
	{ bare = $1; word = "" }
	match(bare, /^(broken|maybe) /) {
		word = substr(bare, 1, RLENGTH)
		bare = substr(bare, RLENGTH + 1)
	}
	FILENAME == ARGV[1] { # ID VERDICT, without a mutant
		base[bare] = $2
		if ($2 == "pass") rows[table_of(bare)]++
		next
	}
	FILENAME == ARGV[2] { # what is listed
		if (word == "maybe ") {
			maybe[bare] = 1
			print
		} else if ((bare in base) && base[bare] != "pass") {
			print
		}
		next
	}
	(bare in maybe) || (table_of(bare) in maybe) { next }
	{ noticed[$1] = word table_of(bare); count[word table_of(bare)]++ }
	END {
		for (line in noticed) {
			table = noticed[line]
			bare = table
			sub(/^broken /, "", bare)
			all = bare != "" && rows[bare] > 1 && count[table] == rows[bare]
			print all ? table : line
		}
	}' "$work/base/$mechanism" "$work/expected/$mutant" "$work/turned/$mutant" |
	sort -u >"$work/lines"
awk -v name="${mutant#*/}" -v lines="$work/lines" '
	/^[a-z0-9_]/ { mine = $1 == name ":" || $1 == name }
	/^\t/ && mine { next }
	{ print }
	/^[a-z0-9_]/ && mine { while ((getline line <lines) > 0) print "\t" line }' \
	"$manifest" >"$work/manifest"
cp "$work/manifest" "$manifest"

#!/bin/sh
# One mutant: runs the cases of its mechanism under it, and says which noticed.  run.sh
# starts several at once and has put into WORK what the mechanism gives without a mutant.
#   selftest/mutants/one.sh BUILD WORK MECHANISM/RULE
# Leaves in WORK/turned/MECHANISM/RULE the cases that turned from pass, as a manifest has them.
set -u
export LC_ALL=C
build=$1 work=$2 mutant=$3
mechanism=${mutant%/*}
mine=$work/of/$mutant
mkdir -p "$mine" "$work/turned/$mechanism" "$work/result/$mechanism"

# run_cases IDS DEADLINE OUT [JOBS]: "ID<tab>VERDICT" of the cases in the file IDS.
run_cases()
{
	if [ ! -s "$1" ]; then
		: >"$3"
		return
	fi
	# shellcheck disable=SC2046 # one word a case
	"$build/assay" run -q -j "${4:-1}" --timeout "$2" -o "json:$mine/json" \
		-t "mutant=exec env LD_PRELOAD='$build/mutants/$mutant.so' '$build/assay-worker'" \
		$(cat "$1") >"$mine/said" 2>&1
	[ $? -le 1 ] && "$build/selftest/results" "$mine/json" verdicts >"$3"
}

# What turned: a case that cannot be tried under the mutant (broken) does not notice it, but
# is disturbed by it, and is listed as such.
turned() # turned VERDICTS
{
	awk -F '\t' 'NR == FNR { base[$1] = $2; next }
		base[$1] != "pass" || $2 == "pass" { next }
		$2 == "broken" || $2 == "unsupported" { print "broken " $1; next }
		{ print $1 }' "$work/base/$mechanism" "$1" | sort
}

# run_hurried_and_unhurried IDS OUT: what has a deadline of its own waits for a time, without a
# processor: all at once, and not for half a second only.
run_hurried_and_unhurried()
{
	comm -23 "$1" "$work/unhurried/$mechanism" >"$mine/hurried"
	comm -12 "$1" "$work/unhurried/$mechanism" >"$mine/unhurried"
	run_cases "$mine/hurried" 500ms "$2" || return
	run_cases "$mine/unhurried" 3s "$mine/again" 4 || return
	cat "$mine/again" >>"$2"
}

# join_verdicts NEW: they replace those of the same cases in mine/verdicts.
join_verdicts()
{
	awk -F '\t' 'NR == FNR { again[$1] = $2; next }
		{ print $1 "\t" ($1 in again ? again[$1] : $2) }' \
		"$1" "$mine/verdicts" >"$mine/both"
	mv "$mine/both" "$mine/verdicts"
	turned "$mine/verdicts" >"$mine/turned"
}

# try_again_slept: a case that finds a lost race does not find it each time.
try_again_slept()
{
	for _ in 1 2 3 4 5 6 7 8; do
		comm -23 "$mine/wanted" "$mine/turned" | grep -v '^broken ' >"$mine/slept" || return
		run_hurried_and_unhurried "$mine/slept" "$mine/once_more" || return
		join_verdicts "$mine/once_more"
	done
}

# The manifest's lines with their rows, without what cannot be tried here.  What is a matter of a
# race is listed as "maybe".
awk -F '\t' 'NR == FNR { base[$1] = $2; next }
	{ word = ""; id = $0 }
	match(id, /^(broken|maybe) /) { word = substr(id, 1, RLENGTH); id = substr(id, RLENGTH + 1) }
	id ~ /\.\*$/ {
		start = substr(id, 1, length(id) - 1)
		for (one in base)
			if (index(one, start) == 1) { found[id] = 1; if (base[one] == "pass") print word one }
		if (!found[id]) print "unknown " id
		next
	}
	!(id in base) { print "unknown " id; next }
	base[id] == "pass" { print word id }' \
	"$work/base/$mechanism" "$work/expected/$mutant" | sort -u >"$mine/listed"
grep -v "^maybe " "$mine/listed" >"$mine/wanted"
sed -n "s/^maybe //p" "$mine/listed" | sort >"$mine/maybe"

cp "$work/ids/$mechanism" "$mine/ids"
grep -q sweeps "$work/flags/$mutant" ||
	comm -23 "$work/ids/$mechanism" "$work/sweeps/$mechanism" >"$mine/ids"

# Of those that must not notice every fourth, which ones is a matter of the mutant's name.
if [ -e "$work/is-sampled" ]; then
	awk -v name="$mutant" '
		FILENAME != ARGV[2] { listed[$NF] = 1; next }
		FNR == 1 { for (at = 1; at <= length(name); at++) skew += at * index("abcdefghijklmnopqrstuvwxyz", substr(name, at, 1)) }
		($0 in listed) || (FNR + skew) % 4 == 0' "$mine/listed" "$mine/ids" >"$mine/sample"
	mv "$mine/sample" "$mine/ids"
fi

# The loader only warns of a library that it cannot load, and the runner keeps that to itself.
env LD_PRELOAD="$build/mutants/$mutant.so" true >"$mine/said" 2>&1
said=caught
if [ ! -s "$mine/said" ] && run_hurried_and_unhurried "$mine/ids" "$mine/verdicts"; then
	turned "$mine/verdicts" >"$mine/turned"
	# A deadline that short is only to be trusted where it was expected, and what could not be
	# tried may have lacked what another process of the same user had.
	comm -13 "$mine/wanted" "$mine/turned" | sed 's/^broken //' | awk -F '\t' '
		NR == FNR { surprise[$1] = 1; next }
		($2 == "timeout" || $2 == "broken") && ($1 in surprise) { print $1 }' \
		- "$mine/verdicts" >"$mine/slow"
	if [ -s "$mine/slow" ] && run_cases "$mine/slow" 10s "$mine/again"; then
		join_verdicts "$mine/again"
	fi
	try_again_slept
else
	said=BROKEN
	: >"$mine/turned"
fi
cp "$mine/turned" "$work/turned/$mutant"

comm -23 "$mine/wanted" "$mine/turned" >"$mine/slept"
comm -13 "$mine/wanted" "$mine/turned" | awk '
	FILENAME != "-" { maybe[$1] = 1; next }
	!($NF in maybe)' "$mine/maybe" - >"$mine/also"
noticed=$(grep -vc '^broken ' "$mine/turned")
if [ $said = BROKEN ]; then
	:
elif [ "$noticed" = 0 ] && [ ! -s "$mine/wanted" ] && [ -s "$work/expected/$mutant" ]; then
	said=untried
elif [ "$noticed" = 0 ]; then
	said=MISSED
elif [ -s "$mine/slept" ] || [ -s "$mine/also" ]; then
	said=DIFFERS
fi
{
	printf '%-7s  %-36s %3d  %s\n' "$said" "$mutant" "$noticed" "$(cat "$work/words/$mutant")"
	awk -F '\t' -v most="${MUTANTS_SHOWN:-3}" 'NR == FNR { verdict[$1] = $2; next }
		/^broken / { next }
		++shown <= most { printf "\t%-8s %s\n", verdict[$1], $1 }
		END { if (shown > most) printf "\t         and %d more\n", shown - most }' \
		"$mine/verdicts" "$mine/turned"
	if [ $said = BROKEN ]; then
		sed 's/^/\t/' "$mine/said"
	else
		sed 's/^/\tlisted, but did not notice: /' "$mine/slept"
		sed 's/^/\tnoticed, but is not listed: /' "$mine/also"
	fi
} >"$mine/block" 2>&1
echo "$said" >"$work/result/$mutant"
cat "$mine/block"
rm -rf "$mine"

#!/bin/sh
# Mutants: each breaks one rule, and exactly the cases that its manifest lists must notice.
#   selftest/mutants/run.sh BUILD [--short] [--whole] [--update] [MECHANISM[/RULE]...]
# Under each mutant run the cases that its manifest lists, and of those that must not notice
# every fourth, others under each mutant; with --whole, with --update, and where a mutant is
# named, all cases of its mechanism.
# --short runs the first mutant of each manifest; --update writes what noticed into the
# manifests instead of judging it (look at the difference before you keep it).  One block a
# mutant and a last line with the sums; exits 1 when one was missed, or noticed by other cases
# than its manifest says.
set -u
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd) || exit 2
build=$(cd "${1:-build}" && pwd) || exit 2
shift
short='' update='' whole=''
while :; do
	case ${1:-} in
	--short) short=yes ;;
	--update) update=yes whole=yes ;;
	--whole) whole=yes ;;
	-*)
		sed -n '2,/^set/s/^# //p' "$0" >&2
		exit 2
		;;
	*) break ;;
	esac
	shift
done
work=$(mktemp -d "${TMPDIR:-/tmp}/assay-selftest.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir "$work/base" "$work/ids" "$work/sweeps" "$work/unhurried"
[ -n "$whole" ] || [ $# -gt 0 ] || touch "$work/is-sampled"
# A sanitizer's runtime comes behind the mutant.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0"

# take_manifest MECHANISM: WORK/{words,flags,expected}/MECHANISM/RULE for each mutant, and their
# names on standard output.
take_manifest()
{
	mkdir -p "$work/words/$1" "$work/flags/$1" "$work/expected/$1"
	awk -v work="$work" -v mechanism="$1" '
		/^#/ || /^$/ { next }
		/^[a-z0-9_]+( \[sweeps\])?: / {
			name = $1
			sub(/:$/, "", name)
			at = "/" mechanism "/" name
			words = $0
			sub(/^[^:]*: /, "", words)
			print words >(work "/words" at)
			print($2 == "[sweeps]:" ? "sweeps" : "") >(work "/flags" at)
			printf "" >(work "/expected" at)
			print mechanism "/" name
			next
		}
		/^\t[^\t ]/ && name { sub(/^\t/, ""); print >(work "/expected" at); next }
		{ print FILENAME ":" FNR ": not understood: " $0 >"/dev/stderr" }' \
		"$here/$1/manifest"
}

# is_wanted NAME WANTED...: whether one of WANTED, if there is any, names it.
is_wanted()
{
	name=$1
	shift
	[ $# -gt 0 ] || return 0
	for want in "$@"; do
		[ "$name" = "$want" ] || [ "${name%/*}" = "$want" ] && return 0
	done
	return 1
}

# base_with PRELOAD MECHANISM: "ID<tab>VERDICT" of the chosen cases, with a library preloaded.
base_with()
{
	# shellcheck disable=SC2046 # one word a case
	"$build/assay" run -q -o "json:$work/json" \
		-t "mutant=exec env LD_PRELOAD='$1' '$build/assay-worker'" \
		$(cat "$work/chosen") >"$work/said" 2>&1
	"$build/selftest/results" "$work/json" verdicts | sort
	rm -f "$work/json"
}

# find_base MECHANISM: its cases, and what they give with a library that breaks nothing, which
# must be what they give alone.
find_base()
{
	cases='"id":"\('$1'/[^"]*\)"'
	sed -n "s|.*$cases.*|\1|p" "$work/list" | sort >"$work/ids/$1"
	sed -n "/\"needs\":\[[^]]*\"\(trace\|call-stops\)\"/s|.*$cases.*|\1|p" "$work/list" | sort >"$work/sweeps/$1"
	sed -n '/"deadline_ms":5000,/!s|.*'"$cases"'.*|\1|p' "$work/list" | sort |
		comm -23 - "$work/sweeps/$1" >"$work/unhurried/$1"
	cp "$work/ids/$1" "$work/chosen"
	# shellcheck disable=SC2046 # one word a mutant
	grep -q sweeps $(sed "s|^|$work/flags/|" "$work/mutants") ||
		comm -23 "$work/ids/$1" "$work/sweeps/$1" >"$work/chosen"
	base_with "$build/mutants/none/none.so" >"$work/base/$1"
	cp "$work/base/$1" "$work/alone"
	[ -n "$short" ] || base_with '' >"$work/alone"
	if ! diff "$work/alone" "$work/base/$1" >"$work/differ" || [ ! -s "$work/alone" ]; then
		echo "DIFFERS  a library that breaks nothing changes what $1 gives:"
		sed 's/^/\t/' "$work/differ"
		echo DIFFERS >"$work/result-$1"
	fi
	# What no mutant runs is still known to the manifests.
	comm -23 "$work/ids/$1" "$work/chosen" | sed 's/$/\tnot run/' >>"$work/base/$1"
}

for manifest in "$here"/*/manifest; do
	mechanism=$(basename "$(dirname "$manifest")")
	take_manifest "$mechanism" | if [ -n "$short" ]; then head -n 1; else cat; fi
done >"$work/all" 2>"$work/problems"
if [ -s "$work/problems" ]; then
	cat "$work/problems" >&2
	exit 2
fi
while read -r name; do
	if is_wanted "$name" "$@"; then echo "$name"; fi
done <"$work/all" >"$work/mutants"
if [ ! -s "$work/mutants" ]; then
	echo "no mutant is called that; there are:" >&2
	cat "$work/all" >&2
	exit 2
fi
printf 'list\nquit\n' | "$build/assay-worker" >"$work/list"
sed 's|/.*||' "$work/mutants" | sort -u >"$work/mechanisms"
while read -r mechanism; do
	find_base "$mechanism" </dev/null
done <"$work/mechanisms"
# Twice as many as processors: much of what is mutated only waits for its deadline.
xargs -n 1 -P "$(($(nproc) * 2))" sh "$here/one.sh" "$build" "$work" <"$work/mutants"

if [ -n "$update" ]; then
	while read -r name; do
		sh "$here/update.sh" "$work" "$name"
	done <"$work/mutants"
	exit 0
fi
while read -r name; do
	cat "$work/result/$name" || echo BROKEN
done <"$work/mutants" >"$work/results"
cat "$work"/result-* >>"$work/results" 2>/dev/null
caught=$(grep -c '^caught$' "$work/results")
untried=$(grep -c '^untried$' "$work/results")
bad=$(grep -vc -e '^caught$' -e '^untried$' "$work/results")
[ "$untried" = 0 ] || echo "$untried cannot be tried here"
echo "mutants: $caught caught, $bad missed or differ"
[ "$bad" = 0 ] && [ "$caught" -gt 0 ]

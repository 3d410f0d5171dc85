#!/bin/sh
# Reports against their schemas in docs/: results, a comparison, a sweep, and each with one
# thing wrong.
#   selftest/schema.sh [BUILD]
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
schema=$build/selftest/schema
victim=$build/selftest/victim
needs_programs "$assay" "$worker" "$planted" "$schema" "$victim"
results=$PWD/docs/results.schema.json
comparisons=$PWD/docs/comparison.schema.json
sweeps=$PWD/docs/sweep.schema.json

# valid SCHEMA FILE; broken SCHEMA FILE WHAT SED: after that change it is refused, for WHAT.
valid()
{
	check "$2 is not as ${1##*/} says" "$schema" "$1" "$2"
}
broken()
{
	sed "$4" "$2" >"$work/broken.json"
	check "$4 changes nothing" test "$(cmp -s "$2" "$work/broken.json" && echo same)" = ''
	"$schema" "$1" "$work/broken.json" 2>"$work/errors"
	check "${2##*/} after $4 passes" test $? = 1
	check "what is wrong after $4 is not said" grep -q -e "$3" "$work/errors"
}

golden=$PWD/selftest/golden/reports/report.json
valid "$results" "$golden"
run_bounded 120 "$assay" run -o "json:$work/results.json" -t "p=$planted" 'planted/claim/*' \
	'planted/sweep/*' 'planted/failing/*' >/dev/null 2>&1
valid "$results" "$work/results.json"
run_bounded 60 "$assay" run --repeat 2 --shuffle=7 --shard 1/2 -o "json:$work/again.json" \
	pipe/open >/dev/null 2>&1
valid "$results" "$work/again.json"
broken "$results" "$golden" 'another constant' 's/assay-results\/1/assay-results\/2/'
broken "$results" "$golden" 'lacks wall_us' '/"wall_us"/d'
broken "$results" "$golden" 'schema says nothing' 's/"wall_us"/"wall_ms": 1, "wall_us"/'
broken "$results" "$golden" 'none of the words' 's/"word": "pass"/"word": "passed"/'
broken "$results" "$golden" 'no boolean' 's/"was_run": true/"was_run": "yes"/'

sed 's/"verdict": "fail"/"verdict": "pass"/' "$work/results.json" >"$work/better.json"
"$assay" compare "$work/better.json" "$work/results.json" -o "json:$work/compared.json"
valid "$comparisons" "$work/compared.json"
"$assay" compare "$work/again.json" "$work/results.json" -o "json:$work/others.json"
valid "$comparisons" "$work/others.json"
broken "$comparisons" "$work/compared.json" 'lacks counts' 's/"counts"/"count"/'
broken "$comparisons" "$work/compared.json" 'none of the words' 's/"change": "regressed"/"change": "worse"/'
broken "$comparisons" "$work/compared.json" 'none of the words' 's/"old": "pass"/"old": "good"/'

cd "$work" || exit 2
mkdir here
cd here || exit 2
run_bounded 60 "$assay" sweep --calls mkdir --errno ENOSPC,EROFS -o "json:$work/sweep.json" -- \
	"$victim" crash >/dev/null 2>&1
valid "$sweeps" "$work/sweep.json"
run_bounded 60 "$assay" sweep --shard 1/2 --calls write --short --rule fill:fds --rule limit:nofile=3 \
	-o "json:$work/rules.json" -- "$victim" same >/dev/null 2>&1
valid "$sweeps" "$work/rules.json"
broken "$sweeps" "$work/sweep.json" 'another constant' 's/assay-sweep\/1/assay-sweep\/2/'
broken "$sweeps" "$work/sweep.json" 'lacks class' '/"class": "crash"/d'
broken "$sweeps" "$work/sweep.json" 'none of the words' 's/"class": "crash"/"class": "bad"/'
broken "$sweeps" "$work/sweep.json" 'does not match' 's/"error": "EROFS"/"error": "30"/'
broken "$sweeps" "$work/sweep.json" 'below 1' 's/"occurrence": 2/"occurrence": 0/'
broken "$sweeps" "$work/sweep.json" 'schema says nothing' 's/"seen"/"often": 1, "seen"/'

# A word that the checker does not know is no silent pass.
sed 's/"minimum"/"maximum"/' "$sweeps" >"$work/unknown.json"
"$schema" "$work/unknown.json" "$work/sweep.json" 2>"$work/errors"
check 'an unknown word of a schema passes' grep -q "'maximum', which is not checked" "$work/errors"
finish

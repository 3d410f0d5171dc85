#!/bin/sh
# Reports read back: compared, held against as a baseline, merged from shards; files that are
# no reports are refused by name.
#   selftest/compare.sh [BUILD]
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
fake=$build/selftest/fake-worker
needs_programs "$assay" "$worker" "$planted" "$fake"
LC_ALL=C
export LC_ALL

# ends STATUS ARGUMENT...: `assay ARGUMENT...` ends with STATUS; what it printed in output.
ends()
{
	wanted=$1
	shift
	run_bounded 120 "$assay" "$@" >"$work/output" 2>&1 </dev/null
	status=$?
	if [ $status = "$wanted" ]; then
		pass
	else
		fail "$*: status $status, wanted $wanted" "$work/output"
	fi
}

# has WORDS [FILE]
has()
{
	check "no '$1' in ${2:-output}" grep -q -e "$1" "$work/${2:-output}"
}

# alter ID SED: OLD.json with one case edited, as new.json.
alter()
{
	awk -v id="\"id\": \"$1\"" '
		index($0, id) { inside = 1 }
		inside { print NR }
		inside && /^  }/ { exit }' "$work/old.json" >"$work/lines"
	first=$(head -n 1 "$work/lines")
	last=$(tail -n 1 "$work/lines")
	[ -n "$first" ] || fail "old.json has no $1"
	sed "${first},${last}$2" "$work/old.json" >"$work/new.json"
}

ends 0 run pipe/open pipe/data -q -o "json:$work/old.json"
case=pipe/open/stat-reports-fifo-type
chooses=pipe/open/bidirectionality-recorded

# --- what became of a case ------------------------------------------------------------
ends 0 compare "$work/old.json" "$work/old.json"
has ' equal, 0 different, 0 bad'
alter $case 's/"verdict": "pass"/"verdict": "fail"/'
sed -i 's/^     "text": ""/     "text": "<b>"/' "$work/new.json"
ends 1 compare "$work/old.json" "$work/new.json"
has '1 regressed'
has 'pass, now fail'
ends 1 compare -q "$work/old.json" "$work/new.json"
ends 0 compare "$work/new.json" "$work/old.json"
has '1 fixed'
alter $case 's/"verdict": "pass"/"verdict": "unsupported"/'
ends 0 compare "$work/old.json" "$work/new.json"
has '1 unsupported now'
ends 0 compare "$work/new.json" "$work/old.json"
has '1 supported now'
alter $chooses 's/"value": "[^"]*"/"value": "otherwise"/'
ends 0 compare "$work/old.json" "$work/new.json"
has '1 differs'
has 'EBADF, now otherwise'
alter $case 's/open/opened/'
ends 0 compare "$work/old.json" "$work/new.json"
has '1 new'
has '1 gone'
alter $case 's/"was_run": true/"was_run": false/'
ends 0 compare "$work/old.json" "$work/new.json"
has 'was pass, was not run now'
# New, and wrong: nobody has accepted that.
ends 1 run -t "p=$planted" planted/claim -q -o "json:$work/planted.json"
ends 1 compare "$work/old.json" "$work/planted.json"
ends 0 compare "$work/planted.json" "$work/planted.json"

# --- formats -----------------------------------------------------------------------------
alter $case 's/"verdict": "pass"/"verdict": "fail"/'
ends 1 compare "$work/old.json" "$work/new.json" -o "json:$work/c.json" -o markdown
has '| \*\*regressed\*\* | <code>pipe/open/stat-reports-fifo-type</code> |'
has '"schema": "assay-comparison/1"' c.json
has '"change": "regressed"' c.json
ends 1 compare "$work/old.json" "$work/new.json" -o "html:$work/c.html"
has '"name":"local, old"' c.html
has '"name":"local, new"' c.html
has '"change":"regressed"' c.html
ends 2 compare "$work/old.json" "$work/new.json" -o tap
ends 3 compare "$work/old.json" "$work/new.json" -o "json:$work/none/such"
# What a target said is text on a page, and no more.
alter $case 's/"verdict": "pass"/"verdict": "fail"/; s/"text": ""/"text": "`|<b>\\u001b[31m[x](y) @you #1"/'
ends 1 compare "$work/old.json" "$work/new.json" -o markdown
has '&#60;b&#62;'
check 'markup gets through' test "$(grep -c '<b>\|@you\|\[x\]\|#1$' "$work/output")" = 0
check 'a control character gets through' test "$(tr -d '\n\040-\176' <"$work/output" | wc -c)" = 0
ends 1 compare "$work/old.json" "$work/new.json" --color always
check 'an escape of a target gets through' test "$(grep -c '31m\[x' "$work/output")" -le 1

# --- a baseline ----------------------------------------------------------------------------
ends 0 run pipe/open --baseline "$work/old.json"
has '^Against the baseline'
has ' 0 different, 0 bad'
alter $case 's/"verdict": "pass"/"verdict": "fail"/'
ends 0 run pipe/open --baseline "$work/new.json"
has '1 fixed'
ends 0 run -t "p=$planted" planted/claim --baseline "$work/planted.json" -o markdown
has 'Against the baseline'
ends 1 run -t "p=$planted" planted/ending --baseline "$work/planted.json" -q
ends 2 run pipe/open --baseline "$work/none.json"
has 'none.json'
ends 0 run -t local -t "b=$worker" pipe/open -q -o "json:$work/two.json"
ends 0 run -t local -t "b=$worker" pipe/open
has '^Against local'
ends 0 run -t local -t "b=$worker" pipe/open -q
check 'quiet says more than the last lines' test "$(wc -l <"$work/output")" = 2
ends 0 run -t local -t "b=$worker" pipe/open --baseline "$work/two.json" -q
has '^Against the baseline'
ends 0 run -t local -t "b=$worker" pipe/open --baseline "$work/two.json"
ends 1 run -t "b=$worker" -t "c=$worker" pipe/open --baseline "$work/two.json"
has 'target local is only in the baseline'

# --- several targets of one file -----------------------------------------------------------
ends 0 compare "$work/two.json"
has 'against local'
ends 0 compare "$work/two.json" -o "html:$work/two.html"
has '"targets":.{"name":"local",.*{"name":"b",' two.html
ends 2 compare "$work/old.json"
has 'compare it with what other file'
ends 2 compare
ends 2 compare a b c

# --- shards ----------------------------------------------------------------------------------
for k in 1 2 3; do
	ends 0 run pipe/open pipe/data --shard $k/3 -q -o "json:$work/s$k.json"
done
ends 0 merge "$work/s2.json" "$work/s3.json" "$work/s1.json" -o "json:$work/merged.json" -o terminal
ends 0 compare "$work/old.json" "$work/merged.json"
has ' 0 different, 0 bad'
ends 2 merge "$work/s1.json" "$work/s3.json"
has 'shard 2 of 3 is missing'
ends 2 merge "$work/s1.json" "$work/s2.json" "$work/s3.json" "$work/s2.json"
has 'are both shard 2 of 3'
ends 2 merge "$work/s1.json" "$work/old.json"
has 'of another run: a shard of 1, not of 3'
sed 's/"kernel": "[^"]*"/"kernel": "Hurd 0.9"/' "$work/s2.json" >"$work/hurd.json"
ends 2 merge "$work/s1.json" "$work/hurd.json" "$work/s3.json"
has "hurd.json is of another run: kernel 'Hurd 0.9'"
ends 0 run pipe/open --shard 2/3 -q -o "json:$work/other.json"
ends 2 merge "$work/s1.json" "$work/other.json" "$work/s3.json"
has 'the shards are of different choices'
ends 0 merge "$work/old.json" -o "json:$work/again.json"
grep -v '"command":\|"started":' "$work/old.json" >"$work/left"
grep -v '"command":\|"started":' "$work/again.json" >"$work/right"
check 'a report is not what it was after being read' cmp "$work/left" "$work/right"

# --- no reports -----------------------------------------------------------------------------
# refuses WORDS: new.json is refused, with WORDS.
refuses()
{
	ends 2 compare "$work/old.json" "$work/new.json"
	has "cannot use .*new.json: .*$1"
}
: >"$work/new.json"
refuses ''
echo '[]' >"$work/new.json"
refuses 'no json report'
echo '{"schema":"assay-results-set/1","runs":[]}' >"$work/new.json"
refuses 'it has 0 runs'
echo '{"schema":"assay-results-set/1","runs":[7]}' >"$work/new.json"
refuses 'no json report'
alter $case 's/"verdict": "pass"/"verdict": "maybe"/'
refuses "case $case: 'maybe' is no verdict"
alter $case 's/"level": "[a-z-]*"/"level": "iso"/'
refuses "'iso' is no level"
alter $case 's/"id": "[^"]*"/"id": "a b"/'
refuses 'a case has no id'
alter $case 's/"runs": 1/"runs": -1/'
refuses "field 'runs'"
alter $case 's/"duration_us": [0-9]*/"duration_us": "long"/'
refuses "field 'duration_us'"
alter $case "s|\"id\": \"[^\"]*\"|\"id\": \"$chooses\"|"
refuses 'twice'
sed 's/"interrupted": null/"interrupted": "SIGSEGV"/' "$work/old.json" >"$work/new.json"
refuses 'is no signal'
sed 's/"index": 1/"index": 2/' "$work/old.json" >"$work/new.json"
refuses '2/1 is no shard'
sed 's/"seed": null/"seed": 5/' "$work/old.json" >"$work/new.json"
refuses "field 'seed'"
head -c 2000 "$work/old.json" >"$work/new.json"
refuses ''
finish

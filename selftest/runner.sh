#!/bin/sh
# The runner with the planted cases: it tells what the worker says, chooses, repeats,
# overlays, and ends with the documented status.
#   selftest/runner.sh [BUILD]
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
results=$build/selftest/results
fake=$build/selftest/fake-worker
needs_programs "$assay" "$planted" "$results" "$fake"
LC_ALL=C
export LC_ALL
count=0

# ends STATUS ARGUMENT...: `assay run ARGUMENT...` with the planted worker; results in
# $json, what it printed in output.
ends()
{
	wanted=$1
	shift
	count=$((count + 1))
	json=$work/$count.json
	run_bounded 120 "$assay" run -t "planted=$planted" -o "json:$json" -o terminal "$@" \
		>"$work/output" 2>&1 </dev/null
	status=$?
	if [ $status = "$wanted" ]; then
		pass
	else
		fail "run $*: status $status, wanted $wanted" "$work/output"
	fi
}

# has WORDS FILE: a line of FILE has WORDS.
has()
{
	check "no '$1' in $2 after run $count" grep -q -e "$1" "$work/$2"
}

# --- what the worker says arrives -------------------------------------------------------
ends 1 -j 2 -o "tap:$work/all.tap" -o "junit:$work/all.xml"
"$results" "$json" | sort >"$work/told"
cut -f 1,2 selftest/golden/planted.txt | sed 's/, announced//' | sort >"$work/golden"
if diff "$work/golden" "$work/told" >"$work/differ"; then
	pass
else
	# On other machines more may be unsupported; the planted group compares that.
	grep '^>' "$work/differ" | grep -v unsupported >"$work/wrong"
	if [ -s "$work/wrong" ]; then
		fail 'verdicts change on their way' "$work/wrong"
	else
		pass
	fi
fi
check 'no trouble was expected' test "$("$results" "$json" troubles)" = '[]'
if command -v xmllint >/dev/null; then
	check 'JUnit is no XML' xmllint --noout "$work/all.xml"
fi
check 'TAP has another plan' grep -qx "1..$(wc -l <"$work/told")" "$work/all.tap"
check 'TAP has other lines' test \
	"$(grep -c -E '^(not )?ok [0-9]+ - ' "$work/all.tap")" = "$(wc -l <"$work/told")"
check 'a control byte in the terminal report' sh -c \
	"! tr -d '\n' <'$work/output' | grep -q '[[:cntrl:]]'"
cp "$json" "$work/all.json"

# --- exit status ------------------------------------------------------------------------
ends 0 planted/verdict/pass
ends 0 planted/verdict/unsupported-by-build
ends 1 planted/verdict/unsupported
for verdict in fail leak timeout crash broken; do
	ends 1 planted/verdict/$verdict
	has "assay run .*'planted/verdict/$verdict'" output
	has 'selftest/planted/verdict.c:' output
done

# --- choosing ---------------------------------------------------------------------------
ends 1 planted/rows
check 'a prefix' test "$("$results" "$json" | wc -l)" = 9
ends 0 planted/rows/all-hold
check 'a table by the id of its case' test "$("$results" "$json" | wc -l)" = 3
ends 0 'planted/rows/all-*.t*' planted/verdict/pass
check 'a glob and an id' test "$("$results" "$json" | wc -l)" = 2
ends 0 planted/verdict/pass planted/verdict/pass 'planted/verdict/pas?'
check 'the same case three times' test "$("$results" "$json" | wc -l)" = 1
for shard in 1 2 3; do
	ends 1 --shard $shard/3 planted/claim
	"$results" "$json" >"$work/shard.$shard"
done
"$results" "$work/all.json" | grep '^planted/claim/' >"$work/claims"
sort "$work"/shard.[123] | diff - "$work/claims" >"$work/differ"
check 'shards are not disjoint and complete' test ! -s "$work/differ"
CI_NODE_INDEX=2 CI_NODE_TOTAL=3 "$assay" run -q -t "planted=$planted" -o "json:$work/ci.json" \
	planted/claim >"$work/output" 2>&1
"$results" "$work/ci.json" | diff - "$work/shard.2" >"$work/differ"
check 'the shard of the environment' test ! -s "$work/differ"

# --- orders, repetition -----------------------------------------------------------------
ends 1 --shuffle=42 planted/place
has 42 output
ends 1 --shuffle planted/verdict
seed=$("$results" "$json" seed)
has "$seed" output
ends 0 --repeat 3 planted/verdict/pass
ends 1 --fail-fast -j 1 planted/verdict/fail 'planted/wait/*'
"$results" "$json" >"$work/words"
check 'nothing was left out by --fail-fast' grep -q 'not run' "$work/words"
"$assay" run -j 1 --repeat 4 -t "fake=$fake changes-its-mind" -o "json:$work/unstable.json" \
	>"$work/output" 2>&1
check 'an unstable verdict' test $? = 1
"$results" "$work/unstable.json" >"$work/words"
check 'it is not called unstable' grep -qx "fake/it/c	unstable" "$work/words"
check 'others are' test "$(grep -c unstable "$work/words")" = 1

# --- deadlines --------------------------------------------------------------------------
ends 1 --timeout 50ms planted/verdict/timeout
has 'no end after 50 ms' output
"$assay" run -t "planted=$planted" --under 'env A=b' planted/verdict/pass >"$work/output" 2>&1
check '--under' test $? = 0

# --- what was not right last time -------------------------------------------------------
ends 1 planted/verdict
ends 1 --failed "$json"
"$results" "$json" >"$work/words"
check '--failed takes a pass' sh -c "! grep -q -e pass '$work/words'"
check '--failed leaves one out' grep -q 'verdict/crash' "$work/words"
ends 0 planted/verdict/pass
ends 0 --failed "$json"

# --- expectations -----------------------------------------------------------------------
cat >"$work/expect.txt" <<'EXPECT'
# what is known of the planted cases
planted/verdict/fail    fail      planted so  https://example.org/1
planted/verdict/crash   crash     planted so
planted/verdict/le*     leak,fail planted so
EXPECT
ends 0 --expect "$work/expect.txt" planted/verdict/fail planted/verdict/crash planted/verdict/leak
"$results" "$json" >"$work/words"
check 'known' test "$(grep -c '	known$' "$work/words")" = 3
has 'https://example.org/1' "$count.json"
printf 'planted/verdict/pass fail no more\n' >"$work/expect.txt"
ends 1 --expect "$work/expect.txt" planted/verdict/pass
"$results" "$json" >"$work/words"
check 'fixed' grep -qx 'planted/verdict/pass	fixed' "$work/words"
printf 'planted/verdict/fail leak another\n' >"$work/expect.txt"
ends 1 --expect "$work/expect.txt" planted/verdict/fail

# --- list and show ----------------------------------------------------------------------
"$assay" list -t "planted=$planted" >"$work/list" 2>"$work/errors"
check 'list' test $? = 0
cut -d ' ' -f 1 "$work/list" | cut -f 1 | sort >"$work/ids"
cut -f 1 "$work/told" | diff - "$work/ids" >"$work/differ"
check 'list names others than run' test ! -s "$work/differ"
"$assay" show -t "planted=$planted" planted/verdict/fail >"$work/show" 2>&1
check 'show' test $? = 0
has 'a false claim fails' show
has 'selftest/planted/verdict.c:' show

# --- words on the terminal --------------------------------------------------------------
for words in --help 'run --help' 'list --help' 'show --help'; do
	# shellcheck disable=SC2086 # a word or two
	"$assay" $words >"$work/help" 2>&1
	check "assay $words" test $? = 0
	check "assay $words does not fit a screen" test "$(wc -l <"$work/help")" -le 24
	check "assay $words is wider than 80 columns" test "$(wc -L <"$work/help")" -le 80
done
check 'version' sh -c "'$assay' --version | grep -q '[0-9]'"

finish

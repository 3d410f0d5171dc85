#!/bin/sh
# The html report in a browser (headless Chromium): it draws itself without a script error,
# filters and links choose what they name, what a target said stays text, and a large report
# opens quickly.  Pages are looked at as the browser has drawn them.
#   selftest/browser/run.sh [BUILD]
set -u
cd "$(dirname "$0")/../.." || exit 2
build=${1:-build}
case $build in
/*) ;;
*) build=$PWD/$build ;;
esac
passed=0
failed=0
work=$(mktemp -d "${TMPDIR:-/tmp}/assay-browser.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# draw PAGE HASH: the page as it is drawn, in $work/drawn; what the browser said in said.
draw()
{
	timeout 120 chromium --headless=new --no-sandbox --disable-gpu --user-data-dir="$work/profile" \
		--enable-logging=stderr --virtual-time-budget=10000 --window-size="${3:-1200},1000" \
		--dump-dom "file://$work/$1#$2" >"$work/drawn" 2>"$work/said"
	# The data itself holds everything: only what was drawn from it counts.
	sed -i '/<script type="application\/json"/,/<\/script>/d' "$work/drawn"
}

verify() # verify WHAT COMMAND...
{
	what=$1
	shift
	if "$@" >"$work/check" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "browser: $what"
		head -5 "$work/check" | sed 's/^/	/'
	fi
}

drawn() # drawn WORDS
{
	verify "no '$1' was drawn" grep -q -e "$1" "$work/drawn"
}

not_drawn()
{
	verify "'$1' was drawn" test "$(grep -c -e "$1" "$work/drawn")" = 0
}

no_script_error()
{
	verify "a script error" test "$(grep -c 'CONSOLE.*\(Error\|rror:\|Refused\)' "$work/said")" = 0
	drawn 'data-ready="yes"'
}

"$build/assay" run -q -t "local=$build/assay-worker" -t "planted=$build/selftest/planted-worker" pipe/open \
	planted/ending planted/claim -o "html:$work/run.html" -o "json:$work/run.json" >/dev/null 2>&1
verify 'no report was written' test -s "$work/run.html"
verify 'the report loads something' test "$(grep -c 'src=\|@import\|url(' "$work/run.html")" = 0

draw run.html ''
no_script_error
drawn '<h3>local</h3>'
drawn '<h3>planted</h3>'
drawn 'pipe, open, local: '
all=$(sed -n 's/.*>\([0-9]*\) of [0-9]* cases<.*/\1/p' "$work/drawn")
verify "no number of cases" test "${all:-0}" -gt 50

# Each filter leaves what it names.
draw run.html 'mechanism=pipe'
drawn "<p id=\"count\"[^>]*>[1-9][0-9]* of $all cases"
not_drawn 'data-id="planted/'
draw run.html 'text=reports%20fifo%20type'
drawn 'data-id="pipe/open/stat-reports-fifo-type"'
drawn ">[1-3] of $all cases"
draw run.html 'word=crash'
drawn 'crash</span>'
not_drawn 'data-id="pipe/'
draw run.html 'unexpected=1&target=local'
drawn ">0 of $all cases"
draw run.html 'level=fact'
drawn "of $all cases"
no_script_error
draw run.html 'case=pipe%2Fopen%2Fstat-reports-fifo-type'
drawn 'data-id="pipe/open/stat-reports-fifo-type" open'
drawn 'copy the line that repeats it'
draw run.html '' 390
no_script_error

# What a target says is text: markup, an early end of the script element, control bytes.
awk '/"id": "pipe\/open\/stat-reports-fifo-type"/ { inside = 1 }
	inside && /"output": ""/ { sub(/"output": ""/, "\"output\": \"</script><img src=x onerror=alert(1)><!-- \\u001b[31m \\u202e end\""); inside = 0 }
	{ print }' "$work/run.json" >"$work/hostile.json"
verify 'nothing hostile was planted' grep -q 'onerror' "$work/hostile.json"
"$build/assay" merge "$work/hostile.json" -q -o "html:$work/hostile.html" >/dev/null 2>&1
draw hostile.html 'case=pipe%2Fopen%2Fstat-reports-fifo-type'
no_script_error
drawn '&lt;/script&gt;&lt;img src=x onerror'
not_drawn '<img'

# Two runs held against each other: what is different is at the top, both are there below.
awk '/"id": "pipe\/open\/stat-reports-fifo-type"/ { inside = 1 }
	inside && /"verdict": "pass"/ { sub(/pass/, "fail"); inside = 0 }
	{ print }' "$work/run.json" >"$work/worse.json"
"$build/assay" compare "$work/run.json" "$work/worse.json" -o "html:$work/compared.html" >/dev/null 2>&1
draw compared.html ''
no_script_error
drawn '<h3>local, old</h3>'
drawn '<h3>local, new</h3>'
drawn 'regressed</span>'
drawn 'pass, now fail'

# Many cases on several targets open; how quickly is printed, and never judged.  All that may take
# long goes into it, sweeps with their points as well.
"$build/assay" run -q -j 2 -t "local=$build/assay-worker" -o "json:$work/one.json" >/dev/null 2>&1
sed 's|"id": "mutex/|"id": "mutexes/|; s|"mutex/|"mutexes/|' "$work/one.json" |
	awk '/^  {/ { entry = ""; inside = 1 }
		inside { entry = entry $0 "\n" }
		inside && /^  }/ { inside = 0; if (entry ~ /"id": "mutexes\//) printf "%s%s", (n++ ? ",\n" : ""), entry }' |
	sed 's/^  },$/  }/' >"$work/more"
for name in one two three four; do
	[ $name = one ] || printf ','
	sed "s/\"name\": \"local\"/\"name\": \"$name\"/" "$work/one.json" |
		awk -v more="$work/more" '/^ "cases": \[/ { print; while ((getline line < more) > 0) print line; print ","; next }
			{ print }'
done | { echo '{"schema": "assay-results-set/1", "runs": ['; cat; echo ']}'; } >"$work/large.json"
"$build/assay" compare "$work/large.json" -q -o "html:$work/large.html" >"$work/check" 2>&1
verify 'no large report' test -s "$work/large.html"
draw large.html ''
no_script_error
drawn '<h3>four</h3>'
sed -n 's/.*>\([0-9]*\) of [0-9]* cases<.*/browser: \1 cases on 4 targets/p' "$work/drawn"
# Under a virtual clock nothing takes time.
timeout 120 chromium --headless=new --no-sandbox --disable-gpu --user-data-dir="$work/profile" \
	--dump-dom "file://$work/large.html" 2>/dev/null |
	sed -n 's/.*data-drawn="\([0-9]* ms\)".*/browser: drawn \1 after it was asked for/p'
echo "browser: $passed passed, $failed failed"
[ "$failed" = 0 ]

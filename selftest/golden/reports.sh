#!/bin/sh
# Compares every report with its golden file, and proves what a golden file can't: that the
# XML is well-formed, the JSON is read back, a terminal stays as it was, a line to repeat
# means what it names, and a file is written whole or not at all.
# usage: selftest/golden/reports.sh BUILD [--update]
# Checks are called by name, through check(), and formats may carry an argument.
# shellcheck disable=SC2317,SC2086,SC2016
set -u

build=${1:?usage: reports.sh BUILD [--update]}
update=${2:-}
golden=$(dirname "$0")/reports
program=$build/selftest/report-golden
failed=0
work=$(mktemp -d) || exit 3
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
trap 'exit 3' HUP INT TERM

# check NAME COMMAND...: one line for each check; what a failing command said is shown.
check() {
	name=$1
	shift
	if "$@" >"$work/said" 2>&1; then
		echo "ok $name"
	else
		echo "not ok $name"
		sed 's/^/# /' "$work/said" | head -40
		failed=1
	fi
}

compare() {
	"$program" $1 >"$work/now" || return 1
	if [ "$update" = --update ]; then
		cp "$work/now" "$golden/$2"
	fi
	diff -u "$golden/$2" "$work/now"
}

# No control character, of one byte or of two (C1), but line ends.
is_tame() {
	"$program" $1 >"$work/now" || return 1
	[ "$(LC_ALL=C tr -d '\n\040-\176\200-\377' <"$work/now" | wc -c)" -eq 0 ] &&
		! LC_ALL=C grep "$(printf '\302[\200-\237]')" "$work/now"
}

# Without its own colour codes, a coloured report is the plain one.
is_plain_below_colour() {
	"$program" terminal >"$work/plain" && "$program" terminal-color >"$work/color" || return 1
	sed "s/$(printf '\033')\[[0-9;]*m//g" "$work/color" | diff "$work/plain" -
}

# Every code point is one column; a line to repeat is never broken.
fits() {
	"$program" "$1" | grep -v '^      repeat  ' | LC_ALL=C tr -d '\200-\277' |
		awk -v columns="$2" 'length($0) > columns { print; bad = 1 } END { exit bad }'
}

ends_with_counts() {
	"$program" $1 | tail -n 1 | grep -Ex '[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped'
}

# What the shell makes of the line is what the line is about.
repeats() {
	line=$("$program" terminal | sed -n 's/^      repeat  \(.*crashes.\)$/\1/p')
	eval "set -- $line"
	[ $# -eq 5 ] && [ "$1 $2 $3" = "assay run -t" ] && [ "$5" = pipe/cleanup/crashes ] &&
		[ "$4" = "gvisor=runsc --root '/tmp/it''s' do assay-worker" ]
}

is_valid_junit() {
	command -v xmllint || {
		echo "xmllint is missing (package libxml2-utils)"
		return 1
	}
	"$program" $1 >"$work/junit.xml" && xmllint --noout "$work/junit.xml"
}

# The sums in the head of a suite are those of its elements.
junit_counts() {
	"$program" junit >"$work/junit.xml" || return 1
	for pair in tests:testcase failures:failure errors:error skipped:skipped; do
		said=$(xmllint --xpath "string(/testsuites/@${pair%:*})" "$work/junit.xml")
		found=$(xmllint --xpath "count(//testcase/descendant-or-self::${pair#*:})" \
			"$work/junit.xml")
		[ "$said" = "$found" ] || { echo "$pair: says $said, has $found"; return 1; }
	done
}

is_valid_json() {
	"$program" json >"$work/now.json" && "$program" load "$work/now.json" &&
		[ "$(LC_ALL=C tr -d '\n\040-\176\177' <"$work/now.json" | wc -c)" -eq 0 ]
}

tap_points() {
	"$program" tap >"$work/tap" || return 1
	plan=$(sed -n 's/^1\.\.//p' "$work/tap")
	awk -v plan="$plan" '
		/^(ok|not ok) / { n++; number = $1 == "ok" ? $2 : $3; if (number != n) bad = 1 }
		/^  ---$/ { open++ }
		/^  \.\.\.$/ { closed++ }
		END { exit bad || n != plan || open == 0 || open != closed }' "$work/tap"
}

# refused PATH MESSAGE: writing fails with status 3 and the message, and leaves no file.
refused() {
	"$program" write json "$1" >"$work/said.refused" 2>&1
	status=$?
	cat "$work/said.refused"
	[ $status -eq 3 ] && grep -qF "$2" "$work/said.refused" && no_temporary "$(dirname "$1")"
}

no_temporary() {
	left=$(find "$1" -maxdepth 1 -name '.assay-*' 2>/dev/null)
	[ -z "$left" ] || { echo "left: $left"; return 1; }
}

writes_a_file() {
	"$program" write tap "$work/new.tap" && no_temporary "$work" &&
		"$program" tap | diff - "$work/new.tap"
}

replaces_a_file() {
	echo old >"$work/old.json"
	chmod 640 "$work/old.json"
	ln -s old.json "$work/link.json"
	"$program" write json "$work/link.json" && no_temporary "$work" &&
		[ -L "$work/link.json" ] && "$program" load "$work/old.json" &&
		[ "$(stat -c %a "$work/old.json")" = 640 ]
}

writes_into_a_pipe() {
	mkfifo "$work/fifo" || return 1
	timeout 20 cat "$work/fifo" >"$work/through" &
	reader=$!
	timeout 20 "$program" write junit "$work/fifo" || { kill "$reader"; return 1; }
	wait "$reader"
	"$program" junit | diff - "$work/through" && [ -p "$work/fifo" ]
}

# Standard output that is a file must be neither replaced nor cut.
writes_into_its_own_output() {
	{
		echo before
		"$program" write tap /dev/stdout
		echo after
	} >"$work/own"
	{
		echo before
		"$program" tap
		echo after
	} | diff - "$work/own"
}

keeps_what_it_cannot_replace() {
	mkdir "$work/shut" && echo old >"$work/shut/r.json" && chmod 555 "$work/shut" || return 1
	as_user refused "$work/shut/r.json" "Permission denied" &&
		as_user refused "$work/shut/new.json" "Permission denied" &&
		[ "$(cat "$work/shut/r.json")" = old ] && [ ! -e "$work/shut/new.json" ]
}

# An ordinary user; root passes every permission check unless it gives that up.
as_user() {
	if [ "$(id -u)" -ne 0 ]; then
		"$@"
	else
		setpriv --bounding-set -dac_override,-dac_read_search true &&
			real=$program && program=without_override && "$@"
		status=$?
		program=$real
		return $status
	fi
}

without_override() {
	setpriv --inh-caps -dac_override,-dac_read_search \
		--bounding-set -dac_override,-dac_read_search "$real" "$@"
}

# A file system with less room than the report: the old file stays, the part is gone.
full_disk() {
	unshare -m sh -c '
		mount -t tmpfs -o size=8k none "$2" && echo old >"$2/r.json" || exit 1
		"$1" write json "$2/r.json" 2>"$2.said"
		[ $? -eq 3 ] && grep -q "No space left" "$2.said" &&
			[ "$(cat "$2/r.json")" = old ] && [ "$(ls -A "$2")" = r.json ]
	' sh "$(realpath "$program")" "$work/small"
}

for style in terminal terminal-color terminal-quiet terminal-verbose terminal-narrow; do
	check "golden $style" compare $style $style.txt
done
check "golden terminal, calm" compare "terminal calm" terminal-calm.txt
check "golden json" compare json report.json
check "golden markdown" compare markdown report.md
check "golden tap" compare tap report.tap
check "golden junit" compare junit report.xml
check "golden tap, calm" compare "tap calm" calm.tap

for format in terminal terminal-quiet terminal-verbose terminal-narrow tap; do
	check "$format has no byte that a terminal obeys" is_tame $format
done
check "colour adds colour only" is_plain_below_colour
check "terminal fits 80 columns" fits terminal 80
check "terminal-verbose fits 80 columns" fits terminal-verbose 80
check "terminal-narrow fits 60 columns" fits terminal-narrow 60
for style in terminal terminal-color terminal-quiet terminal-verbose "terminal calm"; do
	check "$style ends with the counts" ends_with_counts "$style"
done
check "a shell reads the line to repeat" repeats
check "junit is well-formed" is_valid_junit junit
check "junit, calm, is well-formed" is_valid_junit "junit calm"
check "junit counts what it holds" junit_counts
check "json is read back" is_valid_json
check "tap has the points of its plan" tap_points

check "a file is written" writes_a_file
check "a file is replaced behind its link, with its mode" replaces_a_file
check "a pipe is written into" writes_into_a_pipe
check "own output is written into" writes_into_its_own_output
check "no such directory" refused "$work/none/r.json" "No such file or directory"
check "a directory is no file" refused "$work" "Is a directory"
check "an empty path" refused "" "No such file or directory"
check "/dev/full" refused /dev/full "No space left on device"
check "an unwritable directory" keeps_what_it_cannot_replace
mkdir "$work/small"
if [ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null; then
	check "a full disk" full_disk
else
	echo "ok a full disk # SKIP mounting takes root"
fi
exit $failed

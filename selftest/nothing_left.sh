#!/bin/sh
# Nothing is left when the runner is killed at random moments, when a worker is, and after
# Ctrl-C or SIGTERM; and no half report where one cannot be written.
#   selftest/nothing_left.sh [BUILD [MOMENTS]]
set -u
own_world=${own_world:-yes}
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
interrupt=$build/selftest/interrupt
moments=${2:-10}
needs_programs "$assay" "$worker" "$planted" "$interrupt"
mkdir "$work/reports"
left_now >"$work/before"
seed=$(date +%s)
target="planted=$planted"

# next_random N: $value below N; one seed gives one row of values.
next_random()
{
	seed=$(awk -v seed="$seed" 'BEGIN { srand(seed); print int(rand() * 2000000000) }')
	value=$((seed % $1))
}

# no_process_is_left: within 5 s.
no_process_is_left()
{
	for look in $(seq 50); do
		left_now | grep /proc/ >"$work/left" || return 0
		sleep 0.1
	done
	echo "left after $look looks:"
	cat "$work/left"
	return 1
}

# interrupted SIGNAL AFTER_MS group|process: a long run that is interrupted; $status.
interrupted()
{
	rm -f "$work"/reports/*
	run_bounded 60 "$interrupt" "$1" "$2" "$3" "$assay" run -j 2 --repeat 50 --shuffle="$seed" \
		-t "$target" -o "json:$work/reports/run.json" \
		-o "junit:$work/reports/run.xml" -o "tap:$work/reports/run.tap" \
		>"$work/output" 2>&1
	status=$?
}

for moment in $(seq "$moments"); do
	next_random 3000
	interrupted KILL "$value" process
	check "SIGKILL $moment after $value ms (seed $seed): status $status" test $status = 137
	check "SIGKILL $moment after $value ms (seed $seed)" is_clean "$work/before"
	check "SIGKILL $moment leaves half a report" test -z "$(ls "$work/reports")"
done

# Without isolation names outlive a killed run: the next one sweeps them away.
target="bare=$worker --isolation none"
for moment in 1 2 3; do
	next_random 1000
	interrupted KILL "$value" process
	what="SIGKILL without isolation after $value ms (seed $seed)"
	check "$what: status $status" test $status = 137
	check "$what: processes" no_process_is_left
	run_bounded 60 "$assay" run -q -t "$target" pipe/open >"$work/output" 2>&1
	check "$what: not swept by the next run" is_clean "$work/before"
done
target="planted=$planted"

for signal in INT:130 TERM:143 HUP:129; do
	for whom in group process; do
		name=${signal%:*}
		next_random 1500
		interrupted "$name" $((value + 500)) $whom
		what="SIG$name to the $whom (seed $seed)"
		check "$what: status $status" test $status = "${signal#*:}"
		check "$what leaves something" is_clean "$work/before"
		check "$what: the JSON report does not say so" \
			grep -q "\"interrupted\": *\"SIG$name\"" "$work/reports/run.json"
		check "$what: the terminal does not say so" grep -qi interrupted "$work/output"
		check "$what: a temporary file is left" \
			test "$(cd "$work/reports" && echo *)" = "run.json run.tap run.xml"
	done
done

# A worker killed in the middle of a case costs that case.
"$assay" run -v -j 2 -t "planted=$planted" -o "json:$work/reports/killed.json" -o terminal \
	'planted/ending' >"$work/output" 2>&1 &
runner=$!
killed=
for _ in $(seq 200); do
	grep -q ' planted/ending/' "$work/output" && break
	sleep 0.05
done
killed=$(pgrep -P "$runner" | head -n 1)
check 'no worker was found' kill -9 "${killed:-none}"
wait "$runner"
check 'the run with a killed worker' test $? = 1
check 'the killed worker is not named' grep -q SIGKILL "$work/output"
check 'a killed worker leaves something' is_clean "$work/before"

# cannot_write WHAT PATH: status 3, the path named, nothing there.
cannot_write()
{
	run_bounded 60 "$assay" run -t "planted=$planted" -o "json:$2" planted/verdict/pass \
		>"$work/output" 2>&1
	status=$?
	check "$1: status $status" test $status = 3
	check "$1: the path is not named" grep -q -F -e "$2" "$work/output"
}

cannot_write 'a full device' /dev/full
cannot_write 'a folder that is not there' "$work/none/report.json"
cannot_write 'a path that is a folder' "$work/reports"
cannot_write 'a path below a file' "$work/output/report.json"
cannot_write 'a name that is too long' "$work/reports/$(printf '%0300d' 0)"
check 'a temporary file is left' test -z "$(find "$work/reports" -mindepth 1 -name '*rep*')"

# A disk that is full: a small tmpfs in a mount namespace.
cat >"$work/full.sh" <<'SH'
mount -t tmpfs -o size=16k none "$1/disk" || exit 77
head -c 8192 /dev/zero >"$1/disk/ballast"
"$2" run -t "planted=$3" -o "json:$1/disk/report.json" >"$1/output" 2>&1
echo $? >"$1/disk-status"
ls -A "$1/disk" >"$1/disk-files"
SH
mkdir "$work/disk"
if run_bounded 120 unshare --user --map-root-user --mount sh "$work/full.sh" "$work" "$assay" \
	"$planted" 2>"$work/errors"; then
	check 'a full disk' test "$(cat "$work/disk-status")" = 3
	check 'a full disk has half a report' test "$(cat "$work/disk-files")" = ballast
	check 'a full disk is not named' grep -q -i 'no space' "$work/output"
else
	fail 'a full disk cannot be tried: no mount namespace here' "$work/errors"
fi

# A limit of the file size, and a standard output that is closed or full.
(
	ulimit -f 4
	exec "$assay" run -t "planted=$planted" -o "json:$work/reports/limited.json"
) >"$work/output" 2>&1
check 'a file that may not grow' test $? = 3
check 'half a report under a limit' test ! -e "$work/reports/limited.json"
"$assay" run -t "planted=$planted" planted/verdict >/dev/full 2>"$work/errors"
check 'a full standard output' test $? = 3
"$assay" run -t "planted=$planted" planted/verdict 2>"$work/errors" | head -n 1 >"$work/output"
check 'a reader that leaves takes the run down' is_clean "$work/before"

check 'something is left at the end' is_clean "$work/before"
finish

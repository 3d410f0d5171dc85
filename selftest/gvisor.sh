#!/bin/sh
# A worker in a gVisor sandbox says where it is and what it lacks, its deviations are known,
# and nothing is left of a sandbox that is killed.  Where runsc is installed.
#   selftest/gvisor.sh [BUILD]
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
needs_programs "$assay" "$worker"
if ! command -v runsc >/dev/null; then
	echo "gvisor: 0 passed, 0 failed (no runsc)"
	exit 0
fi
launcher=tools/targets/gvisor.sh
mkdir "$work/state"
export TMPDIR="$work/state"

# is_gone: within 5 s neither the sandbox's state nor a process that knows of it.
is_gone()
{
	for look in $(seq 50); do
		ls "$work/state" >"$work/left"
		grep -l -a -F "$work/state" /proc/[0-9]*/cmdline >>"$work/left" 2>/dev/null
		[ -s "$work/left" ] || return 0
		sleep 0.1
	done
	echo "left after $look looks:"
	cat "$work/left"
	ls -lR "$work/state"
	return 1
}

# --- what it says of itself -----------------------------------------------------------
echo quit | run_bounded 60 "$launcher" "$worker" >"$work/hello" 2>"$work/errors"
check 'no bye' grep -q '"type":"bye"' "$work/hello"
check 'gvisor' grep -q '"environment":\["gvisor"\]' "$work/hello"
for need in trace call-stops supervisor posix-mq private-mount; do
	check "$need is there" grep -q "\"need\":\"$need\",\"reason\":\"[^\"]" "$work/hello"
done
check 'seccomp is missing' sh -c "! grep -q '\"need\":\"seccomp\"' '$work/hello'"
check 'left after quit' is_gone

# --- what is known of it --------------------------------------------------------------
run_bounded 120 "$assay" run -v -t gvisor="$launcher $worker" pipe/errors/ftruncate-einval \
	sysv-msg/data/lrpid-is-process-id-of-blocked-thread pipe/open/returns-two-lowest-fds \
	posix-mq/open >"$work/run" 2>&1
check 'something unexpected' grep -q '^[1-9][0-9]* passed, 0 failed' "$work/run"
check 'ftruncate is not known' grep -q '^known .*pipe/errors/ftruncate-einval' "$work/run"

# --- killed ---------------------------------------------------------------------------
mkfifo "$work/requests" "$work/answers"
setsid "$launcher" "$worker" <"$work/requests" >"$work/answers" 2>/dev/null &
sandbox=$!
exec 5>"$work/requests" 6<"$work/answers"
check 'no hello' head -c 20 /dev/fd/6
echo 'run pipe/limits/setpipe-sz-grow-wakes-blocked-writer deadline_ms=60000' >&5
check 'no state to lose' test -n "$(ls "$work/state")"
kill -KILL "-$sandbox"
wait "$sandbox" 2>/dev/null
check 'left after SIGKILL' is_gone
exec 5>&- 6<&-
finish

#!/bin/sh
# A worker driven by hand: good and bad requests, the end of its input and signals while a
# case runs (docs/protocol.md).
#   selftest/protocol.sh [BUILD]
set -u
own_world=${own_world:-yes}
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
interrupt=$build/selftest/interrupt
needs_programs "$planted" "$interrupt"
hung='run planted/output/of-a-timeout deadline_ms=0'

# says WHAT PATTERN REQUESTS: the answers to REQUESTS (printf format) have a line with
# PATTERN, and the worker ends with status 0.
says()
{
	# shellcheck disable=SC2059 # the requests are a format
	printf "$3" | run_bounded 30 "$planted" >"$work/answers" 2>"$work/errors"
	status=$?
	if [ $status = 0 ] && grep -q -e "$2" "$work/answers"; then
		pass
	else
		cat "$work/errors" >>"$work/answers"
		fail "$1: no '$2' (status $status)" "$work/answers"
	fi
}

# refuses WHAT REQUEST: an error answers, and the worker goes on.
refuses()
{
	says "$1" '"type":"error","text":"..*"' "$2\\nquit\\n"
	check "$1: the worker does not go on" grep -qx '{"type":"bye"}' "$work/answers"
}

says 'hello' '^{"type":"hello","protocol":1,' 'quit\n'
says 'list' '^{"type":"list-end","cases":[1-9]' 'list\nquit\n'
says 'run' '"id":"planted/verdict/pass","verdict":"pass"' 'run planted/verdict/pass\nquit\n'
says 'a row' '"id":"planted/rows/all-hold.two","verdict":"pass"' \
	'run planted/rows/all-hold.two\nquit\n'
says 'a deadline of its own' 'no end after 123 ms' \
	'run planted/output/of-a-timeout deadline_ms=123\nquit\n'
says 'where a hung body is' ': body asleep in pause"' \
	'run planted/output/of-a-timeout deadline_ms=2000\nquit\n'
says 'two runs of one case' '"verdict":"leak"' \
	'run planted/leftover/sysv-queue\nrun planted/leftover/sysv-queue\nquit\n'
check 'the second run of a case differs' test "$(grep -c '"verdict":"leak"' "$work/answers")" = 2
says 'bye' '^{"type":"bye"}$' 'quit\nlist\n'
check 'something comes after the bye' sh -c "tail -n 1 '$work/answers' | grep -q bye"

refuses 'an unknown request' 'dance'
refuses 'an empty line' ''
refuses 'a request in capitals' 'LIST'
refuses 'run without an id' 'run'
refuses 'run with a blank id' 'run '
refuses 'run of nothing known' 'run planted/verdict/nothing'
refuses 'run of a prefix' 'run planted/verdict'
refuses 'run of a table without its row' 'run planted/rows/all-hold'
refuses 'a deadline that is no number' 'run planted/verdict/pass deadline_ms=soon'
refuses 'a negative deadline' 'run planted/verdict/pass deadline_ms=-1'
refuses 'a deadline with a rest' 'run planted/verdict/pass deadline_ms=10s'
refuses 'an unknown option' 'run planted/verdict/pass patience=10'
refuses 'two options too many' 'run planted/verdict/pass deadline_ms=10 deadline_ms=10'
refuses 'markup and invalid bytes' '</x>\001\033\377\303'
refuses 'a carriage return' 'list\r'

# The last line of input has no line break: it is no request.
says 'half a request' '^{"type":"hello"' 'run planted/verdict/pass'
check 'half a request is run' sh -c "! grep -q result '$work/answers'"

# A line without end is refused, not stored for ever.
head -c 3000000 /dev/zero | tr '\0' x | run_bounded 30 "$planted" >"$work/answers" 2>&1
check 'a line of 3 MB without end' test $? -le 3
check 'a line of 3 MB is not named' grep -q '"type":"error"' "$work/answers"
head -c 100000 /dev/urandom | run_bounded 60 "$planted" >"$work/answers" 2>&1
check 'random bytes' test $? -le 3

# The end of input while a case runs takes the case down.
left_now >"$work/before"
{ echo "$hung"; sleep 1; } | run_bounded 20 "$planted" >"$work/answers" 2>&1
check 'the end of input while a case runs' test $? = 0
check 'the end of input leaves something' is_clean "$work/before"

for signal in TERM INT HUP KILL; do
	for whom in process group; do
		mkfifo "$work/requests"
		# Holds the requests open, so that only the signal can end the worker.
		sleep 20 >"$work/requests" &
		holder=$!
		{ echo "$hung"; exec sleep 20; } >"$work/requests" &
		writer=$!
		run_bounded 20 "$interrupt" $signal 700 $whom "$planted" \
			<"$work/requests" >"$work/answers" 2>&1
		status=$?
		kill $holder $writer 2>/dev/null
		check "SIG$signal to the $whom: status $status" test $status != 124
		check "SIG$signal to the $whom leaves something" is_clean "$work/before"
		rm -f "$work/requests"
	done
done

# Two workers and one budget (as root isolated workers have budgets of their own): one of
# them waits, says so, and has its turn.
for one in 1 2; do
	(
		printf 'run planted/verdict/timeout-alone deadline_ms=2500\nquit\n' |
			run_bounded 30 "$planted" --isolation none >"$work/alone.$one" 2>&1
	) &
done
wait
check 'one of two waits for the budget' test \
	"$(grep -l '"type":"waiting"' "$work"/alone.[12] | wc -l)" = 1
check 'both have their turn' test \
	"$(cat "$work"/alone.[12] | grep -c '"verdict":"timeout"')" = 2

# As the first process of a container the worker has children that it never started.
mkfifo "$work/requests" "$work/talk"
# shellcheck disable=SC2016 # expanded by the inner shell
run_bounded 30 sh -c 'echo $$ >"$2/pid"; true & exec "$1" <"$2/requests" >"$2/talk"' \
	sh "$planted" "$work" &
exec 9>"$work/requests" 8<"$work/talk"
printf 'run planted/verdict/pass\nrun planted/rows/all-hold.two\n' >&9
while read -r answer <&8; do
	case $answer in
	*all-hold.two*) break ;;
	esac
done
# shellcheck disable=SC2016
check 'what the worker inherited is a zombie' sh -c '! grep ") Z $(cat "$1") " /proc/[0-9]*/stat' \
	sh "$work/pid"
echo quit >&9
exec 9>&- 8<&-
wait

# What cannot be read or written ends the worker, not its patience.
run_bounded 10 "$planted" <&- >"$work/answers" 2>&1
check 'no standard input' test $? -lt 124
printf "list\nquit\n" | run_bounded 10 "$planted" >/dev/full 2>&1
check 'answers that cannot be written' test $? -lt 124
run_bounded 10 "$planted" --no-such-option </dev/null >"$work/answers" 2>&1
check 'an unknown option' test $? = 2
run_bounded 10 "$planted" --isolation user,moon </dev/null >"$work/answers" 2>&1
check 'an unknown isolation' test $? = 2
run_bounded 10 "$planted" --fds 0 </dev/null >"$work/answers" 2>&1
check 'one descriptor' test $? = 2
run_bounded 10 "$planted" --help </dev/null >"$work/answers" 2>&1
check 'help' test $? = 0
run_bounded 10 "$planted" --version </dev/null >"$work/answers" 2>&1
check 'version' test $? = 0

finish

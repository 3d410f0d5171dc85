#!/bin/sh
# Faults on any program: `assay inject` passes everything through and fires what it says;
# `assay sweep` finds the one bad point of a planted program, whatever its kind, and no other.
#   selftest/foreign.sh [BUILD]
set -u
own_world=${own_world:-yes}
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
victim=$build/selftest/victim
interrupt=$build/selftest/interrupt
job=$build/selftest/job
needs_programs "$assay" "$worker" "$victim" "$interrupt" "$job"
sources=$PWD/selftest/foreign
cp "$victim" "$work/victim"
mkdir "$work/empty"
cd "$work/empty" || exit 2
left_now >"$work/before"

# --- inject: statuses and signals -----------------------------------------------------
# gives STATUS TEXT COMMAND...: the status, and the text on standard error.
gives()
{
	wanted=$1 text=$2
	shift 2
	(cd "$work/empty" && rm -rf ./* && run_bounded 30 "$@") >"$work/output" 2>"$work/errors"
	status=$?
	if [ $status = "$wanted" ] && { [ -z "$text" ] || grep -q -e "$text" "$work/errors"; }; then
		pass
	else
		fail "$*: status $status, wanted $wanted; standard error without '$text'" \
			"$work/errors"
	fi
}

rule=fail:mkdir#2=ENOSPC
gives 1 'No space left' "$assay" inject "$rule" -- "$victim" clean
gives 0 . "$assay" inject --log - "$rule" -- "$victim" same
check 'the log says what fired' grep -q "$rule: mkdir #2 of process [0-9]* failed with ENOSPC" \
	"$work/errors"
check 'the output is the program'\''s own' test "$(cat "$work/output")" = '3 directories'
gives 134 '' "$assay" inject "$rule" -- "$victim" crash
gives 137 '' "$assay" inject 'kill:mkdir#2' -- "$victim" clean
gives 1 'File exists' "$assay" inject 'fail:mkdir#1=EEXIST' -- "$victim" clean
gives 0 "'fail:mkdir#9=EIO' never fired: it met 3 calls" \
	"$assay" inject 'fail:mkdir#9=EIO' -- "$victim" clean
gives 0 '' "$assay" inject -q 'fail:mkdir#9=EIO' -- "$victim" clean
check '-q is quiet' test ! -s "$work/errors"
gives 0 'count:mkdir: 3' "$assay" inject --log - count:mkdir -- "$victim" clean
gives 7 '' "$assay" inject -q count:mkdir -- sh -c 'exit 7'
gives 0 '' "$assay" inject -q fail:mkdir=EIO -- sh -c '! mkdir d 2>/dev/null'
# shellcheck disable=SC2016 # for the program's shell
gives 0 '' "$assay" inject limit:core=0 -- sh -c 'test "$(ulimit -c)" = 0'
gives 125 rule "$assay" inject -- true
gives 125 program "$assay" inject "$rule"
gives 125 program "$assay" inject "$rule" --
gives 125 'at 1' "$assay" inject nonsense -- true
gives 125 nonsense "$assay" inject --nonsense "$rule" -- true
gives 125 argument "$assay" inject --log
gives 125 'no/where' "$assay" inject --log "$work/no/where" "$rule" -- true
gives 126 'Permission denied' "$assay" inject "$rule" -- "$sources/victim.c"
gives 126 directory "$assay" inject "$rule" -- "$work"
gives 127 'No such file' "$assay" inject "$rule" -- no-such-program
gives 127 'No such file' "$assay" inject "$rule" -- "$work/no-such-program"
gives 0 '' "$assay" inject -q --log "$work/log" "$rule" -- "$victim" same
check 'a log in a file' grep -q 'failed with ENOSPC' "$work/log"
"$assay" inject -q count:open -- cat <"$sources/rules.mk" >"$work/output"
check 'standard input is the program'\''s' cmp -s "$sources/rules.mk" "$work/output"
check 'not the first process' test \
	"$("$assay" inject -q count:mkdir -- sh -c 'echo $$')" -gt 1
check 'no namespaces' test "$("$assay" inject -q count:mkdir -- readlink /proc/self/ns/pid)" = \
	"$(readlink /proc/self/ns/pid)"

# What needs the call to run: the tracer, over all processes of the program.
printf 'one\ntwo\n' >"$work/words"
gives 5 '' "$assay" inject --log "$work/log" shorten:read=1 -- \
	sh -c "cat $work/words | cat; exit 5"
check 'short reads lose or invent something' cmp -s "$work/words" "$work/output"
check 'no short read' grep -q 'read #[0-9]* of process [0-9]* shortened from [0-9]* to 1 bytes' \
	"$work/log"
gives 137 '' "$assay" inject kill:mkdir#2:exit -- "$victim" same
check 'killed at the exit of the call' test -d "$work/empty/d2" -a ! -d "$work/empty/d3"
gives 137 '' "$assay" inject kill:mkdir#2 -- "$victim" same
check 'killed at the entry of the call' test -d "$work/empty/d1" -a ! -d "$work/empty/d2"
gives 137 '' "$assay" inject kill:insn=2000 -- "$victim" same
check 'killed at an instruction' test ! -d "$work/empty/d1"
gives 1 'No space left' "$assay" inject 'shorten:write#1=1' 'fail:mkdir#3=ENOSPC' -- \
	"$victim" same
# Vectors and messages: every byte arrives, whatever the length, also across two items.
for bytes in 1 4 13 27; do
	gives 0 '' "$assay" inject --log "$work/log" shorten:sendmsg=$bytes shorten:recvmsg=$bytes \
		shorten:writev=$bytes shorten:readv=$bytes -- "$build/selftest/transfer" stream
	check "transfers of $bytes bytes" grep -qx 'through a socket and a pipe' "$work/output"
	for call in sendmsg recvmsg writev readv; do
		check "no $call of $bytes bytes" grep -q \
			"shorten:$call=$bytes: $call #1 of process [0-9]* shortened from 28 to $bytes bytes" \
			"$work/log"
	done
done
gives 0 'never fired: it met 1 call' "$assay" inject shorten:send=1 shorten:recv=1 -- \
	"$build/selftest/transfer" datagram
check 'datagrams are cut' grep -qx 'through a socket and a pipe' "$work/output"
gives 125 'a call that can transfer less' "$assay" inject shorten:splice=1 -- true

rm -rf "$work/empty"/*
# Signals: to the process that was started, to the group as from a terminal, and the death of
# either process that works for it.
for signal in TERM:143 HUP:129 INT:130; do
	for whom in group process; do
		run_bounded 30 "$interrupt" "${signal%:*}" 300 $whom \
			"$assay" inject -q "$rule" -- "$victim" spin 2>"$work/errors"
		status=$?
		check "SIG${signal%:*} to the $whom: status $status" test $status = "${signal#*:}"
		check "SIG${signal%:*} to the $whom leaves something" is_clean "$work/before"
		rm -rf "$work/empty"/*
	done
done
run_bounded 30 "$interrupt" KILL 300 process "$assay" inject -q "$rule" -- \
	sh -c "while :; do :; done & exec $victim spin" 2>"$work/errors"
check 'a killed injector leaves something' is_clean "$work/before"
rm -rf "$work/empty"/*
"$assay" inject -q "$rule" -- "$victim" spin 2>"$work/errors" &
front=$!
keeper=
for look in $(seq 100); do
	keeper=$(pgrep -P $front | head -n 1)
	[ -n "$keeper" ] && [ "$look" -gt 3 ] && break
	sleep 0.05
done
kill -9 "$keeper"
wait $front
status=$?
check "a killed supervisor: status $status" test $status = 125
check 'a killed supervisor leaves something' is_clean "$work/before"
rm -rf "$work/empty"/*

# Ctrl-Z: the program stops, and the job is seen to; both go on in the foreground.
# shellcheck disable=SC2016 # expanded by the inner shell
for way in count:mkdir 'fail:mkdir#9=EIO' kill:insn=900000000 shorten:write=1; do
	run_bounded 60 "$job" "$assay" inject "$way" -- \
		sh -c 'echo ready; read -r word; [ "$word" = go ] && echo got go; exit 7' >"$work/output" 2>"$work/errors"
	status=$?
	check "Ctrl-Z under $way: status $status" test $status = 7
	check "Ctrl-Z under $way: it did not go on" grep -q 'got go' "$work/output"
done
for way in "$assay sweep -- $victim crash" "$assay run -q pipe/open"; do
	run_bounded 60 "$job" sh -c "echo ready; exec $way" >"$work/output" 2>"$work/errors"
	status=$?
	check "Ctrl-Z of $way: status $status" test $status -le 1
	check "Ctrl-Z of $way: it did not go on" grep -q -e ' points in ' -e ' passed, ' "$work/output"
done
check 'after Ctrl-Z something is left' is_clean "$work/before"
rm -rf "$work/empty"/*

# What the program leaves running goes on, and its calls are still answered.
check 'a pipe of the program'\''s is held open' test "$(run_bounded 20 "$assay" inject -q \
	'fail:mkdir#2=EIO' -- sh -c '(sleep 1; mkdir a; mkdir b; mkdir c) >/dev/null 2>&1 & echo x' |
	cat)" = x
for look in $(seq 50); do
	[ -d c ] && break
	sleep 0.1
done
check "what was left running is not supervised any more" test -d a -a ! -e b -a -d c
rm -rf "$work/empty"/*
check 'it is not gone in the end' is_clean "$work/before"

# --- sweep: each class, at the one planted point ----------------------------------------
# sweeps STATUS CLASS PROGRAM ARGUMENT: three points; mkdir#2 has the class, the others none
# that is bad.
sweeps()
{
	wanted=$1 class=$2
	shift 2
	rm -f "$work/points"
	run_bounded 60 "$assay" sweep --calls mkdir --errno ENOSPC --limit 3s \
		--resume "$work/points" -- "$@" >"$work/output" 2>"$work/errors"
	status=$?
	cat "$work/errors" >>"$work/output"
	bad=$(grep -c -e '"class":"[chsl][raie]*[a-z ]*"' "$work/points")
	at=$(grep '"rule":"fail:mkdir#2=ENOSPC"' "$work/points" | sed 's/.*"class":"\([^"]*\)".*/\1/')
	others=$(grep '"rule"' "$work/points" | grep -v '#2=' | grep -c '"class":"clean error"')
	if [ $status = "$wanted" ] && [ "$at" = "$class" ] && [ "$others" = 2 ] && [ "$bad" -ge 2 ]; then
		pass
	else
		fail "sweep of $*: status $status, wanted $wanted; '$at' at #2, wanted '$class'" \
			"$work/output"
	fi
}

for program in "$work/victim" "$work/victim-static"; do
	if [ "$program" = "$work/victim-static" ]; then
		${CC:-cc} -D_GNU_SOURCE -static -pthread -o "$program" "$sources/victim.c" \
			2>"$work/errors" || {
			echo "$group: no static program can be built here: not tried"
			break
		}
	fi
	sweeps 0 'clean error' "$program" clean
	sweeps 0 'same result' "$program" same
	sweeps 1 crash "$program" crash
	sweeps 1 hang "$program" hang
	check 'a hang is proven, not awaited' grep -q 'asleep in read' "$work/points"
	sweeps 1 hang "$program" hang-threads
	sweeps 1 hang "$program" hang-processes
	sweeps 1 'silent wrong result' "$program" lie
	check 'the other output is named' grep -q 'other output' "$work/points"
	sweeps 1 leftover "$program" file
	check 'the file is named' grep -q 'left scratch' "$work/points"
	sweeps 1 leftover "$program" queue
	check 'the queue is named' grep -q 'left /dev/mqueue/scratch' "$work/points"
	sweeps 1 leftover "$program" shm
	sweeps 1 leftover "$program" segment
	check 'the segment is named' grep -q 'left System V segment 0x005ca7c4' "$work/points"
	sweeps 1 leftover "$program" semaphores
	sweeps 1 leftover "$program" messages
	sweeps 1 leftover "$program" process
	check 'the process is named' grep -q 'left running: victim' "$work/points"
	sweeps 0 'clean error' "$program" late-process
	sweeps 0 'clean error' "$program" late-work
done
check 'nothing of all that is left outside' is_clean "$work/before"
check 'the working directory was a copy' test -z "$(ls -A "$work/empty")"
sweeps 1 hang "$victim" spin
check 'a program that spins meets the limit' grep -q 'not at its end after 3000 ms' \
	"$work/points"
sweeps 1 crash "$victim" alarm
check 'a timer that will wake it is no hang' grep -q 'signal 14' "$work/points"

# Programs without a C library, so that a compiler is enough also for i386.
bare()
{
	${CC:-cc} -ffreestanding -nostdlib -static -fno-pie -no-pie -fno-stack-protector "$@" \
		2>"$work/errors"
}

# steps: seven instructions, of which the fourth makes d1, and not one more or less.
steps()
{
	for step in 1:137:no 4:137:no 5:137:yes 7:137:yes; do
		gives "$(echo $step | cut -d : -f 2)" '' "$assay" inject kill:insn=${step%%:*} -- "$1"
		check "$1 is killed before instruction ${step%%:*}, d1" \
			test "$([ -d "$work/empty/d1" ] && echo yes || echo no)" = "${step##*:}"
	done
	gives 0 'it met 7 instructions' "$assay" inject kill:insn=8 -- "$1"
	rm -rf "$work/empty"/*
}

case $(uname -m) in
x86_64) bare -o "$work/steps" "$sources/steps.c" && steps "$work/steps" ;;
esac
if bare -m32 -o "$work/i386" "$sources/i386.c" && "$work/i386"; then
	rmdir d1
	gives 132 '' "$assay" inject 'fail:mkdir#1=EROFS' -- "$work/i386"
	run_bounded 60 "$assay" sweep --calls mkdir --errno EROFS -- "$work/i386" >"$work/output" \
		2>&1
	check 'the sweep of an i386 program' test $? = 1
	check 'an i386 program' grep -q 'signal 4' "$work/output"
	bare -m32 -o "$work/steps32" "$sources/steps.c" && steps "$work/steps32"
	bare -m32 -DWAITS -o "$work/i386-waits" "$sources/i386.c"
	run_bounded 60 "$assay" sweep --calls mkdir --errno EROFS -- "$work/i386-waits" \
		>"$work/output" 2>&1
	check 'the hang of an i386 program is proven' grep -q 'i386-waits asleep in pause' \
		"$work/output"
else
	echo "$group: i386 programs cannot be built or run here: not tried"
fi
rm -rf "$work/empty"/*

# --- sweep: what surrounds it -------------------------------------------------------------
sweep="$assay sweep --calls mkdir --errno ENOSPC,EROFS"
# shellcheck disable=SC2086
run_bounded 60 $sweep -o "json:$work/all.json" -o "junit:$work/all.xml" -- "$victim" crash \
	>"$work/output" 2>&1
check 'a sweep with reports' test $? = 1
check 'the line that repeats' grep -q -F "assay inject 'fail:mkdir#2=ENOSPC' -- $victim crash" \
	"$work/output"
line=$(grep -F "assay inject 'fail:mkdir#2=ENOSPC'" "$work/output" | head -n 1)
(cd "$work/empty" && eval "$build/${line#  }") >/dev/null 2>&1
check 'the line repeats it' test $? = 134
rm -rf "$work/empty"/*
check 'the junit report is no XML' xmllint --noout "$work/all.xml"
check 'the junit report' test "$(grep -c '<failure' "$work/all.xml")" = 2
check 'the json report' test "$(grep -c '"class": *"crash"' "$work/all.json")" = 2

# Shards are disjoint, and together they are the whole.
for shard in 1/2 2/2; do
	# shellcheck disable=SC2086
	run_bounded 60 $sweep --shard $shard --resume "$work/shard-${shard%/*}" -- "$victim" clean \
		>/dev/null 2>&1
	check "shard $shard" test $? = 0
done
grep -h '"rule"' "$work/shard-1" "$work/shard-2" | sort >"$work/shards"
check 'the shards are not the whole' test "$(wc -l <"$work/shards")" = 6
check 'the shards share points' test -z "$(sed 's/,"class.*//' "$work/shards" | uniq -d)"

# Interrupted, and resumed from the file: no point twice.
run_bounded 60 "$interrupt" INT 700 group "$assay" sweep --errno EINTR,EIO,ENOMEM,ENOSPC \
	--calls open,read,mkdir,mmap,close --exhaustive --resume "$work/half" -j 1 \
	-o "json:$work/half.json" -- sh -c 'for i in 1 2 3 4 5 6 7 8; do cat /dev/null; done' \
	>"$work/output" 2>&1
check "an interrupted sweep: status $?" grep -q 'interrupted by SIGINT' "$work/output"
check 'an interrupted sweep leaves something' is_clean "$work/before"
check 'its json report does not say so' grep -q '"interrupted": *"SIGINT"' "$work/half.json"
before=$(grep -c '"rule"' "$work/half")
printf '{"rule":"fail:open#1=EI' >>"$work/half"
run_bounded 300 "$assay" sweep --errno EINTR,EIO,ENOMEM,ENOSPC \
	--calls open,read,mkdir,mmap,close --exhaustive --resume "$work/half" \
	-- sh -c 'for i in 1 2 3 4 5 6 7 8; do cat /dev/null; done' >"$work/output" 2>&1
check "the resumed sweep: $before points were there" grep -q "$before resumed" "$work/output"
check 'a point was visited twice' test -z "$(grep '"rule"' "$work/half" | sed 's/,"class.*//' |
	sort | uniq -d)"
check 'a half line is left' test -z "$(grep -v '}$' "$work/half")"

# More than a mebibyte, from which on files are told by their times.
head -c 1500000 /dev/zero >"$work/empty/large"
(cd "$work/empty" && run_bounded 60 "$assay" sweep --calls open --errno EIO -- \
	sh -c 'cat large >copy; echo >>large') >"$work/output" 2>&1
check 'a large working directory' grep -q 'copy is not made' "$work/output"
rm -f "$work/empty/large"

# Rules that are points of their own, and short transfers.
gives 2 'at 6: expected tmpfs-blocks' "$assay" sweep --rule fill:all -- true
gives 2 twice "$assay" sweep --rule fill:fds --rule fill:fds -- true
gives 2 'contradict' "$assay" sweep --short --errno EIO -- true
gives 125 'assay sweep --rule' "$assay" inject fill:tmpfs-blocks -- true
run_bounded 60 "$assay" sweep -j 1 --rule fill:tmpfs-blocks --rule fill:tmpfs-inodes \
	--rule count:write --rule kill:write#1:exit -o "json:$work/rules.json" \
	-- sh -c 'seq 5000 >out' >"$work/output" 2>&1
check "a sweep of rules: status $?" grep -q '^3 clean error, 1 same result' "$work/output"
for rule in fill:tmpfs-blocks fill:tmpfs-inodes; do
	check "$rule is an error, and gone with its run" grep -q "^$rule  *1\$" "$work/output"
done
run_bounded 60 "$assay" sweep --rule fill:tmpfs-blocks -- sh -c 'seq 5000 >out; exit 0' \
	>"$work/output" 2>&1
check 'a full file system that nobody minds' test $? = 1
check 'the line that repeats it' grep -q "assay sweep --rule 'fill:tmpfs-blocks' -- " "$work/output"
run_bounded 60 "$assay" sweep --short -o "junit:$work/short.xml" -- "$build/selftest/transfer" \
	stream >"$work/output" 2>&1
check 'short transfers that are gone on from' test $? = 0
check 'the junit report of short transfers is no XML' xmllint --noout "$work/short.xml"
run_bounded 60 "$assay" sweep --short --calls readv,recv -- "$build/selftest/transfer" stuck \
	>"$work/output" 2>&1
check 'short transfers that are waited for' grep -q '^2 hang' "$work/output"
check 'the hang of a traced program is proven' grep -q 'transfer asleep in read' "$work/output"
printf 'one\ntwo\n' >"$work/empty/words"
(cd "$work/empty" && run_bounded 60 "$assay" sweep --short --calls read -- \
	dd if=words of=out bs=100 count=1 status=none) >"$work/output" 2>&1
check 'a short read that is taken for a whole one' grep -q 'out is different' "$work/output"
rm -f "$work/empty/words"

gives 2 program "$assay" sweep
gives 2 nonsense "$assay" sweep --nonsense -- true
gives 2 EFOO "$assay" sweep --errno EFOO -- true
gives 2 nonsense "$assay" sweep --calls nonsense -- true
gives 2 twice "$assay" sweep --calls open,open -- true
gives 2 shard "$assay" sweep --shard 3/2 -- true
gives 2 json "$assay" sweep -o tap:x -- true
gives 2 limit "$assay" sweep --limit soon -- true
gives 2 'another program' "$assay" sweep --calls mkdir --resume "$work/points" -- "$victim" clean
gives 2 'none of these' "$assay" sweep --calls mq_open -- true
gives 3 'No such file' "$assay" sweep -- no-such-program
gives 3 signal "$assay" sweep -- sh -c 'kill -9 $$'
gives 3 oracle "$assay" sweep --calls mkdir --errno EIO --oracle false -- "$victim" clean
gives 3 'no/where' "$assay" sweep -o "json:$work/no/where" -- true
# shellcheck disable=SC2016
gives 3 differently "$assay" sweep -- sh -c 'exit $(($(date +%N | sed s/^0*//) % 199))'
run_bounded 60 "$assay" sweep --calls mkdir --errno ENOSPC --oracle 'grep -q 3' -- "$victim" lie \
	>"$work/output" 2>&1
check 'an oracle that says no' grep -q 'the oracle says no: status 1' "$work/output"
run_bounded 60 "$assay" sweep --calls mkdir --errno ENOSPC -- "$victim" same pid \
	>"$work/output" 2>&1
check 'output that differs by itself' test $? = 0
check 'output that differs by itself is said' grep -q 'output differs between two runs' \
	"$work/output"
(cd / && run_bounded 60 "$assay" sweep --calls mkdir -- "$victim" clean) >"$work/output" 2>&1
check 'a sweep in /' test $? = 3
check 'a sweep in / says why' grep -q 'working directory' "$work/output"
printf 'b\na\n' >"$work/input"
run_bounded 60 "$assay" sweep --calls read --errno EIO -- sort <"$work/input" >"$work/output" 2>&1
check 'standard input from a file' grep -q '4 bytes of output' "$work/output"

if [ "$(id -u)" = 0 ]; then
	mkdir "$work/user"
	chmod 777 "$work/user"
	chmod 755 "$work/victim"
	place_for_all "$assay" "$worker"
	(cd "$work/user" && as_user "$work/place/assay" sweep --calls mkdir --errno ENOSPC -- \
		"$work/victim" lie) >"$work/output" 2>&1
	check 'an ordinary user finds it, too' grep -q '1 silent wrong result' "$work/output"
	# shellcheck disable=SC2016
	(cd "$work/user" && as_user "$work/place/assay" sweep --calls mkdir --errno ENOSPC -- \
		sh -c 'test "$(id -u)" = 65534') >"$work/output" 2>&1
	check 'ids stay as they are' grep -q 'none of these calls' "$work/output"
fi
check 'something is left at the end' is_clean "$work/before"
finish

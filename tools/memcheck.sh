#!/bin/sh
# memcheck: valgrind over the runner and, with the first case of every cell of the matrix,
# over the worker and all the processes that it forks; then the cases that only memcheck can
# decide, about lost memory.
#   tools/memcheck.sh BUILD [PATTERN...]
# Judged are valgrind's findings; verdicts only where lost memory is the claim.  Others can
# time out or differ under valgrind, which runs one thread at a time and knows fewer system
# calls.  Most must pass all the same.
set -u
build=$1
shift
place=$(mktemp -d) || exit 2
trap 'rm -rf "$place"' EXIT
quiet='valgrind -q --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite'
# A body and its peers end by _exit or a signal: only what they touch is looked at.
under="valgrind -q --leak-check=no --suppressions=tools/valgrind.supp --log-fd=9"
worker="$under $build/assay-worker 9>>$place/worker"
status=0

# valgrind itself reads the path that a claim about EFAULT gives to the kernel, and dies; so it
# does where a case takes all memory away.
"$build/assay" list "$@" | cut -d ' ' -f 1 | grep -ve efault -e need-no-resource | sort -t / -u -k 1,2 >"$place/ids"
[ -s "$place/ids" ] || exit 2
# shellcheck disable=SC2046 # ids have no blanks
"$build/assay" run -t "valgrind=$worker" --timeout 60s -o "tap:$place/tap" $(cat "$place/ids") \
	>"$place/output" 2>&1
ran=$?
if [ $ran -gt 1 ]; then
	cat "$place/output"
	status=1
fi
cases=$(wc -l <"$place/ids")
passed=$(grep -c '^ok ' "$place/tap")
echo "memcheck: worker: $cases cases, $passed passed under valgrind"
if [ $((2 * passed)) -lt "$cases" ]; then
	cat "$place/output"
	status=1
fi
# Whether the search for lost memory finds a planted block, and none where none is lost.
"$build/assay" run -t "planted=$under $build/selftest/planted-worker 9>>$place/worker" \
	--timeout 60s -o "tap:$place/tap" planted/failing/block-is-lost >"$place/output" 2>&1
if ! grep -q 'lost 1 block of memory' "$place/output"; then
	echo 'memcheck: a block that a planted case loses is not found'
	cat "$place/output"
	status=1
fi
"$build/assay" run -t "valgrind=$worker" --timeout 60s -o "tap:$place/tap" '*-loses-no-memory' \
	>"$place/output" 2>&1
ran=$?
lossless=$(grep -c '^ok .*-loses-no-memory$' "$place/tap")
echo "memcheck: worker: $lossless cases about lost memory passed"
if [ $ran != 0 ] || [ "$lossless" = 0 ]; then
	cat "$place/output"
	status=1
fi
# Lines with -- are valgrind's own notes, such as a system call that it does not know.
if grep '^==' "$place/worker"; then
	status=1
fi

# The runner, through what its options make it do.
for arguments in 'list' 'list --json' 'run -j 2' "run --repeat 2 --shuffle=1 -v" \
	"run --shard 1/2 -o json:$place/j -o tap:$place/t -o junit:$place/x" \
	"run --failed $place/j" 'run no/such/case'; do
	case $arguments in
	list* | *failed* | *no/such*) ids= ;;
	*) ids=$(head -n 8 "$place/ids") ;;
	esac
	# shellcheck disable=SC2086
	$quiet --log-file="$place/runner" "$build/assay" $arguments $ids >/dev/null 2>&1
	ran=$?
	if [ -s "$place/runner" ] || [ $ran -gt 2 ]; then
		echo "memcheck: assay $arguments: status $ran"
		cat "$place/runner"
		status=1
	fi
done
[ $status = 0 ] && echo "memcheck: nothing found in runner and worker"
exit $status

#!/bin/sh
# memcheck: valgrind over the runner and, with the first case of every cell of the matrix,
# over the worker and all the processes that it forks; then the cases that only memcheck can
# decide, about lost memory.
#   tools/memcheck.sh BUILD [PATTERN...]
set -u
build=$1
shift
place=$(mktemp -d) || exit 2
trap 'rm -rf "$place"' EXIT
quiet='valgrind -q --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite'
status=0

# under WHAT ARGUMENT...: `assay run --valgrind ARGUMENT...` finds nothing unexpected.
under()
{
	what=$1
	shift
	if ! "$build/assay" run --valgrind -o terminal -o "tap:$place/tap" "$@" >"$place/output" 2>&1; then
		cat "$place/output"
		status=1
	fi
	good=$(grep -c '^ok ' "$place/tap")
	echo "memcheck: worker: $good $what"
	[ "$good" -gt 0 ] || status=1
}

"$build/assay" list "$@" | cut -d ' ' -f 1 | sort -t / -u -k 1,2 >"$place/ids"
[ -s "$place/ids" ] || exit 2
# shellcheck disable=SC2046 # ids have no blanks
under "cases without errors of memory" $(cat "$place/ids")
# Some of them may hang (expectations/valgrind.txt), which is no reason to give them less time.
under "cases about lost memory" --timeout 60s '*-loses-no-memory'
# Whether the search for lost memory finds a planted block, and none where none is lost.
"$build/assay" run --valgrind -t "planted=$build/selftest/planted-worker" \
	planted/failing/block-is-lost >"$place/output" 2>&1
if ! grep -q 'lost 1 block of memory' "$place/output"; then
	echo 'memcheck: a block that a planted case loses is not found'
	cat "$place/output"
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
	# pidfd_open(2), which the runner can do without: valgrind 3.19 does not know it.
	sed -i '/unhandled .* syscall: 434$/,+4d' "$place/runner"
	if [ -s "$place/runner" ] || [ $ran -gt 2 ]; then
		echo "memcheck: assay $arguments: status $ran"
		cat "$place/runner"
		status=1
	fi
done
[ $status = 0 ] && echo "memcheck: nothing found in runner and worker"
exit $status

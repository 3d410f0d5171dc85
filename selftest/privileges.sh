#!/bin/sh
# The same verdicts whoever runs the worker: root, root without CAP_SYS_RESOURCE, an
# ordinary user; and each of them where the system refuses every isolation.  Only what
# is announced as unsupported may differ.  The worker runs from below /tmp, which the cases
# hide from it.
#   selftest/privileges.sh [BUILD]
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
needs_programs "$planted" "$flatten" "$worker"
LC_ALL=C
export LC_ALL
mkdir "$work/place"
cp "$planted" "$flatten" "$worker" "$work/place/"
cd "$work/place" || exit 2

# privileged WHO COMMAND...: the command as WHO.
privileged()
{
	who=$1
	shift
	case $who in
	root | self) "$@" ;;
	root-without-resource)
		setpriv --bounding-set=-sys_resource --inh-caps=-sys_resource "$@"
		;;
	user) as_user "$@" ;;
	esac
}

# verdicts FILE WHO WORKER ARGUMENT...: ids and verdicts, sorted, into FILE; what no run
# may do into FILE.violations.
verdicts()
{
	file=$1
	who=$2
	shift 2
	case $1 in
	*planted*) any= ;;
	*) any=--any-spec ;;
	esac
	privileged "$who" timeout -k 5 200 "$work/place/flatten" --verdicts $any "$@" \
		>"$file.raw" 2>"$file.violations"
	echo $? >"$file.status"
	sort "$file.raw" >"$file"
}

# alike WHAT FILE OTHER: a verdict may only be missing where it is announced.
alike()
{
	join -t '	' -a 1 -a 2 -e missing -o 0,1.2,2.2 "$2" "$3" |
		awk -F '\t' '$2 != $3 && $2 !~ /announced/ && $3 !~ /announced/' >"$work/differ"
	if [ -s "$work/differ" ]; then
		fail "$1: verdicts differ" "$work/differ"
	else
		passed=$((passed + $(wc -l <"$2")))
	fi
	check "$1: no verdicts" test -s "$3"
	if [ "$(cat "$3.status")" != 0 ]; then
		fail "$1: what no run may do (status $(cat "$3.status"))" "$3.violations"
	fi
}

if [ "$(id -u)" = 0 ]; then
	all='root root-without-resource user'
else
	all=self
fi

left_now >"$work/before"
for program in planted-worker assay-worker; do
	first=
	# Isolated workers do not meet; those without isolation take turns.
	for who in $all; do
		verdicts "$work/$program.$who" "$who" "$work/place/$program" &
	done
	wait
	check "$program: something is left" is_clean "$work/before"
	for who in $all; do
		verdicts "$work/$program.$who.none" "$who" "$work/place/$program" --isolation none
		check "$program as $who, without isolation: something is left" \
			is_clean "$work/before"
	done
	for who in $all; do
		first=${first:-$work/$program.$who}
		alike "$program as $who" "$first" "$work/$program.$who"
		alike "$program as $who, without isolation" "$first" "$work/$program.$who.none"
	done
done

# Each isolation alone can be missing.
for some in user user,ipc user,pid,proc ipc,pid,mount,proc,tmp,shm,mqueue user,mount,tmp; do
	printf 'run planted/verdict/pass\nrun planted/leftover/sysv-queue\nquit\n' |
		run_bounded 30 "$work/place/planted-worker" --isolation $some \
			>"$work/answers" 2>&1
	check "isolation $some: a pass" grep -q 'verdict/pass","verdict":"pass"' "$work/answers"
	check "isolation $some: a leak" grep -q 'sysv-queue","verdict":"leak"' "$work/answers"
	check "isolation $some: something is left" is_clean "$work/before"
done

cd / || exit 2
finish

#!/bin/sh
# The same verdicts whoever runs the worker: root, root without CAP_SYS_RESOURCE, an
# ordinary user; and each of them where the system refuses every isolation.  Only what
# is announced as unsupported may differ.  The worker runs from below /tmp, which the cases
# hide from it.
#   selftest/privileges.sh [BUILD]
set -u
own_world=${own_world:-yes}
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
needs_programs "$planted" "$flatten" "$worker"
LC_ALL=C
export LC_ALL
place_for_all "$planted" "$flatten" "$worker"

# The command words that make a command run as WHO.
words_of() # words_of WHO
{
	case $1 in
	root-without-resource)
		echo setpriv --bounding-set=-sys_resource --inh-caps=-sys_resource
		;;
	user)
		mkdir -p "$work/home" && chmod 777 "$work/home"
		echo env "HOME=$work/home" setpriv --reuid 65534 --regid 65534 --clear-groups
		;;
	esac
}

# How flatten looks at PROGRAM: the specs of real suites are no verdicts.
options_of() # options_of PROGRAM
{
	echo --verdicts
	[ "$1" = planted-worker ] || echo --any-spec
}

# verdicts FILE WHO PROGRAM: ids, verdicts and their lines into FILE, sorted; what no run may do into
# FILE.violations.
verdicts()
{
	# shellcheck disable=SC2046 # several words each
	run_bounded 200 $(words_of "$2") "$work/place/flatten" $(options_of "$3") \
		"$work/place/$3" >"$1.raw" 2>"$1.violations"
	echo $? >"$1.status"
	sort "$1.raw" >"$1"
}

# Without isolation the cases get a world of their own: a private /tmp and /dev/shm, System
# V objects apart.  It shows exactly what stays, and what others do in /tmp meanwhile is no
# leftover.  Run inside namespaces by unshare.
cat >"$work/world.sh" <<'SH'
mount -t tmpfs none /mnt && cp "$1"/* /mnt/ && chmod 755 /mnt &&
	mount -t tmpfs -o mode=1777 none /tmp &&
	mount -t tmpfs -o mode=1777 none /dev/shm && cd /tmp || exit 77
shift
"$@" 3>&-
status=$?
find /tmp /dev/shm -mindepth 1 -maxdepth 1 >&3
awk 'FNR > 1 { print FILENAME, $1 }' /proc/sysvipc/* >&3
exit $status
SH

# verdicts_without FILE WHO PROGRAM: the same without isolation; what stays goes into
# FILE.stays.
verdicts_without()
{
	map=
	[ "$2" = self ] && map='--user --map-root-user'
	# shellcheck disable=SC2046,SC2086 # several words each
	run_bounded 200 unshare $map --mount --ipc sh "$work/world.sh" "$work/place" \
		$(words_of "$2") /mnt/flatten $(options_of "$3") "/mnt/$3" --isolation none \
		>"$1.raw" 2>"$1.violations" 3>"$1.stays"
	echo $? >"$1.status"
	sort "$1.raw" >"$1"
}

# alike WHAT FILE OTHER: a verdict may only be missing where it is announced.
alike()
{
	join -t '	' -a 1 -a 2 -e missing -o 0,1.2,2.2,2.3 "$2" "$3" |
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
	first=root
else
	all=self
	first=self
fi

left_now >"$work/before"
for program in planted-worker assay-worker; do
	# Isolated workers do not meet, nor do those in worlds of their own.
	for who in $all; do
		verdicts "$work/$program.$who" "$who" "$program" &
	done
	wait
	for who in $all; do
		verdicts_without "$work/$program.$who.none" "$who" "$program" &
	done
	wait
	check "$program: something is left" is_clean "$work/before"
	for who in $all; do
		alike "$program as $who" "$work/$program.$first" "$work/$program.$who"
		alike "$program as $who, without isolation" "$work/$program.$first" \
			"$work/$program.$who.none"
	done
done

# Nothing stays of cases that leave nothing on purpose.
for who in $all; do
	check "as $who, without isolation: the suites leave something" \
		test ! -s "$work/assay-worker.$who.none.stays"
	grep -v -e stray -e left-by -e 1579122 "$work/planted-worker.$who.none.stays" \
		>"$work/stays"
	[ ! -s "$work/stays" ] || fail "as $who, without isolation: stays" "$work/stays"
done

# Each isolation alone can be missing.
for some in user user,ipc user,pid,proc user,mount,tmp ipc,pid,mount,proc,tmp,shm,mqueue; do
	printf 'run planted/verdict/pass\nrun planted/leftover/descriptor\nquit\n' |
		run_bounded 30 "$work/place/planted-worker" --isolation $some \
			>"$work/answers" 2>&1
	check "isolation $some: a pass" grep -q 'verdict/pass","verdict":"pass"' "$work/answers"
	check "isolation $some: a leak" grep -q 'descriptor","verdict":"leak"' "$work/answers"
	check "isolation $some: something is left" is_clean "$work/before"
done

finish

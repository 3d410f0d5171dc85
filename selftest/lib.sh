# What the groups of self-tests share; sourced by them, never run.  A group is a script
# that takes BUILD, prints only what failed and, last, "GROUP: N passed, N failed".
# shellcheck shell=sh

cd "$(dirname "$0")/.." || exit 2
group=$(basename "$0" .sh)

# A group that sets own_world looks for what is left.  As root it gets processes, System V
# objects, queues, a /dev/shm and a /tmp of its own, so that what others leave meanwhile is not
# taken for ours; the sources and what is built stay where they are, also below /tmp.
if [ "${own_world:-}" = yes ] && [ "$(id -u)" = 0 ] &&
	unshare --mount --ipc --pid --fork --mount-proc true 2>/dev/null; then
	own_world=inside
	export own_world
	# shellcheck disable=SC2016 # expanded by the inner shell
	exec unshare --mount --ipc --pid --fork --kill-child --mount-proc sh -c '
		mount -t tmpfs -o mode=1777 none /dev/shm &&
			mount -t tmpfs -o mode=1777 none /mnt || exit
		for folder in "$PWD" "${2:-build}"; do
			below=${folder#/tmp/}
			[ "$below" = "$folder" ] || { mkdir -p "/mnt/$below" &&
				mount --bind "$folder" "/mnt/$below"; } || exit
		done
		mount --move /mnt /tmp && cd "$PWD" && exec sh "$@"' \
		sh "$PWD/selftest/$group.sh" "$@"
fi

build=${1:-build}
case $build in
/*) ;;
*) build=$PWD/$build ;;
esac
# shellcheck disable=SC2034 # used by the groups
assay=$build/assay
# shellcheck disable=SC2034
worker=$build/assay-worker
# shellcheck disable=SC2034
planted=$build/selftest/planted-worker
# shellcheck disable=SC2034
flatten=$build/selftest/flatten
passed=0
failed=0
work=$(mktemp -d "${TMPDIR:-/tmp}/assay-selftest.XXXXXX") || exit 2
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

pass()
{
	passed=$((passed + 1))
}

# fail WHAT [FILE]: WHAT went wrong; the file tells more (its first 40 lines are shown).
fail()
{
	failed=$((failed + 1))
	printf '%s: %s\n' "$group" "$1"
	if [ -n "${2:-}" ] && [ -s "$2" ]; then
		head -40 "$2" | sed 's/^/	/'
	fi
	return 0
}

# check WHAT COMMAND...: the command succeeds; what it prints is shown when it does not.
check()
{
	check_what=$1
	shift
	if "$@" >"$work/check" 2>&1; then
		pass
	else
		fail "$check_what (status $?)" "$work/check"
	fi
}

# needs_programs FILE...: without them the group cannot run at all.
needs_programs()
{
	for program in "$@"; do
		[ -x "$program" ] && continue
		echo "$group: $program is not built: make selftest-programs"
		exit 3
	done
}

# run_bounded SECONDS COMMAND...: like the command; 124 when it took longer.
run_bounded()
{
	bound=$1
	shift
	timeout -k 5 "$bound" "$@"
}

# place_for_all FILE...: copies in WORK/place, for users who cannot come to where the files lie.
place_for_all()
{
	mkdir "$work/place"
	cp "$@" "$work/place/"
	chmod 755 "$work/place"
}

# as_user COMMAND...: the command as an ordinary user with a home of its own; root only.
as_user()
{
	mkdir -p "$work/home"
	chmod 777 "$work/home"
	HOME=$work/home setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
}

# list_queues: the POSIX queues; where no mqueue is mounted only root can look.
list_queues()
{
	if [ "$(id -u)" = 0 ]; then
		unshare --mount sh -c 'mount -t mqueue none /mnt && ls -d /mnt/*'
	else
		find /dev/mqueue -mindepth 1 -user "$(id -u)"
	fi
}

# left_now: what could have been left by this user, one a line: processes of this build,
# System V objects, queues, shared memory, files and mounts.
left_now()
{
	# As root the cases have uids of their own.
	mine=
	[ "$(id -u)" = 0 ] || mine="-user $(id -u)"
	# shellcheck disable=SC2086 # two words or none
	{
		grep -l -a -F -e "$build/assay" -e "$build/selftest/" -e "$work/place" /proc/[0-9]*/cmdline
		find /proc/[0-9]*/exe -lname "$build/*" -o -lname "$work/place/*"
		awk -v uid="$(id -u)" '
			FNR == 1 { for (i = 1; i <= NF; i++) if ($i == "cuid") column = i; next }
			uid == 0 || $column == uid { print FILENAME, $1, $2 }' /proc/sysvipc/*
		find /dev/shm -mindepth 1 -maxdepth 1 $mine
		list_queues
		find /tmp -maxdepth 1 $mine ! -name "assay-selftest*" \( -name "*assay*" -o -name "*stray*" \
			-o -name "left-by*" \)
		grep -e assay /proc/self/mountinfo
	} 2>/dev/null | sort
}

# is_clean BEFORE: waits up to 5 s until nothing is left that was not there BEFORE (a file
# of left_now); what is left is printed.
is_clean()
{
	for try in $(seq 50); do
		left_now >"$work/now"
		comm -13 "$1" "$work/now" >"$work/left"
		[ -s "$work/left" ] || return 0
		sleep 0.1
	done
	echo "left after 5 s, $try looks:"
	cat "$work/left"
	return 1
}

finish()
{
	echo "$group: $passed passed, $failed failed"
	[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
	exit
}

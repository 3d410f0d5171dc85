#!/bin/sh
# Under valgrind: each planted error is found in the case in which it lies, and nothing else is.
#   selftest/valgrind.sh [BUILD]
set -u
own_world=${own_world:-yes}
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
fake=$build/selftest/fake-worker
needs_programs "$assay" "$planted" "$fake"
LC_ALL=C
export LC_ALL

# ends STATUS ARGUMENT...: `assay run ARGUMENT...` ends with STATUS; what it printed in output.
ends()
{
	wanted=$1
	shift
	run_bounded 120 "$assay" run "$@" >"$work/output" 2>&1 </dev/null
	status=$?
	if [ $status = "$wanted" ]; then
		pass
	else
		fail "run $*: status $status, wanted $wanted" "$work/output"
	fi
}

# has WORDS [FILE]
has()
{
	check "no '$1' in ${2:-output}" grep -q -e "$1" "$work/${2:-output}"
}

# under TOOL PATTERN...: the planted cases under TOOL, the report in TOOL.tap; in background.
under()
{
	tool=$1
	shift
	run_bounded 120 "$assay" run "--valgrind=$tool" -t "planted=$planted" -j 1 -o "tap:$work/$tool.tap" \
		-o "terminal:$work/$tool.txt" "$@" >"$work/$tool.said" 2>&1 </dev/null &
}

# lines TOOL: what TOOL found as "slug: verdict line", a line number replaced by what is written
# there.  Which access of a race comes second, and how many are seen, is left open.
lines()
{
	awk '/^not ok/ { slug = $5; sub(/.*\//, "", slug) }
		/^  message:/ { gsub(/^  message: "|"$/, ""); print slug ": " $0 }' "$work/$1.tap" |
		sed -e 's/\(data race\|Conflicting\) \(.*\), and [0-9]* more/\1 \2/' \
			-e 's/\(data race\|Conflicting\) .* in/\1 in/' |
		while read -r line; do
			file=$(expr "$line" : '.* (\([^ ]*\):[0-9]*)')
			number=$(expr "$line" : '.*:\([0-9]*\))')
			place=$(sed -n "${number}s/^[[:blank:]]*//p" "$file")
			printf '%s\n' "$line" | sed "s|($file:$number)|at $place|"
		done | sort
}

# found TOOL: compares it with standard input.
found()
{
	lines "$1" >"$work/$1.got"
	sort >"$work/$1.wanted"
	if diff -u "$work/$1.wanted" "$work/$1.got" >"$work/diff"; then
		pass
	else
		cat "$work/$1.said" "$work/$1.txt" >>"$work/diff"
		fail "$1 found something else" "$work/diff"
	fi
}

# --- what is refused ------------------------------------------------------------------
ends 2 --valgrind=cachegrind
has "'cachegrind' is not memcheck, helgrind or drd"
ends 2 --valgrind --under gdb pipe/open
has 'contradict'
env PATH="$work" "$assay" run --valgrind pipe/open >"$work/output" 2>&1
check 'no valgrind to be found' test $? = 3
has 'install the package valgrind'

# valgrind cannot run what is built with the address sanitizer.
[ -z "${SANITIZE-}" ] || finish

# --- what is found --------------------------------------------------------------------
left_now >"$work/before"
under memcheck planted/valgrind mutex/valgrind
under helgrind mutex/valgrind
under drd mutex/valgrind
ends 2 --valgrind=helgrind pipe/open
has 'no chosen case is about that'
ends 3 --valgrind -t "elsewhere=$fake good"
has 'does not run under valgrind'
wait

# Valgrind opens what is executed by its path.  Cases have a /tmp of their own, and do not look
# into a home that root keeps to itself.
hidden='^$'
case $(realpath "$planted") in
/tmp/*) hidden='^executed-program-' ;;
*) [ "$(id -u)" != 0 ] || as_user test -x "$planted" || hidden='^executed-program-' ;;
esac
grep -v "$hidden" >"$work/memcheck.all" <<'END'
body-writes-beyond-a-block: memcheck: Invalid write of size 1 in writes_beyond at block[4] = 1;
decides-by-what-was-never-written: memcheck: Conditional jump or move depends on uninitialised value(s) in body at if (block_of(4)[3] == 'x')
executed-program-writes-beyond-a-block: memcheck: Invalid write of size 1 in writes_beyond at block[4] = 1;
four-peers-write-beyond-a-block-at-once: memcheck: Invalid write of size 1 in writes_beyond_with_others at block[4] = 1;, and 31 more
fails-after-an-error: close(0) succeeded with 0, wanted EBADF; memcheck: Invalid write of size 1 in writes_beyond at block[4] = 1;
killed-peer-wrote-beyond-a-block: memcheck: Invalid write of size 1 in writes_beyond at block[4] = 1;
peer-writes-beyond-a-block: memcheck: Invalid write of size 1 in writes_beyond at block[4] = 1;
sends-more-than-the-block: memcheck: Syscall param write(buf) points to unaddressable byte(s) in body at ck_assert_int_eq(need(write(ends[1], block, 8)), 8);
sends-what-was-never-written: memcheck: Syscall param write(buf) points to uninitialised byte(s) in body at ck_assert_int_eq(need(write(ends[1], block_of(4), 4)), 4);
END
found memcheck <"$work/memcheck.all"
found helgrind <<'END'
two-threads-count-without-it: helgrind: Possible data race in counts at *count = *count + 1;
END
found drd <<'END'
two-threads-count-without-it: drd: Conflicting in counts at *count = *count + 1;
END
has "^  repeat: \"assay run --valgrind=memcheck -t planted=" memcheck.tap
check 'something is left' is_clean "$work/before"
finish

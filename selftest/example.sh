#!/bin/sh
# A user's view of an installation: make install into a place of its own, every header
# there compiles alone, the example of the README is built in another directory through
# pkg-config and runs as a target; make uninstall leaves nothing.
#   selftest/example.sh [BUILD]
set -u
cd "$(dirname "$0")/.." || exit 2
build=${1:-build}
place=$(mktemp -d) || exit 2
trap 'rm -rf "$place"' EXIT
passed=0
failed=0

check() # check WHAT COMMAND...: the command succeeds
{
	what=$1
	shift
	("$@") >"$place/output" 2>&1
	status=$?
	if [ $status = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "selftest/example.sh: $what (status $status)"
		sed 's/^/	/' "$place/output"
	fi
}

compiles_alone()
{
	flags=$(pkg-config --cflags libassay) || return
	# shellcheck disable=SC2086 # one word a flag
	${CC:-cc} -std=c11 $flags -Wall -Wextra -Werror -fsyntax-only -x c -include "$1" /dev/null
}

five_cases_pass()
{
	"$place/usr/bin/assay" run -t "mine=$place/example/mine-worker" -o "tap:$place/tap" || return
	grep -qx '1\.\.5' "$place/tap" && [ "$(grep -c '^ok ' "$place/tap")" = 5 ]
}

has_its_id()
{
	"$place/usr/bin/assay" list -t "mine=$place/example/mine-worker" |
		grep -q '^mine/errors/lseek-on-a-pipe\.from-start[[:blank:]]'
}

own_worker_is_found()
{
	cd / && "$place/usr/bin/assay" run pipe/open
}

nothing_is_left()
{
	left=$(find "$place/$1" ! -type d)
	[ -z "$left" ] || { echo "left: $left" && false; }
}

readme_shows_it()
{
	awk '/^```c$/ { on = 1; next } /^```$/ { on = 0 } on' README.md |
		diff - docs/example/mine.c
}

make_quietly()
{
	env -u MAKEFLAGS -u MAKELEVEL make --no-print-directory "$@"
}

export PKG_CONFIG_PATH="$place/usr/lib/pkgconfig"
check 'make install' make_quietly BUILD="$build" PREFIX="$place/usr" install
for header in "$place"/usr/include/assay/*.h "$place"/usr/include/assay/author/*.h; do
	check "${header##*/} does not compile alone" compiles_alone "$header"
done
mkdir "$place/example"
cp docs/example/* "$place/example/"
check 'the example does not build' make_quietly -C "$place/example" CFLAGS="-O2 -Wall -Wextra -Werror ${SANITIZE-}"
check 'the example does not pass' five_cases_pass
check 'the example does not list its rows' has_its_id
check 'the installed runner does not find its worker' own_worker_is_found
check 'the README shows another example' readme_shows_it
check 'make uninstall' make_quietly BUILD="$build" PREFIX="$place/usr" uninstall
check 'make uninstall leaves files' nothing_is_left usr
check 'make install DESTDIR' make_quietly BUILD="$build" DESTDIR="$place/stage" PREFIX=/opt/assay install
check 'the staged runner is not below DESTDIR' test -x "$place/stage/opt/assay/bin/assay"
check 'the staged manual is not below DESTDIR' test -f "$place/stage/opt/assay/share/man/man1/assay.1"
check 'DESTDIR is in libassay.pc' grep -qx 'prefix=/opt/assay' \
	"$place/stage/opt/assay/lib/pkgconfig/libassay.pc"
check 'make uninstall DESTDIR' make_quietly BUILD="$build" DESTDIR="$place/stage" PREFIX=/opt/assay uninstall
check 'make uninstall DESTDIR leaves files' nothing_is_left stage

echo "example: $passed passed, $failed failed"
[ $failed = 0 ]

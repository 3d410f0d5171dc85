#!/bin/sh
# A user's view of an installation: make install into a place of its own, every header
# there compiles alone, the example of the README is built in another directory through
# pkg-config and runs as a target; make uninstall leaves nothing.
#   selftest/example.sh [BUILD]
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"

compiles_alone()
{
	flags=$(pkg-config --cflags libassay) || return
	# shellcheck disable=SC2086 # one word a flag
	${CC:-cc} -std=c11 $flags -Wall -Wextra -Werror -fsyntax-only -x c -include "$1" /dev/null
}

five_cases_pass()
{
	"$work/usr/bin/assay" run -t "mine=$work/example/mine-worker" -o "tap:$work/tap" || return
	grep -qx '1\.\.5' "$work/tap" && [ "$(grep -c '^ok ' "$work/tap")" = 5 ]
}

has_its_id()
{
	"$work/usr/bin/assay" list -t "mine=$work/example/mine-worker" |
		grep -q '^mine/errors/lseek-on-a-pipe\.from-start[[:blank:]]'
}

own_worker_is_found()
(
	cd / && "$work/usr/bin/assay" run pipe/open
)

nothing_is_left()
{
	left=$(find "$work/$1" ! -type d)
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

export PKG_CONFIG_PATH="$work/usr/lib/pkgconfig"
check 'make install' make_quietly BUILD="$build" PREFIX="$work/usr" install
for header in "$work"/usr/include/assay/*.h "$work"/usr/include/assay/author/*.h; do
	check "${header##*/} does not compile alone" compiles_alone "$header"
done
mkdir "$work/example"
cp docs/example/* "$work/example/"
check 'the example does not build' make_quietly -C "$work/example" CFLAGS="-O2 -Wall -Wextra -Werror ${SANITIZE-}"
check 'the example does not pass' five_cases_pass
check 'the example does not list its rows' has_its_id
check 'the installed runner does not find its worker' own_worker_is_found
check 'the README shows another example' readme_shows_it
check 'make uninstall' make_quietly BUILD="$build" PREFIX="$work/usr" uninstall
check 'make uninstall leaves files' nothing_is_left usr
check 'make install DESTDIR' make_quietly BUILD="$build" DESTDIR="$work/stage" PREFIX=/opt/assay install
check 'the staged runner is not below DESTDIR' test -x "$work/stage/opt/assay/bin/assay"
check 'the staged manual is not below DESTDIR' test -f "$work/stage/opt/assay/share/man/man1/assay.1"
check 'DESTDIR is in libassay.pc' grep -qx 'prefix=/opt/assay' \
	"$work/stage/opt/assay/lib/pkgconfig/libassay.pc"
check 'make uninstall DESTDIR' make_quietly BUILD="$build" DESTDIR="$work/stage" PREFIX=/opt/assay uninstall
check 'make uninstall DESTDIR leaves files' nothing_is_left stage

finish

#!/bin/sh
# The Makefile rebuilds what it must and nothing more, and keeps the folders apart; in a
# copy of the sources, which holds the framework and one suite.
#   selftest/build.sh [BUILD]
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
unset MAKEFLAGS MAKELEVEL MFLAGS BUILD OPTIMIZE SANITIZE CFLAGS

cp -r Makefile tools framework injectors reports bench docs "$work/"
mkdir -p "$work/framework/host" "$work/suites/mine" "$work/suites/more"
cp docs/example/mine.c "$work/suites/mine/mine.c"
sed 's/(mine,/(more,/' docs/example/mine.c >"$work/suites/more/more.c"
cd "$work" || exit 2

# builds WHAT OBJECTS PROGRAMS [ARGUMENT...]: make compiles and links so many (`some`: any
# number but none).
builds()
{
	what=$1
	objects=$2
	programs=$3
	shift 3
	make -j2 OPTIMIZE=-O0 "$@" build/assay-worker >output 2>&1
	status=$?
	compiled=$(grep -c ' -c -o ' output)
	linked=$(grep -c '^ar \|-worker ' output)
	[ "$objects" != some ] || [ "$compiled" = 0 ] || objects=$compiled
	if [ $status = 0 ] && [ "$compiled" = "$objects" ] && [ "$linked" = "$programs" ]; then
		pass
	else
		fail "$what: status $status, $compiled compiled, $linked linked, wanted $objects and $programs" output
	fi
}

# refuses INCLUDE FILE: a file of that folder cannot include that header.
refuses()
{
	printf '#include "%s"\n' "$1" >"$2"
	make "build/obj/${2%.c}.o" >output 2>&1
	if grep -q "$1: No such file" output; then
		pass
	else
		fail "$2 may include $1"
	fi
	rm "$2"
}

builds 'a first build' some 2
builds 'a second build' 0 0
touch suites/mine/mine.c
builds 'a changed suite' 1 1
touch framework/author/peer.h
builds 'a changed header' some 2
builds 'after a changed header' 0 0
builds 'other flags' some 2 CFLAGS=-DOTHER
builds 'the same other flags' 0 0 CFLAGS=-DOTHER
builds 'the first flags' some 2
rm suites/more/more.c
builds 'a suite that is gone' 0 2
if printf 'list\nquit\n' | build/assay-worker | grep -q '"more/'; then
	fail 'the cases of a suite that is gone are still there'
else
	pass
fi
mv framework/author/peer.h framework/author/mate.h
sed -i 's|author/peer.h|author/mate.h|' framework/assay.h
sed -i 's|"peer.h"|"mate.h"|; s|"author/peer.h"|"author/mate.h"|' framework/*/*.[ch] injectors/*.[ch]
builds 'a header with another name' some 2

refuses author/case.h framework/shared/planted.c
refuses fill.h framework/shared/planted.c
refuses author/case.h injectors/planted.c
refuses report.h framework/worker/planted.c
refuses author/case.h framework/host/planted.c
refuses conversation.h reports/planted.c
refuses keeper.h suites/mine/planted.c

finish

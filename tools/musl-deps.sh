#!/bin/sh
# Builds what a static worker for musl links: Check and libseccomp, from Debian's source
# packages, into DIR.  What is there already is kept.
#   tools/musl-deps.sh DIR
# Leaves DIR/include, DIR/lib and DIR/kernel-headers (links into /usr/include).
set -eu
dir=${1:?usage: tools/musl-deps.sh DIR}
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
[ ! -e "$dir/done" ] || exit 0
log=$dir/log
jobs=$(nproc)

# Lists of packages of our own: neither root nor a deb-src line of the system is needed.
apt()
{
	apt-get -q -o Dir::Etc::SourceList="$dir/sources.list" -o Dir::Etc::SourceParts=- \
		-o Dir::State::Lists="$dir/lists" -o APT::Sandbox::User=root "$@"
}

fetch() # fetch PACKAGE: its source in DIR/PACKAGE
{
	rm -rf "${dir:?}/$1"
	mkdir -p "$dir/$1.packed"
	(cd "$dir/$1.packed" && apt source --download-only "$1")
	dpkg-source --no-check -x "$dir/$1.packed"/*.dsc "$dir/$1"
}

# Stops with the end of the log, which a failing step has written.
trap '[ $? = 0 ] || { tail -n 20 "$log" >&2; echo "musl-deps: failed; see $log" >&2; }' EXIT
exec 3>&1 >"$log" 2>&1

# shellcheck source=/dev/null
. /etc/os-release
suite=${VERSION_CODENAME:?no Debian}
mkdir -p "$dir/lists/partial" "$dir/lib" "$dir/include"
cat >"$dir/sources.list" <<END
deb-src http://deb.debian.org/debian $suite main
END
echo 'musl-deps: fetching the sources of check and libseccomp' >&3
apt update
fetch check
fetch libseccomp

# musl's headers come first; the kernel's own lie behind them.
mkdir -p "$dir/kernel-headers"
ln -sfn /usr/include/linux "$dir/kernel-headers/linux"
ln -sfn /usr/include/asm-generic "$dir/kernel-headers/asm-generic"
ln -sfn "/usr/include/$(cc -print-multiarch)/asm" "$dir/kernel-headers/asm"

echo 'musl-deps: building check' >&3
cd "$dir/check"
[ -x configure ] || autoreconf -fi
CC=musl-gcc ./configure --host=x86_64-linux-musl --disable-shared --enable-static \
	--disable-subunit --disable-build-docs --disable-timeout-tests
make -j"$jobs" -C lib
make -j"$jobs" -C src libcheck.la
cp src/check.h check_stdint.h "$dir/include/"
cp src/.libs/libcheck.a "$dir/lib/"

echo 'musl-deps: building libseccomp' >&3
cd "$dir/libseccomp"
[ -x configure ] || autoreconf -fi
CC=musl-gcc CPPFLAGS="-idirafter $dir/kernel-headers" ./configure \
	--host=x86_64-linux-musl --disable-shared --enable-static
make -j"$jobs" -C include
make -j"$jobs" -C src libseccomp.la
cp include/seccomp.h include/seccomp-syscalls.h "$dir/include/"
cp src/.libs/libseccomp.a "$dir/lib/"
touch "$dir/done"

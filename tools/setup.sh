#!/bin/sh
# setup: installs the packages that a make target lacks, by name, and nothing else.
#   tools/setup.sh run|test|lint|memcheck|sanitize|fuzz|browser|vm|uml|gvisor|worker-NAME
# Quiet and without network when all is there.  As root it installs with apt-get, dnf or
# apk; as another user it says which packages to ask for and exits 1.
set -u
CC=${CC:-cc}

# One line a package: for which targets, how to see that it is there, and what it is called
# by apt-get, dnf and apk.  `test` needs what `run` needs, too; so does every other target.
table='
run      compiler:            gcc              gcc                 gcc
run      headers:             libc6-dev        glibc-devel         musl-dev,linux-headers
run      lib:check            check            check-devel         check-dev
run      lib:libseccomp       libseccomp-dev   libseccomp-devel    libseccomp-dev
run      lib:jansson          libjansson-dev   jansson-devel       jansson-dev
run      command:pkg-config   pkg-config       pkgconf-pkg-config  pkgconf
test     command:xmllint      libxml2-utils    libxml2             libxml2-utils
test     command:mandoc       mandoc           mandoc              mandoc
test     command:bash         bash             bash                bash
test     command:pgrep        procps           procps-ng           procps
test     command:valgrind     valgrind         valgrind            valgrind
test     lib:expat            libexpat1-dev    expat-devel         expat-dev
lint     command:clang-format clang-format     clang-tools-extra   clang-extra-tools
lint     command:cppcheck     cppcheck         cppcheck            cppcheck
lint     command:shellcheck   shellcheck       ShellCheck          shellcheck
lint     command:mandoc       mandoc           mandoc              mandoc
memcheck command:valgrind     valgrind         valgrind            valgrind
memcheck lib:expat            libexpat1-dev    expat-devel         expat-dev
vm       command:qemu-system-x86_64  qemu-system-x86  -  -
vm       command:cpio         cpio             cpio                cpio
uml      command:linux.uml    user-mode-linux  -                   -
uml      command:cpio         cpio             cpio                cpio
gvisor   command:runsc        runsc            -                   -
browser  command:chromium     chromium         chromium            chromium
sanitize sanitizers:          gcc              libasan,libubsan    gcc
fuzz     command:clang        clang            clang               clang
worker-musl  command:musl-gcc               musl-tools            -  -
worker-musl  command:gperf                  gperf                 -  -
worker-musl  command:dpkg-source            dpkg-dev              -  -
worker-musl  command:autoreconf             autoconf,automake,libtool  -  -
worker-i386  command:i686-linux-gnu-gcc     gcc-i686-linux-gnu,libc6-dev-i386-cross  -  -
worker-i386  file:/usr/lib/i386-linux-gnu/libcheck.a             check:i386  -  -
worker-i386  file:/usr/lib/i386-linux-gnu/libseccomp.a           libseccomp-dev:i386  -  -
worker-arm64 command:aarch64-linux-gnu-gcc  gcc-aarch64-linux-gnu,libc6-dev-arm64-cross  -  -
worker-arm64 file:/usr/lib/aarch64-linux-gnu/libcheck.a          check:arm64  -  -
worker-arm64 file:/usr/lib/aarch64-linux-gnu/libseccomp.a        libseccomp-dev:arm64  -  -
worker-arm64 command:qemu-aarch64-static    qemu-user-static      -  -
worker-s390x command:s390x-linux-gnu-gcc    gcc-s390x-linux-gnu,libc6-dev-s390x-cross  -  -
worker-s390x file:/usr/lib/s390x-linux-gnu/libcheck.a            check:s390x  -  -
worker-s390x file:/usr/lib/s390x-linux-gnu/libseccomp.a          libseccomp-dev:s390x  -  -
worker-s390x command:qemu-s390x-static      qemu-user-static      -  -
fuzz     fuzzer:              libclang-rt-dev  compiler-rt         compiler-rt
'

is_there()
{
	case $1 in
	command:*) command -v "${1#command:}" >/dev/null ;;
	file:*) [ -e "${1#file:}" ] ;;
	lib:*) "${PKG_CONFIG:-pkg-config}" --exists "${1#lib:}" 2>/dev/null ;;
	compiler:) command -v "${CC%% *}" >/dev/null ;;
	headers:) printf '#include <stdio.h>\n#include <linux/seccomp.h>\n' |
		$CC -E -o /dev/null - 2>/dev/null ;;
	sanitizers:) echo "int main(void) { return 0; }" |
		$CC -fsanitize=address,undefined -x c -o /dev/null - 2>/dev/null ;;
	fuzzer:) echo "int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return n && *d; }" |
		clang -fsanitize=fuzzer,address,undefined -x c -o /dev/null - 2>/dev/null ;;
	esac
}

# The packages that TARGET lacks, in the names of the package manager in column COLUMN.
missing()
{
	printf '%s' "$table" | while read -r group probe apt dnf apk; do
		case $group in
		run | "$1") ;;
		*) continue ;;
		esac
		is_there "$probe" && continue
		case $2 in
		apt-get) names=$apt ;;
		dnf) names=$dnf ;;
		apk) names=$apk ;;
		esac
		printf ' %s' "$names" | tr , ' '
	done
}

# Packages of another machine (NAME:ARCHITECTURE) need to be known first.
know_architectures()
{
	for package in "$@"; do
		case $package in
		*:*) ;;
		*) continue ;;
		esac
		dpkg --print-foreign-architectures | grep -qx "${package#*:}" && continue
		dpkg --add-architecture "${package#*:}"
		apt-get update -q
	done
}

install_with()
{
	manager=$1
	shift
	case $manager in
	apt-get)
		export DEBIAN_FRONTEND=noninteractive
		know_architectures "$@"
		set -- apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@"
		# The lists are fetched only when those at hand do not lead to the packages.
		"$@" >/dev/null 2>&1 || { apt-get update && "$@"; }
		;;
	dnf) dnf install -y --setopt=install_weak_deps=False "$@" ;;
	apk) apk add --no-cache "$@" ;;
	esac
}

case ${1-} in
run | test | lint | memcheck | sanitize | fuzz | browser | vm | uml | gvisor | worker-*) target=$1 ;;
*)
	echo "usage: tools/setup.sh run|test|lint|memcheck|sanitize|fuzz|browser|vm|uml|gvisor|worker-NAME" >&2
	exit 2
	;;
esac

manager=
for candidate in apt-get dnf apk; do
	if command -v "$candidate" >/dev/null; then
		manager=$candidate
		break
	fi
done

packages=$(missing "$target" "${manager:-apt-get}")
[ -n "$packages" ] || exit 0
packages=${packages# }

if [ -z "$manager" ]; then
	echo "setup: make $target lacks what Debian calls: $packages" >&2
	echo "setup: there is no apt-get, dnf or apk here; please install them by hand" >&2
	exit 1
fi
case " $packages " in
*' - '*)
	echo "setup: make $target needs packages that only Debian and its like have" >&2
	exit 1
	;;
esac
case $manager in
apk) command="apk add $packages" ;;
*) command="$manager install $packages" ;;
esac
if [ "$(id -u)" != 0 ]; then
	echo "setup: make $target lacks these packages: $packages" >&2
	echo "setup: please have them installed, as root: $command" >&2
	exit 1
fi

echo "setup: $command"
# shellcheck disable=SC2086 # one word a package
if ! install_with "$manager" $packages; then
	echo "setup: $manager could not install: $packages" >&2
	exit 1
fi
packages=$(missing "$target" "$manager")
if [ -n "$packages" ]; then
	echo "setup: installed, and still not found: ${packages# }" >&2
	exit 1
fi

#!/bin/sh
# tools/setup.sh on machines that lack this or that: a PATH of its own holds a package
# manager that only records what it is asked for, and a pkg-config that knows fewer
# libraries.
#   selftest/setup.sh [BUILD]
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"

machine() # machine UID MANAGER COMMAND...: what the PATH holds
{
	rm -rf "${work:?}/bin"
	mkdir "$work/bin"
	uid=$1
	manager=$2
	shift 2
	for command in sh tr cat rm "$@"; do
		ln -s "$(command -v "$command")" "$work/bin/$command"
	done
	printf '#!/bin/sh\necho %s\n' "$uid" >"$work/bin/id"
	printf '#!/bin/sh\necho "%s $*" >>%s/asked\n%s\n' "$manager" "$work" \
		"[ ! -e $work/no-lists ] || [ \"\$1\" != update ] || rm $work/no-lists
		[ ! -e $work/no-lists ]" >"$work/bin/$manager"
	# A library is there when a file says so; an installation provides all.
	# shellcheck disable=SC2016
	printf '#!/bin/sh\n[ -e %s/asked ] || [ -e %s/"$2" ]\n' "$work" "$work" \
		>"$work/bin/pkg-config"
	chmod +x "$work"/bin/*
	rm -f "$work/asked" "$work/no-lists"
	touch "$work/check" "$work/libseccomp" "$work/jansson"
}

# gives TARGET STATUS TEXT: setup.sh TARGET ends so, and prints or asks for TEXT, whole.
gives()
{
	got=$(PATH="$work/bin" PKG_CONFIG=pkg-config CC=cc sh tools/setup.sh "$1" 2>&1)
	status=$?
	[ ! -e "$work/asked" ] || got=$(cat "$work/asked")
	if [ "$status" = "$2" ] && [ "$got" = "$3" ]; then
		pass
	else
		printf 'wanted status %s and:\n%s\ngot %s and:\n%s\n' "$2" "$3" "$status" "$got" \
			>"$work/wanted"
		fail "make $1" "$work/wanted"
	fi
}

machine 0 apt-get cc
gives run 0 ''
rm "$work/jansson"
gives run 0 'apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends libjansson-dev'
machine 0 apt-get cc
rm "$work/check" "$work/libseccomp"
touch "$work/no-lists"
install='apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends check libseccomp-dev'
gives run 0 "$install
apt-get update
$install"
machine 0 dnf cc
rm "$work/check" "$work/jansson"
gives run 0 'dnf install -y --setopt=install_weak_deps=False check-devel jansson-devel'
machine 0 apk cc
rm "$work/check" "$work/libseccomp"
gives run 0 'apk add --no-cache check-dev libseccomp-dev'

machine 1000 apt-get cc
gives run 0 ''
rm "$work/libseccomp"
gives run 1 'setup: make run lacks these packages: libseccomp-dev
setup: please have them installed, as root: apt-get install libseccomp-dev'
machine 1000 apk
gives run 1 'setup: make run lacks these packages: gcc musl-dev linux-headers
setup: please have them installed, as root: apk add gcc musl-dev linux-headers'
machine 1000 dnf cc
gives memcheck 1 'setup: make memcheck lacks these packages: valgrind expat-devel
setup: please have them installed, as root: dnf install valgrind expat-devel'
gives fuzz 1 'setup: make fuzz lacks these packages: clang compiler-rt
setup: please have them installed, as root: dnf install clang compiler-rt'
machine 1000 apt-get cc
gives test 1 'setup: make test lacks these packages: libxml2-utils mandoc bash procps valgrind libexpat1-dev
setup: please have them installed, as root: apt-get install libxml2-utils mandoc bash procps valgrind libexpat1-dev'
machine 0 pkgin cc
rm "$work/check"
gives run 1 'setup: make run lacks what Debian calls: check
setup: there is no apt-get, dnf or apk here; please install them by hand'
gives all 2 'usage: tools/setup.sh run|test|lint|memcheck|sanitize|fuzz|browser|vm|uml|gvisor|worker-NAME'

# An installation that changed nothing is not believed.
machine 0 apt-get cc
gives memcheck 1 'apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends valgrind libexpat1-dev'

finish

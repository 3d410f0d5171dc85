#!/bin/sh
# Makes what tools/targets/vm.sh boots: a kernel of Debian and a file system with nothing but
# a worker.
#   tools/targets/vm-build.sh VERSION WORKER DIR    (VERSION: 6.1, 6.12; uml: no kernel)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
version=${1:?usage: vm-build.sh VERSION WORKER DIR}
worker=$(realpath "${2:?a worker}")
mkdir -p "${3:?a directory}"
dir=$(cd "$3" && pwd)

# The newest package of that series that apt-get knows.
kernel_package()
{
	apt-cache search --names-only "^linux-image-$(echo "$version" | sed 's/\./\\./')\\..*-cloud-amd64-unsigned\$" |
		cut -d ' ' -f 1 | sort -V | tail -n 1
}

if [ "$version" != uml ] && [ ! -e "$dir/vmlinuz" ]; then
	package=$(kernel_package)
	[ -n "$package" ] || {
		echo "vm-build: apt-get knows no kernel $version (linux-image-$version.*-cloud-amd64-unsigned)" >&2
		exit 1
	}
	echo "vm-build: fetching $package"
	rm -rf "$dir/package"
	mkdir -p "$dir/package"
	(cd "$dir/package" && apt-get -q download "$package" >/dev/null)
	dpkg-deb --fsys-tarfile "$dir/package"/*.deb |
		tar -x -C "$dir/package" --wildcards './boot/vmlinuz-*'
	mv "$dir/package"/boot/vmlinuz-* "$dir/vmlinuz"
	rm -rf "$dir/package"
fi

rm -rf "$dir/root"
mkdir -p "$dir/root/dev" "$dir/root/proc" "$dir/root/sys" "$dir/root/tmp" "$dir/root/etc"
${CC:-cc} -static -O2 -o "$dir/root/init" "$here/init.c"
cp "$worker" "$dir/root/assay-worker"
echo 'root:x:0:0:root:/:/bin/false' >"$dir/root/etc/passwd"
(cd "$dir/root" && find . | cpio --quiet -o -H newc | gzip -1) >"$dir/initrd.new"
mv "$dir/initrd.new" "$dir/initrd"
rm -rf "$dir/root"

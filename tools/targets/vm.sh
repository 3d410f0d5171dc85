#!/bin/sh
# A worker on a kernel of its own, in a virtual machine without acceleration: COMMAND for
# assay run -t vm=...  Standard input and output are a serial line of the machine.
#   tools/targets/vm.sh 6.1|6.12 [OPTION...]       options go to the worker
# Built by make vm-6.1, make vm-6.12.  Messages of the kernel go nowhere.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
version=${1:?usage: tools/targets/vm.sh VERSION [OPTION...]}
shift
dir=$here/build/vm-$version
if [ ! -e "$dir/vmlinuz" ] || [ ! -e "$dir/initrd" ]; then
	echo "vm: $dir is not built: make vm-$version" >&2
	exit 1
fi
exec qemu-system-x86_64 -accel tcg,thread=single -cpu max -M pc -m 256 -smp 1 -nodefaults \
	-no-user-config -display none -monitor none -no-reboot \
	-kernel "$dir/vmlinuz" -initrd "$dir/initrd" \
	-append "console=ttyS0 quiet panic=-1 mitigations=off tty=/dev/ttyS1 rdinit=/init -- /assay-worker --own-kernel $*" \
	-chardev "null,id=con" -device isa-serial,chardev=con,index=0 \
	-chardev stdio,id=dat,signal=off -device isa-serial,chardev=dat,index=1

#!/bin/sh
# A worker on user-mode Linux, a kernel that is a program: COMMAND for assay run -t uml=...
#   tools/targets/uml.sh [OPTION...]                options go to the worker
# Built by make uml.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
dir=$here/build/vm-uml
if [ ! -e "$dir/initrd" ]; then
	echo "uml: $dir is not built: make uml" >&2
	exit 1
fi
exec linux.uml mem=256M "initrd=$dir/initrd" rdinit=/init con=null con0=null,fd:2 ssl=null \
	con1=fd:0,fd:1 quiet panic=-1 tty=/dev/tty1 -- /assay-worker --own-kernel "$@"

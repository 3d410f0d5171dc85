#!/bin/sh
# A worker of another machine, run by qemu-user: COMMAND for assay run -t NAME=COMMAND.
#   tools/targets/qemu.sh arm64|s390x|... [WORKER] [OPTION...]
# Namespaces are made outside, natively: qemu-user has none of its own to offer.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
name=${1:?usage: tools/targets/qemu.sh ARCHITECTURE [WORKER] [OPTION...]}
shift
worker=${1:-$here/build/$name/assay-worker}
[ $# -eq 0 ] || shift
case $name in
arm64) machine=aarch64 ;;
armhf) machine=arm ;;
ppc64el) machine=ppc64le ;;
*) machine=$name ;;
esac
exec unshare --user --map-root-user --ipc --pid --mount --fork --kill-child --mount-proc \
	"qemu-$machine-static" "$worker" "$@"

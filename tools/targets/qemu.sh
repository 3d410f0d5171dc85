#!/bin/sh
# A worker of another machine, run by qemu-user: COMMAND for assay run -t NAME=COMMAND.
#   tools/targets/qemu.sh arm64|s390x|... [WORKER] [OPTION...]
# Namespaces are made outside, natively: qemu-user has none of its own to offer.  One worker
# shares them with all its cases; what it would leave on this machine goes with them.
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
# GLib's slices have locks that a fork copies as another thread holds them: the child hangs
# (https://gitlab.com/qemu-project/qemu/-/issues/285).
export G_SLICE=always-malloc
# /tmp stays as it is where the worker lies in it.  A mount that is refused is no obstacle.
# shellcheck disable=SC2016 # the inner shell expands them
exec unshare --user --map-root-user --ipc --pid --mount --fork --kill-child --mount-proc sh -c '
	{
		mount -t mqueue assay /dev/mqueue
		mount -t tmpfs -o mode=1777 assay /dev/shm
		case $2 in
		/tmp/*) ;;
		*) mount -t tmpfs -o mode=1777 assay /tmp ;;
		esac
	} 2>/dev/null
	ulimit -c 0
	exec "$@"' qemu.sh "qemu-$machine-static" "$worker" "$@"

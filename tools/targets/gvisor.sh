#!/bin/sh
# A worker in a gVisor sandbox: COMMAND for assay run -t gvisor=tools/targets/gvisor.sh.
#   tools/targets/gvisor.sh [WORKER [OPTION...]]
# The platform is ptrace, which runs everywhere; kvm and systrap hang on some machines.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
worker=${1:-$here/build/assay-worker}
[ $# -eq 0 ] || shift
worker=$(realpath "$worker")
if [ "$(id -u)" = 0 ]; then
	set -- --platform=ptrace --network=none --ignore-cgroups 'do' "$worker" "$@"
else
	set -- --rootless --platform=ptrace --network=none 'do' "$worker" "$@"
fi
exec runsc "$@"

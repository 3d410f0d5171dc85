#!/bin/sh
# A worker in a gVisor sandbox: COMMAND for assay run -t gvisor=tools/targets/gvisor.sh.
#   tools/targets/gvisor.sh [WORKER [OPTION...]]
# The platform is ptrace, which runs everywhere; kvm and systrap hang on some machines.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
worker=${1:-$here/build/static/assay-worker}
[ $# -eq 0 ] || shift
worker=$(realpath "$worker")

# `runsc do` keeps its state below TMPDIR and leaves it there when it is killed.  Whoever
# holds the other end of the pipe is the sandbox: when all of it is gone, so is the state.
# One that was killed may still write while it is removed.
state=$(mktemp -d)
mkfifo "$state/alive"
# shellcheck disable=SC2016 # for the inner shell
setsid sh -c 'cat "$1/alive"
	tries=100
	until rm -rf -- "$1" || [ "$((tries -= 1))" = 0 ]; do sleep 0.1; done' \
	sh "$state" </dev/null >/dev/null 2>&1 &
exec 9>"$state/alive"

# The sandbox's /dev/shm is root's alone, and a case runs as another user.
# shellcheck disable=SC2016 # for the inner shell
set -- 'do' /bin/sh -c 'unset TMPDIR; chmod 1777 /dev/shm; exec "$@"' sh "$worker" "$@"
if [ "$(id -u)" = 0 ]; then
	set -- --ignore-cgroups "$@"
else
	set -- --rootless "$@"
fi
TMPDIR=$state exec runsc --platform=ptrace --network=none "$@"

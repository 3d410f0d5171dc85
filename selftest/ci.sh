#!/bin/sh
# The recipes for CI systems: their lines that call assay are run here as they are written,
# with two shards, and then once more with a regression.
#   selftest/ci.sh [BUILD]
set -u
# shellcheck source=selftest/lib.sh
. "$(dirname "$0")/lib.sh"
needs_programs "$assay" "$worker"
root=$PWD

# github_step NAME: the lines of that step's `run: |`, unindented.
github_step()
{
	awk -v name="- name: $1" '
		index($0, name) { inside = 1; next }
		inside && /run: \|/ { body = 1; next }
		inside && body && /^      - / { exit }
		inside && body && /^  [a-z]/ { exit }
		inside && body { sub(/^          /, ""); print }' "$root/docs/ci/github.yml"
}

# run_step NAME: one step of the GitHub file, in the directory of the trial.
run_step()
{
	github_step "$1" | sed "s/\${{ matrix.shard }}/${shard:-1}/g" >"$work/step"
	[ -s "$work/step" ] || { echo "docs/ci/github.yml has no step '$1'"; return 9; }
	(cd "$work/trial" && GITHUB_STEP_SUMMARY=summary sh -e "$work/step")
}

# gitlab_line WORDS: the script line of the GitLab file that has WORDS.
gitlab_line()
{
	sed -n "s/^    - \(.*$1.*\)/\1/p" "$root/docs/ci/gitlab.yml" | head -n 1
}

# An assay that runs two mechanisms only: the recipes name none, and it is they that are tried.
mkdir -p "$work/trial/assay/build"
cat >"$work/trial/assay/build/assay" <<END
#!/bin/sh
[ "\$1" != run ] || set -- "\$@" pipe fifo
exec "$assay" "\$@"
END
chmod +x "$work/trial/assay/build/assay"
for shard in 1 2; do
	check "shard $shard" run_step Run
	check "junit of shard $shard" test -s "$work/trial/junit-$shard.xml"
done
check 'merging' run_step 'Put the shards together'
check 'a summary' grep -q 'assay: inter-process communication' "$work/trial/summary"
check 'a page' grep -q '<!DOCTYPE html>' "$work/trial/results.html"
check 'no baseline yet' run_step 'Hold it against the baseline'
mkdir "$work/trial/baseline"
cp "$work/trial/results.json" "$work/trial/baseline/"
check 'the same as the baseline' run_step 'Hold it against the baseline'
awk '/"id": "pipe\/open\/stat-reports-fifo-type"/ { inside = 1 }
	inside && /"verdict": "pass"/ { sub(/pass/, "fail"); inside = 0 }
	{ print }' "$work/trial/baseline/results.json" >"$work/trial/results.json"
run_step 'Hold it against the baseline' >"$work/output" 2>&1
check 'a regression does not fail the job' test $? = 1
check 'a regression is not in the summary' grep -q 'regressed' "$work/trial/summary"

# GitLab's own lines, with its variables.
rm -f "$work"/trial/*.json "$work"/trial/*.xml
for CI_NODE_INDEX in 1 2; do
	# shellcheck disable=SC2034 # the line that is evaluated reads it
	(cd "$work/trial" && expect='' && export CI_NODE_INDEX CI_NODE_TOTAL=2 &&
		eval "$(gitlab_line 'assay run')") >"$work/output" 2>&1
	check "GitLab's shard $CI_NODE_INDEX" test $? = 0
done
(cd "$work/trial" && status=0 && eval "$(gitlab_line 'assay merge')" && exit "$status") >"$work/output" 2>&1
check "GitLab's report" test $? = 0
check 'the page of the report' test -s "$work/trial/results.html"
finish
